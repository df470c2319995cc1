/** How subscriptions, prices and invoices look before anything has happened to them. */
import type Stripe from 'stripe';
import { Temporal } from '../kernel/time.js';
import type { Cart, Store } from './store.js';

/** The same day of the month later, as Stripe counts. */
export function periodEnd(start: number, interval: string, count: number): number {
  const from = Temporal.Instant.fromEpochMilliseconds(start * 1000).toZonedDateTimeISO('UTC');
  return Math.floor(from.add({ [`${interval}s`]: count }).epochMilliseconds / 1000);
}

type NewPrice = {
  readonly amount: number;
  readonly currency: string;
  readonly interval: Stripe.Price.Recurring.Interval;
  readonly count: number;
};

export function blankPrice(store: Store, { amount, currency, interval, count }: NewPrice): Stripe.Price {
  const product = store.all('product')[0]?.id ?? store.newId('product');
  return store.put('price', {
    id: store.newId('price'),
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: store.now(),
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product,
    recurring: {
      interval,
      interval_count: count,
      meter: null,
      trial_period_days: null,
      usage_type: 'licensed',
    },
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'recurring',
    unit_amount: amount,
    unit_amount_decimal: null,
  });
}

export function blankProduct(store: Store, name: string, metadata: Record<string, string>): Stripe.Product {
  const now = store.now();
  return store.put('product', {
    id: store.newId('product'),
    object: 'product',
    active: true,
    created: now,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata,
    name,
    package_dimensions: null,
    shippable: null,
    tax_details: null,
    type: 'service',
    updated: now,
    url: null,
  });
}

export function blankSubscription(
  store: Store,
  session: Stripe.Checkout.Session,
  { items, paymentMetadata }: Cart,
): Stripe.Subscription {
  const [first] = items;
  const { interval, count } = first!.recurring!;
  const id = store.newId('subscription');
  const now = store.now();
  const currency = session.currency!;
  const price = blankPrice(store, { amount: session.amount_total!, currency, interval, count });
  return {
    ...EMPTY_SUBSCRIPTION,
    id,
    object: 'subscription',
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: now,
    billing_mode: { flexible: null, type: 'flexible' },
    billing_schedules: [],
    collection_method: 'charge_automatically',
    created: now,
    currency,
    customer: session.customer as string,
    description: first!.name,
    discounts: [],
    invoice_settings: {
      account_tax_ids: null,
      issuer: { type: 'self' },
    } as Stripe.Subscription.InvoiceSettings,
    items: {
      object: 'list',
      data: [itemOf(store, id, price)],
      has_more: false,
      url: '/v1/subscription_items',
    },
    metadata: { ...paymentMetadata },
    start_date: now,
    status: 'active',
  };
}

const EMPTY_SUBSCRIPTION = {
  application: null,
  application_fee_percent: null,
  billing_cycle_anchor_config: null,
  billing_thresholds: null,
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: null,
  customer_account: null,
  days_until_due: null,
  default_payment_method: null,
  default_source: null,
  ended_at: null,
  latest_invoice: null,
  livemode: false,
  managed_payments: null,
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: null,
  payment_settings: null,
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  test_clock: null,
  transfer_data: null,
  trial_end: null,
  trial_settings: null,
  trial_start: null,
} as const satisfies Partial<Stripe.Subscription>;

function itemOf(store: Store, subscription: string, price: Stripe.Price): Stripe.SubscriptionItem {
  const now = store.now();
  const { interval, interval_count: count } = price.recurring!;
  return {
    id: `si_${subscription.slice('sub_'.length)}`,
    object: 'subscription_item',
    billing_thresholds: null,
    created: now,
    current_period_end: periodEnd(now, interval, count),
    current_period_start: now,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: {} as Stripe.Plan,
    price,
    quantity: 1,
    subscription,
    tax_rates: [],
  };
}
