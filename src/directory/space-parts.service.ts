import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { PUBLIC_SCOPE } from '../platform/scope.js';
import { PoolChanged } from './directory.events.js';
import { HourExceptionProblems } from './directory.problems.js';
import { findPool } from './directory.queries.js';
import type {
  DayPage,
  DaysQuery,
  HourExceptionView,
  PoolView,
  PutHourException,
  PutPool,
} from './directory.schema.js';
import { Directory } from './directory.service.js';
import { refuseHours, Spaces } from './spaces.service.js';

/** What belongs to a space: its desk pools, and the days on which its hours differ. */
@Injectable()
export class SpaceParts {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly spaces: Spaces,
    private readonly directory: Directory,
  ) {}

  putPool(actor: Actor, id: string, body: PutPool): Promise<PoolView> {
    return this.db.tx(actor.scope, async (tx) => {
      const space = await this.spaces.writable(tx, actor, body.spaceId);
      const earlier = await findPool(tx, id);
      const stored = await sql(
        tx,
        `INSERT INTO directory.pools (id, space_id, network_id, resource_kind, name, capacity, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET name = $5, capacity = $6
           WHERE pools.space_id = $2 AND pools.resource_kind = $4
         RETURNING id`,
        [
          id,
          space.id,
          space.networkId,
          body.resourceKind,
          body.name,
          body.capacity,
          this.clock.now().toString(),
        ],
      );
      if (stored.length === 0)
        throw RequestProblems.idReused('A desk pool keeps its space and its resource kind. Make a new id.');
      if (earlier?.capacity !== body.capacity)
        await this.outbox.add(
          tx,
          PoolChanged,
          { poolId: id },
          { actor: actor.name, networkIds: [space.networkId] },
        );
      return { id, ...body };
    });
  }

  putException(actor: Actor, id: string, body: PutHourException): Promise<HourExceptionView> {
    if (body.openingHours !== null) refuseHours(body.openingHours);
    return this.db.tx(actor.scope, async (tx) => {
      const space = await this.spaces.writable(tx, actor, body.spaceId);
      const day = body.day.toString();
      const stored = await sql(
        tx,
        `INSERT INTO directory.hour_exceptions (id, space_id, network_id, day, opening_hours, reason, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (id) DO UPDATE SET opening_hours = $5, reason = $6
           WHERE hour_exceptions.space_id = $2 AND hour_exceptions.day = $4
         RETURNING id`,
        [id, space.id, space.networkId, day, body.openingHours, body.reason, this.clock.now().toString()],
      ).catch((error: unknown) => {
        if (!violates(error, 'hour_exceptions_day')) throw error;
        throw HourExceptionProblems.dayTaken(`${day} has an exception already. Replace that one.`, { day });
      });
      if (stored.length === 0)
        throw RequestProblems.idReused('An exception keeps its space and its day. Make a new id.');
      await this.spaces.announceHours(tx, actor, space);
      return { id, ...body, day };
    });
  }

  /** Removing what is not there is done already. */
  deleteException(actor: Actor, id: string): Promise<void> {
    return this.db.tx(actor.scope, async (tx) => {
      const [row] = await sql<{ spaceId: string }>(
        tx,
        `SELECT space_id AS "spaceId" FROM directory.hour_exceptions WHERE id = $1`,
        [id],
      );
      if (!row) return;
      const space = await this.spaces.writable(tx, actor, row.spaceId);
      await sql(tx, 'DELETE FROM directory.hour_exceptions WHERE id = $1', [id]);
      await this.spaces.announceHours(tx, actor, space);
    });
  }

  days(spaceId: string, { from, days }: DaysQuery): Promise<DayPage> {
    return this.db.read(PUBLIC_SCOPE, async (on) => {
      const space = await this.directory.space(on, spaceId);
      const open = await this.directory.openDays(on, space, from, days);
      const minutes = { smallestUnit: 'minute' } as const;
      const items = open.map(({ day, closedBecause, intervals }) => ({
        day: day.toString(),
        closedBecause,
        intervals: intervals.map((interval) => ({
          from: interval.from.toString(minutes),
          until: interval.until?.toString(minutes) ?? null,
        })),
      }));
      return { items, next: from.add({ days }).toString() };
    });
  }
}
