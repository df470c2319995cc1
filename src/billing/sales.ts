import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Identity } from '../identity/index.js';
import type { Unit } from '../kernel/money.js';
import type { ResourceKind } from '../kernel/words.js';
import { PassSold, PurchasePaid, Refunded } from '../payments/index.js';
import { sql, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { Vat, type VatInputs } from '../vat/index.js';
import { Receipts, type ReceiptOrder } from './receipts.service.js';

type Paid = {
  readonly networkId: string;
  readonly personId: string;
  readonly kind: 'ONCE' | 'RENEWING' | 'VISIT';
  readonly name: string;
  readonly visitRecordId: string | null;
  readonly unit: Unit;
  readonly minor: string;
};

/** What a person pays leaves a receipt, and what they get back a credit note that names it. */
@Injectable()
export class Sales implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly identity: Identity,
    private readonly receipts: Receipts,
    private readonly vat: Vat,
  ) {}

  /** The scope `identity` is for the name on the receipt. */
  onModuleInit(): void {
    const { consumers } = this;
    consumers.on('billing.receipt', PassSold, (tx, { payload }) => this.pass(tx, payload), 'identity');
    consumers.on('billing.receipt', PurchasePaid, (tx, { payload }) => this.visit(tx, payload), 'identity');
    consumers.on('billing.receipt_credit', Refunded, (tx, { payload }) => this.credit(tx, payload.refundId));
  }

  private async pass(tx: Tx, sold: { paymentId: string; passId: string }): Promise<void> {
    const paid = await paidBy(tx, sold.paymentId);
    await this.issue(tx, sold.paymentId, { paid, of: { passId: sold.passId } });
  }

  /** A visit beyond quota and pass; a pass has its receipt when it is there. */
  private async visit(tx: Tx, { paymentId }: { paymentId: string }): Promise<void> {
    const paid = await paidBy(tx, paymentId);
    if (paid.visitRecordId === null) return;
    const [visit] = await sql<{ spaceId: string; day: string; resourceKind: ResourceKind }>(
      tx,
      `SELECT record.host_space_id AS "spaceId", record.day::text AS day, booking.resource_kind AS "resourceKind"
       FROM checkin.pub_visit_records record
       JOIN checkin.pub_record_guests guest ON guest.record_id = record.id
       JOIN bookings.pub_bookings booking ON booking.id = guest.booking_id
       WHERE record.id = $1`,
      [paid.visitRecordId],
    );
    const { spaceId, day, resourceKind } = visit!;
    const supplier = await this.vat.supplier(tx, spaceId, day);
    const customer = { kind: 'CONSUMER', country: supplier.country } as const;
    const inputs: VatInputs = { day, supplier, customer, resourceKind };
    await this.issue(tx, paymentId, { paid, of: { inputs } });
  }

  /** What a sponsor paid in full costs its guest nothing, and leaves nothing to keep. */
  private async issue(
    tx: Tx,
    paymentId: string,
    { paid, of }: { paid: Paid; of: ReceiptOrder['of'] },
  ): Promise<void> {
    const gross = { unit: paid.unit, minor: BigInt(paid.minor) };
    if (gross.minor === 0n) return;
    const { name: personName, language } = await this.identity.person(tx, paid.personId);
    const { networkId, personId, name: title } = paid;
    const id = receiptOf(paymentId);
    await this.receipts.issue(tx, { id, networkId, personId, personName, language, title, gross, of });
  }

  /** The receipt comes first: until it is there, this is tried again. */
  private async credit(tx: Tx, refundId: string): Promise<void> {
    const [refund] = await sql<{ paymentId: string; unit: Unit; minor: string }>(
      tx,
      `SELECT payment_id AS "paymentId", unit, amount_minor AS minor FROM payments.pub_refunds WHERE id = $1`,
      [refundId],
    );
    const { paymentId, unit, minor } = refund!;
    const gross = { unit, minor: BigInt(minor) };
    const id = derivedId(refundId, 'credit note');
    await this.receipts.credit(tx, { id, receiptId: receiptOf(paymentId), gross });
  }
}

function receiptOf(paymentId: string): string {
  return derivedId(paymentId, 'receipt');
}

async function paidBy(tx: Tx, paymentId: string): Promise<Paid> {
  const [paid] = await sql<Paid>(
    tx,
    `SELECT purchase.network_id AS "networkId", purchase.person_id AS "personId", purchase.kind, purchase.name,
       purchase.visit_record_id AS "visitRecordId", payment.unit, payment.amount_minor AS minor
     FROM payments.pub_payments payment JOIN payments.pub_purchases purchase ON purchase.id = payment.purchase_id
     WHERE payment.id = $1`,
    [paymentId],
  );
  return paid!;
}
