import type { Unit } from '../kernel/money.js';
import { instantFromDate, type Instant } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import type { After, Side, Standing } from './dispute.rules.js';
import type { AgeingPage, DisputeView } from './dispute.schema.js';

export type Dispute = Omit<DisputeView, 'moves'> & {
  readonly networkId: string;
  readonly replyDays: number;
  readonly requestHash: string;
};
type Row = Omit<Dispute, 'openedAt' | 'dueAt' | 'endedAt'> & {
  openedAt: Date;
  dueAt: Date | null;
  endedAt: Date | null;
};

const DISPUTE = `
  SELECT dispute.id, record_id AS "recordId", window_id AS "windowId", dispute.network_id AS "networkId", code, state,
    stage, awaits, is_suspended AS "isSuspended", reply_days AS "replyDays", dispute.request_hash AS "requestHash",
    json_build_object('id', debtor.id, 'name', debtor.name) AS debtor,
    json_build_object('id', creditor.id, 'name', creditor.name) AS creditor,
    json_build_object('unit', dispute.unit, 'minor', disputed_minor) AS disputed,
    billed_minor::float8 AS "billedMinor", dispute.created_at AS "openedAt", due_at AS "dueAt", ended_at AS "endedAt"
  FROM disputes.disputes dispute
  JOIN directory.pub_parties debtor ON debtor.id = debtor_party_id
  JOIN directory.pub_parties creditor ON creditor.id = creditor_party_id`;

export async function disputeById(on: Reader, id: string): Promise<Dispute | null> {
  const [row] = await sql<Row>(on, `${DISPUTE} WHERE dispute.id = $1`, [id]);
  return row ? dated(row) : null;
}

export async function disputesOf(
  on: Reader,
  by: { networkId: string } | { partyId: string },
): Promise<Dispute[]> {
  const condition =
    'networkId' in by ? 'dispute.network_id = $1' : '$1 IN (debtor_party_id, creditor_party_id)';
  const rows = await sql<Row>(on, `${DISPUTE} WHERE ${condition} ORDER BY dispute.id DESC`, [
    'networkId' in by ? by.networkId : by.partyId,
  ]);
  return rows.map(dated);
}

function dated({ openedAt, dueAt, endedAt, ...row }: Row): Dispute {
  return {
    ...row,
    openedAt: instantFromDate(openedAt).toString(),
    dueAt: dueAt && instantFromDate(dueAt).toString(),
    endedAt: endedAt && instantFromDate(endedAt).toString(),
  };
}

export async function movesOf(on: Reader, disputeId: string): Promise<DisputeView['moves']> {
  const rows = await sql<Omit<DisputeView['moves'][number], 'movedAt'> & { movedAt: Date }>(
    on,
    `SELECT id, kind, side, stage, text, amount_minor::float8 AS "amountMinor", scan_ids AS "scanIds",
       file_ids AS "fileIds", created_at AS "movedAt", (
         SELECT coalesce(json_agg(json_build_object('id', file_id, 'name', name) ORDER BY file_id), '[]')
         FROM disputes.evidence_files WHERE file_id = ANY (file_ids)) AS files
     FROM disputes.moves WHERE dispute_id = $1 ORDER BY created_at, id`,
    [disputeId],
  );
  return rows.map(({ movedAt, ...row }) => ({ ...row, movedAt: instantFromDate(movedAt).toString() }));
}

/** Locked, so that of two moves at once the second sees what the first has led to. */
export async function lockStanding(tx: Tx, id: string): Promise<Standing> {
  const [row] = await sql<Omit<Standing, 'disputedMinor' | 'offer'> & { disputed: string }>(
    tx,
    `SELECT state, stage, awaits, disputed_minor::text AS disputed FROM disputes.disputes WHERE id = $1 FOR UPDATE`,
    [id],
  );
  const [offer] = await sql<{ side: Side; minor: string }>(
    tx,
    `SELECT side, amount_minor::text AS minor FROM disputes.moves
     WHERE dispute_id = $1 AND kind = 'PROPOSE' ORDER BY created_at DESC, id DESC LIMIT 1`,
    [id],
  );
  const { disputed, ...standing } = row!;
  return {
    ...standing,
    disputedMinor: BigInt(disputed),
    offer: offer ? { side: offer.side, minor: BigInt(offer.minor) } : null,
  };
}

