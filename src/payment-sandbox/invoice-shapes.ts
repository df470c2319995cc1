/** How invoices and their lines look before anything has happened to them. */
import type Stripe from 'stripe';
import type { Store } from './store.js';

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
