import { Injectable } from '@nestjs/common';
import { demandPerson, may, type Actor } from '../identity/index.js';
import { subtract, type Amount } from '../kernel/money.js';
import { Products } from '../passes/index.js';
import type { ProductView } from '../passes/index.js';
import { sql, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import { Desk } from './desk.js';
import { Asking } from './asking.service.js';
import { payable } from './checkouts.service.js';
import {
  findPurchase,
  insertPayment,
  paymentsOf,
  paymentsWhere,
  purchasesWhere,
  type Payment,
  type Purchase,
} from './payment.queries.js';
import { PaymentProblems, PurchaseProblems } from './payment.problems.js';
import type { PurchasePage, PurchaseView, PutPurchase } from './payment.schema.js';
import { PaymentTruth } from './payment-truth.js';
import { Promotions } from './promotions.service.js';
import { purchaseView } from './purchase.views.js';

const PAGE_SIZE = 100;

/** What people buy: written down first, then taken to the provider's page. */
@Injectable()
export class Purchases {
  constructor(
    private readonly desk: Desk,
    private readonly products: Products,
    private readonly promotions: Promotions,
    private readonly asking: Asking,
    private readonly truth: PaymentTruth,
  ) {}

  /** Asking again gives the same purchase and the same page. */
  async put(actor: Actor, id: string, body: PutPurchase): Promise<PurchaseView> {
    const personId = demandPerson(actor);
    const product = await this.products.get(body.productId);
    checkForSale(product, body);
    const hash = requestHash(body);
    await this.desk.db.tx(withNetworks(actor.scope, product.networkId), async (tx) => {
      await this.insert(tx, { id, personId, product, body, hash });
      const known = await findPurchase(tx, id);
      if (known?.requestHash !== hash || known.personId !== personId)
        throw RequestProblems.idReused('A purchase stays what it is: make another one.');
    });
    return this.toPage(actor, id);
  }

  async list(actor: Actor): Promise<PurchasePage> {
    const personId = demandPerson(actor);
    return this.desk.db.read(actor.scope, async (on) => {
      const purchases = await purchasesWhere(on, `person_id = $1 ORDER BY id DESC LIMIT ${PAGE_SIZE}`, [
        personId,
      ]);
      const payments = await paymentsWhere(on, 'purchase_id = ANY ($1) ORDER BY created_at, id', [
        purchases.map(({ id }) => id),
      ]);
      const of = (id: string) => payments.filter(({ purchaseId }) => purchaseId === id);
      return { items: purchases.map((purchase) => purchaseView(purchase, of(purchase.id))), next: null };
    });
  }

  async get(actor: Actor, id: string): Promise<PurchaseView> {
    const { purchase, payments } = await this.seen(actor, id);
    return purchaseView(purchase, payments);
  }

  /** What became of it, asked now: for somebody who comes back from the page before the provider has told us. */
  async enquire(actor: Actor, id: string): Promise<PurchaseView> {
    await this.seen(actor, id);
    await this.asking.purchase(id);
    return this.get(actor, id);
  }

  /** Another try, after one that failed or was left. What is unclear is asked first; what is open stays open. */
  async retry(actor: Actor, id: string): Promise<PurchaseView> {
    const personId = demandPerson(actor);
    await this.enquire(actor, id);
    const { purchase, payments } = await this.seen(actor, id);
    if (purchase.personId !== personId) throw notFound(id);
    if (purchase.state === 'PAID' || purchase.state === 'REFUNDED')
      throw PurchaseProblems.wrongState('It is paid already.', { state: purchase.state });
    const isOpen = payments.some(({ state }) => state === 'PENDING' || state === 'UNKNOWN');
    if (!isOpen)
      await this.desk.db.tx(withNetworks(actor.scope, purchase.networkId), (tx) =>
        this.reopen(tx, purchase, payments),
      );
    return this.toPage(actor, id);
  }

  /** The buyer, and whoever keeps the network's money. To everybody else it does not exist. */
  async seen(actor: Actor, id: string): Promise<{ purchase: Purchase; payments: Payment[] }> {
    return this.desk.db.read(actor.scope, async (on) => {
      const purchase = await findPurchase(on, id);
      const isSeen =
        purchase &&
        (purchase.personId === actor.personId ||
          may(actor, 'payments:read', { networkId: purchase.networkId }));
      if (!isSeen) throw notFound(id);
      return { purchase, payments: await paymentsOf(on, id) };
    });
  }

  /** The page is asked for outside of any transaction; a silence leaves the payment unknown, and is said. */
  private async toPage(actor: Actor, id: string): Promise<PurchaseView> {
    const { payments } = await this.seen(actor, id);
    for (const payment of payments)
      if (payment.state === 'UNKNOWN' && !payment.sessionRef) await this.asking.ask(payment.id);
    const view = await this.get(actor, id);
    if (view.payments.some(({ state }) => state === 'UNKNOWN') && view.checkoutUrl === null)
      throw PaymentProblems.providerSilent(
        'Nothing was charged twice: send the same request again in a minute.',
      );
    return view;
  }

  private async insert(
    tx: Tx,
    {
      id,
      personId,
      product,
      body,
      hash,
    }: { id: string; personId: string; product: ProductView; body: PutPurchase; hash: string },
  ): Promise<void> {
    const price: Amount = { unit: product.price.unit, minor: BigInt(product.price.minor) };
    if (await findPurchase(tx, id)) return;
    const { promotionCodeId, discount } = await this.promotions.take(
      tx,
      body.promotionCode,
      price,
      product.networkId,
    );
    const total = subtract(price, discount);
    if (total.minor > 0n) payable({ amount: total });
    else if (body.renews) throw PurchaseProblems.notRenewable('What costs nothing is taken once.');
    const now = this.desk.clock.now();
    const rows = await sql(
      tx,
      `INSERT INTO payments.purchases (id, person_id, network_id, kind, product_id, name, unit, price_minor,
         discount_minor, total_minor, promotion_code_id, state, state_at, request_hash, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'OPEN', $12, $13, $12)
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [
        id,
        personId,
        product.networkId,
        body.renews ? 'RENEWING' : 'ONCE',
        product.id,
        product.name,
        price.unit,
        price.minor,
        discount.minor,
        total.minor,
        promotionCodeId,
        now.toString(),
        hash,
      ],
    );
    if (rows.length === 0) return;
    await this.firstPayment(tx, { id, personId, networkId: product.networkId, total });
  }

  /** What costs nothing is paid at once, and asks nobody. */
  private async firstPayment(
    tx: Tx,
    of: Pick<Purchase, 'id' | 'personId' | 'networkId' | 'total'>,
  ): Promise<void> {
    const { id: purchaseId, total: amount, ...owner } = of;
    const id = derivedId(purchaseId, 'payment 1');
    await insertPayment(tx, { id, purchaseId, amount, ...owner }, this.desk.clock.now());
    if (amount.minor === 0n) await this.truth.write(tx, id, { state: 'SUCCEEDED', amount, method: 'none' });
  }

  private async reopen(tx: Tx, purchase: Purchase, payments: readonly Payment[]): Promise<void> {
    const { id: purchaseId, personId, networkId, total: amount } = purchase;
    const id = derivedId(purchaseId, `payment ${payments.length + 1}`);
    await insertPayment(tx, { id, purchaseId, personId, networkId, amount }, this.desk.clock.now());
    await sql(
      tx,
      `UPDATE payments.purchases SET state = 'OPEN', state_at = $2 WHERE id = $1 AND state IN ('FAILED', 'EXPIRED')`,
      [purchaseId, this.desk.clock.now().toString()],
    );
  }
}

/** One period that is bought again and again; a pass of many periods is bought once. */
function checkForSale(product: ProductView, { renews }: PutPurchase): void {
  if (product.audience !== 'EVERYBODY')
    throw PurchaseProblems.notForSale('It is issued to whom it is meant for. Ask the network.');
  if (!renews) return;
  const isOnePeriod = product.periodMonths !== null && product.validDays <= product.periodMonths * 31;
  if (!isOnePeriod)
    throw PurchaseProblems.notRenewable('Only a pass of one period renews itself. Buy this one once.');
}

export function notFound(id: string) {
  return PurchaseProblems.notFound(`There is no purchase ${id}. Your own are in GET /v1/purchases.`);
}
