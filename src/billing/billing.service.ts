import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { amount, type Amount } from '../kernel/money.js';
import { Clock } from '../platform/clock.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { documentsToCredit, seriesWithGaps } from './document.queries.js';
import type { DocumentCharge, DocumentLine } from './document.schema.js';
import { documentNumber, seriesPrefix } from './series.rules.js';

export type DocumentKind = 'INVOICE' | 'CREDIT_NOTE';
export type DocumentOrder = {
  readonly id: string;
  readonly kind: DocumentKind;
  readonly issuerPartyId: string;
  readonly recipientPartyId: string;
  /** The clearing network and its window that this bills. */
  readonly networkId: string;
  readonly windowId: string;
  readonly net: Amount;
  /** Of an issuer who charges their own; without it, the customer accounts for the VAT. */
  readonly vat: { readonly bps: number; readonly minor: bigint };
  readonly lines: readonly DocumentLine[];
  readonly charges: readonly DocumentCharge[];
  readonly refersTo?: string;
};

export type InstructionOrder = {
  readonly paymentId: string;
  readonly networkId: string;
  readonly windowId: string;
  readonly payerPartyId: string;
  readonly payeePartyId: string;
  readonly amount: Amount;
  readonly remittance: string;
};

/** Supplies between businesses of two countries: the customer accounts for the VAT. */
const REVERSE_CHARGE_NOTE = 'Reverse charge';

/** Issues what settlement asks for. Both methods may be repeated with the same id and then change nothing. */
@Injectable()
export class Billing {
  constructor(
    private readonly clock: Clock,
    private readonly directory: Directory,
  ) {}

  /**
   * The series is locked before its next number is read, and moves on only if the document is new: a
   * transaction that dies takes its number back with it.
   */
  async issue(tx: Tx, order: DocumentOrder): Promise<void> {
    const now = this.clock.now();
    const { year } = now.toZonedDateTimeISO('UTC');
    const issuer = await this.directory.party(tx, order.issuerPartyId);
    const recipient = await this.directory.party(tx, order.recipientPartyId);
    const key = [issuer.id, order.kind, year];
    await sql(
      tx,
      `INSERT INTO billing.series (issuer_party_id, kind, year, issuer_network_id, prefix, created_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [...key, issuer.networkId, seriesPrefix(issuer.name, issuer.id, order.kind), now.toString()],
    );
    const [series] = await sql<{ prefix: string; last: number }>(
      tx,
      `SELECT prefix, last_number AS last FROM billing.series
       WHERE issuer_party_id = $1 AND kind = $2 AND year = $3 FOR UPDATE`,
      key,
    );
    const sequence = series!.last + 1;
    const issued = await sql(
      tx,
      `INSERT INTO billing.documents (id, kind, issuer_party_id, issuer_network_id, recipient_party_id,
         recipient_network_id, network_id, window_id, year, sequence, number, unit, net_minor, vat_minor,
         vat_note, lines, charges, refers_to, issued_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $17, $14, $15::jsonb, $18::jsonb, $19, $16, $16)
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [
        order.id,
        order.kind,
        issuer.id,
        issuer.networkId,
        recipient.id,
        recipient.networkId,
        order.networkId,
        order.windowId,
        year,
        sequence,
        documentNumber(series!.prefix, year, sequence),
        order.net.unit,
        order.net.minor,
        vatNote(order.vat.bps),
        JSON.stringify(order.lines),
        now.toString(),
        order.vat.minor,
        JSON.stringify(order.charges),
        order.refersTo ?? null,
      ],
    );
    if (issued.length === 0) return;
    await sql(
      tx,
      `UPDATE billing.series SET last_number = last_number + 1
       WHERE issuer_party_id = $1 AND kind = $2 AND year = $3`,
      key,
    );
  }

  /** Takes back every document of a window, each by one that names it. */
  async creditWindow(tx: Tx, windowId: string): Promise<void> {
    for (const { number, vatBps, ...document } of await documentsToCredit(tx, windowId)) {
      await this.issue(tx, {
        ...document,
        id: derivedId(document.id, 'credit'),
        kind: document.kind === 'INVOICE' ? 'CREDIT_NOTE' : 'INVOICE',
        net: amount(document.unit, BigInt(document.netMinor)),
        vat: { bps: vatBps, minor: BigInt(document.vatMinor) },
        refersTo: number,
      });
    }
  }

  async instruct(tx: Tx, order: InstructionOrder): Promise<void> {
    const payer = await this.directory.party(tx, order.payerPartyId);
    const payee = await this.directory.party(tx, order.payeePartyId);
    await sql(
      tx,
      `INSERT INTO billing.payment_instructions (id, payment_id, window_id, network_id, payer_party_id,
         payer_network_id, payee_party_id, payee_network_id, unit, amount_minor, remittance, state, issued_at,
         created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'ISSUED', $12, $12) ON CONFLICT DO NOTHING`,
      [
        derivedId(order.paymentId, 'instruction'),
        order.paymentId,
        order.windowId,
        order.networkId,
        payer.id,
        payer.networkId,
        payee.id,
        payee.networkId,
        order.amount.unit,
        order.amount.minor,
        order.remittance,
        this.clock.now().toString(),
      ],
    );
  }

  /** False when this payment was not instructed, or is executed already. */
  async execute(tx: Tx, paymentId: string): Promise<boolean> {
    const executed = await sql(
      tx,
      `UPDATE billing.payment_instructions SET state = 'EXECUTED', executed_at = $2
       WHERE payment_id = $1 AND state = 'ISSUED' RETURNING id`,
      [paymentId, this.clock.now().toString()],
    );
    return executed.length === 1;
  }

  /** A ledger of numbers that checks itself: the series that have a gap. */
  seriesWithGaps(on: Reader) {
    return seriesWithGaps(on);
  }
}

const BPS_PER_PERCENT = 100;

function vatNote(bps: number): string {
  return bps === 0 ? REVERSE_CHARGE_NOTE : `VAT ${bps / BPS_PER_PERCENT} %`;
}
