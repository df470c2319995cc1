import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql } from '../support/app.js';
import {
  answerBank,
  buy,
  openShop,
  openTill,
  payOn,
  settleMoney,
  tellProvider,
  type Shop,
  type Till,
} from '../support/make-payments.js';

let till: Till;
let shop: Shop;
beforeAll(async () => {
  till = await openTill();
});
beforeEach(async () => {
  await emptyDatabase();
  till.sandbox.faults.clear();
  await tellProvider(till);
  shop = await openShop(till.app);
});
afterAll(() => till.close());

const purchase = async (id: string) => (await shop.buyer.agent.get(`/v1/purchases/${id}`).expect(200)).body;
const passes = async () => (await shop.buyer.agent.get('/v1/passes').expect(200)).body.items;
const clearing = () =>
  ownerSql<{ left: string }>(
    `SELECT (credits - debits)::text AS left FROM ledger.accounts WHERE kind = 'provider_clearing'`,
  );

describe('buying a pass', () => {
  it('leads to the provider’s page, and a payment there issues one pass, at the price that was paid', async () => {
    const { id, url } = await buy(shop);
    expect(url).toMatch(/\/pay\/cs_test_/);
    expect((await purchase(id)).state).toBe('OPEN');
    const { to } = await payOn(url);
    expect(to).toMatch(new RegExp(`/me/money/purchases/${id}$`));
    await settleMoney(till);
    const paid = await purchase(id);
    expect(paid).toMatchObject({ state: 'PAID', checkoutUrl: null, withdrawUntil: '2026-12-15' });
    expect(paid.payments).toMatchObject([{ state: 'SUCCEEDED', amount: { unit: 'EUR', minor: 15_000 } }]);
    expect(await passes()).toMatchObject([
      { id: paid.passId, price: { unit: 'EUR', minor: 15_000 }, state: 'ISSUED' },
    ]);
  });

  it('leaves one receipt per payment, numbered without a gap, on paper as well', async () => {
    for (const { url } of [await buy(shop), await buy(shop)]) await payOn(url);
    await settleMoney(till);
    await settleMoney(till);
    const { items } = (await shop.buyer.agent.get('/v1/receipts').expect(200)).body;
    const numbers = items.map(({ number }: { number: string }) => number.slice(-6)).toSorted();
    expect(numbers).toEqual(['000001', '000002']);
    expect(items[0]).toMatchObject({ kind: 'RECEIPT', paid: { unit: 'EUR', minor: 15_000 } });
    const { body } = await shop.buyer.agent.get(`/v1/receipts/${items[0].id}/pdf`).expect(200);
    expect(Buffer.from(body).toString('latin1').startsWith('%PDF')).toBe(true);
  });

  it('asked for again is the same purchase, the same page and one charge', async () => {
    const { id, url, body } = await buy(shop);
    const order = { productId: shop.productId, startsAtOnce: true };
    const again = await shop.buyer.agent.put(`/v1/purchases/${id}`).send(order).expect(200);
    expect(again.body).toEqual(body);
    await shop.buyer.agent
      .put(`/v1/purchases/${id}`)
      .send({ ...order, renews: true, productId: newId() })
      .expect(404);
    await payOn(url);
    await payOn(url);
    await settleMoney(till);
    expect(await passes()).toHaveLength(1);
    expect(
      till.sandbox.store.all('charge').filter(({ metadata }) => metadata['purchaseId'] === id),
    ).toHaveLength(1);
  });

  it('leaves the clearing account at zero once the provider’s books show the money', async () => {
    const { url } = await buy(shop);
    await payOn(url);
    await settleMoney(till);
    expect(await clearing()).toEqual([{ left: '0' }]);
  });

  it('goes on after a card was declined, with another one', async () => {
    const { id, url } = await buy(shop);
    expect((await payOn(url, { number: '4000000000000002' })).page).toContain('declined');
    await settleMoney(till);
    expect((await purchase(id)).state).toBe('OPEN');
    await payOn(url);
    await settleMoney(till);
    expect((await purchase(id)).state).toBe('PAID');
  });

  it('waits for the bank to confirm, when the card’s holder is asked', async () => {
    const { id, url } = await buy(shop);
    expect((await payOn(url, { number: '4000002500003155' })).page).toContain('/authentication');
    await settleMoney(till);
    expect((await purchase(id)).payments[0].state).toBe('PENDING');
    expect((await answerBank(url, 'refuse')).page).toContain('declined');
    await payOn(url, { number: '4000002500003155' });
    await answerBank(url, 'confirm');
    await settleMoney(till);
    expect((await purchase(id)).state).toBe('PAID');
  });

  it('is pending while a debit is on its way, and paid or failed when the bank has said so', async () => {
    const good = await buy(shop);
    const bad = await buy(shop);
    await payOn(good.url, { iban: 'AT61 1904 3002 3457 3201' });
    await payOn(bad.url, { iban: 'AT86 1904 3002 3547 3202' });
    await settleMoney(till);
    expect((await purchase(good.id)).payments[0].state).toBe('PENDING');
    till.sandbox.advance(90);
    await settleMoney(till);
    expect((await purchase(good.id)).state).toBe('PAID');
    expect((await purchase(bad.id)).state).toBe('FAILED');
    expect(await passes()).toHaveLength(1);
  });
});

