/** What an object of the provider says of a payment. Pure. */
import type Stripe from 'stripe';
import { fromProvider } from './payment.rules.js';
import type { Truth } from './payment-truth.js';
import { refOf } from './provider.js';

export function sessionTruth(session: Stripe.Checkout.Session): Truth {
  const { status, payment_status: paid, amount_total: total, currency } = session;
  const shared = {
    amount: total === null || currency === null ? null : fromProvider(total, currency),
    sessionRef: session.id,
    intentRef: refOf(session.payment_intent),
    invoiceRef: refOf(session.invoice),
    checkoutUrl: session.url,
  };
  if (status === 'expired') return { ...shared, state: 'CANCELED' };
  // complete and unpaid is a debit on its way
  return { ...shared, state: status === 'complete' && paid === 'paid' ? 'SUCCEEDED' : 'PENDING' };
}

export function intentTruth(intent: Stripe.PaymentIntent): Truth {
  const error = intent.last_payment_error;
  const shared = {
    amount: fromProvider(intent.amount, intent.currency),
    intentRef: intent.id,
    method: error?.payment_method?.type ?? null,
    failureCode: error ? error.decline_code || error.code || 'declined' : null,
  };
  if (intent.status === 'succeeded') return { ...shared, state: 'SUCCEEDED', failureCode: null };
  if (intent.status === 'canceled') return { ...shared, state: 'CANCELED' };
  if (intent.status === 'requires_payment_method' && error) return { ...shared, state: 'FAILED' };
  return { ...shared, state: 'PENDING' };
}
