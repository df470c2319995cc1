import type { Unit } from '../kernel/money.js';
import type { Instant } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';

/** For the sums and orders of one closing: a million lines sort in this, and there are few closings at once. */
const BULK_MEMORY = '128MB';

export type ClosingWindow = { readonly id: string; readonly networkId: string; readonly fromDay: string };

/** Takes every settling record of this clearing network that stands on no line yet, up to a day if one is given. */
export async function takeLines(
  tx: Tx,
  window: ClosingWindow,
  until: string | null,
  now: Instant,
): Promise<void> {
  const text = `INSERT INTO settlement.lines (record_id, window_id, network_id, debtor_party_id, creditor_party_id,
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
       AND NOT EXISTS (SELECT FROM settlement.lines line WHERE line.record_id = record.id)`;
  const values = [window.id, window.networkId, window.fromDay, until, now.toString()];
  await withMemory(tx);
  await lookingUp(tx, () => sql(tx, text, values));
}

/** What each pair owes in this window, once: everything that follows is calculated from these sums. */
export async function addPairs(
  tx: Tx,
  window: Pick<ClosingWindow, 'id'>,
  { now }: { readonly now: Instant },
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO settlement.pairs (window_id, network_id, debtor_party_id, creditor_party_id, unit, kind,
       amount_minor, item_count, created_at)
     SELECT window_id, network_id, debtor_party_id, creditor_party_id, unit, kind, amount_minor, item_count, $2
     FROM settlement.added_up WHERE window_id = $1`,
    [window.id, now.toString()],
  );
}

/** Who is in default is paid in full and pays in full: nobody else's netting hangs on them. */
const PROFILE = `CASE WHEN (SELECT standing FROM treasury.pub_standings standing
    WHERE standing.party_id = party.id AND standing.network_id = $2 AND standing.from_day <= $4::date
    ORDER BY standing.from_day DESC LIMIT 1) = 'DEFAULTED' AND party.settlement_profile = 'NETTING_ALLOWED'
  THEN 'GROSS_ONLY' ELSE party.settlement_profile END`;

/**
 * From what pairs owe each other to what each party receives, pays and nets: it reads `pairs`, `profiles` and
 * `rates` of a query, and adds `claims` and `sums`. The laboratory asks the same.
 */
export const POSITION_SUMS = `
     claims AS (
       SELECT pairs.*, unit <> 'HALF_DAY' AND debtor.profile = 'NETTING_ALLOWED'
           AND creditor.profile = 'NETTING_ALLOWED' AND debtor.id <> creditor.id AS netted,
         unit <> 'HALF_DAY' AND debtor.id <> creditor.id AND 'GROSS_ONLY' IN (debtor.profile, creditor.profile)
           AND 'IN_KIND_ONLY' NOT IN (debtor.profile, creditor.profile) AS gross
       FROM pairs
       JOIN profiles debtor ON debtor.id = debtor_party_id
       JOIN profiles creditor ON creditor.id = creditor_party_id),
     cleared AS (
       SELECT claims.*, coalesce(to_unit, unit) AS clearing_unit,
         CASE WHEN NOT netted THEN 0 WHEN to_unit IS NULL THEN minor
              ELSE settlement.converted(minor, from_rate, to_rate, exponent) END AS clearing_minor
       FROM claims LEFT JOIN rates ON from_unit = unit AND netted),
     sides AS (
       SELECT debtor_party_id AS party_id, unit, 0 AS receives, minor AS pays, 0 AS netting FROM cleared
       UNION ALL SELECT creditor_party_id, unit, minor, 0, 0 FROM cleared
       UNION ALL SELECT debtor_party_id, clearing_unit, 0, 0, -clearing_minor FROM cleared WHERE netted
       UNION ALL SELECT creditor_party_id, clearing_unit, 0, 0, clearing_minor FROM cleared WHERE netted),
     sums AS (
       SELECT party_id, unit, sum(receives)::bigint AS receives, sum(pays)::bigint AS pays,
         sum(netting)::bigint AS netting
       FROM sides GROUP BY party_id, unit)`;

/**
 * What each party receives, pays and may offset, per unit, with the profiles of today. A claim in another currency
 * than the network nets in counts there, at the rate of the window, the same for both of its sides.
 */
export async function addPositions(
  tx: Tx,
  window: ClosingWindow,
  at: { readonly untilDay: string; readonly now: Instant },
): Promise<void> {
  await sql(
    tx,
    `WITH pairs AS MATERIALIZED (
       SELECT debtor_party_id, creditor_party_id, unit, sum(amount_minor)::bigint AS minor
       FROM settlement.pairs WHERE window_id = $1 GROUP BY 1, 2, 3),
     profiles AS MATERIALIZED (
       SELECT party.id, ${PROFILE} AS profile FROM directory.pub_parties party
       WHERE party.id IN (SELECT debtor_party_id FROM pairs UNION SELECT creditor_party_id FROM pairs)),
     rates AS (SELECT * FROM settlement.conversions WHERE window_id = $1),
     ${POSITION_SUMS}
     INSERT INTO settlement.positions (window_id, network_id, party_id, unit, profile, receives_minor,
       pays_minor, net_minor, netting_minor, state, created_at)
     SELECT $1, $2, party_id, sums.unit, profile, receives, pays, receives - pays, netting, 'CALCULATED', $3
     FROM sums JOIN profiles ON profiles.id = party_id`,
    [window.id, window.networkId, at.now.toString(), at.untilDay],
  );
}

/**
 * The planner knows nothing yet of positions that this very transaction wrote, and would walk all of them once for
 * every pair: what joins them within a closing joins by hash.
 */
function joiningByHash<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> {
  return without(tx, 'enable_nestloop', work);
}

/** What reads all lines of a window reads them in the order of the disk, and keeps what it adds up in memory. */
export async function inBulk<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> {
  await withMemory(tx);
  return without(tx, 'enable_indexscan', () => joiningByHash(tx, work));
}

/** Until the end of the transaction. */
async function withMemory(tx: Tx): Promise<void> {
  await sql(tx, `SELECT set_config('work_mem', '${BULK_MEMORY}', true)`);
}

/** Nor of lines: each record is looked up by the keys of what may stand against it, however long the history is. */
function lookingUp<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> {
  return without(tx, 'enable_seqscan', work);
}

async function without<Result>(
  tx: Tx,
  way: 'enable_nestloop' | 'enable_seqscan' | 'enable_indexscan',
  work: () => Promise<Result>,
): Promise<Result> {
  const set = `SELECT set_config('${way}', $1, true)`;
  await sql(tx, set, ['off']);
  const result = await work();
  await sql(tx, set, ['on']);
  return result;
}

/** VAT of whoever charges their own: on the sum of each document, rounded half up. */
export async function addVat(
  tx: Tx,
  window: ClosingWindow,
  at: { readonly untilDay: string; readonly now: Instant },
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO settlement.vat (window_id, network_id, kind, issuer_party_id, recipient_party_id, unit, net_minor,
       vat_bps, vat_minor, created_at)
     SELECT $1, $2, kind, issuer_party_id, recipient_party_id, unit, net_minor, vat_bps,
       (2 * net_minor * vat_bps + 10000) / 20000, $3
     FROM (SELECT * FROM settlement.documents_due WHERE window_id = $1) due
     JOIN LATERAL (
       SELECT vat_mode, vat_bps FROM treasury.pub_party_rules rules
       WHERE rules.party_id = issuer_party_id AND rules.network_id = $2 AND from_day <= $4::date
       ORDER BY from_day DESC LIMIT 1) AS rules ON vat_mode = 'OWN_VAT' AND vat_bps > 0
     WHERE EXISTS (SELECT FROM treasury.pub_party_rules WHERE network_id = $2 AND vat_mode = 'OWN_VAT')`,
    [window.id, window.networkId, at.now.toString(), at.untilDay],
  );
}

