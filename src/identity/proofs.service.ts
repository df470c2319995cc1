import { Injectable } from '@nestjs/common';
import { Db, sql } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { demandPerson } from './access.js';
import type { Actor, ProofKind } from './actor.js';
import { Codes } from './codes.service.js';
import type { PostProof } from './factor.schema.js';
import { factorsOf } from './factors.queries.js';
import { SessionProblems } from './identity.problems.js';
import { Limits } from './limits.js';
import { Passkeys } from './passkeys.service.js';
import { Passwords } from './passwords.js';
import type { RelyingParty } from './relying-party.js';
import { rotateSession } from './session-tokens.js';

const IDENTITY = namedScope('identity');

/** Where somebody who is signed in shows once more who they are. */
@Injectable()
export class Proofs {
  constructor(
    private readonly db: Db,
    private readonly limits: Limits,
    private readonly passwords: Passwords,
    private readonly codes: Codes,
    private readonly passkeys: Passkeys,
  ) {}

  /** The same session under a new token: what was known of it before does not reach what may be done now. */
  async give(actor: Actor, proof: PostProof, site: RelyingParty): Promise<string> {
    const personId = demandPerson(actor);
    const { session } = actor;
    if (!session) throw refusedProof();
    this.limits.proofOf.count(personId);
    const known = await this.withoutCode(personId, proof, site);
    const token = await this.db.tx(IDENTITY, async (tx) => {
      const { hasFactor } = await factorsOf(tx, personId);
      const of = { personId, device: session.device };
      const provedBy = 'code' in proof ? await this.codes.take(tx, of, proof.code) : known;
      if (!provedBy || (provedBy === 'PASSWORD' && hasFactor)) throw refusedProof();
      return rotateSession(tx, session.id, { provedBy });
    });
    this.limits.proofOf.clear(personId);
    return token;
  }

  private async withoutCode(
    personId: string,
    proof: PostProof,
    site: RelyingParty,
  ): Promise<ProofKind | null> {
    if ('passkey' in proof)
      return (await this.passkeys.personOf(proof.passkey, site)) === personId ? 'PASSKEY' : null;
    if (!('password' in proof)) return null;
    const [person] = await this.db.read(IDENTITY, (on) =>
      sql<{ hash: string | null }>(on, 'SELECT password_hash AS hash FROM identity.people WHERE id = $1', [
        personId,
      ]),
    );
    return (await this.passwords.matches(person?.hash ?? null, proof.password)) ? 'PASSWORD' : null;
  }
}

function refusedProof() {
  return SessionProblems.proofRefused(
    'Use your passkey, the code that your authenticator app shows now, or a recovery code; your password if you have none of them.',
  );
}
