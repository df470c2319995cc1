/** What the books of others tell about a member; scope `clearing`. */
import { sql, type Reader } from '../platform/db.js';

export async function visitsAt(on: Reader, spaceId: string): Promise<number> {
  const query = 'SELECT count(*)::int AS visits FROM checkin.pub_visit_records WHERE host_space_id = $1';
  return (await sql<{ visits: number }>(on, query, [spaceId]))[0]!.visits;
}

export type StillOpen = { readonly records: number; readonly payments: number; readonly bookings: number };

/** Visits that no settled window holds, payments that nobody made, bookings that are still to come. */
export async function stillOpen(on: Reader, spaceId: string): Promise<StillOpen> {
  const [open] = await sql<StillOpen>(
    on,
    `SELECT
       (SELECT count(*)::int FROM checkin.pub_visit_records record
          LEFT JOIN settlement.pub_lines line ON line.record_id = record.id
          LEFT JOIN settlement.pub_windows w ON w.id = line.window_id
        WHERE $1 IN (record.debtor_party_id, record.creditor_party_id) AND record.settles AND record.amount_minor > 0
          AND record.debtor_party_id <> record.creditor_party_id AND w.state IS DISTINCT FROM 'SETTLED') AS records,
       (SELECT count(*)::int FROM settlement.pub_payments payment
        WHERE $1 IN (payment.from_party_id, payment.to_party_id) AND payment.executed_at IS NULL) AS payments,
       (SELECT count(*)::int FROM bookings.pub_bookings booking
        WHERE booking.space_id = $1 AND booking.state IN ('PENDING', 'RESERVED')) AS bookings`,
    [spaceId],
  );
  return open!;
}

/** Free half-days per visitor and year, by the terms in force, and whether there is a price at all. */
export async function offerOf(
  on: Reader,
  spaceId: string,
): Promise<{ freeHalfDays: number; hasPrice: boolean }> {
  const [offer] = await sql<{ freeHalfDays: number; hasPrice: boolean }>(
    on,
    `SELECT coalesce(max(free_half_days), 0)::int AS "freeHalfDays", count(*) > 0 AS "hasPrice"
     FROM reciprocity.pub_free_days WHERE host_space_id = $1`,
    [spaceId],
  );
  return offer!;
}
