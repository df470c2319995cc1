import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { startSandbox, type Sandbox } from '../../src/payment-sandbox/index.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { PaymentJobs } from '../../src/payments/index.js';
import { ProviderEndpoints } from '../../src/payments/provider-endpoints.js';
import { ownerSql, startApp, TestClock } from './app.js';
import { deliverAll } from './deliver.js';
import { makePerson, type Agent } from './make-identity.js';
import { productBody, type ProductToMake } from './make-passes.js';
import { makeNetworkAdmin } from './make-reciprocity.js';
import { placeNetwork } from './place-rows.js';

export type Till = {
  readonly app: NestFastifyApplication;
  readonly sandbox: Sandbox;
  readonly clock: TestClock;
  readonly close: () => Promise<void>;
};

/** The application and a sandbox that knows its address: what the provider tells comes over HTTP, signed. */
export async function openTill(): Promise<Till> {
  const sandbox = await startSandbox();
  const clock = new TestClock();
  const app = await startApp({ clock, settings: { PAYMENT_SANDBOX_URL: sandbox.url } });
  await app.listen(0, '127.0.0.1');
  return {
    app,
    sandbox,
    clock,
    close: async () => {
      await app.close();
      await sandbox.close();
    },
  };
}

/** The provider learns the address anew: emptying the database forgets the secret. */
export async function tellProvider({ app }: Pick<Till, 'app'>): Promise<void> {
  await app.get(ProviderEndpoints, { strict: false }).register(await app.getUrl());
}

/** Until the provider has told everything and everything was done about it. */
export async function settleMoney({ app, sandbox }: Pick<Till, 'app' | 'sandbox'>): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    await sandbox.api.events.quiet();
    const done = (await deliverAll(app)) + (await runJobs(app));
    const swept = Object.values(await app.get(Sweeps).runAll());
    if (done === 0 && swept.every((count) => count === 0)) return;
  }
  await deliverAll(app);
}

/** What one round does is told of in the next; a pending payment is asked about in each of them. */
const ROUNDS_MAX = 4;

/** The first try of what waits for it, as the queue would do it; later ones are the sweeps'. */
async function runJobs(app: NestFastifyApplication): Promise<number> {
  const jobs = await ownerSql<{ what: string; id: string }>(
    `SELECT 'refund' AS what, id FROM payments.refunds WHERE state = 'PENDING' AND provider_ref IS NULL AND asks = 0
     UNION ALL
     SELECT 'charge', payment.id FROM payments.payments payment JOIN payments.purchases purchase
       ON purchase.id = payment.purchase_id AND purchase.kind = 'VISIT'
     WHERE payment.state = 'UNKNOWN' AND payment.session_ref IS NULL AND payment.intent_ref IS NULL AND payment.asks = 0`,
  );
  for (const job of jobs) await app.get(PaymentJobs, { strict: false }).run(job);
  return jobs.length;
}

/** What a browser does on the hosted page; answers where it leads, or what the page says next. */
export async function payOn(
  url: string,
  { number = '4242424242424242', iban }: { number?: string; iban?: string } = {},
): Promise<{ to: string | null; page: string }> {
  const form = iban
    ? { method: 'sepa_debit', iban }
    : { method: 'card', number, expiry: '12/34', cvc: '123' };
  return submit(url, form);
}

export function answerBank(url: string, answer: 'confirm' | 'refuse') {
  return submit(`${url}/authentication`, { answer });
}

async function submit(url: string, form: Record<string, string>) {
  const body = new URLSearchParams(form);
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  return { to: answer.headers.get('location'), page: await answer.text() };
}

export type Shop = {
  readonly network: Awaited<ReturnType<typeof placeNetwork>>;
  readonly networkId: string;
  readonly productId: string;
  readonly admin: Agent;
  readonly buyer: Awaited<ReturnType<typeof makePerson>>;
};

/** A network that sells a pass of ten days for 150.00, and somebody who wants one. */
export async function openShop(
  app: NestFastifyApplication,
  product: Partial<ProductToMake> = {},
): Promise<Shop> {
  const network = await placeNetwork(app);
  const networkId = network.id;
  const admin = await makeNetworkAdmin(app, networkId);
  const productId = newId();
  await admin
    .put(`/v1/products/${productId}`)
    .send(productBody({ networkId, ...product }))
    .expect(200);
  return { network, networkId, productId, admin, buyer: await makePerson(app) };
}

/** One period of a month, bought again at its end. */
export const MONTHLY = {
  kind: 'PERIOD',
  halfDays: 20,
  validDays: 30,
  periodMonths: 1,
  price: { unit: 'EUR', minor: 9_000 },
};

export async function buy(
  { buyer, productId }: Pick<Shop, 'buyer' | 'productId'>,
  more: { renews?: boolean; promotionCode?: string } = {},
) {
  const id = newId();
  const { body } = await buyer.agent
    .put(`/v1/purchases/${id}`)
    .send({ productId, startsAtOnce: true, ...more })
    .expect(200);
  return { id, url: body.checkoutUrl as string, body };
}
