/** Facts that no entry says yet, oldest first. Each kind is found by what is missing, so a catch-up needs no memory. */
import type { Unit } from '../kernel/money.js';
import { sql, type Reader } from '../platform/db.js';
import { rateOn, taxOnTop } from '../vat/index.js';
import type { BankMatch, BilledDocument, Fact, FactKind, Payment } from './facts.js';
import { claimsOf, conversionsOf, creditVatOf, suspensionsOf } from './window-facts.queries.js';

type Of = { readonly networkId: string; readonly windowId: string | null };
type Head = Omit<Fact, 'kind'> & { readonly kind: FactKind };
type Amounts = Record<string, string>;
type Row = Head & { readonly detail: Record<string, string> & { readonly parts: Amounts } };

const BATCH_SIZE_MAX = 500;

/** Several facts of one moment come in this order: what was claimed before what was paid. */
const ORDER: readonly FactKind[] = [
  'WINDOW',
  'CONVERSION',
  'DOCUMENT',
  'SUSPENSION',
  'ABORT',
  'PAYMENT',
  'FAILURE',
  'BANK_LINE',
  'MATCH',
  'MATCH_UNDONE',
];

export async function pendingFacts(on: Reader, of: Of): Promise<Fact[]> {
  const rows: Row[] = [];
  for (const kind of ORDER) {
    const text = `SELECT '${kind}' AS kind, fact.* FROM (${QUERIES[kind]}) AS fact
      WHERE NOT EXISTS (SELECT FROM books.entries posted
                        WHERE posted.source_kind = '${kind}' AND posted.source_id = fact."sourceId")
      ORDER BY at, "sourceId" LIMIT ${BATCH_SIZE_MAX}`;
    rows.push(...(await sql<Row>(on, text, [of.networkId, of.windowId])));
  }
  const sorted = rows.toSorted(
    (a, b) =>
      a.at.localeCompare(b.at) ||
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
      a.sourceId.localeCompare(b.sourceId),
  );
  const facts: Fact[] = [];
  for (const row of sorted.slice(0, BATCH_SIZE_MAX)) facts.push(await whole(on, row));
  return facts;
}

async function whole(on: Reader, { detail, ...told }: Row): Promise<Fact> {
  const { kind, windowId } = told;
  switch (kind) {
    case 'DOCUMENT':
      return { ...told, kind, document: documentOf(detail, told.day) };
    case 'WINDOW':
      return {
        ...told,
        kind,
        claims: await claimsOf(on, windowId!),
        creditVat: await creditVatOf(on, windowId!),
      };
    case 'CONVERSION':
      return { ...told, kind, conversions: await conversionsOf(on, windowId!) };
    case 'ABORT':
      return {
        ...told,
        kind,
        claims: await claimsOf(on, windowId!),
        creditVat: await creditVatOf(on, windowId!),
        conversions: await conversionsOf(on, windowId!),
        suspensions: await suspensionsOf(on, windowId!),
      };
    case 'SUSPENSION': {
      const found = await suspensionsOf(on, windowId!);
      return { ...told, kind, suspension: found.find(({ disputeId }) => disputeId === told.sourceId)! };
    }
    case 'PAYMENT':
    case 'FAILURE':
      return { ...told, kind, payment: paymentOf(detail) };
    case 'BANK_LINE':
      return {
        ...told,
        kind,
        partyId: detail['partyId']!,
        unit: detail['unit'] as Unit,
        minor: BigInt(detail['minor']!),
      };
    case 'MATCH':
    case 'MATCH_UNDONE':
      return { ...told, kind, match: matchOf(detail) };
  }
}

function documentOf(detail: Row['detail'], day: string): BilledDocument {
  return {
    documentKind: detail['documentKind'] as 'INVOICE' | 'CREDIT_NOTE',
    issuerPartyId: detail['issuerPartyId']!,
    recipientPartyId: detail['recipientPartyId']!,
    unit: detail['unit'] as Unit,
    vat: BigInt(detail['vat']!),
    selfAssessed: selfAssessed(detail, day),
    parts: Object.fromEntries(Object.entries(detail.parts).map(([kind, minor]) => [kind, BigInt(minor)])),
  };
}

const REVERSE_CHARGE = 'AE';

/** At the rate of the recipient's country on the day of the document (directive 2006/112/EC, art. 196). */
function selfAssessed(detail: Row['detail'], day: string): bigint {
  if (detail['vatCategory'] !== REVERSE_CHARGE) return 0n;
  return taxOnTop(BigInt(detail['net']!), rateOn(detail['vatCountry']!, null, day).bps ?? 0);
}

function paymentOf(detail: Row['detail']): Payment {
  return {
    paymentKind: detail['paymentKind'] as 'NETTED' | 'GROSS' | 'VAT',
    fromPartyId: detail['fromPartyId']!,
    toPartyId: detail['toPartyId']!,
    unit: detail['unit'] as Unit,
    minor: BigInt(detail['minor']!),
  };
}

function matchOf(detail: Row['detail']): BankMatch {
  return {
    partyId: detail['partyId']!,
    isIncoming: detail['sign'] === '1',
    unit: detail['unit'] as Unit,
    minor: BigInt(detail['minor']!),
    lineUnit: detail['lineUnit'] as Unit,
    lineMinor: BigInt(detail['lineMinor']!),
    expectedMinor: BigInt(detail['expectedMinor']!),
  };
}

