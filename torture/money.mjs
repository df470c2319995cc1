/** W: what the provider of payments tells, told twice, out of order, too late, or by somebody else. */
import { Stripe } from 'stripe';
import { newId } from '../dist/src/kernel/ids.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { ProviderEndpoints } from '../dist/src/payments/provider-endpoints.js';
import { pick, shuffled } from './faults.mjs';
import { until } from './processes.mjs';

const EVENTS_PATH = '/v1/provider-events';
const nowSeconds = () => Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);

/** Purchases that are written down, paid on the provider's page, and told of by nobody. */
async function paidPurchases({ stage, history, count }) {
  await stage.sandbox.control('events', { mode: 'lost' });
  const known = new Set((await stage.sandbox.all('events')).map(({ id }) => id));
  const ids = [];
  for (let number = 0; number < count; number += 1) {
    const { person } = stage.scene.nextCase();
    const id = newId();
    const body = { productId: stage.scene.soldId, startsAtOnce: true };
    const client = stage.clients[number % stage.clients.length];
    const { body: purchase } = await history.run({ kind: 'purchase', id }, () =>
      client.send('PUT', `/v1/purchases/${id}`, { token: person.token, body }),
    );
    await stage.sandbox.pay(purchase.checkoutUrl);
    ids.push(id);
  }
  const events = (await stage.sandbox.all('events')).filter(({ id }) => !known.has(id)).toReversed();
  await stage.sandbox.control('events', { mode: 'once' });
  return { ids, events };
}

/** One message to one of the processes, signed with a secret that the endpoint knows. */
function tell(stage, random, { payload, secret, header, timestamp }) {
  const signature =
    header ?? Stripe.webhooks.generateTestHeaderString({ payload, secret, ...(timestamp && { timestamp }) });
  return pick(random, stage.clients).send('POST', EVENTS_PATH, {
    raw: payload,
    headers: { 'stripe-signature': signature },
  });
}

const secretOf = async ({ app }) => (await app.get(ProviderEndpoints).secrets())[0];

const paidOf = async ({ ask }, ids) =>
  (
    await ask(
      `SELECT count(*)::int AS n FROM payments.purchases WHERE state = 'PAID' AND pass_id IS NOT NULL AND id = ANY ($1)`,
      [ids],
    )
  )[0].n;

async function effectsOf({ stage, ids }) {
  const [found] = await stage.ask(
    `SELECT count(DISTINCT p.id)::int AS payments, count(t.id)::int AS posted,
       (SELECT count(*)::int FROM passes.passes pass JOIN payments.purchases s ON s.pass_id = pass.id WHERE s.id = ANY ($1)) AS passes
     FROM payments.payments p LEFT JOIN ledger.transfers t ON t.group_id = p.id AND t.reason = 'provider paid'
     WHERE p.purchase_id = ANY ($1) AND p.state = 'SUCCEEDED'`,
    [ids],
  );
  return Object.entries(found)
    .filter(([, count]) => count !== ids.length)
    .map(([what, count]) => `${count} ${what} of ${ids.length} purchases`);
}

/** Told as the plan says, in the order given, eight at a time. */
async function tellAll({ stage, random, events }) {
  const secret = await secretOf(stage);
  const left = [...events];
  const statuses = [];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let event = left.shift(); event; event = left.shift())
        statuses.push((await tell(stage, random, { payload: JSON.stringify(event), secret })).status);
    }),
  );
  return statuses.filter((status) => status !== 200).length;
}

export const W1 = {
  id: 'W1',
  promise: 'an event of the provider told one to five times has one effect',
  smoke: { purchases: 20 },
  full: { purchases: 250 },
  async run({ stage, history, random, amount: { purchases } }) {
    const { ids, events } = await paidPurchases({ stage, history, count: purchases });
    const told = shuffled(
      random,
      events.flatMap((event) => Array.from({ length: 1 + Math.floor(random() * 5) }, () => event)),
    );
    const refused = await tellAll({ stage, random, events: told });
    await until('all purchases are paid', async () => (await paidOf(stage, ids)) === ids.length, 180_000);
    const wrong = await effectsOf({ stage, ids });
    if (refused > 0) wrong.push(`${refused} tellings were refused`);
    const repeated = told.length - events.length;
    return {
      wrong,
      figure: `${events.length} events told ${told.length} times, ${purchases} purchases paid once each`,
      coverage: { events: [events.length, 3 * purchases], repeated: [repeated, events.length] },
    };
  },
};

