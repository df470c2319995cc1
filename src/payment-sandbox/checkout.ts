import type Stripe from 'stripe';
import { checkedAmount, checkedCurrency } from './amounts.js';
import { addMethod, behaviourOf, type NewMethod } from './cards.js';
import type { Billing } from './billing.js';
import { blankSession } from './checkout-shapes.js';
import type { Charging } from './charging.js';
import type { Events } from './events.js';
import { formAt, listAt, metadataAt, textAt, type Form } from './form.js';
import { newIntent } from './intents.js';
import { invalid, missing, Refusal } from './refusal.js';
import { idOf, type Cart, type CartItem, type Store } from './store.js';

/** What the hosted page is to show next. */
export type Step =
  | { readonly at: 'done'; readonly url: string }
  | { readonly at: 'bank' }
  | { readonly at: 'declined'; readonly code: string };

/** Checkout sessions: what is bought, and what the hosted page does with it. */
export class Checkout {
  constructor(
    private readonly store: Store,
    private readonly events: Events,
    private readonly charging: Charging,
    private readonly billing: Billing,
    private readonly origin: () => string,
  ) {}

  create(form: Form): Stripe.Checkout.Session {
    const mode = textAt(form, 'mode') as Stripe.Checkout.Session.Mode;
    const currency = checkedCurrency(
      textAt(form, 'currency') ?? textAt(form, 'line_items', '0', 'price_data', 'currency'),
    );
    const items = listAt(form, 'line_items').map((item) => cartItem(item, currency));
    const total = items.reduce((sum, { amount, quantity }) => sum + amount * quantity, 0);
    if (mode !== 'setup') checkedAmount(String(total), currency);
    const customer = textAt(form, 'customer');
    if (customer && !this.store.find('customer', customer)) throw missing('customer', customer);
    const session = blankSession(this.store, { form, mode, currency, total, customer });
    session.url = `${this.origin()}/pay/${session.id}`;
    this.store.hidden.carts[session.id] = {
      items,
      savesMethod: textAt(form, 'payment_intent_data', 'setup_future_usage') === 'off_session',
      paymentMetadata: metadataAt(
        form,
        mode === 'subscription' ? 'subscription_data' : dataOf(mode),
        'metadata',
      ),
    };
    this.store.later({ at: session.expires_at, what: 'expire', id: session.id });
    return this.store.put('checkout.session', session);
  }

  find(id: string): { session: Stripe.Checkout.Session; cart: Cart } {
    const session = this.store.find('checkout.session', id);
    if (!session) throw missing('checkout.session', id);
    return { session, cart: this.store.hidden.carts[id]! };
  }

  expire(id: string): Stripe.Checkout.Session {
    const { session } = this.find(id);
    if (session.status !== 'open') throw invalid('Only an open session can be expired.', 'session');
    session.status = 'expired';
    session.url = null;
    this.store.put('checkout.session', session);
    this.events.emit('checkout.session.expired', session);
    return session;
  }

  /** What the page's form does. A session that is over leads where it led. */
  pay(id: string, given: NewMethod | null, isAuthenticated: boolean): Step {
    const { session, cart } = this.find(id);
    if (session.status !== 'open') return { at: 'done', url: session.success_url ?? '/' };
    const customer = session.customer as string | null;
    const method = given
      ? addMethod(this.store, given, cart.savesMethod || session.mode !== 'payment' ? customer : null)
      : this.store.find('payment_method', this.waitingMethod(session))!;
    if (session.mode === 'setup') return this.setUp(session, method, isAuthenticated);
    const intent = this.intentOf(session, cart);
    try {
      this.charging.confirm(intent, { method, isOffSession: false, isAuthenticated });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { at: 'declined', code: error.error.decline_code ?? error.error.code ?? '' };
    }
    if (intent.status === 'requires_action') return { at: 'bank' };
    this.learn(method);
    if (session.mode === 'subscription') this.billing.begin(session, cart, { intent, method });
    return this.complete(session, intent.status === 'succeeded' ? 'paid' : 'unpaid');
  }

