import type { Unit } from '../kernel/money.js';
import { instantFromDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { DocumentView, PaymentInstructionView } from './document.schema.js';
import { documentHash, type Hashed } from './document.writes.js';

/** Who it is about, for the question who may read it. */
type Reach = { readonly networkId: string; readonly partyIds: readonly string[] };
type Dated<View extends { issuedAt: string }> = Omit<View, 'issuedAt' | 'executedAt'> & {
  issuedAt: Date;
  executedAt?: Date | null;
};

const DOCUMENT = `
  SELECT document.id, document.kind, number, window_id AS "windowId", vat_note AS "vatNote", lines, charges,
    refers_to AS "refersTo",
    json_build_object('id', issuer.id, 'name', issuer.name) AS issuer,
    json_build_object('id', recipient.id, 'name', recipient.name) AS recipient,
    json_build_object('unit', document.unit, 'minor', net_minor) AS net,
    json_build_object('unit', document.unit, 'minor', vat_minor) AS vat,
    issued_at AS "issuedAt", document.network_id AS "networkId", self_billed AS "selfBilled",
    (SELECT to_char(acceptance.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
     FROM billing.acceptances acceptance WHERE document_id = document.id) AS "acceptedAt", vat AS "vatDecision"
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
  readonly kind: 'INVOICE' | 'CREDIT_NOTE';
  readonly issuerPartyId: string;
  readonly recipientPartyId: string;
  readonly unit: Unit;
  readonly netMinor: bigint;
  readonly vatMinor: bigint;
  readonly linesMinor: bigint;
};

export async function documentSums(on: Reader, windowId: string): Promise<DocumentSum[]> {
  const rows = await sql<
    Omit<DocumentSum, 'netMinor' | 'vatMinor' | 'linesMinor'> & { net: string; vat: string; lines: string }
  >(
    on,
    `SELECT kind, issuer_party_id AS "issuerPartyId", recipient_party_id AS "recipientPartyId", unit,
       net_minor::text AS net, vat_minor::text AS vat,
       (SELECT coalesce(sum((line ->> 'amountMinor')::bigint), 0)
        FROM jsonb_array_elements(lines || charges) AS line)::text AS lines
     FROM billing.documents WHERE window_id = $1 AND refers_to IS NULL`,
    [windowId],
  );
  return rows.map(({ net, vat, lines, ...sum }) => ({
    ...sum,
    netMinor: BigInt(net),
    vatMinor: BigInt(vat),
    linesMinor: BigInt(lines),
  }));
}

type ToCredit = {
  readonly id: string;
  readonly number: string;
  readonly kind: 'INVOICE' | 'CREDIT_NOTE';
  readonly issuerPartyId: string;
  readonly recipientPartyId: string;
  readonly networkId: string;
  readonly windowId: string;
  readonly unit: Unit;
  readonly netMinor: string;
  readonly vatMinor: string;
  readonly vatBps: number;
  readonly lines: DocumentView['lines'];
  readonly charges: DocumentView['charges'];
};

export function documentsToCredit(on: Reader, windowId: string): Promise<ToCredit[]> {
  return sql<ToCredit>(
    on,
    `SELECT id, number, kind, issuer_party_id AS "issuerPartyId", recipient_party_id AS "recipientPartyId",
       network_id AS "networkId", window_id AS "windowId", unit, net_minor::text AS "netMinor",
       vat_minor::text AS "vatMinor", coalesce((substring(vat_note FROM '^VAT ([0-9.]+) %$')::numeric * 100)::int, 0)
         AS "vatBps", lines, charges
     FROM billing.documents WHERE window_id = $1 AND refers_to IS NULL ORDER BY issuer_party_id, kind, sequence`,
    [windowId],
  );
}

/** The invoice a visit record was billed by, as a credit has to name it. */
export async function invoiceOf(on: Reader, recordId: string): Promise<string | null> {
  const [found] = await sql<{ number: string }>(
    on,
    `SELECT number FROM billing.documents
     WHERE kind = 'INVOICE' AND lines @> jsonb_build_array(jsonb_build_object('recordId', $1::text))
     ORDER BY issued_at LIMIT 1`,
    [recordId],
  );
  return found?.number ?? null;
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

/** Documents that no longer say what they said: of a chain, one that was changed or taken out breaks it. */
export async function brokenChains(on: Reader): Promise<{ number: string }[]> {
  const rows = await sql<
    Hashed & { hash: string; previous: string | null; before: string | null; issuedAt: Date }
  >(
    on,
    `SELECT number, issued_at AS "issuedAt", content, vat, hash, previous_hash AS previous,
       lag(hash) OVER (PARTITION BY issuer_party_id, series_kind, year ORDER BY sequence) AS before
     FROM billing.documents WHERE hash IS NOT NULL ORDER BY issuer_party_id, series_kind, year, sequence`,
  );
  return rows
    .filter(({ hash, previous, before, issuedAt, number, content, vat }) => {
      const document = { number, issuedAt: instantFromDate(issuedAt).toString(), content, vat };
      return documentHash(document, previous) !== hash || previous !== before;
    })
    .map(({ number }) => ({ number }));
}

/** Series whose documents are not exactly 1 … last_number. Always empty. */
export function seriesWithGaps(on: Reader): Promise<{ issuerPartyId: string; kind: string; year: number }[]> {
  return sql(
    on,
    `SELECT series.issuer_party_id AS "issuerPartyId", series.kind, series.year
     FROM billing.series series LEFT JOIN billing.documents document
       ON (document.issuer_party_id, document.series_kind, document.year)
        = (series.issuer_party_id, series.kind, series.year)
     GROUP BY series.issuer_party_id, series.kind, series.year, series.last_number
     HAVING count(document.id) <> series.last_number
       OR coalesce(max(document.sequence), 0) <> series.last_number`,
  );
}
