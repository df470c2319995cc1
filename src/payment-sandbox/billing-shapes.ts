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
    recurring: { interval, interval_count: count, meter: null, trial_period_days: null, usage_type: 'licensed' },
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
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: now,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: null, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: null,
    collection_method: 'charge_automatically',
    created: now,
    currency,
    customer: session.customer as string,
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    description: first!.name,
    discounts: [],
    ended_at: null,
    invoice_settings: { account_tax_ids: null, issuer: { type: 'self' } } as Stripe.Subscription.InvoiceSettings,
    items: { object: 'list', data: [itemOf(store, id, price)], has_more: false, url: '/v1/subscription_items' },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: { ...paymentMetadata },
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: null,
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: 'active',
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: null,
    trial_start: null,
  };
}

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

type NewInvoice = {
  readonly reason: Stripe.Invoice.BillingReason;
  readonly total: number;
  readonly intentId: string | null;
};

/** Of the present period of a subscription. */
export function blankInvoice(
  store: Store,
  subscription: Stripe.Subscription,
  { reason, total, intentId }: NewInvoice,
): Stripe.Invoice {
  const id = store.newId('invoice');
  const now = store.now();
  const item = subscription.items.data[0]!;
  return {
    ...EMPTY_INVOICE,
    default_tax_rates: [],
    discounts: [],
    total_discount_amounts: [],
    total_pretax_credit_amounts: [],
    total_taxes: [],
    id,
    object: 'invoice',
    amount_due: total,
    amount_remaining: total,
    billing_reason: reason,
    created: now,
    currency: subscription.currency,
    customer: subscription.customer,
    lines: { object: 'list', data: [], has_more: false, url: `/v1/invoices/${id}/lines` },
    number: id.slice(-8).toUpperCase(),
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: 'subscription_details',
    },
    payments: {
      object: 'list',
      data: [
        {
          id: `inpay_${id.slice('in_'.length)}`,
          object: 'invoice_payment',
          amount_paid: null,
          amount_requested: total,
          created: now,
          currency: subscription.currency,
          invoice: id,
          is_default: true,
          livemode: false,
          payment: { type: 'payment_intent', ...(intentId ? { payment_intent: intentId } : {}) },
          status: 'open',
          status_transitions: { canceled_at: null, paid_at: null },
        },
      ],
      has_more: false,
      url: '/v1/invoice_payments',
    },
    period_end: item.current_period_end,
    period_start: item.current_period_start,
    status_transitions: { finalized_at: now, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: total,
    total,
  };
}

const EMPTY_INVOICE = {
  account_country: 'FR',
  account_name: 'Escale',
  account_tax_ids: null,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_shipping: 0,
  application: null,
  attempt_count: 0,
  attempted: false,
  auto_advance: true,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
  automatically_finalizes_at: null,
  collection_method: 'charge_automatically',
  custom_fields: null,
  customer_account: null,
  customer_address: null,
  customer_email: null,
  customer_name: null,
  customer_phone: null,
  customer_shipping: null,
  customer_tax_exempt: 'none',
  default_payment_method: null,
  default_source: null,
  description: null,
  due_date: null,
  effective_at: null,
  ending_balance: 0,
  footer: null,
  from_invoice: null,
  issuer: { type: 'self' },
  last_finalization_error: null,
  latest_revision: null,
  livemode: false,
  metadata: {},
  next_payment_attempt: null,
  on_behalf_of: null,
  payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  starting_balance: 0,
  statement_descriptor: null,
  status: 'open',
  subtotal_excluding_tax: null,
  test_clock: null,
  total_excluding_tax: null,
  webhooks_delivered_at: null,
} as const satisfies Partial<Stripe.Invoice>;

/** The first line is the period's; the others are what a change in the middle of the last one left. */
export function invoiceLine(
  invoice: Stripe.Invoice,
  subscription: Stripe.Subscription,
  { amount, index }: { amount: number; index: number },
): Stripe.InvoiceLineItem {
  return {
    id: `il_${invoice.id.slice('in_'.length)}${index}`,
    object: 'line_item',
    amount,
    currency: invoice.currency,
    description: subscription.description,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice: invoice.id,
    livemode: false,
    metadata: {},
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: index > 0,
        proration_details: null,
        subscription: subscription.id,
        subscription_item: subscription.items.data[0]!.id,
      },
      type: 'subscription_item_details',
    },
    period: { end: invoice.period_end, start: invoice.period_start },
    pretax_credit_amounts: [],
    pricing: null,
    quantity: 1,
    quantity_decimal: null,
    subscription: subscription.id,
    subtotal: amount,
    taxes: [],
  };
}
