import { Injectable } from '@nestjs/common';
import { Db, sql, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { demandPerson } from './access.js';
import type { Actor, ProofKind } from './actor.js';
import { Authenticators } from './authenticators.service.js';
import type { PostProof, SignedChallenge } from './factor.schema.js';
import { factorsOf } from './factors.queries.js';
import { SessionProblems } from './identity.problems.js';
import { Limits } from './limits.js';
import { Passkeys } from './passkeys.service.js';
import { Passwords } from './passwords.js';
import { takeRecoveryCode } from './recovery-codes.service.js';
import type { RelyingParty } from './relying-party.js';
import type { PostSession } from './session.schema.js';
import { rotateSession } from './session-tokens.js';
import { Sessions, type Browser } from './sessions.service.js';
import { noteSignInAct } from './sign-in-acts.js';

const IDENTITY = namedScope('identity');
const DIGITS = /^\d{6}$/;

/** Where people show who they are: at the start, and again for what cannot be undone. Each gives a new token. */
@Injectable()
export class SignIns {
  constructor(
    private readonly db: Db,
    private readonly passwords: Passwords,
    private readonly limits: Limits,
    private readonly sessions: Sessions,
    private readonly authenticators: Authenticators,
    private readonly passkeys: Passkeys,
  ) {}

  /**
   * An unknown address, an unconfirmed one and a wrong password answer alike. Whoever has a passkey or an
   * authenticator app gives more than the password.
   */
  async byPassword({ email, password, code }: PostSession, from: Browser): Promise<string> {
    this.limits.signInFrom.count(from.ip);
    this.limits.signInAs.count(email);
    const [person] = await this.db.read(IDENTITY, (on) =>
      sql<{ id: string; passwordHash: string | null }>(
        on,
        `SELECT id, password_hash AS "passwordHash" FROM identity.people
         WHERE email = $1 AND email_confirmed_at IS NOT NULL AND switched_off_at IS NULL`,
        [email],
      ),
    );
    const matches = await this.passwords.matches(person?.passwordHash ?? null, password);
    if (!person || !matches) {
      throw SessionProblems.refused(
        'The address or the password is wrong, or the address is not confirmed yet. Check them, or reset the password.',
      );
    }
    const token = await this.db.tx(IDENTITY, async (tx) => {
      const provedBy = await this.secondStep(tx, person.id, code, from.device);
      return this.sessions.open(tx, person.id, from, provedBy);
    });
    this.limits.signInAs.clear(email);
    return token;
  }

  async byPasskey(signed: SignedChallenge, site: RelyingParty, from: Browser): Promise<string> {
    this.limits.signInFrom.count(from.ip);
    const personId = await this.passkeys.personOf(signed, site);
    return this.db.tx(IDENTITY, (tx) => this.sessions.open(tx, personId, from, 'PASSKEY'));
  }

  /** The same session under a new token: what was known of it before does not reach what may be done now. */
  async proveAgain(actor: Actor, proof: PostProof, site: RelyingParty): Promise<string> {
    const personId = demandPerson(actor);
    const { session } = actor;
    if (!session) throw refusedProof();
    this.limits.proofOf.count(personId);
    const byPasskey = 'passkey' in proof ? await this.passkeys.personOf(proof.passkey, site) : null;
    const byPassword = 'password' in proof && (await this.isPassword(personId, proof.password));
    const token = await this.db.tx(IDENTITY, async (tx) => {
      const { hasFactor } = await factorsOf(tx, personId);
      const provedBy = await this.kindOf(tx, actor, {
        code: 'code' in proof ? proof.code : null,
        isPasskey: byPasskey === personId,
        isPassword: byPassword && !hasFactor,
      });
      if (!provedBy) throw refusedProof();
      return rotateSession(tx, session.id, { provedBy });
    });
    this.limits.proofOf.clear(personId);
    return token;
  }

  private async kindOf(
    tx: Tx,
    { personId, session }: Actor,
    given: { readonly code: string | null; readonly isPasskey: boolean; readonly isPassword: boolean },
  ): Promise<ProofKind | null> {
    if (given.isPasskey) return 'PASSKEY';
    if (given.isPassword) return 'PASSWORD';
    return given.code === null ? null : this.takeCode(tx, personId!, given.code, session?.device ?? '');
  }

  private async secondStep(
    tx: Tx,
    personId: string,
    code: string | undefined,
    device: string,
  ): Promise<ProofKind> {
    const { hasFactor } = await factorsOf(tx, personId);
    if (!hasFactor) return 'PASSWORD';
    if (code === undefined) {
      throw SessionProblems.codeRequired(
        'Send the code of your authenticator app or a recovery code as well, or sign in with a passkey.',
      );
    }
    const kind = await this.takeCode(tx, personId, code, device);
    if (!kind)
      throw SessionProblems.codeRefused('Type the code that the app shows now, or another recovery code.');
    return kind;
  }

  private async takeCode(tx: Tx, personId: string, code: string, device: string): Promise<ProofKind | null> {
    if (DIGITS.test(code)) return (await this.authenticators.takeOf(tx, personId, code)) ? 'AUTHENTICATOR' : null;
    if (!(await takeRecoveryCode(tx, personId, code))) return null;
    await noteSignInAct(tx, { name: `person:${personId}`, device }, personId, 'RECOVERY_CODE_USED');
    return 'RECOVERY_CODE';
  }

  private async isPassword(personId: string, password: string): Promise<boolean> {
    const [person] = await this.db.read(IDENTITY, (on) =>
      sql<{ hash: string | null }>(on, 'SELECT password_hash AS hash FROM identity.people WHERE id = $1', [personId]),
    );
    return this.passwords.matches(person?.hash ?? null, password);
  }
}

function refusedProof() {
  return SessionProblems.proofRefused(
    'Use your passkey, the code that your authenticator app shows now, or a recovery code; your password if you have none of them.',
  );
}
