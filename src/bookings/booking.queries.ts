import { amount, type Unit } from '../kernel/money.js';
import { instantFromDate, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { BookingProblems } from './booking.problems.js';
import { TRANSITIONS, type BookingAct } from './booking.rules.js';
import type { Booking, Fee, FrozenTerms } from './booking.js';
import { DEFAULT_TERMS } from './space-terms.js';

type PgDate = Parameters<typeof instantFromDate>[0];
type Row = Omit<
  Booking,
  'day' | 'startsAt' | 'endsAt' | 'bookedAt' | 'stateAt' | 'heldUntil' | 'price' | 'guestPrice' | 'fee'
> & {
  day: string;
  startsAt: PgDate;
  endsAt: PgDate;
  bookedAt: PgDate;
  stateAt: PgDate;
  heldUntil: PgDate | null;
  terms: FrozenTerms;
  priceMinor: string;
  priceUnit: Unit;
  guestPriceMinor: string;
  guestPriceUnit: Unit;
  feeHalfDays: number | null;
  feeMinor: string | null;
  feeUnit: Unit | null;
};

const COLUMNS = `
  id, person_id AS "personId", space_id AS "spaceId", pool_id AS "poolId", resource_kind AS "resourceKind",
  day::text AS day, part, half_days AS "halfDays", from_slot AS "fromSlot", to_slot AS "toSlot",
  starts_at AS "startsAt", ends_at AS "endsAt", time_zone AS "timeZone", home_space_id AS "homeSpaceId",
  home_network_id AS "homeNetworkId", host_network_id AS "hostNetworkId", created_at AS "bookedAt",
  state, state_at AS "stateAt",
  state_by AS "stateBy", held_until AS "heldUntil", funding, pass_id AS "passId",
  debtor_party_id AS "debtorPartyId", terms, price_minor AS "priceMinor", price_unit AS "priceUnit",
  guest_price_minor AS "guestPriceMinor", guest_price_unit AS "guestPriceUnit", quote_id AS "quoteId",
  cancel_reason AS "cancelReason", decline_reason AS "declineReason", fee_half_days AS "feeHalfDays", fee_minor AS "feeMinor", fee_unit AS "feeUnit", reopened`;

function fromRow(row: Row): Booking {
  const { priceMinor, priceUnit, guestPriceMinor, guestPriceUnit, feeHalfDays, feeMinor, feeUnit, ...same } =
    row;
  return {
    ...same,
    terms: { ...DEFAULT_TERMS, ...row.terms }, // booked before spaces had terms of their own
    day: Temporal.PlainDate.from(row.day),
    startsAt: instantFromDate(row.startsAt),
    endsAt: instantFromDate(row.endsAt),
    bookedAt: instantFromDate(row.bookedAt),
    stateAt: instantFromDate(row.stateAt),
    heldUntil: row.heldUntil && instantFromDate(row.heldUntil),
    price: amount(priceUnit, BigInt(priceMinor)),
    guestPrice: amount(guestPriceUnit, BigInt(guestPriceMinor)),
    fee:
      feeHalfDays === null || feeMinor === null || feeUnit === null
        ? null
        : { halfDays: feeHalfDays, amount: amount(feeUnit, BigInt(feeMinor)) },
  };
}

async function select(on: Reader, rest: string, values: unknown[]): Promise<Booking[]> {
  const rows = await sql<Row>(on, `SELECT ${COLUMNS} FROM bookings.bookings ${rest}`, values);
  return rows.map(fromRow);
}

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

/** The one that still waits for its guest on that day; nobody else can change it until the transaction ends. */
export async function lockAwaited(
  tx: Tx,
  { personId, spaceId, day }: { personId: string; spaceId: string; day: PlainDate },
): Promise<Booking | null> {
  const [booking] = await select(
    tx,
    `WHERE person_id = $1 AND space_id = $2 AND day = $3 AND state IN ('PENDING', 'RESERVED') FOR UPDATE`,
    [personId, spaceId, day.toString()],
  );
  return booking ?? null;
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

export type NewBooking = Omit<
  Booking,
  'bookedAt' | 'stateAt' | 'cancelReason' | 'declineReason' | 'fee' | 'reopened'
> & {
  readonly requestHash: string;
};

/**
 * null when the id is there already. Requests of one person wait for each other here, and for nobody else: so
 * a twin finds the first one's row, and two bookings at the same time cannot wait for each other in a circle.
 */
export async function insertBooking(tx: Tx, booking: NewBooking, now: Instant): Promise<Booking | null> {
  try {
    const [row] = await sql<Row>(
      tx,
      `INSERT INTO bookings.bookings (id, request_hash, person_id, space_id, pool_id, resource_kind, day, part,
         half_days, from_slot, to_slot, starts_at, ends_at, time_zone, home_space_id, home_network_id,
         host_network_id, state, state_at, state_by, held_until, funding, pass_id, debtor_party_id,
         agreement_version_id, terms, price_minor, price_unit, guest_price_minor, guest_price_unit, quote_id,
         created_at)
       SELECT $1, $2, $3::uuid, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19::timestamptz,
         $20, $21, $22, $23, $24, $25, $26::jsonb, $27, $28, $29, $30, $31, $19::timestamptz
         FROM pg_advisory_xact_lock(hashtextextended('bookings.person/' || $3::uuid, 0))
       ON CONFLICT (id) DO NOTHING RETURNING ${COLUMNS}`,
      valuesOf(booking, now),
    );
    return row ? fromRow(row) : null;
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

function valuesOf(booking: NewBooking, now: Instant): unknown[] {
  return [
    booking.id,
    booking.requestHash,
    booking.personId,
    booking.spaceId,
    booking.poolId,
    booking.resourceKind,
    booking.day.toString(),
    booking.part,
    booking.halfDays,
    booking.fromSlot,
    booking.toSlot,
    booking.startsAt.toString(),
    booking.endsAt.toString(),
    booking.timeZone,
    booking.homeSpaceId,
    booking.homeNetworkId,
    booking.hostNetworkId,
    booking.state,
    now.toString(),
    booking.stateBy,
    booking.heldUntil?.toString() ?? null,
    booking.funding,
    booking.passId,
    booking.debtorPartyId,
    booking.terms.versionId,
    JSON.stringify(booking.terms),
    booking.price.minor,
    booking.price.unit,
    booking.guestPrice.minor,
    booking.guestPrice.unit,
    booking.quoteId,
  ];
}

function refusalOf(error: unknown) {
  if (violates(error, 'one_place_at_a_time'))
    return BookingProblems.overlap(
      'You hold another booking at that time. Cancel it first, or choose another time.',
    );
  if (violates(error, 'once_per_space_and_day'))
    return BookingProblems.samePlace(
      'You hold a booking there on that day. To change its part, cancel it first.',
    );
  if (violates(error, 'bookings_quote_id_key'))
    return BookingProblems.quoteUsed('Another booking was made from this quote. Ask for a new one.');
  return undefined;
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

export type Change = {
  readonly by: string;
  readonly at: Instant;
  readonly fee?: Fee;
  readonly reason?: string;
  readonly declineReason?: string;
};

/** null when the booking is not in a state that allows the act: whoever was faster has decided. */
export async function change(tx: Tx, id: string, act: BookingAct, made: Change): Promise<Booking | null> {
  const { from, into } = TRANSITIONS[act];
  const [row] = await sql<Row>(
    tx,
    `UPDATE bookings.bookings SET state = $2, state_at = $3, state_by = $4, held_until = NULL, cancel_reason = $5,
            fee_half_days = $6, fee_minor = $7, fee_unit = $8,
            decline_reason = $9
      WHERE id = $1 AND state = ANY ($10) RETURNING ${COLUMNS}`,
    [
      id,
      into,
      made.at.toString(),
      made.by,
      made.reason ?? null,
      made.fee?.halfDays ?? null,
      made.fee?.amount.minor ?? null,
      made.fee?.amount.unit ?? null,
      made.declineReason ?? null,
      from,
    ],
  );
  return row ? fromRow(row) : null;
}

type PersonDay = { readonly personId: string; readonly day: PlainDate; readonly halfDays: number };

export async function takeHalfDays(
  tx: Tx,
  { personId, day, halfDays }: PersonDay,
  now: Instant,
): Promise<void> {
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

export async function releaseHalfDays(tx: Tx, { personId, day, halfDays }: PersonDay): Promise<void> {
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