describe('what cannot be bought', () => {
  const refused = async (body: Record<string, unknown>, status: number, agent = shop.buyer.agent) =>
    (
      await agent
        .put(`/v1/purchases/${newId()}`)
        .send({ productId: shop.productId, startsAtOnce: true, ...body })
        .expect(status)
    ).body.code;

  it('says why: a pass that ends, one that is not for everybody, a currency or an amount without a rule', async () => {
    const at = async (product: Parameters<typeof openShop>[1], body = {}) => {
      const other = await openShop(till.app, product);
      return refused({ productId: other.productId, ...body }, 422);
    };
    expect(await refused({ renews: true }, 409)).toBe('purchase.not_renewable');
    expect(await at({ price: { unit: 'LYD', minor: 90_000 } })).toBe('payment.currency_unsupported');
    expect(await at({ price: { unit: 'TND', minor: 90_005 } })).toBe('payment.amount_not_payable');
    expect(await at({ price: { unit: 'EUR', minor: Number.MAX_SAFE_INTEGER } })).toBe(
      'payment.amount_too_large',
    );
    expect(await refused({ startsAtOnce: false }, 422)).toBe('request.invalid');
    const agents = await openShop(till.app);
    await ownerSql(`UPDATE passes.products SET audience = 'PUBLIC_AGENTS' WHERE id = $1`, [agents.productId]);
    expect(await refused({ productId: agents.productId }, 409)).toBe('purchase.not_for_sale');
    expect(await ownerSql('SELECT FROM payments.purchases')).toEqual([]);
  });

  it('is nobody else’s to see, to pay or to give back', async () => {
    const { id } = await buy(shop);
    const stranger = (await openShop(till.app)).buyer.agent;
    for (const [method, at] of [
      ['get', ''],
      ['put', '/enquiry'],
      ['put', '/checkout'],
      ['put', '/withdrawal'],
    ] as const)
      expect((await stranger[method](`/v1/purchases/${id}${at}`).expect(404)).body.code).toBe(
        'purchase.not_found',
      );
  });
});

describe('a provider that does not answer', () => {
  it('leaves the payment unknown, says so, and the same request finds the page it had made', async () => {
    till.sandbox.faults.plan({ kind: 'drop', path: '/v1/checkout/sessions', times: 3 });
    const id = newId();
    const order = { productId: shop.productId, startsAtOnce: true };
    const { body } = await shop.buyer.agent.put(`/v1/purchases/${id}`).send(order).expect(503);
    expect(body.code).toBe('payment.provider_silent');
    expect((await purchase(id)).payments[0].state).toBe('UNKNOWN');
    const again = await shop.buyer.agent.put(`/v1/purchases/${id}`).send(order).expect(200);
    const sessions = till.sandbox.store.all('checkout.session');
    const ours = sessions.filter(({ client_reference_id: of }) => of === id);
    expect(ours).toHaveLength(1);
    expect(again.body.checkoutUrl).toBe(ours[0]!.url);
  });

  it('is asked again by the janitor, and before anything new is done', async () => {
    const { id, url } = await buy(shop);
    till.sandbox.faults.events.mode = 'lost';
    await payOn(url);
    await settleMoney(till);
    expect((await purchase(id)).state).toBe('PAID');

    const other = await buy(shop);
    await payOn(other.url);
    const { body } = await shop.buyer.agent.put(`/v1/purchases/${other.id}/checkout`).expect(409);
    expect(body.code).toBe('purchase.wrong_state');
    expect((await purchase(other.id)).state).toBe('PAID');
  });
});
