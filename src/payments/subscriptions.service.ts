import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { demandPerson, type Actor } from '../identity/index.js';
import type { Unit } from '../kernel/money.js';
import { instantFromDate, Temporal } from '../kernel/time.js';
import { amountToWire } from '../kernel/wire.js';
import { Products } from '../passes/index.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Desk } from './desk.js';
import { SWEEP } from './asking.service.js';
import { findPurchase, insertPayment, paymentsOf } from './payment.queries.js';
import { PaymentProblems, SubscriptionProblems } from './payment.problems.js';
import { fromProvider } from './payment.rules.js';
import type { SubscriptionPage, SubscriptionView } from './payment.schema.js';
import { PaymentTruth } from './payment-truth.js';
import { SubscriptionChanged } from './payments.events.js';
import { outcomeOf, Provider, refOf } from './provider.js';
import { intentTruth } from './truth.rules.js';

type Row = {
  id: string;
  networkId: string;
  productId: string;
  providerRef: string;
  name: string;
  unit: Unit;
  totalMinor: string;
  state: SubscriptionView['state'];
  isEnding: boolean;
  periodUntil: Parameters<typeof instantFromDate>[0];
};

/** Passes that are bought again at the end of each period. The provider collects; we follow what it says. */
@Injectable()
export class Subscriptions {
  constructor(
    private readonly desk: Desk,
    private readonly products: Products,
    private readonly provider: Provider,
    private readonly truth: PaymentTruth,
  ) {}

  async list(actor: Actor): Promise<SubscriptionPage> {
    const personId = demandPerson(actor);
    const rows = await this.desk.db.read(actor.scope, (on) =>
      rowsWhere(on, 'one.person_id = $1 ORDER BY one.id DESC', [personId]),
    );
    return { items: rows.map(view), next: null };
  }

  pause(actor: Actor, id: string): Promise<SubscriptionView> {
    return this.change(actor, id, { pause_collection: { behavior: 'void' } });
  }

  resume(actor: Actor, id: string): Promise<SubscriptionView> {
    return this.change(actor, id, { pause_collection: '' });
  }

  /** What is paid stays usable; the next period is not bought. */
  cancel(actor: Actor, id: string): Promise<SubscriptionView> {
    return this.change(actor, id, { cancel_at_period_end: true });
  }

  keep(actor: Actor, id: string): Promise<SubscriptionView> {
    return this.change(actor, id, { cancel_at_period_end: false });
  }

  /** To another pass: what is left of the old one's price comes off the next invoice. */
  async changeProduct(actor: Actor, id: string, productId: string): Promise<SubscriptionView> {
    const row = await this.own(actor, id);
    const product = await this.products.get(productId);
    if (
      product.networkId !== row.networkId ||
      product.price.unit !== row.unit ||
      product.periodMonths === null
    )
      throw SubscriptionProblems.notFound('Choose a pass of the same network, currency and kind.');
    const known = await this.call(() => this.provider.stripe.subscriptions.retrieve(row.providerRef));
    const item = known.items.data[0]!;
    const made = await this.call(() =>
      this.provider.stripe.products.create(
        { name: product.name },
        { idempotencyKey: `product:${productId}` },
      ),
    );
    const currency = row.unit.toLowerCase();
    const price_data = {
      currency,
      product: made.id,
      unit_amount: product.price.minor,
      recurring: { interval: 'month', interval_count: product.periodMonths } as const,
    };
    const shown = await this.change(actor, id, {
      items: [{ id: item.id, price_data }],
      proration_behavior: 'create_prorations',
    });
    await this.desk.db.tx(SWEEP, (tx) =>
      sql(tx, 'UPDATE payments.subscriptions SET product_id = $2 WHERE id = $1', [id, productId]),
    );
    return { ...shown, productId };
  }

  /** As the provider has it now, whatever came before. */
  async follow(ref: string): Promise<boolean> {
    const subscription = await this.provider.stripe.subscriptions.retrieve(ref);
    return this.desk.db.tx(SWEEP, (tx) => this.write(tx, subscription));
  }

  /** An invoice is a payment of its own; the first one was paid on the page. Answers whether it is of ours. */
  async followInvoice(ref: string): Promise<boolean> {
    const invoice = await this.provider.stripe.invoices.retrieve(ref, { expand: ['payments'] });
    const subscriptionRef = refOf(invoice.parent?.subscription_details?.subscription);
    if (!subscriptionRef || !(await this.follow(subscriptionRef))) return false;
    const intentRef = refOf(invoice.payments?.data.at(-1)?.payment.payment_intent);
    const intent = intentRef && (await this.provider.stripe.paymentIntents.retrieve(intentRef));
    if (invoice.billing_reason === 'subscription_create') return true;
    await this.desk.db.tx(SWEEP, async (tx) => {
      const [row] = await rowsWhere(tx, 'one.provider_ref = $1', [subscriptionRef]);
      const amount = fromProvider(invoice.amount_due, invoice.currency);
      if (!row || !amount) return;
      const purchase = (await findPurchase(tx, row.id))!;
      const id = derivedId(row.id, `invoice ${invoice.id}`);
      const { personId, networkId } = purchase;
      await insertPayment(
        tx,
        { id, purchaseId: row.id, personId, networkId, amount, invoiceRef: invoice.id },
        this.desk.clock.now(),
      );
      if (invoice.status === 'paid')
        await this.truth.write(tx, id, { state: 'SUCCEEDED', amount, intentRef, invoiceRef: invoice.id });
      else if (intent) await this.truth.write(tx, id, { ...intentTruth(intent), amount });
    });
    return true;
  }

