import type { Unit } from '../kernel/money.js';
import { instantFromDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { DocumentView, PaymentInstructionView } from './document.schema.js';

/** Who it is about, for the question who may read it. */
type Reach = { readonly networkId: string; readonly partyIds: readonly string[] };
type Dated<View extends { issuedAt: string }> = Omit<View, 'issuedAt' | 'executedAt'> & {
  issuedAt: Date;
  executedAt?: Date | null;
};

const DOCUMENT = `
  SELECT document.id, document.kind, number, window_id AS "windowId", vat_note AS "vatNote", lines,
    json_build_object('id', issuer.id, 'name', issuer.name) AS issuer,
    json_build_object('id', recipient.id, 'name', recipient.name) AS recipient,
    json_build_object('unit', document.unit, 'minor', net_minor) AS net,
    json_build_object('unit', document.unit, 'minor', vat_minor) AS vat,
    issued_at AS "issuedAt", document.network_id AS "networkId"
  FROM billing.documents document
  JOIN directory.pub_parties issuer ON issuer.id = issuer_party_id
  JOIN directory.pub_parties recipient ON recipient.id = recipient_party_id`;
type DocumentRow = Dated<DocumentView> & { networkId: string };

export async function documentById(
  on: Reader,
  id: string,
): Promise<{ view: DocumentView; reach: Reach } | null> {
  const [row] = await sql<DocumentRow>(on, `${DOCUMENT} WHERE document.id = $1`, [id]);
  if (!row) return null;
  return {
    view: documentView(row),
    reach: { networkId: row.networkId, partyIds: [row.issuer.id, row.recipient.id] },
  };
}

export async function documentsOf(
  on: Reader,
  by: { networkId: string } | { partyId: string },
): Promise<DocumentView[]> {
  const condition =
    'networkId' in by ? 'document.network_id = $1' : '$1 IN (issuer_party_id, recipient_party_id)';
  const rows = await sql<DocumentRow>(
    on,
    `${DOCUMENT} WHERE ${condition} ORDER BY issuer.id, year, sequence`,
    ['networkId' in by ? by.networkId : by.partyId],
  );
  return rows.map(documentView);
}

function documentView({ networkId: _networkId, issuedAt, ...row }: DocumentRow): DocumentView {
  return { ...row, issuedAt: instantFromDate(issuedAt).toString() };
}

/** Sorted by issuer, recipient and unit: what settlement compares its claims with. */
export type DocumentSum = {
  readonly issuerPartyId: string;
  readonly recipientPartyId: string;
  readonly unit: Unit;
  readonly netMinor: bigint;
  readonly linesMinor: bigint;
};

export async function documentSums(on: Reader, windowId: string): Promise<DocumentSum[]> {
  const rows = await sql<Omit<DocumentSum, 'netMinor' | 'linesMinor'> & { net: string; lines: string }>(
    on,
    `SELECT issuer_party_id AS "issuerPartyId", recipient_party_id AS "recipientPartyId", unit,
       net_minor::text AS net,
       (SELECT coalesce(sum((line ->> 'amountMinor')::bigint), 0)
        FROM jsonb_array_elements(lines) AS line)::text AS lines
     FROM billing.documents WHERE window_id = $1`,
    [windowId],
  );
  return rows.map(({ net, lines, ...sum }) => ({ ...sum, netMinor: BigInt(net), linesMinor: BigInt(lines) }));
}

const INSTRUCTION = `
  SELECT instruction.id, payment_id AS "paymentId", window_id AS "windowId", remittance, state,
    json_build_object('id', payer.id, 'name', payer.name) AS payer,
    json_build_object('id', payee.id, 'name', payee.name) AS payee,
    json_build_object('unit', instruction.unit, 'minor', amount_minor) AS amount,
    issued_at AS "issuedAt", executed_at AS "executedAt"
  FROM billing.payment_instructions instruction
  JOIN directory.pub_parties payer ON payer.id = payer_party_id
  JOIN directory.pub_parties payee ON payee.id = payee_party_id`;

export async function instructionsOf(
  on: Reader,
  by: { networkId: string } | { partyId: string },
): Promise<PaymentInstructionView[]> {
  const condition =
    'networkId' in by ? 'instruction.network_id = $1' : '$1 IN (payer_party_id, payee_party_id)';
  const rows = await sql<Dated<PaymentInstructionView>>(
    on,
    `${INSTRUCTION} WHERE ${condition} ORDER BY window_id, amount_minor DESC, instruction.id`,
    ['networkId' in by ? by.networkId : by.partyId],
  );
  return rows.map(({ issuedAt, executedAt, ...row }) => ({
    ...row,
    issuedAt: instantFromDate(issuedAt).toString(),
    executedAt: executedAt ? instantFromDate(executedAt).toString() : null,
  }));
}

/** Series whose documents are not exactly 1 … last_number. Always empty. */
export function seriesWithGaps(on: Reader): Promise<{ issuerPartyId: string; kind: string; year: number }[]> {
  return sql(
    on,
    `SELECT series.issuer_party_id AS "issuerPartyId", series.kind, series.year
     FROM billing.series series LEFT JOIN billing.documents document
       ON (document.issuer_party_id, document.kind, document.year)
        = (series.issuer_party_id, series.kind, series.year)
     GROUP BY series.issuer_party_id, series.kind, series.year, series.last_number
     HAVING count(document.id) <> series.last_number
       OR coalesce(max(document.sequence), 0) <> series.last_number`,
  );
}
