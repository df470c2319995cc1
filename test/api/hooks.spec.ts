import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Webhook } from 'standardwebhooks';
import { DisputeChanged } from '../../src/payments/index.js';
import { newId } from '../../src/kernel/ids.js';
import { instantToDate } from '../../src/kernel/time.js';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { OutboxRelay } from '../../src/platform/outbox/relay.js';
import { namedScope } from '../../src/platform/scope.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import { makeNetwork } from '../support/make-directory.js';
import type { Agent } from '../support/make-identity.js';

type Received = { headers: IncomingHttpHeaders; body: string };
let app: NestFastifyApplication;
let receiver: Server;
let url: string;
let received: Received[] = [];
let answer = 204;
let network: { id: string; admin: Agent };
const clock = () => app.get<TestClock>(Clock);

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(answer, answer === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
  app = await startApp({ settings: { HOOKS_TO_PRIVATE: 'true' } });
  await emptyDatabase();
  network = await makeNetwork(app);
  await deliverAll(app);
});
afterAll(async () => {
  await app.close();
  receiver.close();
});
beforeEach(() => {
  clock().travelTo('2026-12-01T08:00:00Z');
  received = [];
  answer = 204;
});

const endpointBody = (over: object = {}) => ({
  organisationId: network.id,
  url,
  events: ['payments.dispute_changed.v1'],
  ...over,
});
async function makeEndpoint() {
  const [id, secretId] = [newId(), newId()];
  await network.admin.put(`/v1/webhook-endpoints/${id}`).send(endpointBody()).expect(200);
  const { body } = await network.admin.put(`/v1/webhook-endpoints/${id}/secrets/${secretId}`).expect(200);
  return {
    id,
    secret: body.secret as string,
    remove: () => network.admin.delete(`/v1/webhook-endpoints/${id}`),
  };
}
const write = (networkIds: string[]) =>
  app
    .get(Db)
    .tx(namedScope('operator'), (tx) =>
      app.get(Outbox).add(tx, DisputeChanged, { disputeId: newId() }, { actor: 'test', networkIds }),
    );
async function announce(networkIds = [network.id]) {
  await write(networkIds);
  await deliverAll(app);
}
const round = () => app.get(Sweeps).runAll();
const log = async (id: string) =>
  (await network.admin.get(`/v1/webhook-endpoints/${id}/deliveries`).expect(200)).body.items;
/** By the library of the specification, against the moment of the test's clock. */
function isSignedBy(secret: string, { headers, body }: Received): boolean {
  const at = instantToDate(clock().now());
  const signature = new Webhook(secret).sign(String(headers['webhook-id']), at, body);
  return String(headers['webhook-signature']).split(' ').includes(signature);
}

it('an event is sent once to whoever asked for it, signed, without what others do', async () => {
  const { id, secret, remove } = await makeEndpoint();
  const other = await makeNetwork(app);
  await announce();
  await announce([other.id]);
  await round();
  await round();
  expect(received).toHaveLength(1);
  expect(JSON.parse(received[0]!.body)).toMatchObject({
    type: 'payments.dispute_changed.v1',
    data: { disputeId: expect.any(String) },
  });
  expect(isSignedBy(secret, received[0]!)).toBe(true);
  const [delivery] = await log(id);
  expect(delivery).toMatchObject({ state: 'DELIVERED', attempts: [{ status: 204, error: null }] });
  expect(received[0]!.headers['webhook-id']).toBe(delivery.id);
  const stranger = await other.admin.get(`/v1/webhook-endpoints/${id}/deliveries`).expect(404);
  expect(stranger.body.code).toBe('webhook.not_found');
  await remove().expect(200);
});

it('an event makes a job of its own only where somebody asked for it', async () => {
  const { remove } = await makeEndpoint();
  const other = await makeNetwork(app);
  await deliverAll(app);
  for (const networkIds of [[network.id], [other.id]]) await write(networkIds);
  await app.get(OutboxRelay).passOn();
  const jobs = await ownerSql<{ id: string }>(`SELECT id FROM bullmq.job WHERE id LIKE 'hooks.deliver.%'`);
  expect(jobs).toHaveLength(1);
  await remove().expect(200);
});

it('what fails is tried again from a minute to days later, under the same id, and then no more', async () => {
  const { id, remove } = await makeEndpoint();
  answer = 302; // a redirect leads nowhere
  await announce();
  await round();
  await round(); // not due yet
  expect(received).toHaveLength(1);
  for (const minutes of [1, 5, 30, 120, 300, 600, 1440, 2880]) {
    clock().travelTo(clock().now().add({ minutes }).toString());
    await round();
  }
  expect(received).toHaveLength(9);
  expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect((await log(id))[0]).toMatchObject({ state: 'FAILED', nextAt: null });
  clock().travelTo(clock().now().add({ hours: 240 }).toString());
  await round();
  expect(received).toHaveLength(9);
  answer = 200;
  const [{ id: deliveryId }] = await log(id);
  await network.admin.put(`/v1/webhook-deliveries/${deliveryId}/replay`).expect(200);
  await round();
  expect(received).toHaveLength(10);
  expect((await log(id))[0].state).toBe('DELIVERED');
  await remove().expect(200);
});

