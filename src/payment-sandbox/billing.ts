import type Stripe from 'stripe';
import type { Charging } from './charging.js';
import type { Events } from './events.js';
import { flagAt, listAt, textAt, type Form } from './form.js';
import { newIntent } from './intents.js';
import { blankPrice, blankSubscription, periodEnd } from './billing-shapes.js';
import { blankInvoice, invoiceLine } from './invoice-shapes.js';
import { invalid, missing, Refusal } from './refusal.js';
import { idOf, type Cart, type Store } from './store.js';

const SECONDS_PER_DAY = 86_400;
/** Days after each failure until the next try; after the last one the subscription ends. */
const RETRY_AFTER_DAYS = [3, 5, 7] as const;

type Paid = { readonly intent: Stripe.PaymentIntent; readonly method: Stripe.PaymentMethod };

/** Subscriptions: what is due at the end of a period, the tries to collect it, and the end. */
export class Billing {
  constructor(
    private readonly store: Store,
    private readonly events: Events,
    private readonly charging: Charging,
  ) {}

  /** The first period was paid on the hosted page. */
  begin(session: Stripe.Checkout.Session, cart: Cart, { intent, method }: Paid): void {
    const subscription = blankSubscription(this.store, session, cart);
    subscription.default_payment_method = method.id;
    session.subscription = subscription.id;
    const invoice = this.invoice(subscription, 'subscription_create', [], intent.id);
    session.invoice = invoice.id;
    subscription.latest_invoice = invoice.id;
    this.store.put('subscription', subscription);
    this.events.emit('customer.subscription.created', subscription);
    if (intent.status === 'succeeded') this.paid(invoice, intent);
    this.planRenewal(subscription);
  }

  find(id: string): Stripe.Subscription {
    const found = this.store.find('subscription', id);
    if (!found) throw missing('subscription', id);
    return found;
  }

  update(id: string, form: Form): Stripe.Subscription {
    const subscription = this.find(id);
    if (subscription.status === 'canceled')
      throw invalid('A canceled subscription stays as it is.', 'subscription');
    const atEnd = textAt(form, 'cancel_at_period_end');
    if (atEnd !== null) {
      subscription.cancel_at_period_end = atEnd === 'true';
      subscription.cancel_at = subscription.cancel_at_period_end ? periodOf(subscription).end : null;
    }
    if ('pause_collection' in form) {
      const behavior = textAt(form, 'pause_collection', 'behavior');
      subscription.pause_collection = behavior === null ? null : { behavior: 'void', resumes_at: null };
    }
    const method = textAt(form, 'default_payment_method');
    if (method) subscription.default_payment_method = method;
    const [item] = listAt(form, 'items');
    if (item) this.change(subscription, item, form);
    this.store.put('subscription', subscription);
    this.events.emit('customer.subscription.updated', subscription);
    return subscription;
  }

  cancel(id: string): Stripe.Subscription {
    const subscription = this.find(id);
    if (subscription.status !== 'canceled') this.end(subscription);
    return subscription;
  }

  /** The end of a period: it ends, it rests, or the next one is due. */
  renew(id: string): void {
    const subscription = this.store.find('subscription', id);
    if (!subscription || subscription.status === 'canceled') return;
    if (subscription.cancel_at_period_end) return this.end(subscription);
    const item = subscription.items.data[0]!;
    const { interval, interval_count: count } = item.price.recurring!;
    item.current_period_start = item.current_period_end;
    item.current_period_end = periodEnd(item.current_period_start, interval, count);
    this.planRenewal(subscription);
    if (subscription.pause_collection) {
      this.store.put('subscription', subscription);
      this.events.emit('customer.subscription.updated', subscription);
      return;
    }
    const invoice = this.invoice(subscription, 'subscription_cycle', this.takeProrations(subscription), null);
    subscription.latest_invoice = invoice.id;
    this.collect(subscription, invoice);
  }

  /** Another try; after the last one nobody tries any more. */
  retry(invoiceId: string): void {
    const invoice = this.store.find('invoice', invoiceId);
    const subscription = invoice && this.store.find('subscription', subscriptionOf(invoice));
    if (!invoice || !subscription || invoice.status !== 'open' || subscription.status === 'canceled') return;
    this.collect(subscription, invoice);
  }

  settled(intent: Stripe.PaymentIntent): void {
    const invoice = this.store.all('invoice').find((one) => intentOf(one) === intent.id);
    if (invoice && invoice.status === 'open' && intent.status === 'succeeded') this.paid(invoice, intent);
  }

