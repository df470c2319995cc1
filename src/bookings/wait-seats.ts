/** Whoever waits comes before whoever asks: a free seat is taken for the first it would serve, in the same transaction. */
import type { PlainDate } from '../kernel/time.js';
import { sql, type Tx } from '../platform/db.js';

type PoolDay = { readonly poolId: string; readonly day: PlainDate };

/**
 * Needs the pool day's row locked: nobody joins, books or leaves meanwhile, so whatever stays free afterwards serves
 * nobody in line. A whole day is not pieced together: who waits for one does not keep others from half of it.
 */
export async function keepForWaiting(tx: Tx, { poolId, day }: PoolDay): Promise<void> {
  const left: string[] = []; // left the line at this moment
  for (;;) {
    const [first] = await sql<{ waitId: string; fromSlot: number; toSlot: number }>(tx, FIRST_IN_LINE, [
      poolId,
      day.toString(),
      left,
    ]);
    if (!first) return;
    const { waitId, fromSlot, toSlot } = first;
    const kept = await sql(
      tx,
      `UPDATE bookings.waits SET state = 'KEPT', kept_pool_id = $2, kept_from_slot = $3, kept_to_slot = $4
        WHERE id = $1 AND state = 'WAITING' RETURNING id`,
      [waitId, poolId, fromSlot, toSlot],
    );
    if (kept.length === 0) left.push(waitId);
    else
      await sql(
        tx,
        `UPDATE bookings.pool_days SET taken = bookings.seats_plus(taken, capacity, $3, $4, 1)
          WHERE (pool_id, day) = ($1, $2)`,
        [poolId, day.toString(), fromSlot, toSlot],
      );
  }
}

const FIRST_IN_LINE = `
  SELECT wait.id AS "waitId", range.from_slot AS "fromSlot", range.to_slot AS "toSlot"
    FROM bookings.pool_days made
    JOIN directory.pub_pools pool ON pool.id = made.pool_id
    JOIN bookings.waits wait ON wait.space_id = pool.space_id AND wait.day = made.day
      AND wait.resource_kind = pool.resource_kind AND coalesce(wait.pool_id, pool.id) = pool.id
   CROSS JOIN LATERAL (SELECT
     CASE wait.part WHEN 'MORNING' THEN morning_from WHEN 'AFTERNOON' THEN afternoon_from
       ELSE coalesce(morning_from, afternoon_from) END AS from_slot,
     CASE wait.part WHEN 'MORNING' THEN morning_to WHEN 'AFTERNOON' THEN afternoon_to
       ELSE coalesce(afternoon_to, morning_to) END AS to_slot) AS range
   WHERE (made.pool_id, made.day) = ($1, $2) AND wait.state = 'WAITING' AND wait.id <> ALL ($3::uuid[])
     AND bookings.seats_free(made.taken, made.capacity, range.from_slot, range.to_slot) > 0
   ORDER BY wait.place LIMIT 1`;

/** Of days that were made, or made again: their rows are locked by that. */
export async function keepAllForWaiting(
  tx: Tx,
  poolIds: readonly string[],
  days: readonly PlainDate[],
): Promise<void> {
  const waitedFor = await sql<{ day: string; poolId: string }>(
    tx,
    `SELECT DISTINCT wait.day::text AS day, pool.id AS "poolId"
       FROM bookings.waits wait JOIN directory.pub_pools pool ON pool.space_id = wait.space_id
        AND pool.resource_kind = wait.resource_kind AND coalesce(wait.pool_id, pool.id) = pool.id
      WHERE wait.state = 'WAITING' AND pool.id = ANY ($1) AND wait.day = ANY ($2::date[]) ORDER BY 1, 2`,
    [poolIds, days.map(String)],
  );
  const byDay = new Map(days.map((day) => [day.toString(), day]));
  for (const { poolId, day } of waitedFor) await keepForWaiting(tx, { poolId, day: byDay.get(day)! });
}
