/** How a checkout session looks before anything has happened to it. */
import type Stripe from 'stripe';
import { flagAt, metadataAt, textAt, textsAt, type Form } from './form.js';
import { newSetup } from './intents.js';
import type { Store } from './store.js';

const SESSION_SECONDS = 86_400;

type NewSession = {
  readonly form: Form;
  readonly mode: Stripe.Checkout.Session.Mode;
  readonly currency: string;
  readonly total: number;
  readonly customer: string | null;
};

export function blankSession(
  store: Store,
  { form, mode, currency, total, customer }: NewSession,
): Stripe.Checkout.Session {
  const setup =
    mode === 'setup' ? newSetup(store, customer, metadataAt(form, 'setup_intent_data', 'metadata')) : null;
  return {
    ...EMPTY_SESSION,
    custom_fields: [],
    discounts: [],
    shipping_options: [],
    id: store.newId('checkout.session'),
    object: 'checkout.session',
    allow_promotion_codes: flagAt(form, 'allow_promotion_codes'),
    amount_subtotal: mode === 'setup' ? null : total,
    amount_total: mode === 'setup' ? null : total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    cancel_url: textAt(form, 'cancel_url'),
    client_reference_id: textAt(form, 'client_reference_id'),
    created: store.now(),
    currency,
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer,
    expires_at: Number(textAt(form, 'expires_at') ?? store.now() + SESSION_SECONDS),
    locale: textAt(form, 'locale'),
    metadata: metadataAt(form, 'metadata'),
    mode,
    payment_method_options: {},
    payment_method_types: textsAt(form, 'payment_method_types'),
    payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid',
    setup_intent: setup?.id ?? null,
    status: 'open',
    success_url: textAt(form, 'success_url'),
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  };
}

const EMPTY_SESSION = {
  adaptive_pricing: null,
  after_expiration: null,
  allowed_payment_method_types: null,
  billing_address_collection: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  customer_account: null,
  customer_creation: null,
  customer_details: null,
  customer_email: null,
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  livemode: false,
  managed_payments: null,
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_collection: null,
  payment_method_configuration_details: null,
  permissions: null,
  recovered_from: null,
  saved_payment_method_options: null,
  shipping_address_collection: null,
  shipping_cost: null,
  submit_type: null,
  subscription: null,
  ui_mode: 'hosted_page',
  url: null,
  wallet_options: null,
} as const satisfies Partial<Stripe.Checkout.Session>;
