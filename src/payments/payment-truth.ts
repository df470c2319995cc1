import { Injectable } from '@nestjs/common';
import type { Amount } from '../kernel/money.js';
import { invariant } from '../kernel/problem.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/db.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { Clearing } from './clearing.js';
import { lockPayment, type Payment } from './payment.queries.js';
import { nextAsk, type PaymentState } from './payment.rules.js';
import { PaymentFailed, PurchasePaid } from './payments.events.js';

/** What the provider says of a payment now. */
export type Truth = {
  readonly state: PaymentState;
  readonly amount: Amount | null;
  readonly method?: string | null;
  readonly failureCode?: string | null;
  readonly sessionRef?: string | null;
  readonly intentRef?: string | null;
  readonly invoiceRef?: string | null;
  readonly checkoutUrl?: string | null;
};

/** A payment that is over does not change; what came late, twice or in another order says nothing new. */
const ENDED: readonly PaymentState[] = ['SUCCEEDED', 'FAILED', 'CANCELED'];

/** Writes down what the provider says, once, with everything that follows from it. */
@Injectable()
export class PaymentTruth {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly clearing: Clearing,
  ) {}

  /** Answers whether it said something new. */
  async write(tx: Tx, paymentId: string, truth: Truth): Promise<boolean> {
    const payment = await lockPayment(tx, paymentId);
    // money that came after we had given up is money: only a success is for ever
    const isOver =
      payment.state === 'SUCCEEDED' || (ENDED.includes(payment.state) && truth.state !== 'SUCCEEDED');
    if (isOver) return false;
    if (truth.state === 'SUCCEEDED') {
      const { unit, minor } = truth.amount ?? payment.amount;
      invariant(
        unit === payment.amount.unit && minor === payment.amount.minor,
        `payment ${payment.id} is of ${payment.amount.minor} ${payment.amount.unit}, not of ${minor} ${unit}`,
      );
    }
    await this.update(tx, payment, truth);
    if (truth.state === payment.state) return false;
    if (truth.state === 'SUCCEEDED') await this.succeeded(tx, payment);
    if (truth.state === 'FAILED') await this.failed(tx, payment);
    if (truth.state === 'CANCELED') await this.closed(tx, payment, 'EXPIRED');
    return true;
  }

  private async update(tx: Tx, payment: Payment, truth: Truth): Promise<void> {
    const now = this.clock.now();
    const { state } = truth;
    const isWaiting = state === 'PENDING' || state === 'UNKNOWN';
    const asks = state === payment.state ? payment.asks + 1 : 0;
    await sql(
      tx,
      `UPDATE payments.payments SET state = $2, state_at = CASE WHEN state = $2 THEN state_at ELSE $3::timestamptz END,
         failure_code = $4, method = coalesce($5, method), session_ref = coalesce($6, session_ref),
         intent_ref = coalesce($7, intent_ref), invoice_ref = coalesce($8, invoice_ref), checkout_url = $9,
         asks = $10, ask_at = $11, succeeded_at = CASE WHEN $2 = 'SUCCEEDED' THEN $3::timestamptz END
       WHERE id = $1`,
      [
        payment.id,
        state,
        now.toString(),
        truth.failureCode ?? null,
        truth.method ?? null,
        truth.sessionRef ?? null,
        truth.intentRef ?? null,
        truth.invoiceRef ?? null,
        state === 'PENDING' ? (truth.checkoutUrl ?? payment.checkoutUrl) : null,
        asks,
        isWaiting ? (nextAsk(state, asks, now)?.toString() ?? null) : null,
      ],
    );
  }

  private async succeeded(tx: Tx, payment: Payment): Promise<void> {
    const now = this.clock.now().toString();
    await sql(
      tx,
      `UPDATE payments.purchases SET state = 'PAID', state_at = $2, paid_at = coalesce(paid_at, $2::timestamptz)
       WHERE id = $1 AND state IN ('OPEN', 'FAILED', 'EXPIRED', 'PAID')`,
      [payment.purchaseId, now],
    );
    await this.clearing.paid(tx, payment);
    await this.announce(tx, payment, PurchasePaid);
  }

  private async failed(tx: Tx, payment: Payment): Promise<void> {
    await this.closed(tx, payment, 'FAILED');
    await this.announce(tx, payment, PaymentFailed);
  }

  /** Another try is a new payment. A purchase that is paid stays paid: only a later period failed. */
  private async closed(tx: Tx, payment: Payment, state: 'FAILED' | 'EXPIRED'): Promise<void> {
    await sql(
      tx,
      `UPDATE payments.purchases SET state = $2, state_at = $3 WHERE id = $1 AND state = 'OPEN'
         AND NOT EXISTS (SELECT FROM payments.payments other WHERE other.purchase_id = $1 AND other.id <> $4
           AND other.state IN ('PENDING', 'UNKNOWN'))`,
      [payment.purchaseId, state, this.clock.now().toString(), payment.id],
    );
  }

  private async announce(tx: Tx, payment: Payment, type: typeof PurchasePaid): Promise<void> {
    const { id: paymentId, purchaseId, networkId } = payment;
    await this.outbox.add(tx, type, { purchaseId, paymentId }, { actor: 'system', networkIds: [networkId] });
  }
}
