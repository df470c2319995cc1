import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Stripe } from 'stripe';
import request from 'supertest';
import { Temporal } from '../../src/kernel/time.js';
import { emptyDatabase, ownerSql } from '../support/app.js';
import {
  buy,
  openShop,
  openTill,
  payOn,
  settleMoney,
  tellProvider,
  type Shop,
  type Till,
} from '../support/make-payments.js';

const FOLDER = path.resolve('../shared/data/stripe');
const nowSeconds = () => Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);

let till: Till;
let shop: Shop;
let secret: string;
beforeAll(async () => {
  till = await openTill();
});
beforeEach(async () => {
  await emptyDatabase();
  till.sandbox.faults.clear();
  await tellProvider(till);
  secret = till.sandbox.store.hidden.secrets[till.sandbox.store.all('webhook_endpoint')[0]!.id]!;
  shop = await openShop(till.app);
});
afterAll(() => till.close());

const event = (more: Record<string, unknown> = {}) => ({
  id: 'evt_1',
  object: 'event',
  type: 'plan.created',
  created: nowSeconds(),
  livemode: false,
  data: { object: { id: 'plan_1', object: 'plan' } },
  ...more,
});
const send = (payload: string, signature: string) =>
  request(till.app.getHttpServer())
    .post('/v1/provider-events')
    .set('content-type', 'application/json')
    .set('stripe-signature', signature)
    .send(payload);
const signed = (payload: string, how: { timestamp?: number; secret?: string } = {}) =>
  send(payload, Stripe.webhooks.generateTestHeaderString({ payload, secret, ...how }));
const stored = () =>
  ownerSql<{ type: string; state: string }>('SELECT type, state FROM payments.provider_events');

describe('an event of the provider', () => {
  it('is refused when it is forged, changed, old, from the future, no event, or for another account', async () => {
    const payload = JSON.stringify(event());
    const refused = async (answer: request.Test) => (await answer.expect(400)).body.code;
    expect(await refused(signed(payload, { secret: 'whsec_other' }))).toBe('provider_event.not_signed');
    const header = Stripe.webhooks.generateTestHeaderString({ payload, secret });
    expect(await refused(send(JSON.stringify(event({ id: 'evt_2' })), header))).toBe(
      'provider_event.not_signed',
    );
    expect(await refused(send(payload, ''))).toBe('provider_event.not_signed');
    expect(await refused(signed(payload, { timestamp: nowSeconds() - 301 }))).toBe('provider_event.too_old');
    expect(await refused(signed(payload, { timestamp: nowSeconds() + 330 }))).toBe(
      'provider_event.from_the_future',
    );
    expect(await refused(signed('{"id":"x"}'))).toBe('provider_event.not_an_event');
    expect(await refused(signed(JSON.stringify(event({ account: 'acct_other' }))))).toBe(
      'provider_event.wrong_account',
    );
    expect(await refused(signed(JSON.stringify(event({ livemode: true }))))).toBe(
      'provider_event.wrong_account',
    );
    expect(await stored()).toEqual([]);
  });

  it('is taken while a new secret takes the place of the old one, when either fits', async () => {
    const payload = JSON.stringify(event());
    const timestamp = nowSeconds();
    const both = ['whsec_old', secret].map((key) =>
      Stripe.webhooks.generateTestHeaderString({ payload, secret: key, timestamp }).replace(/^t=\d+,/, ''),
    );
    expect((await send(payload, `t=${timestamp},${both.join(',')}`)).status).toBe(200);
  });

  it('of an unknown type is kept', async () => {
    await signed(JSON.stringify(event())).expect(200);
    await settleMoney(till);
    expect(await stored()).toContainEqual({ type: 'plan.created', state: 'KEPT' });
  });

  it('told five times is one row and one effect', async () => {
    const { url } = await buy(shop);
    till.sandbox.faults.events.mode = 'twice';
    await payOn(url);
    await settleMoney(till);
    for (const { id } of till.sandbox.store.all('event'))
      for (let n = 0; n < 3; n += 1) till.sandbox.api.events.resend(id);
    await settleMoney(till);
    expect((await shop.buyer.agent.get('/v1/passes').expect(200)).body.items).toHaveLength(1);
    const rows = await ownerSql<{ n: number }>(
      'SELECT count(*)::int AS n FROM ledger.transfers WHERE reason = $1',
      ['provider paid'],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('in the wrong order ends the same', async () => {
    till.sandbox.faults.events.mode = 'reordered';
    const { id, url } = await buy(shop);
    await payOn(url, { number: '4000000000000002' });
    await payOn(url);
    till.sandbox.api.events.release();
    await settleMoney(till);
    expect((await shop.buyer.agent.get(`/v1/purchases/${id}`).expect(200)).body).toMatchObject({
      state: 'PAID',
      payments: [{ state: 'SUCCEEDED' }],
    });
  });

  it('that is lost is made up for by one look at the provider’s books', async () => {
    till.sandbox.faults.events.mode = 'lost';
    const bought = [await buy(shop), await buy(shop), await buy(shop)];
    for (const { url } of bought) await payOn(url);
    await settleMoney(till);
    const states = await ownerSql<{ state: string }>('SELECT DISTINCT state FROM payments.purchases');
    expect(states).toEqual([{ state: 'PAID' }]);
    const [clearing] = await ownerSql<{ left: string }>(
      `SELECT (credits - debits)::text AS left FROM ledger.accounts WHERE kind = 'provider_clearing'`,
    );
    expect(clearing!.left).toBe('0');
  });
});

describe('the events that Stripe publishes', () => {
  const files = existsSync(FOLDER)
    ? readdirSync(FOLDER).filter((name) => name.endsWith('.json') && !name.startsWith('fixtures'))
    : [];
  if (files.length === 0) console.warn('SKIPPED: no published events beside the repository.');

  it('are all taken, kept once, and change nothing of ours', async () => {
    for (const name of files) {
      const published = JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as Record<string, unknown>;
      const payload = JSON.stringify({ ...published, id: `evt_${name}`, livemode: false });
      for (let times = 0; times < 2; times += 1) await signed(payload).expect(200);
    }
    await settleMoney(till);
    const rows = await stored();
    expect(rows).toHaveLength(files.length);
    expect(rows.every(({ state }) => state === 'KEPT')).toBe(true);
    expect(await ownerSql('SELECT FROM payments.payments')).toEqual([]);
  });
});
