import { instantFromDate, type Instant, type PlainDate } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { Booking } from '../bookings/index.js';
import type { Visit } from './visit.js';
import { findVisit } from './visit.queries.js';

type Stamp = Parameters<typeof instantFromDate>[0];

/** The visit of that day at that space, under way or over; of a room's, while it was the guest's. */
export async function visitHere(
  on: Reader,
  of: { personId: string; spaceId: string; day: PlainDate; at: Instant },
): Promise<Visit | null> {
  const [row] = await sql<{ id: string }>(
    on,
    `SELECT id FROM checkin.visits WHERE person_id = $1 AND space_id = $2 AND day = $3 AND state <> 'INVALID'
        AND (part <> 'HOURS' OR ends_at > $4) ORDER BY part = 'HOURS', started_at LIMIT 1`,
    [of.personId, of.spaceId, of.day.toString(), of.at.toString()],
  );
  return row ? findVisit(on, row.id) : null;
}

/** Was the guest at another space then, in a part of the day they had taken there? */
export async function visitUnderWay(
  on: Reader,
  of: { personId: string; spaceId: string; at: Instant },
): Promise<boolean> {
  const [row] = await sql(
    on,
    `SELECT FROM checkin.visits visit JOIN bookings.pub_bookings booking ON booking.id = visit.booking_id
     WHERE visit.person_id = $1 AND visit.space_id <> $2 AND visit.state <> 'INVALID'
       AND visit.started_at <= $3 AND $3 < least(booking.ends_at, visit.closes_at,
         CASE WHEN visit.completed_by <> 'system' THEN visit.completed_at END)
     LIMIT 1`,
    [of.personId, of.spaceId, of.at.toString()],
  );
  return row !== undefined;
}

/** The one visit that is under way, and when the part of the day ends that it has taken; not one a room lies beside. */
export async function insideNow(
  on: Reader,
  { personId, spaceId, part }: Pick<Booking, 'personId' | 'spaceId' | 'part'>,
): Promise<{ id: string; startedAt: Instant; partEndsAt: Instant } | null> {
  const [row] = await sql<{ id: string; startedAt: Stamp; partEndsAt: Stamp }>(
    on,
    `SELECT visit.id, visit.started_at AS "startedAt", booking.ends_at AS "partEndsAt"
     FROM checkin.visits visit JOIN bookings.pub_bookings booking ON booking.id = visit.booking_id
     WHERE visit.person_id = $1 AND visit.state = 'ACTIVE'
       AND ((visit.part = 'HOURS') = $2 OR visit.space_id <> $3)`,
    [personId, part === 'HOURS', spaceId],
  );
  return row
    ? { ...row, startedAt: instantFromDate(row.startedAt), partEndsAt: instantFromDate(row.partEndsAt) }
    : null;
}

/** A visit begins with the first scan of it, whichever is told of first. */
export async function beganBy(tx: Tx, visitId: string, at: Instant): Promise<void> {
  await sql(
    tx,
    `UPDATE checkin.visits SET started_at = least(started_at, $2) WHERE id = $1 AND state <> 'SEALED'`,
    [visitId, at.toString()],
  );
}
