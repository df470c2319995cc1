/**
 * Everything a run needs, on 127.0.0.1: PostgreSQL, Redis where it is found, two API processes, a worker, the payment
 * sandbox, a partner, a mail server, and lines that can fail between them.
 */
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { AppModule } from '../dist/src/app.module.js';
import { migrate } from '../dist/src/database.js';
import { readConfig } from '../dist/src/platform/config.js';
import { Consumers } from '../dist/src/platform/outbox/consumers.js';
import { eventCatalogue } from '../dist/src/platform/outbox/outbox.js';
import { client } from './client.mjs';
import { startFaultProxy } from './faults.mjs';
import { openHistory } from './history.mjs';
import { mailServer, partner as startPartner } from './outside.mjs';
import { answersHttp, ask, freePort, postgres, program, redis, until } from './processes.mjs';
import { makeEndpoint, makeTortureScene } from './scene.mjs';

const APIS = 2;
const QUIET_MS_MAX = 120_000;

export async function openStage({ seed, people, withRedis = true }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-torture-'));
  const log = path.join(folder, 'processes.log');
  const database = await postgres(path.join(folder, 'database'), log);
  await migrate(database.url);
  const queue = withRedis ? await redis(path.join(folder, 'redis'), log) : null;
  await queue?.start();
  const [sandboxPort, mails, partner] = [await freePort(), await mailServer(), await startPartner()];
  const ports = {
    api: [],
    sandbox: sandboxPort,
    partner: partner.port,
    database: database.port,
    redis: queue?.port,
  };
  const lines = { api: [] };
  for (const [number, name] of ['database', 'redis', 'sandbox', 'partner'].entries())
    if (ports[name]) lines[name] = await startFaultProxy(ports[name], seed + number);
  const settings = {
    MASTER_KEY: randomBytes(32).toString('base64url'),
    DEMO: 'false',
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    HOOKS_TO_PRIVATE: 'true',
    PUBLIC_URL: 'http://127.0.0.1:3000', // of the balancer that both processes stand behind
    SMTP_URL: `smtp://127.0.0.1:${mails.port}`,
    PAYMENT_SANDBOX_URL: `http://127.0.0.1:${lines.sandbox.port}`,
    ...(queue && { REDIS_URL: `redis://127.0.0.1:${lines.redis.port}` }),
  };
  const behindLine = (name) => {
    const url = new URL(database.url);
    url.port = String(lines.database.port);
    url.searchParams.set('application_name', name);
    return url.href;
  };
  const product = (name, file, more) => {
    mkdirSync(path.join(folder, name));
    return program(name, {
      args: ['--enable-source-maps', file],
      env: { ...settings, DATA_DIR: path.join(folder, name), DATABASE_URL: behindLine(name), ...more },
      log,
      isReady: () => (more.PORT ? answersHttp(more.PORT) : listens(database.url, name)),
    });
  };
  const apis = [];
  for (let number = 1; number <= APIS; number += 1) {
    const port = await freePort();
    ports.api.push(port);
    lines.api.push(await startFaultProxy(port, seed + 10 + number));
    apis.push(product(`api-${number}`, 'dist/src/main.js', { PORT: String(port) }));
  }
  const worker = product('worker', 'dist/src/worker.js', {});
  const sandbox = sandboxOf(sandboxPort, log, path.join(folder, 'sandbox.json'));
  const stage = {
    folder,
    log,
    seed,
    database,
    redis: queue,
    apis,
    worker,
    sandbox,
    mails,
    partner,
    lines,
    ports,
  };
  await Promise.all([sandbox.start(), ...apis.map((api) => api.start()), worker.start()]);
  Object.assign(stage, await openDriver(stage, { settings, people }));
  return Object.assign(stage, { close: () => close(stage) });
}

/** The driver sees the database without a line, and as its owner. */
async function openDriver(stage, { settings, people }) {
  const { database, lines, folder } = stage;
  const owner = new pg.Pool({ connectionString: database.url, max: 4, connectionTimeoutMillis: 5_000 });
  owner.on('error', () => {});
  const direct = { ...settings, DATABASE_URL: database.url, DATA_DIR: path.join(folder, 'driver') };
  if (stage.redis) direct.REDIS_URL = stage.redis.url;
  const app = await NestFactory.createApplicationContext(AppModule.with(readConfig(direct)), {
    logger: false,
  });
  await keepConsumers(owner, app.get(Consumers));
  const clients = lines.api.map((line) => client(line.port));
  const scene = await makeTortureScene({ app, owner, api: clients[0], people });
  const endpointId = await makeEndpoint({
    api: clients[0],
    scene,
    partner: stage.partner,
    port: lines.partner.port,
  });
  const query = async (text, values) => (await owner.query(text, values)).rows;
  return { owner, app, clients, scene, endpointId, ask: query };
}