  /** The holder said no to the bank. */
  refuse(id: string): Step {
    const { session } = this.find(id);
    const intent = this.store.find('payment_intent', this.store.hidden.intents[session.id] ?? '');
    if (intent) this.charging.refuse(intent, 'payment_intent_authentication_failure');
    return { at: 'declined', code: 'authentication_failure' };
  }

  /** A debit of a session that was completed before has come, or has not. */
  settled(intent: Stripe.PaymentIntent): void {
    const session = this.store
      .all('checkout.session')
      .find((one) => this.store.hidden.intents[one.id] === intent.id);
    if (!session) return;
    const isPaid = intent.status === 'succeeded';
    if (isPaid) session.payment_status = 'paid';
    this.store.put('checkout.session', session);
    this.events.emit(`checkout.session.async_payment_${isPaid ? 'succeeded' : 'failed'}`, session);
  }

  private setUp(
    session: Stripe.Checkout.Session,
    method: Stripe.PaymentMethod,
    isAuthenticated: boolean,
  ): Step {
    const setup = this.store.find('setup_intent', session.setup_intent as string)!;
    setup.payment_method = method.id;
    const { outcome } = method.type === 'card' ? behaviourOf(this.store, method) : { outcome: 'succeeds' };
    if (outcome === 'declines') return { at: 'declined', code: 'generic_decline' };
    if (outcome.startsWith('authenticates') && !isAuthenticated) {
      setup.status = 'requires_action';
      this.store.put('setup_intent', setup);
      return { at: 'bank' };
    }
    setup.status = 'succeeded';
    this.learn(method);
    this.store.put('setup_intent', setup);
    this.events.emit('setup_intent.succeeded', setup);
    return this.complete(session, 'no_payment_required');
  }

  private complete(session: Stripe.Checkout.Session, status: Stripe.Checkout.Session.PaymentStatus): Step {
    session.status = 'complete';
    session.payment_status = status;
    session.url = null;
    this.store.put('checkout.session', session);
    this.events.emit('checkout.session.completed', session);
    return { at: 'done', url: (session.success_url ?? '/').replace('{CHECKOUT_SESSION_ID}', session.id) };
  }

  /** A bank that has confirmed a card once knows it. */
  private learn(method: Stripe.PaymentMethod): void {
    this.store.put('payment_method', { ...method, metadata: { ...method.metadata, authenticated: 'yes' } });
  }

  private intentOf(session: Stripe.Checkout.Session, cart: Cart): Stripe.PaymentIntent {
    const known = this.store.find('payment_intent', this.store.hidden.intents[session.id] ?? '');
    if (known) return known;
    const intent = newIntent(this.store, {
      amount: session.amount_total!,
      currency: session.currency!,
      customer: session.customer as string | null,
      metadata: session.mode === 'payment' ? cart.paymentMetadata : {},
      description: cart.items.map(({ name }) => name).join(', '),
      savesMethod: cart.savesMethod,
    });
    this.store.hidden.intents[session.id] = intent.id;
    if (session.mode === 'payment') session.payment_intent = intent.id;
    this.store.put('checkout.session', session);
    return intent;
  }

  private waitingMethod(session: Stripe.Checkout.Session): string {
    const waiting =
      session.mode === 'setup'
        ? this.store.find('setup_intent', session.setup_intent as string)
        : this.store.find('payment_intent', this.store.hidden.intents[session.id] ?? '');
    return idOf(waiting?.payment_method);
  }
}

function dataOf(mode: Stripe.Checkout.Session.Mode): string {
  return mode === 'setup' ? 'setup_intent_data' : 'payment_intent_data';
}

export function cartItem(item: Form, currency: string): CartItem {
  const price = formAt(item, 'price_data');
  const interval: unknown = textAt(price, 'recurring', 'interval');
  return {
    name: textAt(price, 'product_data', 'name') ?? 'Escale',
    amount: checkedAmount(textAt(price, 'unit_amount'), currency, 0),
    quantity: Number(textAt(item, 'quantity') ?? 1),
    recurring:
      interval === null
        ? null
        : {
            interval: interval as Stripe.Price.Recurring.Interval,
            count: Number(textAt(price, 'recurring', 'interval_count') ?? 1),
          },
  };
}