/** A network with a licensed account: one movement per party and currency, instead of the list from party to party. */
const COLLECTS = '(SELECT collects FROM settlement.closures WHERE window_id = $1)';

/** The planned payments for what may be offset, one per claim for what may not, and VAT, which is never offset. */
export async function addPayments(
  tx: Tx,
  window: Pick<ClosingWindow, 'id' | 'networkId'>,
  now: Instant,
  plan = 1,
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO settlement.payments (id, window_id, network_id, from_party_id, to_party_id, unit,
       amount_minor, kind, plan, created_at)
     SELECT settlement.derived_id($1, concat_ws('/', 'payment', kind, unit, debtor_id, creditor_id,
         CASE WHEN $4::int > 1 THEN $4::int END)),
       $1, $2, debtor_id, creditor_id, unit, minor, kind, $4::int, $3
     FROM (
       SELECT 'NETTED' AS kind, unit, debtor_id, creditor_id, minor FROM settlement.plan_payments($1)
       WHERE NOT ${COLLECTS}
       UNION ALL
       SELECT 'NETTED', unit, CASE WHEN minor < 0 THEN party_id ELSE $2::uuid END,
         CASE WHEN minor < 0 THEN $2::uuid ELSE party_id END, abs(minor)
       FROM settlement.netting WHERE window_id = $1 AND minor <> 0 AND party_id <> $2::uuid AND ${COLLECTS}
       UNION ALL
       SELECT 'GROSS', claim.unit, debtor_party_id, creditor_party_id,
         claim.amount_minor - coalesce(suspended.minor, 0)
       FROM settlement.claims claim LEFT JOIN (
         SELECT debtor_party_id, creditor_party_id, unit, billed_minor AS minor FROM settlement.suspended_claims
         WHERE window_id = $1) AS suspended USING (debtor_party_id, creditor_party_id, unit)
       WHERE window_id = $1 AND clearing = 'GROSS' AND claim.amount_minor > coalesce(suspended.minor, 0)
         AND EXISTS (SELECT FROM settlement.positions WHERE window_id = $1 AND profile = 'GROSS_ONLY')
       UNION ALL
       SELECT 'VAT', unit, payer_id, payee_id, sum(vat_minor) FROM (
         SELECT unit, CASE kind WHEN 'INVOICE' THEN recipient_party_id ELSE issuer_party_id END AS payer_id,
           CASE kind WHEN 'INVOICE' THEN issuer_party_id ELSE recipient_party_id END AS payee_id, vat_minor
         FROM settlement.vat WHERE window_id = $1) AS vat
       GROUP BY unit, payer_id, payee_id HAVING sum(vat_minor) > 0) AS planned`,
    [window.id, window.networkId, now.toString(), plan],
  );
}

/** What waits for a dispute is taken out of the plan; the payments that were planned with it are superseded. */
export async function planAgain(
  tx: Tx,
  window: Pick<ClosingWindow, 'id' | 'networkId'>,
  now: Instant,
): Promise<void> {
  const [last] = await sql<{ plan: number }>(
    tx,
    `SELECT coalesce(max(plan), 1) AS plan FROM settlement.payments WHERE window_id = $1`,
    [window.id],
  );
  await supersede(tx, window, now);
  await addPayments(tx, window, now, last!.plan + 1);
}

export async function supersede(
  tx: Tx,
  window: Pick<ClosingWindow, 'id' | 'networkId'>,
  now: Instant,
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO settlement.superseded (payment_id, window_id, network_id, created_at)
     SELECT id, window_id, network_id, $2 FROM settlement.current_payments WHERE window_id = $1`,
    [window.id, now.toString()],
  );
}

