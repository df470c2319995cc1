import type { Unit } from '../kernel/money.js';
import { sql, type Reader } from '../platform/db.js';
import { LINES_HASH } from './closing.queries.js';
import { SHARES } from './charge.queries.js';
import type { ComputedCharge, RecordedLine } from './recompute.js';

/** What SQL finds when it settles the window again and compares. */
export type Recomputed = {
  readonly lines: number;
  readonly hash: string;
  readonly hashAtClosing: string;
  readonly linesOff: number;
  readonly positionsOff: number;
  readonly chargesOff: number;
  readonly unclearedPositions: number;
  readonly sums: readonly {
    readonly unit: Unit;
    readonly linesMinor: number;
    readonly positionsMinor: number;
    readonly paymentsMinor: number;
  }[];
};

export async function checkedWindow(
  on: Reader,
  window: { readonly id: string; readonly networkId: string; readonly isReplanned: boolean },
): Promise<Recomputed> {
  const windowId = window.id;
  const [hashes] = await sql<Pick<Recomputed, 'lines' | 'hash' | 'hashAtClosing'>>(
    on,
    `SELECT count(record_id)::int AS lines, ${LINES_HASH} AS hash,
       (SELECT lines_hash FROM settlement.closures WHERE window_id = $1) AS "hashAtClosing"
     FROM settlement.lines WHERE window_id = $1`,
    [windowId],
  );
  return {
    ...hashes!,
    linesOff: await count(on, LINES_OFF, windowId),
    positionsOff: (await count(on, POSITIONS_OFF, windowId)) + (await count(on, PAIRS_OFF, windowId)),
    chargesOff: await count(on, CHARGES_OFF, windowId, window.networkId),
    unclearedPositions: await count(on, UNCLEARED, windowId, window.isReplanned),
    sums: await unitSums(on, windowId),
  };
}

async function count(on: Reader, query: string, ...values: unknown[]): Promise<number> {
  const [row] = await sql<{ n: number }>(on, `SELECT count(*)::int AS n FROM (${query}) AS found`, values);
  return row!.n;
}

const LINES_OFF = `
  SELECT FROM settlement.lines line LEFT JOIN checkin.pub_visit_records record ON record.id = line.record_id
  WHERE line.window_id = $1 AND (record.settles, record.clearing_network_id, record.debtor_party_id,
      record.creditor_party_id, record.unit, record.amount_minor, record.day)
    IS DISTINCT FROM (true, line.network_id, line.debtor_party_id,
      line.creditor_party_id, line.unit, line.amount_minor, line.day)`;

const POSITIONS_OFF = `
  WITH sides AS (
    SELECT debtor_party_id AS party_id, unit, 0 AS receives, amount_minor AS pays
    FROM settlement.window_items WHERE window_id = $1
    UNION ALL
    SELECT creditor_party_id, unit, amount_minor, 0 FROM settlement.window_items WHERE window_id = $1),
  sums AS (SELECT party_id, unit, sum(receives) AS receives, sum(pays) AS pays FROM sides GROUP BY party_id, unit)
  SELECT FROM sums FULL JOIN (SELECT * FROM settlement.positions WHERE window_id = $1) position
    USING (party_id, unit)
  WHERE (coalesce(sums.receives, 0), coalesce(sums.pays, 0))
    IS DISTINCT FROM (position.receives_minor, position.pays_minor)`;

/** The sums that the closing kept for each pair, against its lines and charges. */
const PAIRS_OFF = `
  SELECT FROM (SELECT * FROM settlement.added_up WHERE window_id = $1) item
  FULL JOIN (SELECT * FROM settlement.pairs WHERE window_id = $1) pair
    USING (window_id, network_id, debtor_party_id, creditor_party_id, unit, kind)
  WHERE (item.amount_minor, item.item_count) IS DISTINCT FROM (pair.amount_minor, pair.item_count)`;

const CHARGES_OFF = `
  SELECT FROM (${SHARES}) AS share LEFT JOIN settlement.charges charge
    ON charge.id = settlement.derived_id($1, concat_ws('/', 'share', share.kind, host_id, version_id, share.unit))
  WHERE share.minor <> coalesce(charge.amount_minor, 0)`;

