/**
 * Jobs per second through BullMQ with the inbox in place, on PostgreSQL and, where a redis-server is found, on Redis;
 * against a bare table of jobs taken with SKIP LOCKED in the same run, with the same effect and the same inbox row.
 *
 * JOBS=5000 npm run bench -- queue
 */
import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { z } from 'zod';
import { AppModule } from '../dist/src/app.module.js';
import { newId } from '../dist/src/kernel/ids.js';
import { readConfig } from '../dist/src/platform/config.js';
import { sql } from '../dist/src/platform/db.js';
import { Consumers } from '../dist/src/platform/outbox/consumers.js';
import { eventType } from '../dist/src/platform/outbox/outbox.js';
import { JOB_OPTIONS, Queues } from '../dist/src/platform/queue/queues.js';
import { startServer } from './server.mjs';

const JOBS = Number(process.env.JOBS ?? 5_000);
const CONCURRENCY = 10;
const BATCH = 500;
const GOAL_OF_BARE = 0.5;
const PAUSE_MS = 20;
const WAIT_MS_MAX = 600_000;
const Measured = eventType('bench.measured.v1', z.strictObject({ number: z.int() }));

export async function run() {
  const server = await startServer();
  const owner = new pg.Client({ connectionString: server.url });
  await owner.connect();
  try {
    await owner.query('CREATE TABLE public.bench_effects (number int NOT NULL)');
    await owner.query('GRANT INSERT ON public.bench_effects TO escale_app');
    const bare = await bareQueue(server.url, owner);
    const own = await throughQueues(server, owner, {});
    const redis = process.env.REDIS_URL
      ? await throughQueues(server, owner, { REDIS_URL: process.env.REDIS_URL })
      : null;
    const ratio = own / bare;
    console.log(`bare SKIP LOCKED: ${Math.round(bare)} jobs/s`);
    console.log(
      `BullMQ on PostgreSQL: ${Math.round(own)} jobs/s, ${ratio.toFixed(2)} × bare (goal ≥ ${GOAL_OF_BARE})`,
    );
    console.log(
      redis ? `BullMQ on Redis: ${Math.round(redis)} jobs/s` : 'BullMQ on Redis: REDIS_URL is not set',
    );
    return ratio >= GOAL_OF_BARE ? 0 : 1;
  } finally {
    await owner.end();
    await server.stop();
  }
}

/** Ten connections that take one job each, write the inbox row and the effect, and take the next. */
async function bareQueue(url, owner) {
  await owner.query('CREATE TABLE public.bench_jobs (id uuid PRIMARY KEY, number int NOT NULL)');
  const ids = Array.from({ length: JOBS }, () => newId());
  await owner.query(
    'INSERT INTO public.bench_jobs SELECT id, n::int FROM unnest($1::uuid[]) WITH ORDINALITY AS given (id, n)',
    [ids],
  );
  await owner.query('ANALYZE');
  const clients = await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const seconds = await timed(() => Promise.all(clients.map(takeAll)));
  await Promise.all(clients.map((client) => client.end()));
  await whole(owner, 'the bare queue');
  return JOBS / seconds;
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

async function throughQueues(server, owner, more) {
  const given = { DATABASE_URL: server.url, MASTER_KEY: server.masterKey, DEMO: 'false', ...more };
  const app = await NestFactory.createApplicationContext(AppModule.with(readConfig(given)), {
    logger: ['error'],
  });
  try {
    const [consumers, queues] = [app.get(Consumers), app.get(Queues)];
    consumers.on('bench.effect', Measured, async (tx, { payload }) => {
      await sql(tx, 'INSERT INTO public.bench_effects VALUES ($1)', [payload.number]);
    });
    const jobs = Array.from({ length: JOBS }, (_, number) => jobOf(number));
    for (let at = 0; at < JOBS; at += BATCH) await queues.queue('bench').addBulk(jobs.slice(at, at + BATCH));
    const seconds = await timed(async () => {
      queues.work('bench', (data) => consumers.deliver(data), { concurrency: CONCURRENCY });
      for (let waited = 0; (await effects(owner)) < JOBS; waited += PAUSE_MS) {
        if (waited > WAIT_MS_MAX) throw new Error('The queue did not come to its end.');
        await sleep(PAUSE_MS);
      }
    });
    await whole(owner, 'BullMQ');
    return JOBS / seconds;
  } finally {
    await app.close();
  }
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

/** Nothing lost and nothing doubled, and an empty table for the next. */
async function whole(owner, name) {
  const { rows } = await owner.query(
    'SELECT count(*)::int AS n, count(DISTINCT number)::int AS told FROM public.bench_effects',
  );
  const [{ n, told }] = rows;
  if (n !== JOBS || told !== JOBS) throw new Error(`${name}: ${n} effects of ${told} jobs, not ${JOBS}`);
  await owner.query('TRUNCATE public.bench_effects');
}

async function timed(work) {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}
