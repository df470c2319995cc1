/** How much of a local day a person holds, wherever they hold it: never more than a day. A room is beside it. */
import type { Instant, PlainDate } from '../kernel/time.js';
import type { BookedPart } from '../kernel/words.js';
import { sql, violates, type Reader, type Tx } from '../platform/db.js';
import { BookingProblems } from './booking.problems.js';

type PersonDay = {
  readonly personId: string;
  readonly day: PlainDate;
  readonly halfDays: number;
  readonly part: BookedPart;
};

export async function takeHalfDays(
  tx: Tx,
  { personId, day, halfDays, part }: PersonDay,
  now: Instant,
): Promise<void> {
  if (part === 'HOURS') return;
  try {
    await sql(
      tx,
      `INSERT INTO bookings.person_days AS known (person_id, day, half_days, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (person_id, day) DO UPDATE SET half_days = known.half_days + excluded.half_days`,
      [personId, day.toString(), halfDays, now.toString()],
    );
  } catch (error) {
    if (!violates(error, 'never_more_than_a_day')) throw error;
    throw BookingProblems.dayUsedUp(
      `You hold as much of ${day.toString()} as one person may: two half-days in all.`,
    );
  }
}

export async function releaseHalfDays(tx: Tx, { personId, day, halfDays, part }: PersonDay): Promise<void> {
  if (part === 'HOURS') return;
  await sql(
    tx,
    'UPDATE bookings.person_days SET half_days = half_days - $3 WHERE (person_id, day) = ($1, $2)',
    [personId, day.toString(), halfDays],
  );
}

export async function halfDaysOfPerson(on: Reader, personId: string, day: PlainDate): Promise<number> {
  const [row] = await sql<{ halfDays: number }>(
    on,
    'SELECT half_days AS "halfDays" FROM bookings.person_days WHERE (person_id, day) = ($1, $2)',
    [personId, day.toString()],
  );
  return row?.halfDays ?? 0;
}
