import { Injectable } from '@nestjs/common';
import { generateSecret, generateURI, verify } from 'otplib';
import { Db, sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { namedScope } from '../platform/scope.js';
import { Sealing } from '../platform/sealing.js';
import { demandPerson } from './access.js';
import type { Actor } from './actor.js';
import type { AuthenticatorView } from './factor.schema.js';
import { FactorLetters } from './factor-letters.js';
import { AuthenticatorProblems } from './identity.problems.js';
import { Limits } from './limits.js';
import { personById } from './people.queries.js';
import { noteSignInAct } from './sign-in-acts.js';

/** One half-minute to each side: phones are set by hand, and people type slowly (RFC 6238, 5.2). */
const TOLERANCE_SECONDS = 30;
const IDENTITY = namedScope('identity');

type Row = { id: string; personId: string; sealedSecret: Buffer; isConfirmed: boolean };

/** An app on somebody's phone that makes a code each half-minute. The secret is sealed: the service must read it. */
@Injectable()
export class Authenticators {
  constructor(
    private readonly db: Db,
    private readonly sealing: Sealing,
    private readonly limits: Limits,
    private readonly letters: FactorLetters,
  ) {}

  /** The secret is shown until its first code has come, and never again. */
  async put(actor: Actor, id: string): Promise<AuthenticatorView> {
    const personId = demandPerson(actor);
    return this.db.tx(IDENTITY, async (tx) => {
      await sql(
        tx,
        `INSERT INTO identity.authenticators (id, person_id, sealed_secret) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO NOTHING`,
        [id, personId, this.sealing.seal(Buffer.from(generateSecret()))],
      );
      const row = await find(tx, id);
      if (row?.personId !== personId) throw RequestProblems.idReused('Use a new id for another app.');
      return this.view(tx, row);
    });
  }

  /** The first code shows that the app has the secret; only then is it asked for. */
  async confirm(actor: Actor, id: string, code: string): Promise<AuthenticatorView> {
    const personId = demandPerson(actor);
    this.limits.proofOf.count(personId);
    return this.db.tx(IDENTITY, async (tx) => {
      const row = await find(tx, id);
      if (row?.personId !== personId) throw unknown();
      if (row.isConfirmed) return this.view(tx, row);
      const isTaken = await this.take(tx, row, code);
      if (!isTaken)
        throw AuthenticatorProblems.codeRefused('Type the code that the app shows now: six digits.');
      try {
        await sql(tx, 'UPDATE identity.authenticators SET confirmed_at = now() WHERE id = $1', [id]);
      } catch (error) {
        if (!violates(error, 'authenticators_one')) throw error;
        throw AuthenticatorProblems.held('Remove the app there is, then add the other one.');
      }
      this.limits.proofOf.clear(personId);
      await noteSignInAct(tx, actor, personId, 'AUTHENTICATOR_ADDED');
      await this.letters.changed(tx, personId, 'AUTHENTICATOR_ADDED');
      return this.view(tx, { ...row, isConfirmed: true });
    });
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const personId = demandPerson(actor);
    await this.db.tx(IDENTITY, async (tx) => {
      const removed = await sql<{ isConfirmed: boolean }>(
        tx,
        `DELETE FROM identity.authenticators WHERE id = $1 AND person_id = $2
         RETURNING confirmed_at IS NOT NULL AS "isConfirmed"`,
        [id, personId],
      );
      if (removed.length === 0) throw unknown();
      if (!removed[0]!.isConfirmed) return;
      await noteSignInAct(tx, actor, personId, 'AUTHENTICATOR_REMOVED');
      await this.letters.changed(tx, personId, 'AUTHENTICATOR_REMOVED');
    });
  }

  /** Does this code come from the person's app? It counts once: whoever looked over a shoulder comes too late. */
  async takeOf(tx: Tx, personId: string, code: string): Promise<boolean> {
    const [row] = await sql<Row>(tx, `${SELECT} WHERE person_id = $1 AND confirmed_at IS NOT NULL`, [
      personId,
    ]);
    return row !== undefined && (await this.take(tx, row, code));
  }

  private async take(tx: Tx, { id, sealedSecret }: Row, code: string): Promise<boolean> {
    const [clock] = await sql<{ epoch: number }>(tx, 'SELECT extract(epoch FROM now())::float8 AS epoch');
    const found = await verify({
      secret: this.sealing.open(sealedSecret).toString(),
      token: code,
      epoch: Math.floor(clock!.epoch), // phones follow the real time, which no demo moves
      epochTolerance: TOLERANCE_SECONDS,
    });
    if (!found.valid || !('timeStep' in found)) return false;
    const taken = await sql(
      tx,
      'UPDATE identity.authenticators SET last_step = $2 WHERE id = $1 AND last_step < $2 RETURNING id',
      [id, found.timeStep],
    );
    return taken.length === 1;
  }

  private async view(
    on: Reader,
    { id, personId, sealedSecret, isConfirmed }: Row,
  ): Promise<AuthenticatorView> {
    if (isConfirmed) return { id, isConfirmed, secret: null, uri: null };
    const secret = this.sealing.open(sealedSecret).toString();
    const { email } = await personById(on, personId);
    return { id, isConfirmed, secret, uri: generateURI({ issuer: 'Escale', label: email, secret }) };
  }
}

const SELECT = `
  SELECT id, person_id AS "personId", sealed_secret AS "sealedSecret", confirmed_at IS NOT NULL AS "isConfirmed"
  FROM identity.authenticators`;

async function find(on: Reader, id: string): Promise<Row | undefined> {
  const [row] = await sql<Row>(on, `${SELECT} WHERE id = $1 FOR UPDATE`, [id]);
  return row;
}

function unknown() {
  return AuthenticatorProblems.notFound('Your own are in GET /v1/sign-in-ways.');
}
