import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql } from '../support/app.js';
import { lastMail } from '../support/make-identity.js';
import { productBody } from '../support/make-passes.js';
import {
  answerBank,
  buy,
  MONTHLY,
  openShop,
  openTill,
  payOn,
  settleMoney,
  tellProvider,
  type Shop,
  type Till,
} from '../support/make-payments.js';

const DAY = 86_400;

let till: Till;
let shop: Shop;
beforeAll(async () => {
  till = await openTill();
});
beforeEach(async () => {
  await emptyDatabase();
  till.sandbox.faults.clear();
  await tellProvider(till);
  shop = await openShop(till.app, MONTHLY);
});
afterAll(() => till.close());

const begin = async (number?: string) => {
  const { id, url } = await buy(shop, { renews: true });
  await payOn(url, number ? { number } : {});
  await settleMoney(till);
  return id;
};
const subscription = async () => (await shop.buyer.agent.get('/v1/subscriptions').expect(200)).body.items[0];
const passes = async () => (await shop.buyer.agent.get('/v1/passes').expect(200)).body.items.length;
const paid = async (id: string) =>
  (await shop.buyer.agent.get(`/v1/purchases/${id}`).expect(200)).body.payments.map(
    ({ state, amount }: { state: string; amount: { minor: number } }) => `${state} ${amount.minor}`,
  );
const nextMonth = async () => {
  till.sandbox.advance(31 * DAY);
  await settleMoney(till);
};

describe('a pass that renews itself', () => {
  it('is paid and issued anew for each period, until it is canceled at the end of one', async () => {
    const id = await begin();
    expect(await subscription()).toMatchObject({
      id,
      state: 'ACTIVE',
      isEnding: false,
      price: { minor: 9_000 },
    });
    await nextMonth();
    expect(await paid(id)).toEqual(['SUCCEEDED 9000', 'SUCCEEDED 9000']);
    expect(await passes()).toBe(2);
    await shop.buyer.agent.put(`/v1/subscriptions/${id}/cancellation`).expect(200);
    expect(await subscription()).toMatchObject({ state: 'ACTIVE', isEnding: true });
    await shop.buyer.agent.delete(`/v1/subscriptions/${id}/cancellation`).expect(200);
    await shop.buyer.agent.put(`/v1/subscriptions/${id}/cancellation`).expect(200);
    await nextMonth();
    expect(await subscription()).toMatchObject({ state: 'ENDED' });
    expect(await passes()).toBe(2);
    const { body } = await shop.buyer.agent.put(`/v1/subscriptions/${id}/pause`).expect(409);
    expect(body.code).toBe('subscription.over');
  });

  it('costs nothing while it is paused', async () => {
    const id = await begin();
    expect((await shop.buyer.agent.put(`/v1/subscriptions/${id}/pause`).expect(200)).body.state).toBe(
      'PAUSED',
    );
    await nextMonth();
    expect(await passes()).toBe(1);
    expect((await shop.buyer.agent.delete(`/v1/subscriptions/${id}/pause`).expect(200)).body.state).toBe(
      'ACTIVE',
    );
    await nextMonth();
    expect(await paid(id)).toEqual(['SUCCEEDED 9000', 'SUCCEEDED 9000']);
  });

  it('that cannot be collected is tried again, told each time, and ends after the last try', async () => {
    const id = await begin('4000000000000341');
    await nextMonth();
    expect(await subscription()).toMatchObject({ state: 'PAST_DUE' });
    expect((await lastMail(shop.buyer.email))!.text).toContain('/me/');
    for (const days of [3, 5, 7]) {
      till.sandbox.advance(days * DAY);
      await settleMoney(till);
    }
    expect(await subscription()).toMatchObject({ state: 'ENDED' });
    expect(await passes()).toBe(1);
    expect((await paid(id)).toSorted()).toEqual(['FAILED 9000', 'SUCCEEDED 9000']);
  });

  it('changed to another pass in the middle pays the difference with the next invoice', async () => {
    const id = await begin();
    const dearer = newId();
    await shop.admin
      .put(`/v1/products/${dearer}`)
      .send(productBody({ networkId: shop.networkId, ...MONTHLY, price: { unit: 'EUR', minor: 18_000 } }))
      .expect(200);
    till.sandbox.advance(15 * DAY);
    await shop.buyer.agent.put(`/v1/subscriptions/${id}/product`).send({ productId: dearer }).expect(200);
    till.sandbox.advance(16 * DAY);
    await settleMoney(till);
    const second = (await paid(id)).find((payment: string) => payment !== 'SUCCEEDED 9000');
    const minor = Number(String(second).split(' ')[1]);
    // 180.00 for the new month, and what was left of the old one at twice the price: half of 90.00, about
    expect(minor).toBeGreaterThan(18_000 + 4_000);
    expect(minor).toBeLessThan(18_000 + 5_000);
    const wrong = await shop.buyer.agent
      .put(`/v1/subscriptions/${newId()}/product`)
      .send({ productId: dearer });
    expect(wrong.body.code).toBe('subscription.not_found');
  });
});

