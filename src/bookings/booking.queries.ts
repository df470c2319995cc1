import { EARLY_MINUTES } from '../kernel/opening.js';
import type { Instant, PlainDate } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { BookingProblems } from './booking.problems.js';
import { select } from './booking.rows.js';
import type { Booking } from './booking.js';
import type { NewBooking } from './booking.writes.js';

export async function bookingOf(on: Reader, id: string): Promise<Booking> {
  const [booking] = await select(on, 'WHERE id = $1', [id]);
  if (!booking) throw notFound(id);
  return booking;
}

export async function lockBooking(tx: Tx, id: string): Promise<Booking> {
  const [booking] = await select(tx, 'WHERE id = $1 FOR UPDATE', [id]);
  if (!booking) throw notFound(id);
  return booking;
}

export function notFound(id: string) {
  return BookingProblems.notFound(`There is no booking ${id} of yours or of your space.`);
}

type Awaited = {
  readonly personId: string;
  readonly spaceId: string;
  readonly day: PlainDate;
  /** When the guest comes: of several bookings, the one of then. */
  readonly at?: Instant;
};

/** The one that still waits for its guest on that day; nobody else can change it until the transaction ends. */
export async function lockAwaited(tx: Tx, awaited: Awaited): Promise<Booking | null> {
  const [booking] = await select(tx, `${AWAITED} FOR UPDATE`, valuesOf(awaited));
  return booking ?? null;
}

export async function awaitedBooking(on: Reader, awaited: Awaited): Promise<Booking | null> {
  const [booking] = await select(on, AWAITED, valuesOf(awaited));
  return booking ?? null;
}

/** What is due comes before what is not; a desk before a room, so that whoever has both is there first of all. */
const AWAITED = `
  WHERE person_id = $1 AND space_id = $2 AND day = $3 AND state IN ('PENDING', 'RESERVED')
  ORDER BY (starts_at - $5 * interval '1 minute' <= $4 AND $4 < ends_at) DESC NULLS LAST, part = 'HOURS', starts_at, id
  LIMIT 1`;

function valuesOf({ personId, spaceId, day, at }: Awaited): unknown[] {
  return [personId, spaceId, day.toString(), at?.toString() ?? null, EARLY_MINUTES];
}

/** Newest first: ids sort by the moment they were made. */
export function bookingsOfPerson(
  on: Reader,
  personId: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Booking[]> {
  return select(on, `WHERE person_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`, [
    personId,
    after ?? null,
    limit,
  ]);
}

export function bookingsOfDay(
  on: Reader,
  { spaceId, day }: { spaceId: string; day: PlainDate },
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Booking[]> {
  return select(
    on,
    `WHERE space_id = $1 AND day = $2 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
    [spaceId, day.toString(), after ?? null, limit],
  );
}

/** Requests that await their host, the most urgent first. */
export function bookingsAsked(on: Reader, spaceId: string): Promise<Booking[]> {
  return select(
    on,
    `WHERE space_id = $1 AND state = 'PENDING' AND terms ->> 'bookingMode' = 'ON_REQUEST'
      ORDER BY held_until, id LIMIT 200`,
    [spaceId],
  );
}

export type Request = Pick<NewBooking, 'id' | 'personId' | 'requestHash'>;

/** The booking an earlier request of this person made under this id; another request's id is refused. */
export async function bookedBefore(
  on: Reader,
  { id, personId, requestHash }: Request,
): Promise<Booking | null> {
  const [row] = await sql<{ isSame: boolean }>(
    on,
    'SELECT person_id = $2 AND request_hash = $3 AS "isSame" FROM bookings.bookings WHERE id = $1',
    [id, personId, requestHash],
  );
  if (!row) return null;
  if (!row.isSame) throw idReused();
  return bookingOf(on, id);
}

export function idReused() {
  return RequestProblems.idReused('This id already stands for another booking. Make a new id for a new one.');
}

/** One at a time, so that a sweep never waits for a request nor deadlocks with one. */
export async function lockDue(tx: Tx, due: 'expired' | 'missed', now: Instant): Promise<Booking | null> {
  const condition =
    due === 'expired' ? `state = 'PENDING' AND held_until < $1` : `state = 'RESERVED' AND ends_at < $1`;
  const order = due === 'expired' ? 'held_until' : 'ends_at';
  const [booking] = await select(tx, `WHERE ${condition} ORDER BY ${order} LIMIT 1 FOR UPDATE SKIP LOCKED`, [
    now.toString(),
  ]);
  return booking ?? null;
}
