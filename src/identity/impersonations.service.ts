import { Injectable } from '@nestjs/common';
import { instantFromDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { namedScope } from '../platform/scope.js';
import { demandPerson } from './access.js';
import type { Actor } from './actor.js';
import { grantsOfPerson } from './grants.queries.js';
import { ImpersonationProblems } from './identity.problems.js';
import type { ImpersonationView, PutImpersonation } from './impersonation.schema.js';
import { rotateSession } from './session-tokens.js';
import { noteSignInAct } from './sign-in-acts.js';

const LOOKING_MINUTES = 15;
const IDENTITY = namedScope('identity');

/** The operator looks with somebody's eyes. The guard refuses every write meanwhile; the person reads of it. */
@Injectable()
export class Impersonations {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** The session goes on as theirs, under another token, until it is ended or its time is over. */
  async put(
    actor: Actor,
    id: string,
    { personId, reason }: PutImpersonation,
  ): Promise<{ readonly view: ImpersonationView; readonly token: string }> {
    const operatorId = demandPerson(actor);
    const { session } = actor;
    if (!session) throw ImpersonationProblems.refused('Sign in to look at what somebody sees.');
    return this.db.tx(IDENTITY, async (tx) => {
      await this.demandFit(tx, operatorId, personId);
      await sql(
        tx,
        `INSERT INTO identity.impersonations (id, operator_id, person_id, reason, ends_at)
         VALUES ($1, $2, $3, $4, now() + make_interval(mins => ${LOOKING_MINUTES})) ON CONFLICT (id) DO NOTHING`,
        [id, operatorId, personId, reason],
      );
      const stored = await find(tx, id);
      if (stored?.operatorId !== operatorId || stored.personId !== personId || stored.reason !== reason)
        throw RequestProblems.idReused('Use a new id to look again.');
      await sql(tx, 'UPDATE identity.sessions SET impersonation_id = $2 WHERE id = $1', [session.id, id]);
      await noteSignInAct(tx, actor, personId, 'LOOKED_AT', id);
      return { view: view(stored), token: await rotateSession(tx, session.id, {}) };
    });
  }

  /** Back to oneself. */
  async end(actor: Actor): Promise<string> {
    const { session, seenBy } = actor;
    if (!session || !seenBy) throw ImpersonationProblems.notFound('You are yourself already.');
    return this.db.tx(IDENTITY, async (tx) => {
      await sql(
        tx,
        'UPDATE identity.impersonations SET ended_at = now() WHERE id = $1 AND ended_at IS NULL',
        [seenBy.impersonationId],
      );
      await sql(tx, 'UPDATE identity.sessions SET impersonation_id = NULL WHERE id = $1', [session.id]);
      return rotateSession(tx, session.id, {});
    });
  }

  /** Another operator sees and may do more than this one should learn from the inside. */
  private async demandFit(tx: Tx, operatorId: string, personId: string): Promise<void> {
    const [person] = await sql<{ isOff: boolean }>(
      tx,
      'SELECT switched_off_at IS NOT NULL AS "isOff" FROM identity.people WHERE id = $1',
      [personId],
    );
    if (!person) throw ImpersonationProblems.notFound('There is no such person.');
    const grants = await grantsOfPerson(tx, personId, this.clock.now());
    const isOperator = grants.some(({ role }) => role === 'platform_admin');
    if (personId === operatorId || isOperator || person.isOff)
      throw ImpersonationProblems.refused(
        'Look at somebody who is neither you, nor an operator, nor switched off.',
      );
  }
}

type Row = { id: string; operatorId: string; personId: string; reason: string; endsAt: Date };

async function find(on: Reader, id: string): Promise<Row | undefined> {
  const [row] = await sql<Row>(
    on,
    `SELECT id, operator_id AS "operatorId", person_id AS "personId", reason, ends_at AS "endsAt"
     FROM identity.impersonations WHERE id = $1 AND ended_at IS NULL AND ends_at > now()`,
    [id],
  );
  return row;
}

function view({ id, personId, reason, endsAt }: Row): ImpersonationView {
  return { id, personId, reason, endsAt: instantFromDate(endsAt).toString() };
}
