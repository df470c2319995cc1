import type Stripe from 'stripe';
import { behaviourOf, IBANS } from './cards.js';
import type { Events } from './events.js';
import type { Store } from './store.js';
import { Refusal } from './refusal.js';

const FEE_FIXED = 25;
const FEE_PER_MILLE = 15;
const DEBIT_SETTLES_SECONDS = 60;
const DISPUTED_AFTER_SECONDS = 5;

export type Attempt = {
  readonly method: Stripe.PaymentMethod;
  readonly isOffSession: boolean;
  /** Its owner has confirmed it with the bank. */
  readonly isAuthenticated: boolean;
};

/** Moves a payment on with a method. What is refused is written into the payment, and told. */
export class Charging {
  constructor(
    private readonly store: Store,
    private readonly events: Events,
  ) {}

  confirm(
    intent: Stripe.PaymentIntent,
    { method, isOffSession, isAuthenticated }: Attempt,
  ): Stripe.PaymentIntent {
    intent.payment_method = method.id;
    if (method.type === 'sepa_debit') return this.debit(intent, method);
    const { outcome, declineCode } = behaviourOf(this.store, method);
    const isKnown = method.metadata?.['authenticated'] === 'yes';
    const asks = outcome === 'authenticates_always' || (outcome === 'authenticates' && !isKnown);
    if (asks && !isAuthenticated && isOffSession)
      return this.decline(intent, method, 'authentication_required');
    if (asks && !isAuthenticated) return this.ask(intent);
    const isPoor = outcome === 'declines' || (outcome === 'declines_later' && isOffSession);
    if (isPoor) return this.decline(intent, method, 'card_declined', declineCode);
    return this.succeed(intent, method);
  }

  /** A debit that was sent to the bank days ago. */
  settle(id: string): void {
    const intent = this.store.find('payment_intent', id);
    if (intent?.status !== 'processing') return;
    const method = this.store.find('payment_method', intent.payment_method as string)!;
    if (IBANS[this.store.hidden.numbers[method.id] ?? ''] === 'fails')
      this.fail(intent, method, 'insufficient_funds');
    else this.succeed(intent, method);
  }

  refuse(intent: Stripe.PaymentIntent, code: string): Stripe.PaymentIntent {
    const method = this.store.find('payment_method', intent.payment_method as string)!;
    return this.fail(intent, method, code);
  }

  private succeed(intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): Stripe.PaymentIntent {
    const charge = this.charge(intent, method, null);
    const transaction = this.book('charge', charge.id, intent.amount, intent.currency);
    charge.balance_transaction = transaction.id;
    intent.status = 'succeeded';
    intent.amount_received = intent.amount;
    intent.latest_charge = charge.id;
    intent.next_action = null;
    intent.last_payment_error = null;
    this.keep(intent);
    this.events.emit('charge.succeeded', charge);
    this.events.emit('payment_intent.succeeded', intent);
    if (behaviourOf(this.store, method).isDisputed)
      this.store.later({ at: this.store.now() + DISPUTED_AFTER_SECONDS, what: 'dispute', id: charge.id });
    return intent;
  }

  private debit(intent: Stripe.PaymentIntent, method: Stripe.PaymentMethod): Stripe.PaymentIntent {
    intent.status = 'processing';
    intent.latest_charge = this.charge(intent, method, null, 'pending').id;
    this.keep(intent);
    this.store.later({ at: this.store.now() + DEBIT_SETTLES_SECONDS, what: 'settle', id: intent.id });
    this.events.emit('payment_intent.processing', intent);
    return intent;
  }

  private ask(intent: Stripe.PaymentIntent): Stripe.PaymentIntent {
    intent.status = 'requires_action';
    intent.next_action = { type: 'redirect_to_url', redirect_to_url: { return_url: null, url: null } };
    this.keep(intent);
    this.events.emit('payment_intent.requires_action', intent);
    return intent;
  }

  private decline(
    intent: Stripe.PaymentIntent,
    method: Stripe.PaymentMethod,
    code: string,
    declineCode?: string,
  ): never {
    this.fail(intent, method, code, declineCode);
    throw new Refusal(402, {
      type: 'card_error',
      code,
      ...(declineCode ? { decline_code: declineCode } : {}),
      message:
        code === 'authentication_required' ? 'This payment must be confirmed.' : 'Your card was declined.',
      payment_intent: intent,
      payment_method: method,
    });
  }

  private fail(
    intent: Stripe.PaymentIntent,
    method: Stripe.PaymentMethod,
    code: string,
    declineCode?: string,
  ): Stripe.PaymentIntent {
    const charge = this.charge(intent, method, code, 'failed');
    intent.status = 'requires_payment_method';
    intent.latest_charge = charge.id;
    intent.payment_method = null;
    intent.last_payment_error = {
      type: 'card_error',
      code,
      ...(declineCode ? { decline_code: declineCode } : {}),
      message: 'Your card was declined.',
      payment_method: method,
    };
    this.keep(intent);
    this.events.emit('charge.failed', charge);
    this.events.emit('payment_intent.payment_failed', intent);
    return intent;
  }

  private charge(
    intent: Stripe.PaymentIntent,
    method: Stripe.PaymentMethod,
    failureCode: string | null,
    status: Stripe.Charge.Status = 'succeeded',
  ): Stripe.Charge {
    return this.store.put('charge', {
      id: this.store.newId('charge'),
      object: 'charge',
      amount: intent.amount,
      amount_captured: status === 'succeeded' ? intent.amount : 0,
      amount_refunded: 0,
      application: null,
      application_fee: null,
      application_fee_amount: null,
      balance_transaction: null,
      billing_details: method.billing_details,
      calculated_statement_descriptor: 'ESCALE',
      captured: status === 'succeeded',
      created: this.store.now(),
      currency: intent.currency,
      customer: intent.customer,
      description: intent.description,
      disputed: false,
      failure_balance_transaction: null,
      failure_code: failureCode,
      failure_message: failureCode ? 'Your card was declined.' : null,
      fraud_details: {},
      livemode: false,
      metadata: intent.metadata,
      on_behalf_of: null,
      outcome: null,
      paid: status === 'succeeded',
      payment_intent: intent.id,
      payment_method: method.id,
      payment_method_details: { type: method.type },
      receipt_email: null,
      receipt_number: null,
      receipt_url: null,
      refunded: false,
      review: null,
      shipping: null,
      source: null,
      source_transfer: null,
      statement_descriptor: null,
      statement_descriptor_suffix: null,
      status,
      transfer_data: null,
      transfer_group: null,
    });
  }

  /** What moves the balance: the amount, less what the provider keeps of a charge. */
  book(
    type: 'charge' | 'refund' | 'adjustment',
    source: string,
    amount: number,
    currency: string,
  ): Stripe.BalanceTransaction {
    const fee = type === 'charge' ? FEE_FIXED + Math.floor((amount * FEE_PER_MILLE) / 1000) : 0;
    const now = this.store.now();
    return this.store.put('balance_transaction', {
      id: this.store.newId('balance_transaction'),
      object: 'balance_transaction',
      amount,
      available_on: now,
      balance_type: 'payments',
      created: now,
      currency,
      description: null,
      exchange_rate: null,
      fee,
      fee_details: fee
        ? [{ amount: fee, application: null, currency, description: 'Processing fees', type: 'stripe_fee' }]
        : [],
      net: amount - fee,
      reporting_category: type === 'adjustment' ? 'dispute' : type,
      source,
      status: 'available',
      type,
    });
  }

  private keep(intent: Stripe.PaymentIntent): void {
    this.store.put('payment_intent', intent);
  }
}
