/** A throw-away PostgreSQL, migrated, and the API on it as a process of its own. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '../dist/src/database.js';
import { startEmbeddedPostgres } from '../dist/src/platform/embedded-postgres/index.js';

const READY_MS_MAX = 60_000;
const READY_PAUSE_MS = 100;

export async function startServer() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-bench-'));
  const postgres = await startEmbeddedPostgres({ dir: path.join(folder, 'pg'), maxConnections: 60 });
  const url = postgres.url('postgres');
  await migrate(url);
  const masterKey = randomBytes(32).toString('base64url');
  const stop = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, masterKey, dataDir: folder, stop };
}

export async function startApi({ url, masterKey, dataDir }) {
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATABASE_URL: url,
    MASTER_KEY: masterKey,
    DATA_DIR: dataDir,
    DEMO: 'false',
    LOG_LEVEL: 'error',
    PORT: String(port),
  };
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  for (let waited = 0; waited < READY_MS_MAX; waited += READY_PAUSE_MS) {
    if (await answers(port)) return { port, stop };
    await sleep(READY_PAUSE_MS);
  }
  await stop();
  throw new Error('The API did not answer in time.');
}

function answers(port) {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/healthz' }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === 200));
    });
    request.once('error', () => resolve(false));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
