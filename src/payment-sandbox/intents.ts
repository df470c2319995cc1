import type Stripe from 'stripe';
import { checkedAmount, checkedCurrency } from './amounts.js';
import { methodFor } from './cards.js';
import type { Charging } from './charging.js';
import type { Events } from './events.js';
import { flagAt, metadataAt, textAt, textsAt, type Form } from './form.js';
import { invalid, missing } from './refusal.js';
import { idOf, type Store } from './store.js';

export type NewIntent = {
  readonly amount: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly metadata: Record<string, string>;
  readonly description: string | null;
  readonly types?: string[];
  readonly savesMethod?: boolean;
};

export function newIntent(store: Store, given: NewIntent): Stripe.PaymentIntent {
  const id = store.newId('payment_intent');
  return store.put('payment_intent', {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: given.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic',
    client_secret: `${id}_secret_sandbox`,
    confirmation_method: 'automatic',
    created: store.now(),
    currency: given.currency,
    customer: given.customer,
    customer_account: null,
    description: given.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: given.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: given.types ?? ['card', 'sepa_debit'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: given.savesMethod ? 'off_session' : null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_group: null,
  });
}

export function newSetup(store: Store, customer: string | null, metadata: Record<string, string>) {
  const id = store.newId('setup_intent');
  const setup: Stripe.SetupIntent = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_sandbox`,
    created: store.now(),
    customer,
    description: null,
    excluded_payment_method_types: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card', 'sepa_debit'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: 'off_session',
  };
  return store.put('setup_intent', setup);
}

/** Payments and refunds, as they are asked for over HTTP. */
export class Intents {
  constructor(
    private readonly store: Store,
    private readonly events: Events,
    private readonly charging: Charging,
  ) {}

  create(form: Form): Stripe.PaymentIntent {
    const currency = checkedCurrency(textAt(form, 'currency'));
    const amount = checkedAmount(textAt(form, 'amount'), currency);
    const customer = textAt(form, 'customer');
    if (customer && !this.store.find('customer', customer)) throw missing('customer', customer);
    const intent = newIntent(this.store, {
      amount,
      currency,
      customer,
      metadata: metadataAt(form, 'metadata'),
      description: textAt(form, 'description'),
      types: textsAt(form, 'payment_method_types'),
    });
    this.events.emit('payment_intent.created', intent);
    const method = textAt(form, 'payment_method');
    if (!method || !flagAt(form, 'confirm')) return intent;
    return this.charging.confirm(intent, {
      method: methodFor(this.store, method, customer),
      isOffSession: flagAt(form, 'off_session'),
      isAuthenticated: false,
    });
  }

  cancel(id: string): Stripe.PaymentIntent {
    const intent = this.store.find('payment_intent', id);
    if (!intent) throw missing('payment_intent', id);
    if (['succeeded', 'canceled', 'processing'].includes(intent.status))
      throw invalid(
        `You cannot cancel this PaymentIntent: it is ${intent.status}.`,
        'intent',
        'payment_intent_unexpected_state',
      );
    intent.status = 'canceled';
    intent.canceled_at = this.store.now();
    this.store.put('payment_intent', intent);
    this.events.emit('payment_intent.canceled', intent);
    return intent;
  }

  refund(form: Form): Stripe.Refund {
    const intentId = textAt(form, 'payment_intent') ?? '';
    const intent = this.store.find('payment_intent', intentId);
    if (!intent) throw missing('payment_intent', intentId);
    const charge = this.store.find('charge', idOf(intent.latest_charge));
    if (intent.status !== 'succeeded' || !charge)
      throw invalid(
        'This PaymentIntent has no charge that succeeded.',
        'payment_intent',
        'charge_not_refundable',
      );
    const left = charge.amount - charge.amount_refunded;
    const amount = Number(textAt(form, 'amount') ?? left);
    if (left === 0) throw invalid('Charge has already been refunded.', 'charge', 'charge_already_refunded');
    if (!Number.isInteger(amount) || amount < 1 || amount > left)
      throw invalid(`Refund amount (${amount}) is greater than unrefunded amount (${left}).`, 'amount');
    if (charge.disputed) throw invalid('The charge is disputed.', 'charge', 'charge_disputed');
    return this.writeRefund(charge, amount, metadataAt(form, 'metadata'));
  }

  private writeRefund(
    charge: Stripe.Charge,
    amount: number,
    metadata: Record<string, string>,
  ): Stripe.Refund {
    const id = this.store.newId('refund');
    const transaction = this.charging.book('refund', id, -amount, charge.currency);
    const refund = this.store.put('refund', {
      id,
      object: 'refund',
      amount,
      balance_transaction: transaction.id,
      charge: charge.id,
      created: this.store.now(),
      currency: charge.currency,
      customer: charge.customer,
      customer_account: null,
      metadata,
      payment_intent: charge.payment_intent,
      payment_method: charge.payment_method,
      reason: null,
      receipt_number: null,
      source_transfer_reversal: null,
      status: 'succeeded',
      transfer_reversal: null,
    });
    charge.amount_refunded += amount;
    charge.refunded = charge.amount_refunded === charge.amount;
    this.store.put('charge', charge);
    this.events.emit('refund.created', refund);
    this.events.emit('charge.refunded', charge);
    return refund;
  }
}
