import { Inject, Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { Identity } from '../identity/index.js';
import { CONFIG, type Config } from '../platform/config.js';
import { sql } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { Products } from '../passes/index.js';
import { Desk } from './desk.js';
import type { Payment, Purchase } from './payment.queries.js';
import { PaymentProblems } from './payment.problems.js';
import { toProvider } from './payment.rules.js';
import type { Truth } from './payment-truth.js';
import { Provider } from './provider.js';
import { sessionTruth } from './truth.rules.js';

/** The provider's hosted pages. Every call is outside a transaction, and under a key made of our own id. */
@Injectable()
export class Checkouts {
  constructor(
    private readonly desk: Desk,
    private readonly identity: Identity,
    private readonly products: Products,
    private readonly provider: Provider,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A page to pay on. Asking again gives the same page. */
  async open(payment: Payment, purchase: Purchase): Promise<Truth> {
    const customer = await this.customer(payment.personId);
    const { amount, currency } = payable(payment);
    const recurring = await this.recurring(purchase);
    const metadata = { paymentId: payment.id, purchaseId: purchase.id };
    const session = await this.provider.stripe.checkout.sessions.create(
      {
        mode: recurring ? 'subscription' : 'payment',
        customer,
        client_reference_id: purchase.id,
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency,
              unit_amount: amount,
              product_data: { name: purchase.name },
              ...recurring,
            },
          },
        ],
        ...(recurring
          ? { subscription_data: { metadata } }
          : { payment_intent_data: { metadata, setup_future_usage: 'off_session' } }),
        metadata,
        locale: await this.locale(payment.personId),
        success_url: this.address(`/me/money/purchases/${purchase.id}`),
        cancel_url: this.address(`/me/money/purchases/${purchase.id}?left=1`),
      },
      { idempotencyKey: `checkout:${payment.id}` },
    );
    return sessionTruth(session);
  }

  /** A page to leave a card or an account for later. */
  async setup(personId: string, id: string): Promise<string> {
    const session = await this.provider.stripe.checkout.sessions.create(
      {
        mode: 'setup',
        currency: 'eur',
        customer: await this.customer(personId),
        metadata: { setupId: id },
        locale: await this.locale(personId),
        success_url: this.address('/me/money/methods'),
        cancel_url: this.address('/me/money/methods'),
      },
      { idempotencyKey: `setup:${id}` },
    );
    return session.url!;
  }

  /** Somebody's name at the provider: made once, without their name. */
  async customer(personId: string): Promise<string> {
    const known = await this.knownCustomer(personId);
    if (known) return known;
    const person = await this.desk.db.read(namedScope('identity'), (on) =>
      this.identity.person(on, personId),
    );
    const { id } = await this.provider.stripe.customers.create(
      { email: person.email, preferred_locales: [person.language], metadata: { personId } },
      { idempotencyKey: `customer:${personId}` },
    );
    await this.desk.db.tx({ networks: [], person: personId }, (tx) =>
      sql(
        tx,
        `INSERT INTO payments.customers (person_id, provider_ref, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (person_id) DO NOTHING`,
        [personId, id, this.desk.clock.now().toString()],
      ),
    );
    return id;
  }

  async knownCustomer(personId: string): Promise<string | null> {
    const [row] = await this.desk.db.read({ networks: [], person: personId }, (on) =>
      sql<{ ref: string }>(on, 'SELECT provider_ref AS ref FROM payments.customers WHERE person_id = $1', [
        personId,
      ]),
    );
    return row?.ref ?? null;
  }

  private async recurring(
    purchase: Purchase,
  ): Promise<{ recurring: Stripe.Checkout.SessionCreateParams.LineItem.PriceData.Recurring } | null> {
    if (purchase.kind !== 'RENEWING') return null;
    const { periodMonths } = await this.products.get(purchase.productId!);
    return { recurring: { interval: 'month', interval_count: periodMonths ?? 1 } };
  }

  private async locale(personId: string): Promise<Stripe.Checkout.SessionCreateParams.Locale> {
    const { language } = await this.desk.db.read(namedScope('identity'), (on) =>
      this.identity.person(on, personId),
    );
    const isOnOwnPage = language === 'ar' && !this.provider.isSandbox; // which has no Arabic; the sandbox's has
    return isOnOwnPage ? 'auto' : language;
  }

  private address(path: string): string {
    const { PUBLIC_URL, HOST, PORT } = this.config;
    return new URL(path, PUBLIC_URL ?? `http://${HOST}:${PORT}`).href;
  }
}

/** As the provider counts; refused in our words before it is asked. */
export function payable({ amount }: Pick<Payment, 'amount'>): { amount: number; currency: string } {
  const counted = toProvider(amount);
  if (counted === 'CURRENCY')
    throw PaymentProblems.currencyUnsupported(
      `${amount.unit} cannot be paid online. Ask the network how to pay.`,
    );
  if (counted === 'TOO_LARGE')
    throw PaymentProblems.amountTooLarge(
      'At most 999,999.99 can be paid at once. Ask the network how to pay.',
    );
  if (counted === 'STEP')
    throw PaymentProblems.amountNotPayable(
      'The smallest part of this currency that can be paid is ten of its units.',
    );
  return counted;
}