/** What a party is still owed or owes in money after every payment is made, and the disputed waits: nobody anything. */
const UNCLEARED = `
  WITH moves AS (
    SELECT creditor_party_id AS party_id, unit, minor FROM settlement.clearing_claims
    WHERE window_id = $1 AND clearing <> 'IN_KIND'
    UNION ALL SELECT debtor_party_id, unit, -minor FROM settlement.clearing_claims
    WHERE window_id = $1 AND clearing <> 'IN_KIND'
    UNION ALL SELECT debtor_party_id, unit, minor FROM settlement.suspended_claims WHERE window_id = $1 AND $2
    UNION ALL SELECT creditor_party_id, unit, -minor FROM settlement.suspended_claims WHERE window_id = $1 AND $2
    UNION ALL SELECT CASE kind WHEN 'INVOICE' THEN issuer_party_id ELSE recipient_party_id END, unit, vat_minor
    FROM settlement.vat WHERE window_id = $1
    UNION ALL SELECT CASE kind WHEN 'INVOICE' THEN recipient_party_id ELSE issuer_party_id END, unit, -vat_minor
    FROM settlement.vat WHERE window_id = $1
    UNION ALL SELECT from_party_id, unit, amount_minor FROM settlement.current_payments WHERE window_id = $1
    UNION ALL SELECT to_party_id, unit, -amount_minor FROM settlement.current_payments WHERE window_id = $1)
  SELECT party_id, unit FROM moves GROUP BY party_id, unit HAVING sum(minor) <> 0`;

/** Per unit: what is claimed in money, what of it needs no document, what offsets it, what waits, and what is paid. */
export type Cleared = {
  readonly unit: Unit;
  readonly claims: bigint;
  readonly undocumented: bigint;
  readonly offsets: bigint;
  readonly suspended: bigint;
  readonly payments: bigint;
};

/** An offset is what a party need not pay because it is owed as much: the smaller of its two sides. */
export async function clearedSums(
  on: Reader,
  windowId: string,
  isReplanned: boolean,
  collector: string | null,
): Promise<Cleared[]> {
  const rows = await sql<Record<Exclude<keyof Cleared, 'unit'>, string> & { unit: Unit }>(
    on,
    `WITH open AS (
       SELECT unit, debtor_party_id, creditor_party_id, clearing, minor FROM settlement.clearing_claims
       WHERE window_id = $1 AND clearing <> 'IN_KIND'
       UNION ALL SELECT unit, debtor_party_id, creditor_party_id, clearing, -minor FROM settlement.suspended_claims
       WHERE window_id = $1 AND $2),
     sides AS (
       SELECT unit, creditor_party_id AS party_id, minor AS receives, 0 AS pays FROM open WHERE clearing = 'NETTED'
       UNION ALL SELECT unit, debtor_party_id, 0, minor FROM open WHERE clearing = 'NETTED'),
     parties AS (SELECT unit, party_id, sum(receives) AS receives, sum(pays) AS pays FROM sides GROUP BY 1, 2),
     amounts AS (
       SELECT unit, minor AS claims, 0 AS undocumented, 0 AS offsets, 0 AS suspended, 0 AS payments
       FROM settlement.clearing_claims WHERE window_id = $1 AND clearing <> 'IN_KIND'
       UNION ALL SELECT unit, 0, amount_minor, 0, 0, 0 FROM settlement.window_items
       WHERE window_id = $1 AND kind IN ('RELEASE', 'CARRIED', 'OPENING')
       UNION ALL SELECT unit, 0, 0, least(receives, pays), 0, 0 FROM parties
       UNION ALL SELECT unit, 0, 0, 0, minor, 0 FROM settlement.suspended_claims WHERE window_id = $1 AND $2
       UNION ALL SELECT unit, 0, 0, 0, 0, amount_minor FROM settlement.current_payments
       WHERE window_id = $1 AND NOT (kind = 'NETTED' AND $3::uuid IS NOT NULL)
       -- What goes through a collecting network goes twice, less what is its own.
       UNION ALL SELECT unit, 0, 0, 0, 0, greatest(sum(amount_minor) FILTER (WHERE to_party_id = $3),
         sum(amount_minor) FILTER (WHERE from_party_id = $3)) FROM settlement.current_payments
       WHERE window_id = $1 AND kind = 'NETTED' AND $3 IN (from_party_id, to_party_id) GROUP BY unit)
     SELECT unit, sum(claims)::text AS claims, sum(undocumented)::text AS undocumented, sum(offsets)::text AS offsets,
       sum(suspended)::text AS suspended, sum(payments)::text AS payments
     FROM amounts GROUP BY unit ORDER BY unit`,
    [windowId, isReplanned, collector],
  );
  return rows.map(({ unit, ...sums }) => ({
    unit,
    claims: BigInt(sums.claims),
    undocumented: BigInt(sums.undocumented),
    offsets: BigInt(sums.offsets),
    suspended: BigInt(sums.suspended),
    payments: BigInt(sums.payments),
  }));
}

