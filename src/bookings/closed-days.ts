import type { PlainDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';

/** Those of the days that a closure of the space covers, unless it was withdrawn. */
export async function closedDays(
  on: Reader,
  spaceId: string,
  days: readonly PlainDate[],
): Promise<ReadonlySet<string>> {
  const rows = await sql<{ day: string }>(
    on,
    `SELECT DISTINCT wanted.day::text AS day FROM unnest($2::date[]) AS wanted (day)
       JOIN bookings.closures closure ON closure.space_id = $1 AND withdrawn_at IS NULL
        AND from_day <= wanted.day AND (until_day IS NULL OR until_day >= wanted.day)`,
    [spaceId, days.map(String)],
  );
  return new Set(rows.map(({ day }) => day));
}