/** What the closing keeps for its proof. Without an agreed last day, the window ends with the latest day it took. */
export async function addClosure(
  tx: Tx,
  window: ClosingWindow,
  closing: {
    readonly until: string | null;
    readonly requestHash: string;
    readonly now: Instant;
    readonly collects: boolean;
  },
): Promise<string> {
  const [closure] = await sql<{ untilDay: string }>(
    tx,
    `INSERT INTO settlement.closures (window_id, network_id, until_day, line_count, lines_hash, request_hash,
       created_at, collects)
     SELECT $1, $2, coalesce($3::date, greatest($4::date, max(day))), count(*), ${LINES_HASH}, $5, $6, $7
     FROM settlement.lines WHERE window_id = $1
     RETURNING until_day::text AS "untilDay"`,
    [
      window.id,
      window.networkId,
      closing.until,
      window.fromDay,
      closing.requestHash,
      closing.now.toString(),
      closing.collects,
    ],
  );
  return closure!.untilDay;
}

/** The hash of the lines in the order of their records: of each line its own hash, then of all of them. See lineText. */
export const LINES_HASH = `encode(sha256(coalesce(string_agg(sha256(convert_to(
    concat_ws('|', record_id, debtor_party_id, creditor_party_id, unit, amount_minor), 'UTF8')),
    ''::bytea ORDER BY record_id), ''::bytea)), 'hex')`;
/** Those who have documents to issue: one event each, however many guests they had. */
export async function issuers(on: Reader, windowId: string): Promise<string[]> {
  const rows = await sql<{ id: string }>(
    on,
    `SELECT DISTINCT issuer_party_id AS id FROM settlement.documents_due WHERE window_id = $1 ORDER BY id`,
    [windowId],
  );
  return rows.map(({ id }) => id);
}

/** What a closing does to each party's account. */
export type Move = {
  readonly partyId: string;
  readonly unit: Unit;
  readonly debit: string;
  readonly credit: string;
};

export function partyMoves(on: Reader, windowId: string): Promise<Move[]> {
  return sql<Move>(
    on,
    `SELECT party_id AS "partyId", unit, debit_minor::text AS debit, credit_minor::text AS credit
     FROM settlement.party_moves WHERE window_id = $1 ORDER BY party_id, unit`,
    [windowId],
  );
}