export type NewMove = {
  readonly id: string;
  readonly disputeId: string;
  readonly networkId: string;
  readonly kind: string;
  readonly side: string;
  readonly stage: number;
  readonly text: string;
  readonly amountMinor: number | null;
  readonly scanIds: readonly string[];
  readonly fileIds: readonly string[];
  readonly movedBy: string;
  readonly requestHash: string;
  readonly now: Instant;
};

export async function insertMove(tx: Tx, move: NewMove): Promise<void> {
  await sql(
    tx,
    `INSERT INTO disputes.moves (id, dispute_id, network_id, kind, side, stage, text, amount_minor, scan_ids, file_ids,
       moved_by, request_hash, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::uuid[], $10::uuid[], $11, $12, $13)`,
    [
      move.id,
      move.disputeId,
      move.networkId,
      move.kind,
      move.side,
      move.stage,
      move.text,
      move.amountMinor,
      move.scanIds,
      move.fileIds,
      move.movedBy,
      move.requestHash,
      move.now.toString(),
    ],
  );
}

/** A new answer is due so many days from now; letters have no clock. */
export async function moveOn(
  tx: Tx,
  id: string,
  after: After,
  at: { readonly now: Instant; readonly replyDays: number | null },
): Promise<void> {
  await sql(
    tx,
    `UPDATE disputes.disputes SET state = $2, stage = $3, awaits = $4, billed_minor = $5,
       due_at = CASE WHEN $4::text IS NULL THEN NULL WHEN $7::int IS NULL THEN due_at
                     ELSE $6::timestamptz + $7::int * interval '1 day' END,
       ended_at = CASE WHEN $5::bigint IS NULL THEN NULL ELSE $6::timestamptz END
     WHERE id = $1`,
    [id, after.state, after.stage, after.awaits, after.billedMinor, at.now.toString(), at.replyDays],
  );
}

export function ageing(on: Reader, networkId: string, now: Instant): Promise<AgeingPage['items']> {
  return sql(
    on,
    `SELECT unit, CASE WHEN days <= 7 THEN '0-7' WHEN days <= 30 THEN '8-30' WHEN days <= 90 THEN '31-90' ELSE '91+' END
         AS age, count(*)::int AS disputes, sum(disputed_minor)::float8 AS "disputedMinor"
     FROM (SELECT unit, disputed_minor, extract(day FROM $2::timestamptz - created_at)::int AS days
           FROM disputes.disputes WHERE network_id = $1 AND ended_at IS NULL) AS open
     GROUP BY 1, 2 ORDER BY unit, min(days)`,
    [networkId, now.toString()],
  );
}

export type LineToDispute = {
  readonly networkId: string;
  readonly windowId: string;
  readonly debtorPartyId: string;
  readonly creditorPartyId: string;
  readonly unit: Unit;
  readonly amountMinor: string;
  readonly advisedAt: Instant | null;
  readonly disputeDays: number;
  readonly replyDays: number;
};

export async function lineToDispute(on: Reader, recordId: string): Promise<LineToDispute | null> {
  const [row] = await sql<Omit<LineToDispute, 'advisedAt'> & { advisedAt: Date | null }>(
    on,
    `SELECT line.network_id AS "networkId", line.window_id AS "windowId", line.debtor_party_id AS "debtorPartyId",
       line.creditor_party_id AS "creditorPartyId", line.unit, line.amount_minor::text AS "amountMinor",
       line.advised_at AS "advisedAt", clauses.dispute_days AS "disputeDays", clauses.reply_days AS "replyDays"
     FROM settlement.pub_lines line
     JOIN checkin.pub_visit_records record ON record.id = line.record_id
     JOIN reciprocity.pub_clauses clauses ON clauses.version_id = record.agreement_version_id
     WHERE line.record_id = $1`,
    [recordId],
  );
  return row ? { ...row, advisedAt: row.advisedAt && instantFromDate(row.advisedAt) } : null;
}
