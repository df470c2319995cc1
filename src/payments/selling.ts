import { Injectable, type OnModuleInit } from '@nestjs/common';
import { add } from '../kernel/money.js';
import { Issuing } from '../passes/index.js';
import { sql, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { findPayment, findPurchase } from './payment.queries.js';
import { PassSold, PurchasePaid } from './payments.events.js';

/** A payment that came issues its pass, in the transaction that marks the event as done: once, however often it is told. */
@Injectable()
export class Selling implements OnModuleInit {
  constructor(
    private readonly consumers: Consumers,
    private readonly outbox: Outbox,
    private readonly issuing: Issuing,
  ) {}

  onModuleInit(): void {
    this.consumers.on('payments.issue_pass', PurchasePaid, (tx, { payload }) => this.issue(tx, payload));
  }

  private async issue(
    tx: Tx,
    { purchaseId, paymentId }: { purchaseId: string; paymentId: string },
  ): Promise<void> {
    const purchase = (await findPurchase(tx, purchaseId))!;
    const payment = (await findPayment(tx, paymentId))!;
    if (!purchase.productId) return;
    const passId = derivedId(paymentId, 'pass');
    const { personId, networkId } = purchase;
    // what a sponsor pays is paid for the pass as well
    const price = purchase.kind === 'ONCE' ? add(payment.amount, purchase.discount) : payment.amount;
    await this.issuing.issueSold(tx, passId, { productId: purchase.productId, personId, price });
    await sql(tx, 'UPDATE payments.purchases SET pass_id = $2 WHERE id = $1', [purchaseId, passId]);
    await this.outbox.add(
      tx,
      PassSold,
      { purchaseId, paymentId, passId },
      { actor: 'system', networkIds: [networkId] },
    );
  }
}
