/**
 * Jobs per second through BullMQ with the inbox in place, on PostgreSQL and, where REDIS_URL names one, on Redis;
 * against a bare table of jobs taken with SKIP LOCKED in the same run, with the same effect and the same inbox row.
 *
 * JOBS=5000 npm run bench -- queue
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { newId } from '../dist/src/kernel/ids.js';
import { sql } from '../dist/src/platform/db.js';
import { Consumers } from '../dist/src/platform/outbox/consumers.js';
import { eventType } from '../dist/src/platform/outbox/outbox.js';
import { JOB_OPTIONS, Queues } from '../dist/src/platform/queue/queues.js';
import { measured, mustBeNone } from './findings.mjs';
import { SEED } from './slices.mjs';
import { median, medianInterval, seeded, shuffled } from './statistics.mjs';

const CONCURRENCY = 10;
const BATCH = 500;
const GOAL = { atLeast: 0.5 };
const PAUSE_MS = 20;
const WAIT_MS_MAX = 600_000;
const Measured = eventType('bench.measured.v1', z.strictObject({ number: z.int() }));

export async function run(database, { jobs, rounds }) {
  const { owner } = database;
  await owner.query('CREATE TABLE public.bench_effects (number int NOT NULL)');
  await owner.query('CREATE TABLE public.bench_jobs (id uuid PRIMARY KEY, number int NOT NULL)');
  await owner.query('GRANT INSERT ON public.bench_effects TO escale_app');
  await owner.query('GRANT SELECT, UPDATE, DELETE ON public.bench_jobs TO escale_app');
  const bare = await database.connect(CONCURRENCY);
  await bare[0].query(`SELECT set_config('app.scope', 'clearing', false)`);
  const ways = { bare: () => bareQueue(bare, owner, jobs), own: await queueOf(database, owner, jobs, {}) };
  if (process.env.REDIS_URL)
    ways.redis = await queueOf(database, owner, jobs, { REDIS_URL: process.env.REDIS_URL });
  const random = seeded(SEED);
  const seen = [];
  for (let round = 0; round < rounds; round += 1) {
    const rates = {};
    for (const name of shuffled(Object.keys(ways), random)) rates[name] = await ways[name]();
    seen.push(rates);
  }
  return findings(seen, Object.keys(ways));
}

function findings(seen, names) {
  const wrong = seen.reduce((sum, rates) => sum + names.reduce((off, name) => off + rates[name].wrong, 0), 0);
  const against = (name) => seen.map((rates) => rates[name].rate / rates.bare.rate);
  const rate = (name) => `${Math.round(median(seen.map((rates) => rates[name].rate)))}/s`;
  const finding = (promise, name, goal) =>
    measured(promise, {
      goal,
      figure: median(against(name)),
      interval: medianInterval(against(name), seeded(SEED)),
      rounds: seen.length,
      note: `${rate(name)}, bare ${rate('bare')}`,
    });
  return [
    mustBeNone('Jobs lost or done twice', wrong),
    finding('Jobs through BullMQ on PostgreSQL against a bare SKIP LOCKED table', 'own', GOAL),
    ...(names.includes('redis')
      ? [finding('Jobs through BullMQ on Redis against the same', 'redis', null)]
      : []),
  ];
}

/** Ten connections that take one job each, write the inbox row and the effect, and take the next. */
async function bareQueue(clients, owner, jobs) {
  const ids = Array.from({ length: jobs }, () => newId());
  await owner.query(
    'INSERT INTO public.bench_jobs SELECT id, n::int FROM unnest($1::uuid[]) WITH ORDINALITY AS given (id, n)',
    [ids],
  );
  await owner.query('ANALYZE public.bench_jobs');
  const seconds = await timed(() => Promise.all(clients.map(takeAll)));
  return { rate: jobs / seconds, wrong: await wrongEffects(owner, jobs) };
}

async function takeAll(client) {
  for (;;) {
    await client.query('BEGIN');
    const { rows } = await client.query(
      `DELETE FROM public.bench_jobs WHERE id = (SELECT id FROM public.bench_jobs ORDER BY id LIMIT 1
         FOR UPDATE SKIP LOCKED) RETURNING id, number`,
    );
    if (rows.length === 0) return client.query('COMMIT');
    const [{ id, number }] = rows;
    await client.query('INSERT INTO platform.inbox (consumer, event_id) VALUES ($1, $2)', ['bench.bare', id]);
    await client.query('INSERT INTO public.bench_effects VALUES ($1)', [number]);
    await client.query('COMMIT');
  }
}

/** A queue of its own for each round, filled before the clock starts. */
async function queueOf(database, owner, jobs, more) {
  const { app } = await database.openApp(more);
  const [consumers, queues] = [app.get(Consumers), app.get(Queues)];
  consumers.on('bench.effect', Measured, async (tx, { payload }) => {
    await sql(tx, 'INSERT INTO public.bench_effects VALUES ($1)', [payload.number]);
  });
  let round = 0;
  return async () => {
    round += 1;
    const name = `bench${more.REDIS_URL ? 'redis' : ''}${round}`;
    const orders = Array.from({ length: jobs }, (_, number) => jobOf(number));
    for (let at = 0; at < jobs; at += BATCH) await queues.queue(name).addBulk(orders.slice(at, at + BATCH));
    const seconds = await timed(async () => {
      queues.work(name, (data) => consumers.deliver(data), { concurrency: CONCURRENCY });
      for (let waited = 0; (await effects(owner)) < jobs; waited += PAUSE_MS) {
        if (waited > WAIT_MS_MAX) throw new Error('The queue did not come to its end.');
        await sleep(PAUSE_MS);
      }
    });
    return { rate: jobs / seconds, wrong: await wrongEffects(owner, jobs) };
  };
}

function jobOf(number) {
  const event = {
    id: newId(),
    name: Measured.name,
    payload: { number },
    actor: 'bench',
    networkIds: [],
    occurredAt: '2026-12-01T08:00:00Z',
  };
  return {
    name: Measured.name,
    data: { consumer: 'bench.effect', event },
    opts: { ...JOB_OPTIONS, jobId: `bench.${event.id}` },
  };
}

async function effects(owner) {
  const { rows } = await owner.query('SELECT count(*)::int AS n FROM public.bench_effects');
  return rows[0].n;
}

/** Those missing and those too many; and an empty table for the next. */
async function wrongEffects(owner, jobs) {
  const { rows } = await owner.query(
    'SELECT count(*)::int AS n, count(DISTINCT number)::int AS told FROM public.bench_effects',
  );
  const [{ n, told }] = rows;
  await owner.query('TRUNCATE public.bench_effects');
  return jobs - told + (n - told);
}

async function timed(work) {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1_000;
}