async function unitSums(on: Reader, windowId: string): Promise<Recomputed['sums']> {
  const rows = await sql<{ unit: Unit; lines: string; positions: string; payments: string }>(
    on,
    `SELECT unit, sum(lines)::text AS lines, sum(positions)::text AS positions, sum(payments)::text AS payments
     FROM (
       SELECT unit, amount_minor AS lines, 0 AS positions, 0 AS payments
       FROM settlement.window_items WHERE window_id = $1
       UNION ALL SELECT unit, 0, net_minor, 0 FROM settlement.positions WHERE window_id = $1
       UNION ALL SELECT unit, 0, 0, amount_minor FROM settlement.current_payments
       WHERE window_id = $1 AND kind <> 'VAT') AS amounts
     GROUP BY unit ORDER BY unit`,
    [windowId],
  );
  return rows.map(({ unit, lines, positions, payments }) => ({
    unit,
    linesMinor: Number(lines),
    positionsMinor: Number(positions),
    paymentsMinor: Number(payments),
  }));
}

/** Everything the twin needs beside the records: charges, what waits, rates, and who charges which VAT. */
export async function twinFacts(on: Reader, windowId: string, isReplanned: boolean) {
  const charges = await sql<Omit<ComputedCharge, 'minor'> & { minor: string }>(
    on,
    `SELECT kind, debtor_party_id AS "debtorPartyId", creditor_party_id AS "creditorPartyId", unit,
       amount_minor::text AS minor
     FROM settlement.charge_lines line JOIN settlement.charges charge ON charge.id = line.charge_id
     WHERE line.window_id = $1 ORDER BY charge.id`,
    [windowId],
  );
  const suspended = await sql<Omit<ComputedCharge, 'minor' | 'kind'> & { minor: string }>(
    on,
    `SELECT debtor_party_id AS "debtorPartyId", creditor_party_id AS "creditorPartyId", unit,
       amount_minor::text AS minor
     FROM settlement.suspensions WHERE window_id = $1 AND $2`,
    [windowId, isReplanned],
  );
  const vat = await sql<{ partyId: string; bps: number }>(
    on,
    `SELECT DISTINCT ON (party_id) party_id AS "partyId", vat_bps AS bps
     FROM treasury.pub_party_rules rules JOIN settlement.windows w ON w.network_id = rules.network_id
     JOIN settlement.closures closure ON closure.window_id = w.id
     WHERE w.id = $1 AND rules.from_day <= closure.until_day
     ORDER BY party_id, rules.from_day DESC`,
    [windowId],
  );
  const own = await sql<{ partyId: string }>(
    on,
    `SELECT DISTINCT issuer_party_id AS "partyId" FROM settlement.vat WHERE window_id = $1`,
    [windowId],
  );
  return {
    charges: charges.map((charge) => ({ ...charge, minor: BigInt(charge.minor) })),
    suspended: suspended.map((one) => ({ ...one, minor: BigInt(one.minor) })),
    vatBps: new Map(
      vat
        .filter(({ partyId }) => own.some((one) => one.partyId === partyId))
        .map((one) => [one.partyId, one.bps]),
    ),
  };
}

const PAGE_SIZE = 10_000;

/** The records of the window's lines, in the order of their ids. */
export async function* recordedLines(on: Reader, windowId: string): AsyncGenerator<RecordedLine> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await sql<Omit<RecordedLine, 'minor'> & { minor: string }>(
      on,
      `SELECT record.id AS "recordId", record.debtor_party_id AS "debtorPartyId",
         record.creditor_party_id AS "creditorPartyId", record.unit, record.amount_minor::text AS minor
       FROM settlement.lines line JOIN checkin.pub_visit_records record ON record.id = line.record_id
       WHERE line.window_id = $1 AND line.record_id > $2 ORDER BY line.record_id LIMIT $3`,
      [windowId, after, PAGE_SIZE],
    );
    for (const row of rows) yield { ...row, minor: BigInt(row.minor) };
    if (rows.length < PAGE_SIZE) return;
    after = rows.at(-1)!.recordId;
  }
}
