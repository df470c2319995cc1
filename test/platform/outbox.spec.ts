import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { newId } from '../../src/kernel/ids.js';
import { Db, sql, type Tx } from '../../src/platform/db.js';
import { PUBLIC_SCOPE } from '../../src/platform/scope.js';
import { Consumers } from '../../src/platform/outbox/consumers.js';
import { eventType, Outbox } from '../../src/platform/outbox/outbox.js';
import { OutboxRelay } from '../../src/platform/outbox/relay.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, eventually, ownerSql, startApp } from '../support/app.js';
import { startRedis } from '../support/redis.js';

const SampleHappened = eventType('sample.happened.v1', z.strictObject({ number: z.int() }));
const cause = { actor: 'system' };

// The same guarantees on both backends: PostgreSQL always, Redis when there is a redis-server to start.
const redis = await startRedis();
const backends: { name: string; settings: Record<string, string> }[] = [{ name: 'PostgreSQL', settings: {} }];
if (redis) backends.push({ name: 'Redis', settings: { REDIS_URL: redis.url } });
else console.warn('SKIPPED: events on BullMQ with Redis (no redis-server found)');
afterAll(() => redis?.stop());

describe.each(backends)('events on BullMQ with $name', (backend) => {
  let app: NestFastifyApplication;
  let db: Db;
  let outbox: Outbox;
  let relay: OutboxRelay;

  const announce = (number: number) =>
    db.tx(PUBLIC_SCOPE, (tx) => outbox.add(tx, SampleHappened, { number }, cause));
  const count = async (what: string) =>
    (await ownerSql<{ n: number }>(`SELECT count(*)::int AS n FROM ${what}`))[0]!.n;

  beforeAll(async () => {
    app = await startApp({ settings: backend.settings });
    db = app.get(Db);
    outbox = app.get(Outbox);
    relay = app.get(OutboxRelay);
    await ownerSql('CREATE TABLE IF NOT EXISTS effects (consumer text, number int)');
    await ownerSql('GRANT ALL ON effects TO escale_app');
  });
  afterAll(async () => {
    await ownerSql('DROP TABLE effects');
    await app.close();
  });
  beforeEach(() => emptyDatabase());

  it('are not announced when the transaction rolls back', async () => {
    const useCase = db.tx(PUBLIC_SCOPE, async (tx) => {
      await outbox.add(tx, SampleHappened, { number: 1 }, cause);
      throw new Error('refused');
    });
    await expect(useCase).rejects.toThrow('refused');
    expect(await outbox.countWaiting()).toBe(0);
  });

  it('are refused at the source when their payload is wrong', async () => {
    const useCase = db.tx(PUBLIC_SCOPE, (tx) => outbox.add(tx, SampleHappened, { number: 1.5 }, cause));
    await expect(useCase).rejects.toThrow(z.ZodError);
  });

  // What a crash between enqueue and commit, or a redelivery by the queue, would otherwise do twice.
  it('have one effect per consumer, with two relays, a crash before the mark, and flaky handlers', async () => {
    const consumers = app.get(Consumers);
    let calls = 0;
    const record = (consumer: string) => async (tx: Tx, event: { payload: { number: number } }) => {
      calls += 1;
      await sql(tx, 'INSERT INTO effects VALUES ($1, $2)', [consumer, event.payload.number]);
      if (calls % 10 === 0) throw new Error('flaky');
    };
    consumers.on('mail', SampleHappened, record('mail'));
    consumers.on('impact', SampleHappened, record('impact'));
    consumers.start();

    await Promise.all(Array.from({ length: 120 }, (_, number) => announce(number)));
    await crashBeforeMark(relay, app.get(Queues));
    await Promise.all([relay.passOn(), relay.passOn()]);
    while ((await relay.passOn()) > 0);

    await eventually(() => count('effects'), 240);
    expect(await count('(SELECT DISTINCT consumer, number FROM effects) AS distinct_effects')).toBe(240);
    expect(await outbox.countWaiting()).toBe(0);
  });

  it('are ignored when they come a second time', async () => {
    const consumers = app.get(Consumers);
    const event = { id: newId(), name: SampleHappened.name, payload: { number: 7 }, actor: 'system' };
    const delivery = {
      consumer: 'mail',
      event: { ...event, networkIds: [], occurredAt: '2026-12-01T08:00:00Z' },
    };
    await deliverUntilDone(consumers, delivery);
    await consumers.deliver(delivery);
    expect(await count('effects')).toBe(1);
  });

  // A relay that is killed between enqueue and mark has sent a job that is sent again later.
  it('have one effect though the relay dies and another one sends the job again', async () => {
    await announce(1);
    await crashBeforeMark(relay, app.get(Queues));
    await eventually(() => count('effects'), 2);
    expect(await outbox.countWaiting()).toBe(1);
    await relay.passOn();
    expect(await outbox.countWaiting()).toBe(0);
    expect(await count('effects')).toBe(2);
  });

  it('wake the running relay without waiting for its poll', async () => {
    relay.start();
    await announce(42);
    await eventually(() => count('effects'), 2);
  });

  it('are joined by sweeps: one schedule, however many processes ask for it', async () => {
    const sweeps = app.get(Sweeps);
    sweeps.add('sample.mark', async () => {
      await ownerSql('INSERT INTO effects VALUES ($1, 1)', ['sweep']);
      return 1;
    });
    sweeps.add('sample.broken', () => Promise.reject(new Error('one broken sweep')));
    await sweeps.start();
    await eventually(() => count(`effects WHERE consumer = 'sweep'`), 1);
    await sweeps.start();
    await expect(sweeps.runAll()).rejects.toThrow('1 sweeps failed');
    expect(sweeps.lastRunAt()?.toString()).toBe('2026-12-01T08:00:00Z');
  });
});

/** The jobs reach the queue, and the transaction that would mark the events as sent fails. */
async function crashBeforeMark(relay: OutboxRelay, queues: Queues): Promise<void> {
  const queue = queues.queue('events');
  const { addBulk } = queue;
  queue.addBulk = async (jobs) => {
    await addBulk.call(queue, jobs);
    throw new Error('crash');
  };
  await expect(relay.passOn()).rejects.toThrow('crash');
  queue.addBulk = addBulk;
}

/** The flaky handler above may refuse once. */
async function deliverUntilDone(
  consumers: Consumers,
  delivery: Parameters<Consumers['deliver']>[0],
): Promise<void> {
  await consumers.deliver(delivery).catch(() => consumers.deliver(delivery));
}
