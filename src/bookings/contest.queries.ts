import { instantFromDate } from '../kernel/time.js';
import type { Unit } from '../kernel/money.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { Booking, Fee } from './booking.js';
import type { PutContestAnswer } from './contest.schema.js';

type PgDate = Parameters<typeof instantFromDate>[0];
type Contest = { readonly bookingId: string; readonly reason: string; readonly createdAt: PgDate };
type Answer = {
  readonly outcome: PutContestAnswer['outcome'];
  readonly reason: string;
  readonly halfDays: number;
  readonly minor: string;
  readonly unit: Unit;
  readonly createdAt: PgDate;
};

export async function contestOf(on: Reader, bookingId: string): Promise<Contest | null> {
  const [contest] = await sql<Contest>(
    on,
    `SELECT booking_id AS "bookingId", reason, created_at AS "createdAt" FROM bookings.contests WHERE booking_id = $1`,
    [bookingId],
  );
  return contest ?? null;
}

/** Those that nobody has answered, the longest first. */
export function openContests(on: Reader, spaceId: string): Promise<Contest[]> {
  return sql<Contest>(
    on,
    `SELECT booking_id AS "bookingId", reason, created_at AS "createdAt" FROM bookings.contests contest
      WHERE space_id = $1
        AND NOT EXISTS (SELECT FROM bookings.no_show_answers answer WHERE answer.booking_id = contest.booking_id)
      ORDER BY created_at, booking_id`,
    [spaceId],
  );
}

/** False when it is contested already. */
export async function insertContest(
  tx: Tx,
  { id, spaceId, personId, hostNetworkId }: Booking,
  { reason, at }: { reason: string; at: string },
): Promise<boolean> {
  const made = await sql(
    tx,
    `INSERT INTO bookings.contests (booking_id, space_id, guest_id, host_network_id, reason, created_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (booking_id) DO NOTHING RETURNING booking_id`,
    [id, spaceId, personId, hostNetworkId, reason, at],
  );
  return made.length === 1;
}

export async function answerOf(on: Reader, bookingId: string): Promise<Answer | null> {
  const [answer] = await sql<Answer>(
    on,
    `SELECT outcome, reason, half_days AS "halfDays", amount_minor AS minor, unit, created_at AS "createdAt"
       FROM bookings.no_show_answers WHERE booking_id = $1`,
    [bookingId],
  );
  return answer ?? null;
}

/** What the no-show consumed went back: whoever turns out to have come uses it anew. */
export async function isCredited(on: Reader, bookingId: string): Promise<boolean> {
  return (await answerOf(on, bookingId))?.outcome === 'CREDITED';
}

export async function insertAnswer(
  tx: Tx,
  { id, personId, hostNetworkId }: Booking,
  answer: PutContestAnswer & { readonly back: Fee; readonly by: string; readonly at: string },
): Promise<void> {
  const { outcome, reason, back, by, at } = answer;
  await sql(
    tx,
    `INSERT INTO bookings.no_show_answers (booking_id, guest_id, host_network_id, outcome, half_days, amount_minor,
       unit, reason, written_by, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      personId,
      hostNetworkId,
      outcome,
      back.halfDays,
      back.amount.minor.toString(),
      back.amount.unit,
      reason,
      by,
      at,
    ],
  );
}
