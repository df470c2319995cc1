import type { Instant } from '../kernel/time.js';
import { sql, violates, type Tx } from '../platform/db.js';
import { BookingProblems } from './booking.problems.js';
import { COLUMNS, fromRow, type Row } from './booking.rows.js';
import { TRANSITIONS, type BookingAct } from './booking.rules.js';
import type { Booking, Fee, OfferedVisit } from './booking.js';

export type NewBooking = OfferedVisit &
  Pick<
    Booking,
    | 'id'
    | 'state'
    | 'stateBy'
    | 'heldUntil'
    | 'quoteId'
    | 'itineraryId'
    | 'sequence'
    | 'calendarUid'
    | 'changedFrom'
  > & { readonly requestHash: string };

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
         sequence, calendar_uid, changed_from, itinerary_id, programme_id, created_at)
       SELECT $1, $2, $3::uuid, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19::timestamptz,
         $20, $21, $22, $23, $24, $25, $26::jsonb, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $19::timestamptz
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
    booking.sequence,
    booking.calendarUid,
    booking.changedFrom,
    booking.itineraryId,
    booking.programmeId,
  ];
}

function refusalOf(error: unknown) {
  if (violates(error, 'one_place_at_a_time') || violates(error, 'one_house_at_a_time'))
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

export type Change = {
  readonly by: string;
  readonly at: Instant;
  readonly fee?: Fee;
  readonly reason?: string;
  readonly declineReason?: string;
  /** What was set aside ended; the next hold is another one. */
  readonly reopens?: boolean;
};

/** null when the booking is not in a state that allows the act: whoever was faster has decided. */
export async function change(tx: Tx, id: string, act: BookingAct, made: Change): Promise<Booking | null> {
  const { from, into } = TRANSITIONS[act];
  const [row] = await sql<Row>(
    tx,
    `UPDATE bookings.bookings
        SET state = $2, state_at = $3, state_by = $4, state_before = state, held_until = NULL, cancel_reason = $5,
            fee_half_days = $6, fee_minor = $7, fee_unit = $8, decline_reason = $9,
            sequence = sequence + 1, reopened = reopened + $11
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
      made.reopens ? 1 : 0,
    ],
  );
  return row ? fromRow(row) : null;
}
