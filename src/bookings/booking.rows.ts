/** How a booking lies in the database: its columns, and back. */
import { amount, type Unit } from '../kernel/money.js';
import { instantFromDate, Temporal } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { Booking, FrozenTerms } from './booking.js';
import { frozenTerms } from './frozen-offer.js';

type PgDate = Parameters<typeof instantFromDate>[0];
export type Row = Omit<
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

export const COLUMNS = `
  id, person_id AS "personId", space_id AS "spaceId", pool_id AS "poolId", resource_kind AS "resourceKind",
  day::text AS day, part, half_days AS "halfDays", from_slot AS "fromSlot", to_slot AS "toSlot",
  starts_at AS "startsAt", ends_at AS "endsAt", time_zone AS "timeZone", home_space_id AS "homeSpaceId",
  home_network_id AS "homeNetworkId", host_network_id AS "hostNetworkId", created_at AS "bookedAt", state, state_at AS "stateAt",
  state_by AS "stateBy", held_until AS "heldUntil", funding, pass_id AS "passId", programme_id AS "programmeId",
  debtor_party_id AS "debtorPartyId", terms, price_minor AS "priceMinor", price_unit AS "priceUnit",
  guest_price_minor AS "guestPriceMinor", guest_price_unit AS "guestPriceUnit", quote_id AS "quoteId",
  cancel_reason AS "cancelReason", decline_reason AS "declineReason", fee_half_days AS "feeHalfDays", fee_minor AS "feeMinor", fee_unit AS "feeUnit",
  sequence, calendar_uid AS "calendarUid", changed_from AS "changedFrom", itinerary_id AS "itineraryId",
  state_before AS "stateBefore", reopened,
  (SELECT later.id FROM bookings.bookings later WHERE later.changed_from = bookings.id) AS "replacedBy"`;

export function fromRow(row: Row): Booking {
  const { priceMinor, priceUnit, guestPriceMinor, guestPriceUnit, feeHalfDays, feeMinor, feeUnit, ...same } =
    row;
  return {
    ...same,
    terms: frozenTerms(row.terms),
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

export async function select(on: Reader, rest: string, values: unknown[]): Promise<Booking[]> {
  const rows = await sql<Row>(on, `SELECT ${COLUMNS} FROM bookings.bookings ${rest}`, values);
  return rows.map(fromRow);
}
