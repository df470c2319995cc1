import { queryOptions } from '@tanstack/react-query';
import {
  PurchasePage,
  PurchaseView,
  SubscriptionPage,
  PaymentMethodPage,
} from '@wire/payments/payment.schema.js';
import { ReceiptPage } from '@wire/billing/receipt.schema.js';
import { call } from '../../api/call';

export const purchasesQuery = queryOptions({
  queryKey: ['mine', 'purchases'],
  queryFn: async () => (await call('/v1/purchases', { returns: PurchasePage })).items,
});
export const subscriptionsQuery = queryOptions({
  queryKey: ['mine', 'subscriptions'],
  queryFn: async () => (await call('/v1/subscriptions', { returns: SubscriptionPage })).items,
});
export const methodsQuery = queryOptions({
  queryKey: ['mine', 'payment-methods'],
  queryFn: async () => (await call('/v1/payment-methods', { returns: PaymentMethodPage })).items,
});

export const receiptsQuery = queryOptions({
  queryKey: ['mine', 'receipts'],
  queryFn: async () => (await call('/v1/receipts', { returns: ReceiptPage })).items,
});

const EVERY_MS = 1500;

/** Looked at again until the provider has told how it went. */
export const purchaseQuery = (id: string) =>
  queryOptions({
    queryKey: ['mine', 'purchases', id],
    queryFn: () => call(`/v1/purchases/${id}`, { returns: PurchaseView }),
    refetchInterval: ({ state: { data } }) => (data && isSettled(data) ? false : EVERY_MS),
  });

/** A pass that is paid comes a moment after the money. */
export function isSettled({ state, kind, passId }: PurchaseView): boolean {
  return state !== 'OPEN' && !(state === 'PAID' && kind !== 'VISIT' && passId === null);
}
