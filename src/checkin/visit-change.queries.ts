import type { Instant } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { Part } from '../kernel/words.js';
import { STEPS } from './checkin.rules.js';
import type { Visit } from './visit.js';

/** What was taken back or corrected; LEFT: only a coming back was taken back. */
export type VisitChange = {
  readonly id: string;
  readonly kind: 'UNDO' | 'CORRECTION';
  readonly fromPart: Part;
  readonly outcome: Part | 'INVALID' | 'LEFT';
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
  to: { part: Part; halfDays: number },
): Promise<boolean> {
  const changed = await sql(
    tx,
    'UPDATE checkin.visits SET part = $2, half_days = $3 WHERE id = $1 AND state = ANY ($4) RETURNING id',
    [visit.id, to.part, to.halfDays, STEPS.invalidate.from],
  );
  return changed.length === 1;
}
