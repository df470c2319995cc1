import type { PlainDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { ResourceKind } from '../kernel/words.js';

type Asked = {
  readonly spaceId: string;
  readonly resourceKind: ResourceKind;
  readonly days: readonly PlainDate[];
};

/** The days somebody has asked for: seats offered, and taken at the fullest moment, by all pools together. */
export async function seatDays(
  on: Reader,
  { spaceId, resourceKind, days }: Asked,
): Promise<ReadonlyMap<string, { readonly capacity: number; readonly taken: number }>> {
  const rows = await sql<{ day: string; capacity: number; taken: number }>(
    on,
    `WITH moments AS (
       SELECT made.day, sum(slot.offered) AS offered, sum(slot.taken) AS taken
         FROM directory.pub_pools pool JOIN bookings.pool_days made ON made.pool_id = pool.id
        CROSS JOIN LATERAL unnest(made.offered, made.taken) WITH ORDINALITY AS slot (offered, taken, number)
        WHERE pool.space_id = $1 AND pool.resource_kind = $2 AND made.day = ANY ($3::date[])
        GROUP BY made.day, slot.number)
     SELECT day::text AS day, max(offered)::int AS capacity, max(taken)::int AS taken
       FROM moments GROUP BY moments.day`,
    [spaceId, resourceKind, days.map(String)],
  );
  return new Map(rows.map(({ day, ...seats }) => [day, seats]));
}

/** How many bookings each day has; what was left, declined or became another one is none. */
export async function bookedDays(
  on: Reader,
  { spaceId, resourceKind, days }: Asked,
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ day: string; booked: number }>(
    on,
    `SELECT day::text AS day, count(*)::int AS booked FROM bookings.bookings
      WHERE space_id = $1 AND resource_kind = $2 AND day = ANY ($3::date[])
        AND state IN ('PENDING', 'RESERVED', 'FULFILLED', 'NO_SHOW')
      GROUP BY bookings.day`,
    [spaceId, resourceKind, days.map(String)],
  );
  return new Map(rows.map(({ day, booked }) => [day, booked]));
}

export type FreeSlot = {
  readonly poolId: string;
  readonly name: string;
  readonly slot: number;
  readonly free: number;
};

/** The open half-hours of a day that was made, pool by pool; a break at the half-day boundary is none. */
export function freeSlots(
  on: Reader,
  { spaceId, resourceKind, day }: Omit<Asked, 'days'> & { readonly day: PlainDate },
): Promise<FreeSlot[]> {
  return sql<FreeSlot>(
    on,
    `SELECT pool.id AS "poolId", pool.name, slot.number::int - 1 AS slot,
            greatest(0, slot.capacity - slot.taken)::int AS free
       FROM directory.pub_pools pool JOIN bookings.pool_days made ON made.pool_id = pool.id
      CROSS JOIN LATERAL unnest(made.capacity, made.taken) WITH ORDINALITY AS slot (capacity, taken, number)
      WHERE pool.space_id = $1 AND pool.resource_kind = $2 AND made.day = $3
        AND (slot.number > made.morning_from AND slot.number <= made.morning_to
          OR slot.number > made.afternoon_from AND slot.number <= made.afternoon_to)
      ORDER BY pool.name, pool.id, slot.number`,
    [spaceId, resourceKind, day.toString()],
  );
}
