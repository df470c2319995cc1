import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type Stripe from 'stripe';
import { Temporal } from '../kernel/time.js';

/** Everything that can be retrieved, under the name that Stripe gives it. */
export type Objects = {
  balance_transaction: Stripe.BalanceTransaction;
  charge: Stripe.Charge;
  'checkout.session': Stripe.Checkout.Session;
  customer: Stripe.Customer;
  dispute: Stripe.Dispute;
  event: Stripe.Event;
  invoice: Stripe.Invoice;
  payment_intent: Stripe.PaymentIntent;
  payment_method: Stripe.PaymentMethod;
  price: Stripe.Price;
  product: Stripe.Product;
  refund: Stripe.Refund;
  setup_intent: Stripe.SetupIntent;
  subscription: Stripe.Subscription;
  webhook_endpoint: Stripe.WebhookEndpoint;
};
export type Kind = keyof Objects;

export const PREFIXES: Readonly<Record<Kind, string>> = {
  balance_transaction: 'txn',
  charge: 'ch',
  'checkout.session': 'cs_test',
  customer: 'cus',
  dispute: 'du',
  event: 'evt',
  invoice: 'in',
  payment_intent: 'pi',
  payment_method: 'pm',
  price: 'price',
  product: 'prod',
  refund: 're',
  setup_intent: 'seti',
  subscription: 'sub',
  webhook_endpoint: 'we',
};
const KINDS = Object.keys(PREFIXES) as Kind[];

/** Something that happens by itself at a moment: a debit that settles, a period that ends, an event to send again. */
export type Due = {
  readonly at: number;
  readonly what: 'settle' | 'renew' | 'retry' | 'expire' | 'dispute';
  readonly id: string;
};
export type Answer = { readonly status: number; readonly body: string };
export type KeptAnswer = { readonly request: string; readonly answer: Answer | null };

/** What no client may read: numbers of cards, secrets of endpoints, answers under keys of idempotency. */
type Hidden = {
  numbers: Record<string, string>;
  secrets: Record<string, string>;
  answers: Record<string, KeptAnswer>;
  /** The items of a session, which Stripe lists apart. */
  carts: Record<string, Cart>;
  /** The payment of a session, which Stripe shows only where nothing renews itself. */
  intents: Record<string, string>;
  due: Due[];
  aheadSeconds: number;
};
export type CartItem = {
  readonly name: string;
  readonly amount: number;
  readonly quantity: number;
  readonly recurring: { readonly interval: Stripe.Price.Recurring.Interval; readonly count: number } | null;
};
export type Cart = {
  readonly items: readonly CartItem[];
  readonly savesMethod: boolean;
  readonly paymentMetadata: Record<string, string>;
};

const ID_BYTES = 12;

/** The memory of the sandbox, written to a file when one is named, so that a restart forgets nothing. */
export class Store {
  private readonly maps: Record<Kind, Record<string, Objects[Kind]>>;
  readonly hidden: Hidden;
  private isDirty = false;

  constructor(private readonly file: string | null = null) {
    const kept = file && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : null;
    const empty = Object.fromEntries(KINDS.map((kind) => [kind, {}])) as Kept['maps'];
    this.maps = { ...empty, ...kept?.maps };
    const nothing = {
      numbers: {},
      secrets: {},
      answers: {},
      carts: {},
      intents: {},
      due: [],
      aheadSeconds: 0,
    };
    this.hidden = { ...nothing, ...kept?.hidden };
  }

  /** Seconds since 1970, as Stripe counts; a test moves it on. */
  now(): number {
    return Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) + this.hidden.aheadSeconds;
  }

  newId(kind: Kind): string {
    return `${PREFIXES[kind]}_${randomBytes(ID_BYTES).toString('hex')}`;
  }

  put<K extends Kind>(kind: K, object: Objects[K]): Objects[K] {
    const objects: Record<string, Objects[Kind]> = this.maps[kind];
    objects[object.id] = object;
    this.isDirty = true;
    return object;
  }

  find<K extends Kind>(kind: K, id: string): Objects[K] | null {
    return (this.maps[kind][id] as Objects[K] | undefined) ?? null;
  }

  remove(kind: Kind, id: string): void {
    delete this.maps[kind][id];
  }

  /** Newest first, as every list of Stripe's. */
  all<K extends Kind>(kind: K): Objects[K][] {
    return (Object.values(this.maps[kind]) as Objects[K][]).toReversed();
  }

  later(due: Due): void {
    this.hidden.due.push(due);
    this.isDirty = true;
  }

  /** Takes out what has fallen due. */
  takeDue(): Due[] {
    const now = this.now();
    const fallen = this.hidden.due.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at);
    if (fallen.length > 0) this.hidden.due = this.hidden.due.filter(({ at }) => at > now);
    return fallen;
  }

  /** By renaming: a reader never meets half a file. */
  save(): void {
    if (!this.file || !this.isDirty) return;
    this.isDirty = false;
    writeFileSync(`${this.file}.new`, JSON.stringify({ maps: this.maps, hidden: this.hidden }), {
      mode: 0o600,
    });
    renameSync(`${this.file}.new`, this.file);
  }
}

type Kept = { maps: Record<Kind, Record<string, Objects[Kind]>>; hidden: Hidden };

/** Of a field that holds an object or its id. Empty: neither. */
export function idOf(field: string | { readonly id: string } | null | undefined): string {
  return (typeof field === 'string' ? field : field?.id) ?? '';
}
