import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import type { PlainDate } from '../kernel/time.js';
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
  HourExceptionPage,
  HourExceptionsQuery,
  HourExceptionView,
  PoolView,
  PutHourException,
  PutPool,
} from './directory.schema.js';
import { Directory } from './directory.service.js';
import { openDayView } from './space.views.js';
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
      return { id, ...body, retiredFrom: earlier?.retiredFrom ?? null };
    });
  }

  /** null brings it back. What is booked after that day is kept: nobody is turned away by a list of pools. */
  retirePool(actor: Actor, id: string, fromDay: PlainDate | null): Promise<PoolView> {
    return this.db.tx(actor.scope, async (tx) => {
      const found = await this.directory.pool(tx, id);
      const space = await this.spaces.writable(tx, actor, found.spaceId);
      const { networkId: _network, ...pool } = found;
      const retiredFrom = fromDay?.toString() ?? null;
      if (retiredFrom === pool.retiredFrom) return pool;
      await sql(tx, 'UPDATE directory.pools SET retired_from = $2 WHERE id = $1', [id, retiredFrom]);
      const cause = { actor: actor.name, networkIds: [space.networkId] };
      await this.outbox.add(tx, PoolChanged, { poolId: id }, cause);
      return { ...pool, retiredFrom };
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

  /** In the order of their days. */
  exceptions(actor: Actor, spaceId: string, query: HourExceptionsQuery): Promise<HourExceptionPage> {
    return this.db.read(actor.scope, async (on) => {
      const space = await this.spaces.writable(on, actor, spaceId);
      const items = await sql<HourExceptionView>(
        on,
        `SELECT id, space_id AS "spaceId", day::text AS day, opening_hours AS "openingHours", reason
         FROM directory.hour_exceptions WHERE space_id = $1 AND ($2::date IS NULL OR day > $2)
         ORDER BY day LIMIT $3`,
        [space.id, query.after?.toString() ?? null, query.limit],
      );
      return { items, next: items.length === query.limit ? (items.at(-1)?.day ?? null) : null };
    });
  }

  days(visitor: Actor | null, spaceId: string, { from, days }: DaysQuery): Promise<DayPage> {
    return this.db.read(PUBLIC_SCOPE, async (on) => {
      const space = await this.spaces.visible(on, visitor, spaceId);
      const open = await this.directory.openDays(on, space, from, days);
      return { items: open.map(openDayView), next: from.add({ days }).toString() };
    });
  }
}
