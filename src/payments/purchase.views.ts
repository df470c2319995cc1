import { amountToWire } from '../kernel/wire.js';
import { dayAt } from '../kernel/time.js';
import type { Payment, Purchase } from './payment.queries.js';
import { WITHDRAWAL_DAYS } from './payment.rules.js';
import type { PurchaseView } from './payment.schema.js';

export function purchaseView(purchase: Purchase, payments: readonly Payment[]): PurchaseView {
  const { id, kind, state, networkId, productId, passId, name, paidAt } = purchase;
  const isSold = kind !== 'VISIT' && paidAt !== null;
  return {
    id,
    kind,
    state,
    networkId,
    productId,
    passId,
    name,
    price: amountToWire(purchase.price),
    discount: amountToWire(purchase.discount),
    tax: amountToWire(purchase.tax),
    total: amountToWire(purchase.total),
    checkoutUrl: payments.findLast(({ checkoutUrl }) => checkoutUrl !== null)?.checkoutUrl ?? null,
    payments: payments.map((payment) => ({
      id: payment.id,
      state: payment.state,
      amount: amountToWire(payment.amount),
      method: payment.method,
      failureCode: payment.failureCode,
      refunded: amountToWire({ unit: payment.amount.unit, minor: payment.refundedMinor }),
      createdAt: payment.createdAt.toString(),
      succeededAt: payment.succeededAt?.toString() ?? null,
    })),
    withdrawUntil: isSold ? dayAt(paidAt, 'UTC').add({ days: WITHDRAWAL_DAYS }).toString() : null,
    createdAt: purchase.createdAt.toString(),
    paidAt: paidAt?.toString() ?? null,
  };
}
