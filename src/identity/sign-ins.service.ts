import { Injectable } from '@nestjs/common';
import { Db, sql, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import type { ProofKind } from './actor.js';
import { Codes } from './codes.service.js';
import { factorsOf } from './factors.queries.js';
import { SessionProblems } from './identity.problems.js';
import { Limits } from './limits.js';
import { Passwords } from './passwords.js';
import type { PostSession } from './session.schema.js';
import { Sessions, type Browser } from './sessions.service.js';

const IDENTITY = namedScope('identity');

/** Where people show who they are, by a password and what they have besides. */
@Injectable()
export class SignIns {
  constructor(
    private readonly db: Db,
    private readonly limits: Limits,
    private readonly passwords: Passwords,
    private readonly codes: Codes,
    private readonly sessions: Sessions,
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
      const provedBy = await this.secondStep(tx, { personId: person.id, device: from.device }, code);
      return this.sessions.open(tx, person.id, from, provedBy);
    });
    this.limits.signInAs.clear(email);
    return token;
  }

  private async secondStep(
    tx: Tx,
    of: { readonly personId: string; readonly device: string },
    code: string | undefined,
  ): Promise<ProofKind> {
    const { hasFactor } = await factorsOf(tx, of.personId);
    if (!hasFactor) return 'PASSWORD';
    if (code === undefined) {
      throw SessionProblems.codeRequired(
        'Send the code of your authenticator app or a recovery code as well, or sign in with a passkey.',
      );
    }
    const kind = await this.codes.take(tx, of, code);
    if (!kind)
      throw SessionProblems.codeRefused('Type the code that the app shows now, or another recovery code.');
    return kind;
  }
}
