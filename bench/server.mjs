/**
 * A throw-away PostgreSQL with its default durability, a migrated database of it for each experiment, and the
 * application on that: in this process without HTTP, or as the API in a process of its own.
 */
import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { AppModule } from '../dist/src/app.module.js';
import { migrate } from '../dist/src/database.js';
import { readConfig } from '../dist/src/platform/config.js';
import { startEmbeddedPostgres } from '../dist/src/platform/embedded-postgres/index.js';
import { postmasterOf, processSeconds, serverSeconds } from './processor.mjs';

const READY_MS_MAX = 60_000;
const READY_PAUSE_MS = 100;

const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

/** One server for all experiments of a run: each has a database of its own, and the server to itself meanwhile. */
export async function startServer() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-bench-'));
  const postgres = await startEmbeddedPostgres({ dir: path.join(folder, 'pg'), maxConnections: 60 });
  const template = postgres.url('migrated');
  const admin = await connected(postgres.url('postgres'));
  await admin.query('CREATE DATABASE migrated');
  await migrate(template);
  const stop = async () => {
    await admin.end();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const durability = await durabilityOf(admin);
  const postmaster = await postmasterOf(admin);
  const makeDatabase = async (name) => {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE migrated`);
    return postgres.url(name);
  };
  /** For others, who make their own tables. */
  const makeEmpty = async (name) => {
    await admin.query(`CREATE DATABASE ${name}`);
    return postgres.url(name);
  };
  return { makeDatabase, makeEmpty, durability, postmaster, folder, stop };
}

/** Anything less than the default would be another promise: then there is nothing to measure. */
async function durabilityOf(admin) {
  const seen = { server: '' };
  for (const name of ['server_version', ...Object.keys(DURABLE)]) {
    const { rows } = await admin.query('SELECT current_setting($1) AS value', [name]);
    seen[name] = rows[0].value;
    if (name in DURABLE && rows[0].value !== DURABLE[name]) throw new Error(`${name} is ${rows[0].value}`);
  }
  return seen;
}

async function connected(connectionString, options) {
  const client = new pg.Client({ connectionString, options });
  await client.connect();
  return client;
}

/** What an experiment stands on. `close` ends everything that was opened on it, in the opposite order. */
export async function openDatabase(server, name) {
  const url = await server.makeDatabase(name);
  const masterKey = randomBytes(32).toString('base64url');
  const owner = await connected(url);
  const closers = [() => owner.end()];
  const opened = (close) => closers.unshift(close);
  return {
    url,
    owner,
    masterKey,
    dataDir: server.folder,
    serverSeconds: () => serverSeconds(server.postmaster),
    /** The application without HTTP. */
    async openApp(more = {}) {
      const config = readConfig({ DATABASE_URL: url, MASTER_KEY: masterKey, DEMO: 'false', ...more });
      const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: ['error'] });
      let isOpen = true;
      const end = async () => {
        if (isOpen) await app.close();
        isOpen = false;
      };
      opened(end);
      return { app, end };
    },
    async openApi() {
      const api = await startApi({ url, masterKey, dataDir: server.folder });
      opened(api.stop);
      return api;
    },
    /** As the application connects: bound by row-level security. */
    async connect(count) {
      const make = () => connected(url, '-c role=escale_app');
      const clients = await Promise.all(Array.from({ length: count }, make));
      opened(() => Promise.all(clients.map((client) => client.end())));
      return clients;
    },
    async close() {
      for (const close of closers) await close();
    },
  };
}

export async function startApi({ url, masterKey, dataDir, settings = {} }) {
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
    ...settings,
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
    if (await answers(port)) return { port, stop, seconds: () => processSeconds(child.pid) };
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

export function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