/** Who acts on which event, as the product says itself; the partners' consumer wants few, and has an oracle of its own. */
export async function keepConsumers(owner, consumers) {
  await owner.query(
    'CREATE SCHEMA IF NOT EXISTS torture; CREATE TABLE IF NOT EXISTS torture.consumers (name text, consumer text)',
  );
  for (const name of eventCatalogue.keys())
    for (const consumer of consumers.namesFor(name))
      if (consumer !== 'hooks.deliver')
        await owner.query('INSERT INTO torture.consumers VALUES ($1, $2)', [name, consumer]);
}

/** A worker answers nobody; it is there when it listens for events. */
async function listens(url, name) {
  const query = `SELECT FROM pg_stat_activity WHERE application_name = $1 AND query LIKE 'LISTEN%'`;
  return (await ask(url, query, [name]).catch(() => [])).length > 0;
}

function sandboxOf(port, log, file) {
  const { send } = client(port);
  const sandbox = program('sandbox', {
    args: ['dist/src/payment-sandbox/main.js', String(port), file],
    log,
    isReady: () => answersHttp(port, '/v1/events'),
  });
  return Object.assign(sandbox, {
    control: (what, body = {}) => send('POST', `/_sandbox/${what}`, { body }),
    async all(kind) {
      const found = [];
      for (let after = ''; ; after = `&starting_after=${found.at(-1).id}`) {
        const { body } = await send('GET', `/v1/${kind}?limit=100${after}`);
        found.push(...body.data);
        if (!body.has_more) return found;
      }
    },
    /** What a browser does on the hosted page. */
    async pay(url, number = '4242424242424242') {
      const form = new URLSearchParams({ method: 'card', number, expiry: '12/34', cvc: '123' });
      return (await fetch(url, { method: 'POST', body: form, redirect: 'manual' })).status;
    },
  });
}

/** A history of its own for each experiment. */
export function historyOf(stage, id) {
  return openHistory(path.join(stage.folder, `history-${id}.jsonl`));
}

export function healAll({ lines }) {
  for (const line of [...lines.api, lines.database, lines.redis, lines.sandbox, lines.partner]) line?.heal();
}

/** Until all work is done: nothing in the outbox, nothing in a queue, nothing on its way to a partner. Answers how long it took. */
export async function quiet(stage, withinMs = QUIET_MS_MAX) {
  const from = performance.now();
  let last = '';
  const isQuiet = async () => {
    const ready = await stage.clients[0].send('GET', '/readyz');
    const waits = ready.body?.queues?.filter(({ name, waiting, active, delayed }) =>
      name === 'sweeps' ? active : waiting + active + delayed,
    );
    const [left] = await stage.ask(`
      SELECT (SELECT count(*)::int FROM platform.outbox WHERE sent_at IS NULL) AS outbox,
             (SELECT count(*)::int FROM hooks.deliveries WHERE state = 'PENDING') AS deliveries`);
    last = JSON.stringify({ status: ready.status, ...left, waits, detail: ready.body?.detail });
    return ready.status === 200 && waits.length === 0 && left.outbox + left.deliveries === 0;
  };
  await until('all work is done', () => isQuiet().catch(() => false), withinMs).catch((error) => {
    throw new Error(`${error.message}; left: ${last}`);
  });
  return (performance.now() - from) / 1_000;
}

/** Jobs that failed for good, in any queue. */
export async function deadLetters(stage) {
  const { body } = await stage.clients[0].send('GET', '/readyz');
  return body?.jobsFailed ?? 0;
}

async function close(stage) {
  healAll(stage);
  await Promise.allSettled([...stage.apis, stage.worker, stage.sandbox].map((one) => one.stop()));
  for (const each of stage.clients) each.close();
  await stage.app.close().catch(() => {});
  await stage.owner.end().catch(() => {});
  for (const line of [...stage.lines.api, ...Object.values(stage.lines)].flat()) await line?.close();
  await Promise.allSettled([stage.partner.close(), stage.mails.close(), stage.redis?.stop()]);
  await stage.database.stop();
  rmSync(stage.folder, { recursive: true, force: true });
}