describe('a code', () => {
  const code = (more = {}) => ({
    networkId: shop.networkId,
    code: 'region-sud',
    percent: 40,
    usesMax: 1,
    validUntil: '2026-12-31',
    ...more,
  });

  it('lowers the price as often as it may, and once for the last use however many try', async () => {
    await shop.admin.put(`/v1/promotion-codes/${newId()}`).send(code()).expect(200);
    const taken = await shop.admin
      .put(`/v1/promotion-codes/${newId()}`)
      .send(code({ percent: 50 }))
      .expect(409);
    expect(taken.body.code).toBe('promotion_code.taken');
    const order = { productId: shop.productId, startsAtOnce: true, promotionCode: 'REGION-SUD' };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => shop.buyer.agent.put(`/v1/purchases/${newId()}`).send(order)),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 200)!.body).toMatchObject({
      discount: { minor: 3_600 },
      total: { minor: 5_400 },
    });
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('promotion_code.unusable');
    const unknown = await shop.buyer.agent
      .put(`/v1/purchases/${newId()}`)
      .send({ ...order, promotionCode: 'NOBODY' })
      .expect(404);
    expect(unknown.body.code).toBe('promotion_code.not_found');
  });

  it('of a sponsor who pays all of it issues the pass at once, and asks no card', async () => {
    await shop.admin
      .put(`/v1/promotion-codes/${newId()}`)
      .send(code({ percent: 100 }))
      .expect(200);
    const { id, url } = await buy(shop, { promotionCode: 'region-sud' });
    expect(url).toBeNull();
    await settleMoney(till);
    expect(await passes()).toBe(1);
    const [pass] = (await shop.buyer.agent.get('/v1/passes').expect(200)).body.items;
    expect(pass.price).toEqual({ unit: 'EUR', minor: 9_000 }); // the sponsor pays it
    expect((await shop.buyer.agent.get(`/v1/purchases/${id}`)).body.state).toBe('PAID');
    const list = await shop.admin.get(`/v1/promotion-codes?networkId=${shop.networkId}`).expect(200);
    expect(list.body.items).toMatchObject([{ code: 'REGION-SUD', uses: 1 }]);
  });
});

describe('ways to pay', () => {
  const methods = async () => (await shop.buyer.agent.get('/v1/payment-methods').expect(200)).body.items;
  const leave = async (number: string) => {
    const { body } = await shop.buyer.agent.put(`/v1/payment-method-setups/${newId()}`).expect(200);
    return { url: body.url as string, ...(await payOn(body.url, { number })) };
  };

  it('are left on the provider’s page, chosen and taken away, and are nobody else’s', async () => {
    expect(await methods()).toEqual([]);
    await leave('4242424242424242');
    const asked = await leave('4000002500003155');
    await answerBank(asked.url, 'confirm');
    expect(await methods()).toMatchObject([{ last4: '3155' }, { last4: '4242' }]);
    const [, visa] = await methods();
    await shop.buyer.agent.put(`/v1/payment-methods/${visa.id}/choice`).expect(200);
    expect((await methods()).find(({ isDefault }: { isDefault: boolean }) => isDefault).last4).toBe('4242');
    const stranger = (await openShop(till.app)).buyer.agent;
    const { body } = await stranger.delete(`/v1/payment-methods/${visa.id}`).expect(404);
    expect(body.code).toBe('payment_method.not_found');
    await shop.buyer.agent.delete(`/v1/payment-methods/${visa.id}`).expect(200);
    expect(await methods()).toMatchObject([{ last4: '3155' }]);
  });

  it('that the provider refuses are refused here, and its silence is said', async () => {
    const id = await begin();
    till.sandbox.faults.plan({ method: 'POST', path: '/v1/subscriptions', kind: 'error', times: 3 });
    const silent = await shop.buyer.agent.put(`/v1/subscriptions/${id}/pause`).expect(503);
    expect(silent.body.code).toBe('payment.provider_silent');
    await ownerSql(`UPDATE payments.subscriptions SET provider_ref = 'sub_gone'`);
    const refused = await shop.buyer.agent.put(`/v1/subscriptions/${id}/pause`).expect(409);
    expect(refused.body.code).toBe('payment.refused');
  });
});
