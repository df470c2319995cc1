/** Every process of a run: each can be killed, stopped and started again, in the same place. */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import pg from 'pg';
import { startEmbeddedPostgres } from '../dist/src/platform/embedded-postgres/index.js';

const READY_MS_MAX = 90_000;
const POLL_MS = 50;

/** Whatever happens to the driver, nothing of it stays behind. */
const started = new Set();
process.on('exit', () => {
  for (const pid of started) signal(pid, 'SIGKILL');
});
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => process.exit(1));

/** Until `isSo` answers something true; says what was waited for when it does not. */
export async function until(what, isSo, withinMs = READY_MS_MAX) {
  const from = performance.now();
  for (;;) {
    const answer = await isSo();
    if (answer) return answer;
    if (performance.now() - from > withinMs) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await pause(POLL_MS);
  }
}

/** A program of the product, or Redis. `isReady` is asked until it says yes. */
export function program(name, { command = process.execPath, args, env = {}, log, isReady, ipc = false }) {
  let child = null;
  let ended = Promise.resolve();
  const out = openSync(log, 'a');
  const start = async () => {
    const stdio = ['ignore', out, out, ...(ipc ? ['ipc'] : [])];
    child = spawn(command, args, { env: { PATH: process.env.PATH, ...env }, stdio });
    const born = child;
    started.add(born.pid);
    ended = new Promise((resolve) => born.once('exit', resolve));
    let isOver = false;
    born.once('exit', () => {
      isOver = true;
      started.delete(born.pid);
    });
    await until(`${name} is ready`, async () => {
      if (isOver) throw new Error(`${name} ended by itself: see ${log}`);
      return isReady(born);
    });
  };
  const end = async (how) => {
    child?.kill(how);
    await ended;
  };
  return {
    name,
    start,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    get pid() {
      return child?.pid;
    },
  };
}

/** PostgreSQL with its default durability: crash tests are worth nothing without. */
export async function postgres(folder, log) {
  mkdirSync(folder, { recursive: true });
  const options = { dir: path.join(folder, 'pg'), port: await freePort(), maxConnections: 200 };
  let server = await startEmbeddedPostgres(options);
  const url = server.url('postgres');
  const pid = () => Number.parseInt(readFileSync(path.join(folder, 'pg', 'postmaster.pid'), 'utf8'), 10);
  started.add(pid());
  return {
    url,
    port: options.port,
    log,
    /** The postmaster and all its backends at once, as a machine that loses its power. */
    async kill() {
      const postmaster = pid();
      for (const each of [postmaster, ...childrenOf(postmaster)]) signal(each, 'SIGKILL');
      await until('PostgreSQL is gone', () => !isAlive(postmaster));
      started.delete(postmaster);
    },
    async start() {
      server = await startEmbeddedPostgres(options);
      started.add(pid());
    },
    async stop() {
      started.delete(pid());
      await server.stop();
    },
  };
}

function childrenOf(parent) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // it went by itself
  }
}

/** A Redis that keeps nothing, and is ours: another may answer at its port. Null where there is no redis-server. */
export async function redis(folder, log) {
  if (spawnSync('redis-server', ['--version']).status !== 0) return null;
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const cookie = randomBytes(12).toString('hex');
  const settings = {
    port,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
  };
  const args = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, String(value)]);
  const server = program('Redis', {
    command: 'redis-server',
    args,
    log,
    isReady: async (child) => {
      const client = new Redis(url, {
        lazyConnect: true,
        retryStrategy: () => null,
        maxRetriesPerRequest: 1,
      });
      client.on('error', () => {});
      try {
        await client.connect();
        const info = await client.info('server');
        if (Number(/process_id:(\d+)/.exec(info)?.[1]) !== child.pid)
          throw Object.assign(new Error('another Redis answers at our port'), { isForeign: true });
        await client.set('torture:cookie', cookie);
        return true;
      } catch (error) {
        if (error.isForeign) throw error;
        return false;
      } finally {
        client.disconnect();
      }
    },
  });
  return Object.assign(server, { url, port, cookie });
}

/** One question on a connection of its own, which a crash may take along. */
export async function ask(url, text, values = []) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    client.end().catch(() => {});
  }
}

export function answersHttp(port, where = '/healthz') {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: where, timeout: 3_000 }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === 200));
      response.once('error', () => resolve(false));
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}

export function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
