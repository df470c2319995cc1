import type { Unit } from '../kernel/money.js';
import { sql, type Reader } from '../platform/db.js';
import { LINES_HASH } from './closing.queries.js';
import type { RecordedLine } from './recompute.js';

/** What SQL finds when it settles the window again and compares. */
export type Recomputed = {
  readonly lines: number;
  readonly hash: string;
  readonly hashAtClosing: string;
  readonly linesOff: number;
  readonly positionsOff: number;
  readonly unclearedPositions: number;
  readonly sums: readonly {
    readonly unit: Unit;
    readonly linesMinor: number;
    readonly positionsMinor: number;
    readonly paymentsMinor: number;
  }[];
};

export async function checkedWindow(on: Reader, windowId: string): Promise<Recomputed> {
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
    positionsOff: await count(on, POSITIONS_OFF, windowId),
    unclearedPositions: await count(on, UNCLEARED, windowId),
    sums: await sums(on, windowId),
  };
}

async function count(on: Reader, query: string, windowId: string): Promise<number> {
  const [row] = await sql<{ n: number }>(on, `SELECT count(*)::int AS n FROM (${query}) AS found`, [
    windowId,
  ]);
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
    SELECT record.debtor_party_id AS party_id, record.unit, 0 AS receives, record.amount_minor AS pays
    FROM settlement.lines line JOIN checkin.pub_visit_records record ON record.id = line.record_id
    WHERE line.window_id = $1
    UNION ALL
    SELECT record.creditor_party_id, record.unit, record.amount_minor, 0
    FROM settlement.lines line JOIN checkin.pub_visit_records record ON record.id = line.record_id
    WHERE line.window_id = $1),
  sums AS (SELECT party_id, unit, sum(receives) AS receives, sum(pays) AS pays FROM sides GROUP BY party_id, unit)
  SELECT FROM sums FULL JOIN (SELECT * FROM settlement.positions WHERE window_id = $1) position
    USING (party_id, unit)
  WHERE (sums.receives, sums.pays) IS DISTINCT FROM (position.receives_minor, position.pays_minor)`;

/** What a party is still owed or owes in money after every payment is made: nobody anything. */
const UNCLEARED = `
  WITH moves AS (
    SELECT creditor_party_id AS party_id, unit, amount_minor AS minor FROM settlement.claims
    WHERE window_id = $1 AND clearing <> 'IN_KIND'
    UNION ALL SELECT debtor_party_id, unit, -amount_minor FROM settlement.claims
    WHERE window_id = $1 AND clearing <> 'IN_KIND'
    UNION ALL SELECT from_party_id, unit, amount_minor FROM settlement.payments WHERE window_id = $1
    UNION ALL SELECT to_party_id, unit, -amount_minor FROM settlement.payments WHERE window_id = $1)
  SELECT party_id, unit FROM moves GROUP BY party_id, unit HAVING sum(minor) <> 0`;

async function sums(on: Reader, windowId: string): Promise<Recomputed['sums']> {
  const rows = await sql<{ unit: Unit; lines: string; positions: string; payments: string }>(
    on,
    `SELECT unit, sum(lines)::text AS lines, sum(positions)::text AS positions, sum(payments)::text AS payments
     FROM (
       SELECT unit, amount_minor AS lines, 0 AS positions, 0 AS payments
       FROM settlement.lines WHERE window_id = $1
       UNION ALL SELECT unit, 0, net_minor, 0 FROM settlement.positions WHERE window_id = $1
       UNION ALL SELECT unit, 0, 0, amount_minor FROM settlement.payments WHERE window_id = $1) AS amounts
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
