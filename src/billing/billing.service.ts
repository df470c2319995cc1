import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { amount, type Amount } from '../kernel/money.js';
import { Clock } from '../platform/clock.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Contents } from './contents.service.js';
import { brokenChains, documentsToCredit, seriesWithGaps } from './document.queries.js';
import type { DocumentCharge, DocumentLine } from './document.schema.js';
import { issueDocument, vatNote } from './document.writes.js';

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

/** Issues what settlement asks for. Both methods may be repeated with the same id and then change nothing. */
@Injectable()
export class Billing {
  constructor(
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly contents: Contents,
  ) {}

  /** In the issuer's name: under its self-billing agreement where it signed one, as its own tool otherwise. */
  async issue(tx: Tx, order: DocumentOrder): Promise<void> {
    const now = this.clock.now().round('millisecond'); // as the database keeps it, and so as the hash has it
    const issuer = await this.directory.party(tx, order.issuerPartyId);
    const recipient = await this.directory.party(tx, order.recipientPartyId);
    const written = await this.contents.ofWindow(
      tx,
      { ...order, unit: order.net.unit },
      now.toZonedDateTimeISO('UTC').toPlainDate().toString(),
    );
    await issueDocument(tx, {
      ...written,
      id: order.id,
      kind: order.kind,
      issuer,
      recipient: { partyId: recipient.id, networkId: recipient.networkId },
      networkId: order.networkId,
      windowId: order.windowId,
      unit: order.net.unit,
      netMinor: order.net.minor,
      vatMinor: order.vat.minor,
      vatNote: vatNote(order.vat.bps, written.vat.decision.mention),
      lines: order.lines,
      charges: order.charges,
      refersTo: order.refersTo ?? null,
      now,
    });
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

  /** Documents that were changed past the rules, by their numbers. Always empty. */
  brokenChains(on: Reader) {
    return brokenChains(on);
  }

  /** A ledger of numbers that checks itself: the series that have a gap. */
  seriesWithGaps(on: Reader) {
    return seriesWithGaps(on);
  }
}
