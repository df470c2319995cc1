/** What a space asks of those who book: by whom a booking is decided, and until when and at what cost it is left. */
import { instantAt, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { SpaceTerms } from './space-terms.schema.js';

const CANCEL_FREE_UNTIL = Temporal.PlainTime.from('18:00');

/** Of a space that has said nothing: free until 18:00 of the day before. */
export const DEFAULT_TERMS: SpaceTerms = {
  bookingMode: 'INSTANT',
  answerHours: null,
  cancelUntilHours: null,
  graceMinutes: 15,
  noShow: 'CONSUMED',
};

export async function spaceTerms(on: Reader, spaceId: string): Promise<SpaceTerms> {
  const [own] = await sql<SpaceTerms>(
    on,
    `SELECT booking_mode AS "bookingMode", answer_hours AS "answerHours", cancel_until_hours AS "cancelUntilHours",
            grace_minutes AS "graceMinutes", no_show AS "noShow"
       FROM bookings.space_terms WHERE space_id = $1`,
    [spaceId],
  );
  return own ?? DEFAULT_TERMS;
}

export type Stay = {
  readonly day: PlainDate;
  readonly timeZone: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
};

/** So many hours before the beginning; whoever books later still has some minutes to think. */
export function cancelUntil(
  { day, timeZone, startsAt }: Omit<Stay, 'endsAt'>,
  { cancelUntilHours, graceMinutes }: Pick<SpaceTerms, 'cancelUntilHours' | 'graceMinutes'>,
  bookedAt: Instant,
): Instant {
  const until =
    cancelUntilHours === null
      ? instantAt(day.subtract({ days: 1 }), CANCEL_FREE_UNTIL, timeZone)
      : startsAt.subtract({ hours: cancelUntilHours });
  const grace = bookedAt.add({ minutes: graceMinutes });
  return Temporal.Instant.compare(until, grace) > 0 ? until : grace;
}

/** When a request expires: the space's hours to answer, but not after what was asked for has begun, or is over. */
export function answerBy(
  { startsAt, endsAt }: Pick<Stay, 'startsAt' | 'endsAt'>,
  answerHours: number,
  askedAt: Instant,
): Instant {
  const latest = Temporal.Instant.compare(startsAt, askedAt) > 0 ? startsAt : endsAt;
  const due = askedAt.add({ hours: answerHours });
  return Temporal.Instant.compare(due, latest) < 0 ? due : latest;
}