it('of two secrets both sign for a day, then the new one alone; neither is told twice differently', async () => {
  const { id, secret, remove } = await makeEndpoint();
  const secretId = newId();
  const rotate = () => network.admin.put(`/v1/webhook-endpoints/${id}/secrets/${secretId}`).expect(200);
  const { body: fresh } = await rotate();
  expect((await rotate()).body).toEqual(fresh);
  expect(fresh.secret).not.toBe(secret);
  await announce();
  await round();
  expect([secret, fresh.secret].map((one) => isSignedBy(one, received[0]!))).toEqual([true, true]);
  clock().travelTo('2026-12-02T08:00:01Z');
  await announce();
  await round();
  expect([secret, fresh.secret].map((one) => isSignedBy(one, received[1]!))).toEqual([false, true]);
  await remove().expect(200);
});

it('an endpoint that answers 410 is told nothing more', async () => {
  const { id } = await makeEndpoint();
  answer = 410;
  await announce();
  await round();
  const { body } = await network.admin.get(`/v1/webhook-endpoints?organisationId=${network.id}`).expect(200);
  expect(body.items.find((one: { id: string }) => one.id === id).disabledReason).toBe('GONE');
  answer = 200;
  await announce();
  await round();
  expect(received).toHaveLength(1);
  const test = await network.admin.put(`/v1/webhook-endpoints/${id}/tests/${newId()}`).expect(409);
  expect(test.body.code).toBe('webhook.disabled');
});

it('what waits for an endpoint that is removed is not sent any more', async () => {
  const { id, remove } = await makeEndpoint();
  await announce();
  await remove().expect(200);
  await round();
  expect(received).toEqual([]);
  expect(await log(id)).toMatchObject([{ state: 'FAILED', attempts: [] }]);
});

it('a test event arrives on demand', async () => {
  const { id, remove } = await makeEndpoint();
  await network.admin.put(`/v1/webhook-endpoints/${id}/tests/${newId()}`).expect(200);
  await round();
  expect(JSON.parse(received[0]!.body).type).toBe('webhooks.test.v1');
  await remove().expect(200);
});

it('an endpoint keeps its address, and names events that exist', async () => {
  const { id, remove } = await makeEndpoint();
  const moved = await network.admin
    .put(`/v1/webhook-endpoints/${id}`)
    .send(endpointBody({ url: `${url}/2` }))
    .expect(409);
  expect(moved.body.code).toBe('request.id_reused');
  const unknown = await network.admin
    .put(`/v1/webhook-endpoints/${newId()}`)
    .send(endpointBody({ events: ['weather.changed.v1'] }))
    .expect(422);
  expect(unknown.body.code).toBe('webhook.event_unknown');
  const { body } = await network.admin.get('/v1/webhook-events').expect(200);
  expect(body.items).toContainEqual({ name: 'payments.dispute_changed.v1', fields: ['disputeId'] });
  await remove().expect(200);
});

describe('without the setting for tests', () => {
  let strict: NestFastifyApplication;
  let own: { id: string; admin: Agent };
  beforeAll(async () => {
    strict = await startApp();
    own = await makeNetwork(strict, { name: 'Strict' });
  });
  afterAll(() => strict.close());

  it.each(['http://example.org/', 'https://example.org:8443/', 'https://me:secret@example.org/'])(
    '%s is refused',
    async (address) => {
      const { body } = await own.admin
        .put(`/v1/webhook-endpoints/${newId()}`)
        .send(endpointBody({ url: address, organisationId: own.id }))
        .expect(422);
      expect(body.code).toBe('webhook.address_refused');
    },
  );
});

it('nothing connects to a private address, whatever name it hides behind; with the setting it would', async () => {
  const { Sender } = await import('../../src/hooks/sender.js');
  const { readConfig } = await import('../../src/platform/config.js');
  const config = (given: Record<string, string>) =>
    ({ ...readConfig(given), DATABASE_URL: '', MASTER_KEY: '', DEMO: false }) as ConstructorParameters<
      typeof Sender
    >[0];
  const names = [
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://localhost/',
    'https://2130706433/',
    'https://0x7f.1/',
  ];
  for (const name of names) {
    const { status, error } = await new Sender(config({})).send(name, {}, '{}');
    expect([name, status, error]).toEqual([name, null, 'the name leads to a private address']);
  }
  expect(received).toEqual([]);
  expect(await new Sender(config({ HOOKS_TO_PRIVATE: 'true' })).send(url, {}, '{}')).toEqual({
    status: 204,
    error: null,
  });
  expect(received).toHaveLength(1); // the listener was there all the time
});
