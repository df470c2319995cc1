import { Injectable } from '@nestjs/common';
import { Directory, type Pool, type Space } from '../directory/index.js';
import { dayAt, Temporal, type PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { partsOf, type DayParts, type SlotRange } from './day-parts.js';
import { closedDays } from './closed-days.js';
import type { Seat } from './seats.js';
import { keepAllForWaiting } from './wait-seats.js';
import type { ResourceKind, Part } from '../kernel/words.js';

export type PoolDay = {
  readonly closedBecause: 'weekly' | 'holiday' | 'exception' | null;
  readonly parts: DayParts;
  /** How many more bookings of each part fit, as the snapshot shows it. */
  readonly free: Readonly<Record<Part, number>>;
};

type PoolDayRow = {
  closedBecause: PoolDay['closedBecause'];
  morningFrom: number | null;
  morningTo: number | null;
  afternoonFrom: number | null;
  afternoonTo: number | null;
  morningFree: number | null;
  afternoonFree: number | null;
  dayFree: number | null;
};

const SEATS = `seats.closed_because AS "closedBecause", seats.morning_from AS "morningFrom",
  seats.morning_to AS "morningTo", seats.afternoon_from AS "afternoonFrom", seats.afternoon_to AS "afternoonTo",
  seats.morning_free AS "morningFree", seats.afternoon_free AS "afternoonFree", seats.day_free AS "dayFree"`;

const SEATS_OF_DAY = `SELECT ${SEATS} FROM bookings.pub_free_seats seats WHERE (pool_id, day) = ($1, $2)`;

const SEATS_WITHOUT = `
  SELECT made.closed_because AS "closedBecause", made.morning_from AS "morningFrom", made.morning_to AS "morningTo",
         made.afternoon_from AS "afternoonFrom", made.afternoon_to AS "afternoonTo",
         bookings.seats_free(others.taken, capacity, morning_from, morning_to) AS "morningFree",
         bookings.seats_free(others.taken, capacity, afternoon_from, afternoon_to) AS "afternoonFree",
         bookings.seats_free(others.taken, capacity, coalesce(morning_from, afternoon_from),
           coalesce(afternoon_to, morning_to)) AS "dayFree"
    FROM bookings.pool_days made
   CROSS JOIN LATERAL (SELECT bookings.seats_plus(made.taken, made.capacity, $3, $4, -1) AS taken) AS others
   WHERE (pool_id, day) = ($1, $2)`;

type Wanted = {
  readonly spaceIds: readonly string[];
  readonly resourceKind: ResourceKind;
  readonly days: readonly PlainDate[];
};

export type SpaceSeats = {
  readonly poolId: string;
  readonly poolName: string;
  readonly day: PlainDate;
  readonly poolDay: PoolDay;
};

/**
 * The seats of each pool on each day, made from the directory's hours when a day is first asked for and kept
 * in step with them. Both take a lock on the space's hours, shared to make days and alone to remake them, so
 * that no day is made from hours that have just changed.
 */
@Injectable()
export class PoolDays {
  constructor(
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  /** null when nobody has asked for that day yet. `without` counts a seat taken there as free. */
  async find(on: Reader, poolId: string, day: PlainDate, without?: Seat): Promise<PoolDay | null> {
    const isThere = without?.poolId === poolId && without.day.equals(day);
    const [row] = await sql<PoolDayRow>(on, isThere ? SEATS_WITHOUT : SEATS_OF_DAY, [
      poolId,
      day.toString(),
      ...(isThere ? [without.fromSlot, without.toSlot] : []),
    ]);
    return row ? poolDayFromRow(row) : null;
  }

  /** How many more bookings of these half-hours fit on a day that was made. */
  async freeIn(on: Reader, { poolId, day, fromSlot, toSlot }: Seat, without?: Seat): Promise<number> {
    const isThere = without?.poolId === poolId && without.day.equals(day);
    const [row] = await sql<{ free: number }>(
      on,
      `SELECT bookings.seats_free(bookings.seats_plus(taken, capacity, $5, $6, -1), capacity, $3, $4) AS free
         FROM bookings.pool_days WHERE (pool_id, day) = ($1, $2)`,
      [
        poolId,
        day.toString(),
        fromSlot,
        toSlot,
        isThere ? without.fromSlot : 0,
        isThere ? without.toSlot : 0,
      ],
    );
    return row?.free ?? 0;
  }

  /** The seats of many spaces at once. */
  async ofSpaces(on: Reader, { spaceIds, resourceKind, days }: Wanted): Promise<Map<string, SpaceSeats[]>> {
    const rows = await sql<PoolDayRow & { spaceId: string; poolId: string; poolName: string; day: string }>(
      on,
      `SELECT pool.space_id AS "spaceId", pool.id AS "poolId", pool.name AS "poolName", seats.day::text AS day, ${SEATS}
         FROM directory.pub_pools pool JOIN bookings.pub_free_seats seats ON seats.pool_id = pool.id
        WHERE pool.space_id = ANY ($1) AND pool.resource_kind = $2 AND seats.day = ANY ($3::date[])
        ORDER BY pool.space_id, pool.id, seats.day`,
      [spaceIds, resourceKind, days.map(String)],
    );
    const seats = rows.map(({ spaceId, poolId, poolName, day, ...row }) => ({
      spaceId,
      poolId,
      poolName,
      day: Temporal.PlainDate.from(day),
      poolDay: poolDayFromRow(row),
    }));
    return groupedBy(seats, ({ spaceId }) => spaceId);
  }

  /** The days that have yet to be made, by space. */
  async unmade(on: Reader, { spaceIds, resourceKind, days }: Wanted): Promise<Map<string, PlainDate[]>> {
    const rows = await sql<{ spaceId: string; days: string[] }>(
      on,
      `SELECT pool.space_id AS "spaceId", array_agg(DISTINCT wanted.day::text) AS days
         FROM directory.pub_pools pool CROSS JOIN unnest($3::date[]) AS wanted (day)
        WHERE pool.space_id = ANY ($1) AND pool.resource_kind = $2 AND NOT EXISTS (
          SELECT FROM bookings.pool_days made WHERE (made.pool_id, made.day) = (pool.id, wanted.day))
        GROUP BY pool.space_id`,
      [spaceIds, resourceKind, days.map(String)],
    );
    return new Map(rows.map((row) => [row.spaceId, row.days.map((day) => Temporal.PlainDate.from(day))]));
  }

  /** Needs the space's network in scope. */
  async make(tx: Tx, space: Space, pools: readonly Pool[], days: readonly PlainDate[]): Promise<void> {
    await sql(tx, `SELECT pg_advisory_xact_lock_shared(hashtextextended('bookings.hours/' || $1, 0))`, [
      space.id,
    ]);
    await this.write(tx, space, pools, days);
  }

  /**
   * The hours or the capacity changed: every day from today on that was made before is made again. Where more is
   * booked than is now offered, the bookings stay and the day is marked as short. Returns how many days are.
   */
  async remake(tx: Tx, space: Space): Promise<number> {
    await this.lock(tx, space.id);
    const pools = await this.directory.poolsOf(tx, space.id);
    const today = dayAt(this.clock.now(), space.timeZone);
    const made = await sql<{ day: string }>(
      tx,
      `SELECT DISTINCT day::text FROM bookings.pool_days WHERE pool_id = ANY ($1) AND day >= $2 ORDER BY day`,
      [pools.map((pool) => pool.id), today.toString()],
    );
    const days = made.map(({ day }) => Temporal.PlainDate.from(day));
    await this.write(tx, space, pools, days);
    const [short] = await sql<{ days: number }>(
      tx,
      `SELECT count(*)::int AS days FROM bookings.pool_days WHERE pool_id = ANY ($1) AND day >= $2 AND is_short`,
      [pools.map((pool) => pool.id), today.toString()],
    );
    return short?.days ?? 0;
  }

  /** One day again, alone: of two who change it at the same moment, the second sees what the first did. */
  async remakeDay(tx: Tx, space: Space, pool: Pool, day: PlainDate): Promise<void> {
    await this.write(tx, space, [pool], [day]);
  }

  /** Waits until nobody else makes or changes days of the space; until the transaction ends nobody will. */
  async lock(tx: Tx, spaceId: string): Promise<void> {
    await sql(tx, `SELECT pg_advisory_xact_lock(hashtextextended('bookings.hours/' || $1, 0))`, [spaceId]);
  }

  private async write(
    tx: Tx,
    space: Space,
    pools: readonly Pool[],
    days: readonly PlainDate[],
  ): Promise<void> {
    const closed = await closedDays(tx, space.id, days);
    const rows = [];
    for (const day of days) {
      const open = await this.directory.openDay(tx, space, day);
      const isClosed = closed.has(day.toString());
      const slots = isClosed ? open.slots.map(() => false) : open.slots;
      const because = isClosed ? 'exception' : open.closedBecause;
      rows.push({ day: day.toString(), ...columnsOf(partsOf(slots, space.halfDayBoundary), because) });
    }
    const ids = pools.map((pool) => pool.id);
    const seats = pools.map((pool) => pool.capacity);
    const ends = pools.map((pool) => pool.retiredFrom);
    const now = this.clock.now().toString();
    await sql(tx, UPSERT_POOL_DAYS, [ids, seats, JSON.stringify(rows), space.networkId, now, ends]);
    await keepAllForWaiting(tx, ids, days);
  }
}

const UPSERT_POOL_DAYS = `
  INSERT INTO bookings.pool_days AS known (pool_id, day, network_id, closed_because, morning_from, morning_to,
    afternoon_from, afternoon_to, offered, capacity, created_at)
  SELECT pool.id, made.day, $4, made.closed_because, made.morning_from, made.morning_to, made.afternoon_from,
         made.afternoon_to, seats.offered, seats.offered, $5
    FROM unnest($1::uuid[], $2::int[], $6::date[]) AS pool (id, seats, retired_from)
   CROSS JOIN jsonb_to_recordset($3::jsonb) AS made (day date, closed_because text, morning_from smallint,
     morning_to smallint, afternoon_from smallint, afternoon_to smallint)
   CROSS JOIN LATERAL (SELECT coalesce(sum(block.seats), 0)::int AS seats FROM bookings.seat_blocks block
      WHERE (block.pool_id, block.day) = (pool.id, made.day) AND block.lifted_at IS NULL) AS blocked
   CROSS JOIN LATERAL (SELECT bookings.seats_offered(CASE WHEN made.day >= pool.retired_from THEN 0
       ELSE greatest(0, pool.seats - blocked.seats) END, coalesce(made.morning_from, made.afternoon_from),
     coalesce(made.afternoon_to, made.morning_to)) AS offered) AS seats
   ORDER BY pool.id, made.day
  ON CONFLICT (pool_id, day) DO UPDATE
     SET closed_because = excluded.closed_because, morning_from = excluded.morning_from,
         morning_to = excluded.morning_to, afternoon_from = excluded.afternoon_from,
         afternoon_to = excluded.afternoon_to, offered = excluded.offered,
         capacity = bookings.seats_kept(excluded.offered, known.taken)
   WHERE (known.offered, known.closed_because, known.morning_from, known.morning_to, known.afternoon_from,
          known.afternoon_to)
      IS DISTINCT FROM (excluded.offered, excluded.closed_because, excluded.morning_from, excluded.morning_to,
          excluded.afternoon_from, excluded.afternoon_to)`;

/** A day on which no half-hour is open for its whole length is closed, even if a door opens for a moment. */
function columnsOf({ morning, afternoon }: DayParts, closedBecause: PoolDay['closedBecause']) {
  return {
    closed_because: (morning ?? afternoon) ? null : (closedBecause ?? 'weekly'),
    morning_from: morning?.from ?? null,
    morning_to: morning?.to ?? null,
    afternoon_from: afternoon?.from ?? null,
    afternoon_to: afternoon?.to ?? null,
  };
}

function poolDayFromRow(row: PoolDayRow): PoolDay {
  return {
    closedBecause: row.closedBecause,
    parts: {
      morning: rangeFrom(row.morningFrom, row.morningTo),
      afternoon: rangeFrom(row.afternoonFrom, row.afternoonTo),
    },
    free: { MORNING: row.morningFree ?? 0, AFTERNOON: row.afternoonFree ?? 0, DAY: row.dayFree ?? 0 },
  };
}

function rangeFrom(from: number | null, to: number | null): SlotRange | null {
  return from === null || to === null ? null : { from, to };
}

export function groupedBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