export const W2 = {
  id: 'W2',
  promise: 'events of the provider in any order end as in order',
  smoke: { purchases: 4 },
  full: { purchases: 120 },
  async run({ stage, history, random, amount: { purchases } }) {
    const { ids, events } = await paidPurchases({ stage, history, count: purchases });
    const orders = new Set();
    for (const id of ids) {
      const own = events.filter((event) => JSON.stringify(event).includes(id));
      const order = shuffled(random, own);
      orders.add(order.map((event) => own.indexOf(event)).join());
      await tellAll({ stage, random, events: order });
    }
    await until('all purchases are paid', async () => (await paidOf(stage, ids)) === ids.length, 180_000);
    return {
      wrong: await effectsOf({ stage, ids }),
      figure: `${purchases} purchases, their events in ${orders.size} different orders`,
      coverage: { orders: [orders.size, Math.min(6, purchases)] },
    };
  },
};

export const W3 = {
  id: 'W3',
  promise: 'an event that comes before our own answer is stored leaves no orphan and no double',
  smoke: { purchases: 5 },
  full: { purchases: 60 },
  async run({ stage, history, random, amount: { purchases } }) {
    const ids = [];
    await stage.sandbox.control('events', { mode: 'twice' });
    for (let number = 0; number < purchases; number += 1) {
      // the session is made, told of and its answer lost: the purchase is found by asking
      await stage.sandbox.control('faults', { kind: 'drop', path: '/v1/checkout/sessions', times: 1 });
      const { person } = stage.scene.nextCase();
      const id = newId();
      const body = { productId: stage.scene.soldId, startsAtOnce: true };
      const answer = await history.run({ kind: 'purchase', id }, () =>
        pick(random, stage.clients).send('PUT', `/v1/purchases/${id}`, { token: person.token, body }),
      );
      if (answer.status === 200) await stage.sandbox.pay(answer.body.checkoutUrl);
      ids.push(id);
    }
    await stage.sandbox.control('clear');
    await until('all purchases are paid', async () => (await paidOf(stage, ids)) === ids.length, 180_000);
    return {
      wrong: await effectsOf({ stage, ids }),
      figure: `${purchases} sessions whose answer was lost, each purchase paid once`,
      coverage: { purchases: [ids.length, purchases] },
    };
  },
};

export const W4 = {
  id: 'W4',
  promise: 'events that are lost are made up for by one look at the provider’s books',
  smoke: { purchases: 10 },
  full: { purchases: 150 },
  async run({ stage, history, random, amount: { purchases } }) {
    const { ids, events } = await paidPurchases({ stage, history, count: purchases });
    const lost = new Set(ids.filter(() => random() < 0.3));
    const kept = events.filter((event) => ![...lost].some((id) => JSON.stringify(event).includes(id)));
    await tellAll({ stage, random, events: kept });
    await until('all purchases are paid', async () => (await paidOf(stage, ids)) === ids.length, 240_000);
    const clearing = () =>
      stage.ask(
        `SELECT id::text FROM ledger.accounts WHERE kind = 'provider_clearing' AND credits <> debits`,
      );
    await until('the clearing account is zero', async () => (await clearing()).length === 0, 180_000);
    return {
      wrong: await effectsOf({ stage, ids }),
      figure: `the events of ${lost.size} of ${purchases} purchases lost; all paid, the clearing account is zero`,
      coverage: { lost: [lost.size, Math.max(1, Math.floor(purchases / 10))] },
    };
  },
};