/** What each query says of its facts; the day is the UTC day of the moment unless the fact has one of its own. */
const told = (moment: string, day = `(${moment} AT TIME ZONE 'UTC')::date`) =>
  `to_char(${moment} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, ${day}::text AS day`;

const windowFact = (state: 'CLOSED' | 'ABORTED', label: string, condition: string) => `
  SELECT step.window_id AS "sourceId", step.network_id AS "networkId", step.window_id AS "windowId",
    ${told('step.taken_at')}, 'Window ' || step.number AS reference, '${label} ' || step.number AS label,
    NULL AS "sourceHash", '{}'::jsonb AS detail
  FROM settlement.pub_window_steps step
  WHERE step.network_id = $1 AND ($2::uuid IS NULL OR step.window_id = $2) AND step.state = '${state}'
    AND EXISTS (${condition})`;
/** Asked for every event of a window: what it claims is added up only once, when it is posted. */
const HAS_CLAIMS = 'SELECT FROM settlement.pub_positions position WHERE position.window_id = step.window_id';

const paymentFact = (view: 'pub_executions' | 'pub_failures', moment: string, label: string) => `
  SELECT payment_id AS "sourceId", network_id AS "networkId", window_id AS "windowId", ${told(moment)},
    'Payment ' || right(payment_id::text, 12) AS reference, '${label} ' || right(payment_id::text, 12) AS label,
    NULL AS "sourceHash",
    jsonb_build_object('paymentKind', kind, 'fromPartyId', from_party_id, 'toPartyId', to_party_id, 'unit', unit,
      'minor', amount_minor::text) AS detail
  FROM settlement.${view} WHERE network_id = $1 AND ($2::uuid IS NULL OR window_id = $2)`;

/** A match belongs to the book of the bank account, as its line does; its window may be of another network. */
const matchFact = (moment: string, label: string) => `
  SELECT match.id AS "sourceId", match.network_id AS "networkId",
    CASE WHEN step.network_id = match.network_id THEN match.window_id END AS "windowId", ${told(moment)},
    'Payment ' || right(match.payment_id::text, 12) AS reference,
    '${label} ' || right(match.payment_id::text, 12) AS label, NULL AS "sourceHash",
    jsonb_build_object('partyId', match.party_id, 'sign', match.sign::text, 'unit', match.unit,
      'minor', match.amount_minor::text, 'lineUnit', match.line_unit, 'lineMinor', match.line_minor::text,
      'expectedMinor', match.expected_minor::text) AS detail
  FROM banking.pub_matches match
  LEFT JOIN settlement.pub_window_steps step ON step.window_id = match.window_id AND step.state = 'CLOSED'
  WHERE match.network_id = $1 AND ($2::uuid IS NULL OR match.window_id = $2) AND ${moment} IS NOT NULL`;

const QUERIES: Readonly<Record<FactKind, string>> = {
  WINDOW: windowFact('CLOSED', 'Claims of window', HAS_CLAIMS),
  CONVERSION: windowFact(
    'CLOSED',
    'Currencies of window',
    'SELECT FROM settlement.pub_window_rates fixed WHERE fixed.window_id = step.window_id',
  ),
  ABORT: windowFact('ABORTED', 'Abort of window', HAS_CLAIMS),
  DOCUMENT: `
    SELECT document.id AS "sourceId", document.network_id AS "networkId", window_id AS "windowId", ${told('issued_at')},
      number AS reference,
      CASE kind WHEN 'INVOICE' THEN 'Invoice ' ELSE 'Credit note ' END || number AS label, hash AS "sourceHash",
      jsonb_build_object('documentKind', kind, 'issuerPartyId', issuer_party_id,
        'recipientPartyId', recipient_party_id, 'unit', unit, 'net', net_minor::text, 'vat', vat_minor::text,
        'vatCategory', coalesce(tax.category, ''), 'vatCountry', coalesce(tax.country, ''), 'parts', parts) AS detail
    FROM billing.pub_document_facts document
    LEFT JOIN billing.pub_document_vat tax ON tax.document_id = document.id
    WHERE document.network_id = $1 AND window_id IS NOT NULL AND ($2::uuid IS NULL OR window_id = $2)`,
  SUSPENSION: `
    SELECT dispute_id AS "sourceId", network_id AS "networkId", window_id AS "windowId", ${told('created_at')},
      'Dispute ' || right(dispute_id::text, 12) AS reference, 'Disputed, waits ' || right(dispute_id::text, 12) AS label,
      NULL AS "sourceHash", '{}'::jsonb AS detail
    FROM settlement.pub_suspensions WHERE network_id = $1 AND ($2::uuid IS NULL OR window_id = $2)`,
  PAYMENT: paymentFact('pub_executions', 'executed_at', 'Payment made'),
  FAILURE: paymentFact('pub_failures', 'failed_at', 'Payment failed, carried on'),
  BANK_LINE: `
    SELECT id AS "sourceId", network_id AS "networkId", NULL::uuid AS "windowId",
      ${told('created_at', 'booked_day')}, 'Bank line ' || right(id::text, 12) AS reference,
      'Bank line ' || right(id::text, 12) AS label, NULL AS "sourceHash",
      jsonb_build_object('partyId', party_id, 'unit', unit, 'minor', amount_minor::text) AS detail
    FROM banking.pub_bank_lines WHERE network_id = $1 AND $2::uuid IS NULL`,
  MATCH: matchFact('match.created_at', 'Found at the bank'),
  MATCH_UNDONE: matchFact('match.undone_at', 'Not found after all'),
};
