import type { Unit } from '../kernel/money.js';
import type { Instant } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { Clearing } from './window.rules.js';

export type ClosingWindow = { readonly id: string; readonly networkId: string; readonly fromDay: string };

/** Takes every settling record of this clearing network that stands on no line yet, up to a day if one is given. */
export async function takeLines(
  tx: Tx,
  window: ClosingWindow,
  until: string | null,
  now: Instant,
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO settlement.lines (record_id, window_id, network_id, debtor_party_id, creditor_party_id,
       unit, amount_minor, day, late, created_at)
     SELECT record.id, $1, $2, record.debtor_party_id, record.creditor_party_id,
       record.unit, record.amount_minor, record.day, record.day < $3::date, $5
     FROM checkin.pub_visit_records record
     WHERE record.clearing_network_id = $2 AND record.settles AND ($4::date IS NULL OR record.day <= $4::date)
       AND NOT EXISTS (SELECT FROM review.pub_bounces bounce WHERE bounce.record_id = record.id)
       AND NOT EXISTS (SELECT FROM review.pub_decisions review
                       WHERE review.record_id = record.id AND review.decision = 'DECLINED')
       AND (record.evidence <> 'C' OR EXISTS (
         SELECT FROM review.pub_confirmations confirmation WHERE confirmation.record_id = record.id))
       AND NOT EXISTS (SELECT FROM settlement.lines line WHERE line.record_id = record.id)`,
    [window.id, window.networkId, window.fromDay, until, now.toString()],
  );
}

/** What each party receives, pays and may offset, per unit: the lines added up, with the profiles of today. */
export async function addPositions(tx: Tx, window: ClosingWindow, now: Instant): Promise<void> {
  await sql(
    tx,
    `WITH claims AS (
       SELECT debtor_party_id, creditor_party_id, line.unit, sum(amount_minor)::bigint AS minor,
         line.unit <> 'HALF_DAY' AND debtor.settlement_profile = 'NETTING_ALLOWED'
           AND creditor.settlement_profile = 'NETTING_ALLOWED' AS netted
       FROM settlement.lines line
       JOIN directory.pub_parties debtor ON debtor.id = debtor_party_id
       JOIN directory.pub_parties creditor ON creditor.id = creditor_party_id
       WHERE window_id = $1 GROUP BY 1, 2, 3, 5),
     sides AS (
       SELECT debtor_party_id AS party_id, unit, 0 AS receives, minor AS pays, netted FROM claims
       UNION ALL SELECT creditor_party_id, unit, minor, 0, netted FROM claims),
     sums AS (
       SELECT party_id, unit, sum(receives)::bigint AS receives, sum(pays)::bigint AS pays,
         coalesce(sum(receives - pays) FILTER (WHERE netted), 0)::bigint AS netting
       FROM sides GROUP BY party_id, unit)
     INSERT INTO settlement.positions (window_id, network_id, party_id, unit, profile, receives_minor,
       pays_minor, net_minor, netting_minor, state, created_at)
     SELECT $1, $2, party_id, sums.unit, party.settlement_profile, receives, pays, receives - pays, netting,
       'CALCULATED', $3
     FROM sums JOIN directory.pub_parties party ON party.id = party_id`,
    [window.id, window.networkId, now.toString()],
  );
}

/** The planned payments for what may be offset, and one per claim for what may not. */
export async function addPayments(tx: Tx, window: ClosingWindow, now: Instant): Promise<void> {
  await sql(
    tx,
    `INSERT INTO settlement.payments (id, window_id, network_id, from_party_id, to_party_id, unit,
       amount_minor, kind, created_at)
     SELECT settlement.derived_id($1, concat_ws('/', 'payment', kind, unit, debtor_id, creditor_id)),
       $1, $2, debtor_id, creditor_id, unit, minor, kind, $3
     FROM (
       SELECT 'NETTED' AS kind, unit, debtor_id, creditor_id, minor FROM settlement.plan_payments($1)
       UNION ALL
       SELECT 'GROSS', unit, debtor_party_id, creditor_party_id, amount_minor FROM settlement.claims
       WHERE window_id = $1 AND clearing = 'GROSS' AND amount_minor > 0) AS planned`,
    [window.id, window.networkId, now.toString()],
  );
}

/** What the closing keeps for its proof. Without an agreed last day, the window ends with the latest day it took. */
export async function addClosure(
  tx: Tx,
  window: ClosingWindow,
  closing: { readonly until: string | null; readonly requestHash: string; readonly now: Instant },
): Promise<string> {
  const [closure] = await sql<{ untilDay: string }>(
    tx,
    `INSERT INTO settlement.closures (window_id, network_id, until_day, line_count, lines_hash, request_hash,
       created_at)
     SELECT $1, $2, coalesce($3::date, greatest($4::date, max(day))), count(*), ${LINES_HASH}, $5, $6
     FROM settlement.lines WHERE window_id = $1
     RETURNING until_day::text AS "untilDay"`,
    [window.id, window.networkId, closing.until, window.fromDay, closing.requestHash, closing.now.toString()],
  );
  return closure!.untilDay;
}

/** The hash of the lines in the order of their records: of each line its own hash, then of all of them. See lineText. */
export const LINES_HASH = `encode(sha256(coalesce(string_agg(sha256(convert_to(
    concat_ws('|', record_id, debtor_party_id, creditor_party_id, unit, amount_minor), 'UTF8')),
    ''::bytea ORDER BY record_id), ''::bytea)), 'hex')`;

/** What one party owes another in a window, with the ids of what follows from it. */
export type Claim = {
  readonly debtorPartyId: string;
  readonly creditorPartyId: string;
  readonly unit: Unit;
  readonly minor: string;
  readonly clearing: Clearing;
  readonly documentId: string;
  readonly transferId: string;
};

export function claims(on: Reader, windowId: string): Promise<Claim[]> {
  return sql<Claim>(
    on,
    `SELECT debtor_party_id AS "debtorPartyId", creditor_party_id AS "creditorPartyId", unit,
       amount_minor::text AS minor, clearing,
       settlement.derived_id($1, concat_ws('/', 'document', unit, debtor_party_id, creditor_party_id)) AS "documentId",
       settlement.derived_id($1, concat_ws('/', 'transfer', unit, debtor_party_id, creditor_party_id)) AS "transferId"
     FROM settlement.claims WHERE window_id = $1 AND amount_minor > 0
     ORDER BY creditor_party_id, debtor_party_id, unit`,
    [windowId],
  );
}
