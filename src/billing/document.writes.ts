import type { Unit } from '../kernel/money.js';
import type { Instant } from '../kernel/time.js';
import { sql, type Tx } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { MENTION_WORDS, type Mention } from '../vat/index.js';
import type { DecidedVat, DocumentContent } from './document-content.js';
import { documentNumber, seriesPrefix, type SeriesKind } from './series.rules.js';

export type NewDocument = {
  readonly id: string;
  readonly kind: 'INVOICE' | 'CREDIT_NOTE' | 'RECEIPT';
  readonly issuer: { readonly id: string; readonly name: string; readonly networkId: string };
  /** A party, or a person. */
  readonly recipient:
    | { readonly partyId: string; readonly networkId: string }
    | { readonly personId: string };
  readonly networkId: string;
  readonly windowId: string | null;
  readonly unit: Unit;
  readonly netMinor: bigint;
  readonly vatMinor: bigint;
  readonly vatNote: string;
  readonly lines: readonly unknown[];
  readonly charges: readonly unknown[];
  readonly refersTo: string | null;
  readonly content: DocumentContent;
  readonly vat: DecidedVat;
  readonly acceptanceDays: number | null;
  readonly now: Instant;
};

/**
 * The series is locked before its next number is read, and moves on only if the document is new: a transaction that
 * dies takes its number back with it. Each document carries the hash of the one before it.
 */
export async function issueDocument(tx: Tx, order: NewDocument): Promise<boolean> {
  const now = order.now.toString();
  const { year } = order.now.toZonedDateTimeISO('UTC');
  const isSelfBilled = order.acceptanceDays !== null;
  const kind = (isSelfBilled ? `SELF_BILLED_${order.kind}` : order.kind) as SeriesKind;
  const key = [order.issuer.id, kind, year];
  const series = await lockedSeries(tx, order, kind, year);
  const sequence = series.last + 1;
  const number = documentNumber(series.prefix, year, sequence);
  const hash = documentHash({ number, issuedAt: now, content: order.content, vat: order.vat }, series.hash);
  const toParty = 'partyId' in order.recipient ? order.recipient : null;
  const issued = await sql(
    tx,
    `INSERT INTO billing.documents (id, kind, issuer_party_id, issuer_network_id, recipient_party_id,
       recipient_network_id, recipient_person_id, network_id, window_id, year, sequence, number, unit, net_minor,
       vat_minor, vat_note, lines, charges, refers_to, self_billed, acceptance_days, content, vat, previous_hash, hash,
       issued_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17::jsonb, $18::jsonb, $19, $20,
       $21, $22::jsonb, $23::jsonb, $24, $25, $26, $26)
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [
      order.id,
      order.kind,
      order.issuer.id,
      order.issuer.networkId,
      toParty?.partyId ?? null,
      toParty?.networkId ?? null,
      'personId' in order.recipient ? order.recipient.personId : null,
      order.networkId,
      order.windowId,
      year,
      sequence,
      number,
      order.unit,
      order.netMinor,
      order.vatMinor,
      order.vatNote,
      JSON.stringify(order.lines),
      JSON.stringify(order.charges),
      order.refersTo,
      isSelfBilled,
      order.acceptanceDays,
      JSON.stringify(order.content),
      JSON.stringify(order.vat),
      series.hash,
      hash,
      now,
    ],
  );
  if (issued.length === 0) return false;
  await sql(
    tx,
    `UPDATE billing.series SET last_number = last_number + 1, last_hash = $4
     WHERE issuer_party_id = $1 AND kind = $2 AND year = $3`,
    [...key, hash],
  );
  return true;
}

async function lockedSeries(
  tx: Tx,
  { issuer, now }: NewDocument,
  kind: SeriesKind,
  year: number,
): Promise<{ prefix: string; last: number; hash: string | null }> {
  const key = [issuer.id, kind, year];
  await sql(
    tx,
    `INSERT INTO billing.series (issuer_party_id, kind, year, issuer_network_id, prefix, created_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [...key, issuer.networkId, seriesPrefix(issuer.name, issuer.id, kind), now.toString()],
  );
  const [series] = await sql<{ prefix: string; last: number; hash: string | null }>(
    tx,
    `SELECT prefix, last_number AS last, last_hash AS hash FROM billing.series
     WHERE issuer_party_id = $1 AND kind = $2 AND year = $3 FOR UPDATE`,
    key,
  );
  return series!;
}

export type Hashed = {
  readonly number: string;
  readonly issuedAt: string;
  readonly content: unknown;
  readonly vat: unknown;
};

/** Of all that a document says, and of the one before it in its series. */
export function documentHash(document: Hashed, previous: string | null): string {
  return requestHash({ ...document, previous });
}

const BPS_PER_PERCENT = 100;

/** The line beside the sum: a rate, or why there is none. */
export function vatNote(bps: number, mention: Mention | null): string {
  return mention === null ? `VAT ${bps / BPS_PER_PERCENT} %` : MENTION_WORDS[mention].en;
}
