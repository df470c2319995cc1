import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Stripe } from 'stripe';
import { startSandbox, type Sandbox } from '../../src/payment-sandbox/index.js';
import { payOn } from '../support/make-payments.js';

const FIXTURES = path.resolve('../shared/data/stripe/fixtures3-2026.json');

let sandbox: Sandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await startSandbox();
  const { hostname, port } = new URL(sandbox.url);
  stripe = new Stripe('sk_test_x', {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    timeout: 1000,
  });
});
beforeEach(() => sandbox.faults.clear());
afterAll(() => sandbox.close());

const session = (customer: string, mode: 'payment' | 'subscription') =>
  stripe.checkout.sessions.create({
    mode,
    customer,
    success_url: 'https://example.org/done',
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: 'eur',
          unit_amount: 9_000,
          product_data: { name: 'A month' },
          ...(mode === 'subscription' ? { recurring: { interval: 'month' as const } } : {}),
        },
      },
    ],
  });
const intent = (idempotencyKey: string, amount = 2_000) =>
  stripe.paymentIntents.create(
    { amount, currency: 'eur', payment_method: 'pm_card_visa', confirm: true },
    { idempotencyKey },
  );

it('gives one answer for one key, and refuses the key with other words', async () => {
  const first = await intent('a');
  expect((await intent('a')).id).toBe(first.id);
  await expect(intent('a', 2_001)).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
});

it('does what it does not answer when told to hang up, and nothing when told to fall silent', async () => {
  const before = sandbox.store.all('payment_intent').length;
  sandbox.faults.plan({ kind: 'drop', path: '/v1/payment_intents', times: 2 }); // the client tries once more by itself
  await expect(intent('b')).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError);
  sandbox.faults.plan({ kind: 'timeout', path: '/v1/payment_intents', times: 2 });

  await expect(intent('c')).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError);
  expect(sandbox.store.all('payment_intent').length).toBe(before + 1);
  sandbox.faults.clear();
  await intent('b');
  expect(sandbox.store.all('payment_intent').length).toBe(before + 1);
});

it('refuses as Stripe does: a poor card, a card that must be asked, an amount, a currency, a stranger', async () => {
  const pay = (payment_method: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
    stripe.paymentIntents.create({
      amount: 2_000,
      currency: 'eur',
      payment_method,
      confirm: true,
      off_session: true,
      ...more,
    });
  await expect(pay('pm_card_chargeDeclinedInsufficientFunds')).rejects.toMatchObject({
    decline_code: 'insufficient_funds',
  });
  await expect(pay('pm_card_authenticationRequired')).rejects.toMatchObject({
    code: 'authentication_required',
  });
  await expect(pay('pm_card_visa', { amount: 49 })).rejects.toMatchObject({ code: 'amount_too_small' });
  await expect(pay('pm_card_visa', { amount: 2 ** 53 })).rejects.toMatchObject({ code: 'amount_too_large' });
  await expect(pay('pm_card_visa', { currency: 'xxx' })).rejects.toMatchObject({ param: 'currency' });
  await expect(stripe.customers.retrieve('cus_gone')).rejects.toMatchObject({ code: 'resource_missing' });
});

it('answers in the shapes that Stripe publishes', async () => {
  if (!existsSync(FIXTURES)) {
    console.warn('SKIPPED: no published shapes beside the repository.');
    return;
  }
  const { resources } = JSON.parse(readFileSync(FIXTURES, 'utf8')) as {
    resources: Record<string, Record<string, unknown>>;
  };
  const customer = await stripe.customers.create({ email: 'a@example.org' });
  for (const mode of ['payment', 'subscription'] as const)
    await payOn((await session(customer.id, mode)).url!);
  const [charge] = sandbox.store.all('charge');
  await stripe.refunds.create({ payment_intent: charge!.payment_intent as string, amount: 100 });
  sandbox.api.disputes.open(charge!.id);
  const kinds = [
    'balance_transaction',
    'charge',
    'checkout.session',
    'customer',
    'dispute',
    'invoice',
    'payment_intent',
    'payment_method',
    'price',
    'refund',
    'subscription',
  ] as const;
  for (const kind of kinds) {
    const [made] = sandbox.store.all(kind);
    const differences = Object.entries(made!).filter(([key, value]) => {
      const published = resources[kind]![key];
      return (
        value !== null && published !== null && published !== undefined && typeof published !== typeof value
      );
    });
    expect([kind, differences]).toEqual([kind, []]);
    expect(made!.object).toBe(resources[kind]!['object']);
  }
});
