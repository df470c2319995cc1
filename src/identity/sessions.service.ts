import { Injectable } from '@nestjs/common';
import { instantFromDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { demandPerson } from './access.js';
import type { Actor, ProofKind } from './actor.js';
import type { OwnSessionsView } from './factor.schema.js';
import { grantsOfPerson } from './grants.queries.js';
import { SessionProblems } from './identity.problems.js';
import { personById } from './people.queries.js';
import { hashSecret } from './secrets.js';
import { isSessionOver } from './session.rules.js';
import type { SessionView } from './session.schema.js';
import { newSession, rightsHash } from './session-tokens.js';
import { noteSignInAct } from './sign-in-acts.js';
import { StepUps } from './step-ups.service.js';

const IDENTITY = namedScope('identity');

/** Where a sign-in comes from, and the session that browser held until now. */
export type Browser = { readonly ip: string; readonly device: string; readonly token: string | null };

@Injectable()
export class Sessions {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly stepUps: StepUps,
  ) {}

  /**
   * Always a new token, and the one the browser held until now ends: nobody can sign a visitor in with a
   * session they know.
   */
  async open(tx: Tx, personId: string, from: Omit<Browser, 'ip'>, provedBy: ProofKind): Promise<string> {
    if (from.token) await this.end(tx, from.token);
    const grants = await grantsOfPerson(tx, personId, this.clock.now());
    return newSession(tx, personId, { device: from.device, provedBy, rightsHash: rightsHash(grants) });
  }

  /** The same, for somebody who has shown already who they are. */
  begin(personId: string, from: Omit<Browser, 'ip'>, provedBy: ProofKind): Promise<string> {
    return this.db.tx(IDENTITY, (tx) => this.open(tx, personId, from, provedBy));
  }

  async current(actor: Actor): Promise<SessionView> {
    const personId = demandPerson(actor);
    const { seenBy } = actor;
    const isFactorWanted = !seenBy && (await this.stepUps.lacksFactor(actor));
    return this.db.read(actor.scope, async (on) => ({
      person: await personById(on, personId),
      grants: actor.grants.map(({ delegation, ...grant }) => ({
        ...grant,
        networkIds: [...grant.networkIds],
        ...(delegation && { delegationId: delegation.id }),
      })),
      ...(isFactorWanted && { isFactorWanted }),
      ...(seenBy && { seenBy: { reason: seenBy.reason, endsAt: seenBy.endsAt } }),
    }));
  }

  /** Everywhere somebody is signed in, the latest use first. */
  list(actor: Actor): Promise<OwnSessionsView> {
    const personId = demandPerson(actor);
    const roles = actor.grants.filter((grant) => !grant.delegation).map((grant) => grant.role);
    return this.db.read(IDENTITY, async (on) => {
      const rows = await sql<Row>(
        on,
        `SELECT id, device, created_at AS "createdAt", last_seen_at AS "lastSeenAt",
           extract(epoch FROM now() - last_seen_at)::float8 AS "idleSeconds",
           extract(epoch FROM now() - created_at)::float8 AS "lifeSeconds"
         FROM identity.sessions WHERE person_id = $1 AND ended_at IS NULL ORDER BY last_seen_at DESC, id DESC`,
        [personId],
      );
      const items = rows
        .filter((row) => !isSessionOver(row, roles))
        .map(({ id, device, createdAt, lastSeenAt }) => ({
          id,
          device,
          createdAt: instantFromDate(createdAt).toString(),
          lastSeenAt: instantFromDate(lastSeenAt).toString(),
          isCurrent: id === actor.session?.id,
        }));
      return { items, next: null };
    });
  }

  /** One of somebody's own. One that ended stays ended. */
  async endOne(actor: Actor, id: string): Promise<void> {
    const personId = demandPerson(actor);
    await this.db.tx(IDENTITY, async (tx) => {
      const ended = await sql(
        tx,
        'UPDATE identity.sessions SET ended_at = now() WHERE id = $1 AND person_id = $2 AND ended_at IS NULL RETURNING id',
        [id, personId],
      );
      if (ended.length === 1) return noteSignInAct(tx, actor, personId, 'SESSION_ENDED');
      const over = await sql(tx, 'SELECT FROM identity.sessions WHERE id = $1 AND person_id = $2', [
        id,
        personId,
      ]);
      if (over.length === 0) throw SessionProblems.notFound('Your own sessions are in GET /v1/sessions.');
    });
  }

  /** Everywhere, here as well. */
  async endEverywhere(actor: Actor): Promise<void> {
    const personId = demandPerson(actor);
    await this.db.tx(IDENTITY, async (tx) => {
      await this.endAll(tx, personId);
      await noteSignInAct(tx, actor, personId, 'ALL_SESSIONS_ENDED');
    });
  }

  async signOut(token: string): Promise<void> {
    await this.db.tx(IDENTITY, (tx) => this.end(tx, token));
  }

  async endAll(tx: Tx, personId: string): Promise<void> {
    await sql(tx, 'UPDATE identity.sessions SET ended_at = now() WHERE person_id = $1 AND ended_at IS NULL', [
      personId,
    ]);
  }

  private async end(tx: Tx, token: string): Promise<void> {
    await sql(
      tx,
      `UPDATE identity.sessions SET ended_at = now()
       WHERE (token_hash = $1 OR previous_token_hash = $1) AND ended_at IS NULL`,
      [hashSecret(token)],
    );
  }
}

type Row = {
  id: string;
  device: string;
  createdAt: Date;
  lastSeenAt: Date;
  idleSeconds: number;
  lifeSeconds: number;
};