export const W5 = {
  id: 'W5',
  promise: 'a message that the provider did not sign, now and for us, changes nothing',
  smoke: { rounds: 2 },
  full: { rounds: 20 },
  async run({ stage, random, amount: { rounds } }) {
    const secret = await secretOf(stage);
    const wrong = [];
    const seen = { refused: 0, taken: 0 };
    const [before] = await stage.ask('SELECT count(*)::int AS n FROM payments.provider_events');
    for (let round = 0; round < rounds; round += 1)
      for (const [name, message] of Object.entries(forgeries(secret))) {
        const { status, body } = await tell(stage, random, { secret, ...message });
        const expected = message.code ?? 'taken';
        const was = status === 200 ? 'taken' : body?.code;
        if (was !== expected) wrong.push(`${name}: ${was}, not ${expected}`);
        seen[status === 200 ? 'taken' : 'refused'] += 1;
      }
    const [after] = await stage.ask('SELECT count(*)::int AS n FROM payments.provider_events');
    if (after.n - before.n !== seen.taken)
      wrong.push(`${after.n - before.n} events kept of ${seen.taken} good ones`);
    return {
      wrong,
      figure: `${seen.refused} refused of ${seen.refused}, ${seen.taken} good ones taken`,
      coverage: { refused: [seen.refused, 12 * rounds], taken: [seen.taken, 2 * rounds] },
    };
  },
};

export const W6 = {
  id: 'W6',
  promise: 'an event whose answer the provider never got, and which it tells again, has one effect',
  smoke: { purchases: 5 },
  full: { purchases: 60 },
  async run({ stage, history, random, amount: { purchases } }) {
    const { ids, events } = await paidPurchases({ stage, history, count: purchases });
    for (const line of stage.lines.api) line.set({ cutAfter: 1 });
    const unanswered = await tellAll({ stage, random, events });
    for (const line of stage.lines.api) line.heal();
    const refused = await tellAll({ stage, random, events: shuffled(random, events) });
    await until('all purchases are paid', async () => (await paidOf(stage, ids)) === ids.length, 180_000);
    const wrong = await effectsOf({ stage, ids });
    if (refused > 0) wrong.push(`${refused} tellings were refused`);
    return {
      wrong,
      figure: `${unanswered} of ${events.length} answers cut, all told again, ${purchases} purchases paid once each`,
      coverage: { unanswered: [unanswered, events.length] },
    };
  },
};

/** Each message with the refusal that it deserves; those without one are good. */
function forgeries(secret) {
  const event = (more = {}) => ({
    id: `evt_${newId()}`,
    object: 'event',
    type: 'plan.created',
    created: nowSeconds(),
    livemode: false,
    data: { object: { id: 'plan_1', object: 'plan' } },
    ...more,
  });
  const text = (more) => JSON.stringify(event(more));
  const payload = text();
  const good = Stripe.webhooks.generateTestHeaderString({ payload, secret });
  const timestamp = nowSeconds();
  const signedBy = (key) =>
    Stripe.webhooks.generateTestHeaderString({ payload, secret: key, timestamp }).replace(/^t=\d+,/, '');
  const notSigned = 'provider_event.not_signed';
  return {
    'a good one': { payload: text() },
    'two signatures, one of them good': {
      payload,
      header: `t=${timestamp},${signedBy('whsec_old')},${signedBy(secret)}`,
    },
    'another secret': { payload: text(), secret: 'whsec_other', code: notSigned },
    'no signature': { payload: text(), header: '', code: notSigned },
    'a signature that is none': { payload: text(), header: `t=${timestamp},v1=00`, code: notSigned },
    'the signature of another message': { payload: text(), header: good, code: notSigned },
    'the same object, written otherwise': {
      payload: JSON.stringify(JSON.parse(payload), null, 2),
      header: good,
      code: notSigned,
    },
    'one byte changed': { payload: payload.replace('plan_1', 'plan_2'), header: good, code: notSigned },
    'another scheme': { payload, header: good.replace('v1=', 'v0='), code: notSigned },
    'another moment than the signed one': {
      payload,
      header: good.replace(/t=\d+/, `t=${timestamp - 1}`),
      code: notSigned,
    },
    'too old': { payload: text(), timestamp: nowSeconds() - 330, code: 'provider_event.too_old' },
    'from the future': {
      payload: text(),
      timestamp: nowSeconds() + 330,
      code: 'provider_event.from_the_future',
    },
    'no event': { payload: '{"id":"x"}', code: 'provider_event.not_an_event' },
    'of another account': { payload: text({ account: 'acct_other' }), code: 'provider_event.wrong_account' },
    'of the other mode': { payload: text({ livemode: true }), code: 'provider_event.wrong_account' },
  };
}
