import type Stripe from 'stripe';
import { blankProduct } from './billing-shapes.js';
import { Billing } from './billing.js';
import { methodFor } from './cards.js';
import { Charging } from './charging.js';
import { Checkout } from './checkout.js';
import { Disputes } from './disputes.js';
import { Events } from './events.js';
import type { Faults } from './faults.js';
import { formAt, metadataAt, textAt, textsAt, type Form } from './form.js';
import { Intents } from './intents.js';
import { invalid, missing } from './refusal.js';
import type { Kind, Store } from './store.js';

const PAGE_SIZE = 10;
const PAGE_SIZE_MAX = 100;

type Handle = (id: string, form: Form) => unknown;
type Route = { readonly method: string; readonly path: RegExp; readonly handle: Handle };

/** The used part of Stripe's API. */
export class Api {
  readonly events: Events;
  readonly checkout: Checkout;
  readonly disputes: Disputes;
  private readonly billing: Billing;
  private readonly charging: Charging;
  private readonly intents: Intents;
  private readonly routes: readonly Route[];

  constructor(
    private readonly store: Store,
    faults: Faults,
    origin: () => string,
  ) {
    this.events = new Events(store, faults);
    this.charging = new Charging(store, this.events);
    this.billing = new Billing(store, this.events, this.charging);
    this.checkout = new Checkout(store, this.events, this.charging, this.billing, origin);
    this.intents = new Intents(store, this.events, this.charging);
    this.disputes = new Disputes(store, this.events, this.charging);
    this.routes = [...this.writing(), ...this.reading()];
  }

  answer(method: string, path: string, form: Form): unknown {
    for (const route of this.routes) {
      const match = route.method === method && route.path.exec(path);
      if (match) return route.handle(match[1] ?? '', form);
    }
    throw missing('route', `${method} ${path}`);
  }

  /** What has fallen due by now: debits, periods, tries, sessions, disputes. */
  tick(): void {
    for (const { what, id } of this.store.takeDue()) {
      if (what === 'settle') this.settle(id);
      if (what === 'renew') this.billing.renew(id);
      if (what === 'retry') this.billing.retry(id);
      if (what === 'dispute') this.disputes.open(id);
      if (what === 'expire' && this.store.find('checkout.session', id)?.status === 'open')
        this.checkout.expire(id);
    }
  }

  private settle(intentId: string): void {
    this.charging.settle(intentId);
    const intent = this.store.find('payment_intent', intentId)!;
    this.checkout.settled(intent);
    this.billing.settled(intent);
  }

  private writing(): Route[] {
    const { store } = this;
    return [
      post(
        'customers',
        (_id, form) => this.events.emit('customer.created', newCustomer(store, form)).data.object,
      ),
      post('customers/:id', (id, form) => this.updateCustomer(id, form)),
      post('products', (_id, form) =>
        blankProduct(store, textAt(form, 'name') ?? '', metadataAt(form, 'metadata')),
      ),
      post('checkout/sessions', (_id, form) => this.checkout.create(form)),
      post('checkout/sessions/:id/expire', (id) => this.checkout.expire(id)),
      post('payment_intents', (_id, form) => this.intents.create(form)),
      post('payment_intents/:id/cancel', (id) => this.intents.cancel(id)),
      post('refunds', (_id, form) => this.intents.refund(form)),
      post('payment_methods/:id/attach', (id, form) => this.attach(id, textAt(form, 'customer'))),
      post('payment_methods/:id/detach', (id) => this.attach(id, null)),
      post('subscriptions/:id', (id, form) => this.billing.update(id, form)),
      { method: 'DELETE', path: pattern('subscriptions/:id'), handle: (id) => this.billing.cancel(id) },
      post('webhook_endpoints', (_id, form) => newEndpoint(store, form)),
      { method: 'DELETE', path: pattern('webhook_endpoints/:id'), handle: (id) => this.removeEndpoint(id) },
    ];
  }

