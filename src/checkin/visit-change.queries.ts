import type { Instant } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { BookedPart } from '../kernel/words.js';
import { stayOf, type Booking } from '../bookings/index.js';
import { STEPS } from './checkin.rules.js';
import type { Visit } from './visit.js';

/** What was taken back or corrected; LEFT: only a coming back was taken back. */
export type VisitChange = {
  readonly id: string;
  readonly kind: 'UNDO' | 'CORRECTION';
  readonly fromPart: BookedPart;
  readonly outcome: BookedPart | 'INVALID' | 'LEFT';
  readonly reason: string;
};

export async function insertChange(
  tx: Tx,
  visit: Visit,
  change: VisitChange,
  by: { readonly name: string; readonly at: Instant },
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO checkin.visit_changes (id, visit_id, host_network_id, person_id, kind, from_part, outcome, reason,
       changed_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      change.id,
      visit.id,
      visit.hostNetworkId,
      visit.personId,
      change.kind,
      change.fromPart,
      change.outcome,
      change.reason,
      by.name,
      by.at.toString(),
    ],
  );
}

export async function findChange(on: Reader, id: string): Promise<VisitChange | null> {
  const [change] = await sql<VisitChange>(
    on,
    `SELECT id, kind, from_part AS "fromPart", outcome, reason FROM checkin.visit_changes WHERE id = $1`,
    [id],
  );
  return change ?? null;
}

/** False when the visit was sealed or invalid before. */
export async function changePart(
  tx: Tx,
  visit: Visit,
  to: Pick<Booking, 'part' | 'halfDays' | 'fromSlot' | 'toSlot' | 'endsAt'>,
): Promise<boolean> {
  const changed = await sql(
    tx,
    `UPDATE checkin.visits SET part = $2, half_days = $3, minutes = $5, ends_at = $6
     WHERE id = $1 AND state = ANY ($4) RETURNING id`,
    [visit.id, to.part, to.halfDays, STEPS.invalidate.from, stayOf(to).minutes, to.endsAt.toString()],
  );
  return changed.length === 1;
}