  private async write(tx: Tx, subscription: Stripe.Subscription): Promise<boolean> {
    const purchaseId = subscription.metadata['purchaseId'];
    const purchase = purchaseId ? await findPurchase(tx, purchaseId) : null;
    if (!purchase?.productId || (await paymentsOf(tx, purchase.id)).length === 0) return false;
    const state = stateOf(subscription);
    const periodUntil = Temporal.Instant.fromEpochMilliseconds(
      (subscription.items.data[0]?.current_period_end ?? 0) * 1000,
    );
    const [before] = await rowsWhere(tx, 'one.id = $1', [purchase.id]);
    await sql(
      tx,
      `INSERT INTO payments.subscriptions (id, network_id, person_id, product_id, provider_ref, state, state_at,
         is_ending, period_until, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $7)
       ON CONFLICT (id) DO UPDATE SET state = $6, is_ending = $8, period_until = $9,
         state_at = CASE WHEN subscriptions.state = $6 THEN subscriptions.state_at ELSE $7 END
       WHERE subscriptions.state <> 'ENDED'`,
      [
        purchase.id,
        purchase.networkId,
        purchase.personId,
        purchase.productId,
        subscription.id,
        state,
        this.desk.clock.now().toString(),
        subscription.cancel_at_period_end,
        periodUntil.toString(),
      ],
    );
    if (before && before.state !== state) {
      const cause = { actor: 'system', networkIds: [purchase.networkId] };
      await this.desk.outbox.add(tx, SubscriptionChanged, { subscriptionId: purchase.id, state }, cause);
    }
    return true;
  }

  private async change(
    actor: Actor,
    id: string,
    params: Stripe.SubscriptionUpdateParams,
  ): Promise<SubscriptionView> {
    const row = await this.own(actor, id);
    if (row.state === 'ENDED') throw SubscriptionProblems.over('Buy the pass again to begin a new one.');
    const subscription = await this.call(() =>
      this.provider.stripe.subscriptions.update(row.providerRef, params),
    );
    return this.desk.db.tx(SWEEP, async (tx) => {
      await this.write(tx, subscription);
      return view((await rowsWhere(tx, 'one.id = $1', [id]))[0]!);
    });
  }

  private async own(actor: Actor, id: string): Promise<Row> {
    const personId = demandPerson(actor);
    const [row] = await this.desk.db.read(actor.scope, (on) =>
      rowsWhere(on, 'one.id = $1 AND one.person_id = $2', [id, personId]),
    );
    if (!row) throw SubscriptionProblems.notFound('Your own are in GET /v1/subscriptions.');
    return row;
  }

  private async call<Result>(ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      throw askedInVain(error);
    }
  }
}

/** A call that changes nothing when it is lost: the person may simply try again. */
export function askedInVain(error: unknown) {
  const outcome = outcomeOf(error);
  if (outcome.is === 'UNKNOWN')
    return PaymentProblems.providerSilent('Nothing was changed twice: try again in a minute.');
  return PaymentProblems.refused('It does not allow this now.', {
    reason: outcome.is === 'REFUSED' ? outcome.code : 'missing',
  });
}

function rowsWhere(on: Reader, condition: string, values: unknown[]): Promise<Row[]> {
  return sql<Row>(
    on,
    `SELECT one.id, one.network_id AS "networkId", one.product_id AS "productId", one.provider_ref AS "providerRef",
       purchase.name, purchase.unit, purchase.total_minor AS "totalMinor", one.state, one.is_ending AS "isEnding",
       one.period_until AS "periodUntil"
     FROM payments.subscriptions one JOIN payments.purchases purchase USING (id) WHERE ${condition}`,
    values,
  );
}

function stateOf({ status, pause_collection: pause }: Stripe.Subscription): SubscriptionView['state'] {
  if (['canceled', 'incomplete_expired', 'unpaid'].includes(status)) return 'ENDED';
  if (status === 'past_due') return 'PAST_DUE';
  return pause ? 'PAUSED' : 'ACTIVE';
}

function view({
  id,
  productId,
  name,
  unit,
  totalMinor,
  state,
  isEnding,
  periodUntil,
}: Row): SubscriptionView {
  const price = amountToWire({ unit, minor: BigInt(totalMinor) });
  return {
    id,
    productId,
    name,
    state,
    isEnding,
    price,
    periodUntil: instantFromDate(periodUntil).toString(),
  };
}