  private reading(): Route[] {
    return [
      this.one('customers', 'customer'),
      this.one('checkout/sessions', 'checkout.session'),
      this.one('payment_intents', 'payment_intent'),
      this.one('setup_intents', 'setup_intent'),
      this.one('charges', 'charge'),
      this.one('refunds', 'refund'),
      this.one('disputes', 'dispute'),
      this.one('subscriptions', 'subscription'),
      this.one('invoices', 'invoice'),
      this.one('payment_methods', 'payment_method'),
      this.one('events', 'event'),
      this.one('balance_transactions', 'balance_transaction'),
      this.many('payment_methods', 'payment_method', 'customer'),
      this.many('checkout/sessions', 'checkout.session', 'payment_intent', 'subscription', 'customer'),
      this.many('payment_intents', 'payment_intent', 'customer'),
      this.many('charges', 'charge', 'payment_intent'),
      this.many('refunds', 'refund', 'payment_intent', 'charge'),
      this.many('invoices', 'invoice', 'customer'),
      this.many('events', 'event', 'type'),
      this.many('balance_transactions', 'balance_transaction', 'type', 'source'),
      this.many('webhook_endpoints', 'webhook_endpoint'),
    ];
  }

  private one(path: string, kind: Kind): Route {
    const handle: Handle = (id) => {
      const found = this.store.find(kind, id);
      if (!found) throw missing(kind.replace('checkout.', ''), id);
      return found;
    };
    return { method: 'GET', path: pattern(`${path}/:id`), handle };
  }

  /** Newest first, from after an id on, narrowed by fields that hold ids. */
  private many(path: string, kind: Kind, ...fields: string[]): Route {
    const handle: Handle = (_id, form) => {
      const limit = Math.min(Number(textAt(form, 'limit') ?? PAGE_SIZE), PAGE_SIZE_MAX);
      const wanted = fields.flatMap((field) => {
        const value = textAt(form, field);
        return value === null ? [] : [[field, value] as const];
      });
      const since = Number(textAt(form, 'created', 'gte') ?? 0);
      const all = this.store
        .all(kind)
        .filter((object) =>
          wanted.every(
            ([field, value]) => String((object as unknown as Record<string, unknown>)[field]) === value,
          ),
        )
        .filter((object) => ('created' in object ? object.created : 0) >= since);
      const after = textAt(form, 'starting_after');
      const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
      const data = all.slice(from, from + limit);
      return { object: 'list', data, has_more: from + limit < all.length, url: `/v1/${path}` };
    };
    return { method: 'GET', path: pattern(path), handle };
  }

  private updateCustomer(id: string, form: Form): Stripe.Customer {
    const customer = this.store.find('customer', id);
    if (!customer) throw missing('customer', id);
    const chosen = textAt(form, 'invoice_settings', 'default_payment_method');
    if (chosen) customer.invoice_settings.default_payment_method = methodFor(this.store, chosen, id).id;
    return this.store.put('customer', customer);
  }

  private attach(id: string, customer: string | null): Stripe.PaymentMethod {
    const method = methodFor(this.store, id, customer);
    method.customer = customer;
    this.events.emit(`payment_method.${customer ? 'attached' : 'detached'}`, method);
    return this.store.put('payment_method', method);
  }

  private removeEndpoint(id: string) {
    this.store.remove('webhook_endpoint', id);
    return { id, object: 'webhook_endpoint', deleted: true };
  }
}

function post(path: string, handle: Handle): Route {
  return { method: 'POST', path: pattern(path), handle };
}

function pattern(path: string): RegExp {
  return new RegExp(`^/v1/${path.replace(':id', '([\\w-]+)')}$`);
}

function newCustomer(store: Store, form: Form): Stripe.Customer {
  return store.put('customer', {
    id: store.newId('customer'),
    object: 'customer',
    address: null,
    balance: 0,
    created: store.now(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: textAt(form, 'description'),
    discount: null,
    email: textAt(form, 'email'),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: metadataAt(form, 'metadata'),
    name: textAt(form, 'name'),
    phone: null,
    preferred_locales: textsAt(form, 'preferred_locales'),
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  });
}

function newEndpoint(store: Store, form: Form): Stripe.WebhookEndpoint {
  const url = textAt(form, 'url') ?? '';
  if (!URL.canParse(url)) throw invalid('Invalid URL', 'url', 'url_invalid');
  const endpoint: Stripe.WebhookEndpoint = {
    id: store.newId('webhook_endpoint'),
    object: 'webhook_endpoint',
    api_version: null,
    application: null,
    created: store.now(),
    description: null,
    enabled_events: Object.values(formAt(form, 'enabled_events')).map(String),
    livemode: false,
    metadata: {},
    status: 'enabled',
    url,
  };
  const secret = `whsec_${store.newId('webhook_endpoint').slice(3)}`;
  store.hidden.secrets[endpoint.id] = secret;
  store.put('webhook_endpoint', endpoint);
  return { ...endpoint, secret };
}