  private collect(subscription: Stripe.Subscription, invoice: Stripe.Invoice): void {
    const intent = newIntent(this.store, {
      amount: invoice.amount_due,
      currency: invoice.currency,
      customer: invoice.customer as string,
      metadata: {},
      description: 'Subscription update',
    });
    invoice.payments!.data[0]!.payment.payment_intent = intent.id;
    invoice.attempt_count += 1;
    invoice.attempted = true;
    const method = this.store.find('payment_method', idOf(subscription.default_payment_method));
    try {
      if (!method) throw invalid('There is no default payment method.', 'default_payment_method');
      this.charging.confirm(intent, { method, isOffSession: true, isAuthenticated: false });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.missed(subscription, invoice);
    }
    if (intent.status === 'succeeded') this.paid(invoice, intent);
    if (subscription.status === 'past_due') subscription.status = 'active';
    this.store.put('subscription', subscription);
    this.events.emit('customer.subscription.updated', subscription);
  }

  private missed(subscription: Stripe.Subscription, invoice: Stripe.Invoice): void {
    const days = RETRY_AFTER_DAYS[invoice.attempt_count - 1];
    invoice.next_payment_attempt = days === undefined ? null : this.store.now() + days * SECONDS_PER_DAY;
    this.store.put('invoice', invoice);
    this.events.emit('invoice.payment_failed', invoice);
    if (invoice.next_payment_attempt === null) return this.end(subscription);
    this.store.later({ at: invoice.next_payment_attempt, what: 'retry', id: invoice.id });
    subscription.status = 'past_due';
    this.store.put('subscription', subscription);
    this.events.emit('customer.subscription.updated', subscription);
  }

  private paid(invoice: Stripe.Invoice, intent: Stripe.PaymentIntent): void {
    invoice.status = 'paid';
    invoice.amount_paid = invoice.amount_due;
    invoice.amount_remaining = 0;
    invoice.attempted = true;
    invoice.next_payment_attempt = null;
    invoice.status_transitions.paid_at = this.store.now();
    Object.assign(invoice.payments!.data[0]!, { amount_paid: intent.amount, status: 'paid' });
    this.store.put('invoice', invoice);
    this.events.emit('invoice.paid', invoice);
  }

  private end(subscription: Stripe.Subscription): void {
    subscription.status = 'canceled';
    subscription.canceled_at = this.store.now();
    subscription.ended_at = this.store.now();
    this.store.put('subscription', subscription);
    this.events.emit('customer.subscription.deleted', subscription);
  }

  /** To another price in the middle: what is left of the old one comes off, what is left of the new one is added. */
  private change(subscription: Stripe.Subscription, given: Form, form: Form): void {
    const item = subscription.items.data[0]!;
    const amount = Number(textAt(given, 'price_data', 'unit_amount'));
    const before = item.price.unit_amount!;
    const { start, end } = periodOf(subscription);
    const left = Math.max(0, end - this.store.now());
    const share = (of: number) => Math.round((of * left) / (end - start));
    const { interval, interval_count: count } = item.price.recurring!;
    item.price = blankPrice(this.store, { amount, currency: item.price.currency, interval, count });
    if (textAt(form, 'proration_behavior') === 'none' || flagAt(form, 'trial_from_plan')) return;
    subscription.metadata['proration'] = String(share(amount) - share(before));
  }

  private takeProrations(subscription: Stripe.Subscription): number[] {
    const amount = Number(subscription.metadata['proration'] ?? 0);
    delete subscription.metadata['proration'];
    return amount === 0 ? [] : [amount];
  }

  private invoice(
    subscription: Stripe.Subscription,
    reason: Stripe.Invoice.BillingReason,
    prorations: readonly number[],
    intentId: string | null,
  ): Stripe.Invoice {
    const item = subscription.items.data[0]!;
    const amounts = [item.price.unit_amount!, ...prorations];
    const invoice = blankInvoice(this.store, subscription, {
      reason,
      total: Math.max(
        0,
        amounts.reduce((sum, amount) => sum + amount, 0),
      ),
      intentId,
    });
    invoice.lines.data = amounts.map((amount, index) =>
      invoiceLine(invoice, subscription, { amount, index }),
    );
    return this.store.put('invoice', invoice);
  }

  private planRenewal(subscription: Stripe.Subscription): void {
    this.store.later({ at: periodOf(subscription).end, what: 'renew', id: subscription.id });
  }
}

function periodOf({ items }: Stripe.Subscription): { start: number; end: number } {
  const { current_period_start: start, current_period_end: end } = items.data[0]!;
  return { start, end };
}

function subscriptionOf(invoice: Stripe.Invoice): string {
  return idOf(invoice.parent?.subscription_details?.subscription);
}

function intentOf(invoice: Stripe.Invoice): string {
  return idOf(invoice.payments?.data[0]?.payment.payment_intent);
}
