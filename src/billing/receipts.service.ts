import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import type { Amount } from '../kernel/money.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/db.js';
import { Contents, type ReceiptOrder, type Written } from './contents.service.js';
import type { DecidedVat, DocumentContent } from './document-content.js';
import { issueDocument, vatNote } from './document.writes.js';

export type { ReceiptOrder } from './contents.service.js';

export type CreditOrder = { readonly id: string; readonly receiptId: string; readonly gross: Amount };
type ToPerson = {
  readonly id: string;
  readonly kind: 'RECEIPT' | 'CREDIT_NOTE';
  readonly networkId: string;
  readonly personId: string;
  readonly refersTo: string | null;
};

/** Simplified documents for people: what they paid, and what they got back. The same id again changes nothing. */
@Injectable()
export class Receipts {
  constructor(
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly contents: Contents,
  ) {}

  /**
   * For what a person bought, at a price that contains its VAT. Of a multi-purpose voucher no VAT is due yet, and the
   * receipt says so.
   */
  async issue(tx: Tx, order: ReceiptOrder): Promise<void> {
    const { id, networkId, personId } = order;
    const written = await this.contents.ofSale(tx, order, this.today());
    await this.write(tx, { id, kind: 'RECEIPT', networkId, personId, refersTo: null }, written);
  }

  /** Of a part of what a receipt says, or of all of it. */
  async credit(tx: Tx, { id, receiptId, gross }: CreditOrder): Promise<void> {
    const [receipt] = await sql<{
      number: string;
      networkId: string;
      personId: string;
      content: DocumentContent;
      vat: DecidedVat;
    }>(
      tx,
      `SELECT number, network_id AS "networkId", recipient_person_id AS "personId", content, vat
       FROM billing.documents WHERE id = $1 AND kind = 'RECEIPT'`,
      [receiptId],
    );
    if (!receipt) throw new Error(`the receipt ${receiptId} is not issued yet`);
    const { number, networkId, personId } = receipt;
    const written = this.contents.ofCredit(receipt, gross, this.today());
    await this.write(tx, { id, kind: 'CREDIT_NOTE', networkId, personId, refersTo: number }, written);
  }

  private async write(
    tx: Tx,
    { personId, ...document }: ToPerson,
    { content, vat }: Pick<Written, 'content' | 'vat'>,
  ): Promise<void> {
    const { taxMinor, payableMinor } = content;
    await issueDocument(tx, {
      ...document,
      issuer: await this.directory.party(tx, document.networkId),
      recipient: { personId },
      windowId: null,
      unit: content.currency,
      netMinor: BigInt(payableMinor - taxMinor),
      vatMinor: BigInt(taxMinor),
      vatNote: vatNote(vat.decision.rateBps, vat.decision.mention),
      lines: [],
      charges: [],
      content,
      vat,
      acceptanceDays: null,
      now: this.clock.now().round('millisecond'), // as the database keeps it, and so as the hash has it
    });
  }

  private today(): string {
    return this.clock.now().toZonedDateTimeISO('UTC').toPlainDate().toString();
  }
}
