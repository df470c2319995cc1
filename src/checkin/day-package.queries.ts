import { instantFromDate, type Instant, type PlainDate } from '../kernel/time.js';
import type { BookedPart } from '../kernel/words.js';
import { sql, type Reader } from '../platform/db.js';

type Stamp = Parameters<typeof instantFromDate>[0];
export type Expected = {
  readonly personId: string;
  readonly part: BookedPart;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
};

/** Who has a booking of that day at the space, come already or not: whoever left may come back. */
export async function expectedAt(
  on: Reader,
  { spaceId, day }: { spaceId: string; day: PlainDate },
): Promise<Expected[]> {
  const rows = await sql<{ personId: string; part: BookedPart; startsAt: Stamp; endsAt: Stamp }>(
    on,
    `SELECT person_id AS "personId", part, starts_at AS "startsAt", ends_at AS "endsAt"
     FROM bookings.pub_bookings
     WHERE space_id = $1 AND day = $2 AND state IN ('RESERVED', 'FULFILLED') ORDER BY starts_at, id`,
    [spaceId, day.toString()],
  );
  return rows.map((row) => ({
    ...row,
    startsAt: instantFromDate(row.startsAt),
    endsAt: instantFromDate(row.endsAt),
  }));
}

export async function insideAt(on: Reader, spaceId: string): Promise<string[]> {
  const rows = await sql<{ personId: string }>(
    on,
    `SELECT person_id AS "personId" FROM checkin.visits WHERE space_id = $1 AND state = 'ACTIVE' ORDER BY person_id`,
    [spaceId],
  );
  return rows.map(({ personId }) => personId);
}
