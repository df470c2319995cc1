/**
 * `npm run drill`: the two ways back and the one way out, on a throw-away PostgreSQL while people book.
 * A base backup is taken under load; the database is lost; it is brought back to a moment, and every booking that was
 * confirmed before it is there, none that was asked for after it. A replica made from the same backup answers searches.
 * The last line says whether all of it held.
 */
import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import {
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { makeScene } from '../bench/scene.mjs';
import { startApi } from '../bench/server.mjs';
import { AppModule } from '../dist/src/app.module.js';
import { migrate } from '../dist/src/database.js';
import { newId } from '../dist/src/kernel/ids.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { readConfig } from '../dist/src/platform/config.js';
import { startEmbeddedPostgres } from '../dist/src/platform/embedded-postgres/index.js';

const CLIENTS = 8;
const PHASE_MS = 4_000;
const WAITS_MS_MAX = 60_000;
const PAUSE_MS = 100;
/** What belongs to the running server and not to its data. */
const LEFT_OUT = new Set(['postmaster.pid', 'postmaster.opts']);

const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-drill-'));
const masterKey = randomBytes(32).toString('base64');
const checks = [];
const check = (name, held, says) => {
  checks.push(held);
  console.log(`${held ? 'held ' : 'BROKE'}  ${name}: ${says}`);
};

const primary = await startArchiving();
const ends = [() => primary.stop()];
try {
  await drill();
} catch (error) {
  check('the drill', false, error.message);
} finally {
  for (const end of ends.toReversed()) await end();
  rmSync(folder, { recursive: true, force: true });
}
console.log(checks.every(Boolean) ? 'The drill held.' : 'The drill broke.');
process.exit(checks.every(Boolean) ? 0 : 1);

async function drill() {
  const url = primary.url('postgres');
  await migrate(url);
  const scene = await sceneOn(url);
  const owner = new pg.Client({ connectionString: url });
  owner.on('error', () => {}); // its server is stopped under it when something breaks
  await owner.connect();
  const api = await startApi({ url, masterKey, dataDir: folder });
  ends.push(api.stop);
  const load = startLoad(scene, api.port);
  ends.push(load.end);

  await sleep(PHASE_MS);
  const backup = await takeBackup(owner);
  await sleep(PHASE_MS);
  const moment = Temporal.Now.instant();
  await sleep(PHASE_MS);
  const { booked, asked } = await load.end();
  await api.stop();
  await replicaAnswers(url, backup);
  await archiveAll(owner);
  await owner.end();
  await primary.stop();

  const began = performance.now();
  const restored = await restore(backup, moment);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  await compare(restored, { booked, asked, moment });
  const verified = spawnSync(process.execPath, ['dist/src/cli.js', 'ledger:verify'], {
    env: { PATH: process.env.PATH, DATABASE_URL: restored.url('postgres'), MASTER_KEY: masterKey },
    encoding: 'utf8',
  });
  check('the ledger proves itself on what was restored', verified.status === 0, verified.stdout.trim());
  const again = await startApi({ url: restored.url('postgres'), masterKey, dataDir: folder });
  check('the application starts on it', true, `restored in ${seconds} s, bookings again after it`);
  await again.stop();
}

/** The archive stands beside the data, where the server's own account may write. */
async function startArchiving() {
  const dir = path.join(folder, 'primary');
  const archive = 'archive'; // as the server sees it, from its data folder
  return startEmbeddedPostgres({
    dir,
    maxConnections: 60,
    settings: {
      archive_mode: 'on',
      archive_command: `mkdir -p ../${archive} && cp %p ../${archive}/%f`,
      wal_level: 'replica',
    },
  });
}

async function sceneOn(url) {
  const config = readConfig({ DATABASE_URL: url, MASTER_KEY: masterKey, DEMO: 'false', LOG_LEVEL: 'error' });
  const app = await NestFactory.createApplicationContext(AppModule.with({ ...config, DEMO: false }), {
    logger: false,
  });
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const scene = await makeScene(app, owner, { hosts: 10, people: 50, seats: () => 1_000 });
  await owner.query(`UPDATE directory.spaces SET time_zone = 'Europe/Paris'`); // as a space of somebody would have it
  await owner.end();
  await app.close();
  return scene;
}

/** Everybody books day after day until told to end. */
function startLoad({ people, hosts }, port) {
  const [booked, asked] = [[], []];
  const shift = { isOver: false };
  let turn = 0;
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!shift.isOver) {
      const number = turn++;
      const { token } = people[number % people.length];
      const day = Temporal.Now.plainDateISO().add({ days: 1 + (Math.floor(number / people.length) % 60) });
      const id = newId();
      asked.push({ id, at: Temporal.Now.instant() });
      const body = JSON.stringify({
        poolId: hosts[number % hosts.length].poolId,
        day: String(day),
        part: 'MORNING',
      });
      const headers = { cookie: `escale_session=${token}`, 'content-type': 'application/json' };
      const answer = await fetch(`http://127.0.0.1:${port}/v1/bookings/${id}`, {
        method: 'PUT',
        headers,
        body,
      });
      await answer.arrayBuffer();
      if (answer.ok) booked.push({ id, at: Temporal.Now.instant() });
    }
  });
  return {
    end: async () => {
      shift.isOver = true;
      await Promise.all(clients);
      return { booked, asked };
    },
  };
}

/** The low-level way, with nothing but the server itself: begin, copy the files as they are, end, add the label. */
async function takeBackup(owner) {
  const backup = path.join(path.dirname(primary.dataFolder), 'backup');
  await owner.query(`SELECT pg_backup_start('drill', true)`);
  copyLive(primary.dataFolder, backup);
  const { rows } = await owner.query('SELECT labelfile FROM pg_backup_stop(true)');
  writeFileSync(path.join(backup, 'backup_label'), rows[0].labelfile);
  return backup;
}

/** A running server removes files under our hands: what is gone, the log knows. The log itself comes from the archive. */
function copyLive(from, to) {
  mkdirSync(to, { mode: 0o700 });
  const isLog = path.basename(from) === 'pg_wal';
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (LEFT_OUT.has(entry.name) || (isLog && entry.isFile())) continue;
    try {
      if (entry.isDirectory()) copyLive(source, target);
      else copyFileSync(source, target);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
}

async function archiveAll(owner) {
  const { rows } = await owner.query('SELECT pg_walfile_name(pg_switch_wal()) AS file');
  await until(async () => {
    const { rows: archived } = await owner.query(
      'SELECT last_archived_wal >= $1 AS done FROM pg_stat_archiver',
      [rows[0].file],
    );
    return archived[0].done;
  });
}

/** A cluster of its own from the backup: `signal` and `settings` say whether it stops at a moment or follows on. */
async function startFrom(backup, name, signal, settings) {
  const dir = path.join(path.dirname(primary.dataFolder), name, 'pg');
  mkdirSync(path.dirname(dir), { recursive: true });
  cpSync(backup, dir, { recursive: true });
  writeFileSync(path.join(dir, signal), '');
  cpSync(`${primary.dataFolder}.password`, `${dir}.password`);
  if (primary.uid !== undefined) give(path.dirname(dir), primary.uid);
  const server = await startEmbeddedPostgres({
    dir,
    mode: primary.mode === 'nobody' ? 'direct' : primary.mode,
    maxConnections: 60,
    settings,
  });
  ends.push(() => server.stop());
  return server;
}

function give(at, uid) {
  chownSync(at, uid, uid);
  for (const entry of readdirSync(at, { recursive: true })) chownSync(path.join(at, entry), uid, uid);
}

async function restore(backup, moment) {
  const archive = path.join(path.dirname(primary.dataFolder), 'archive');
  const server = await startFrom(backup, 'restored', 'recovery.signal', {
    restore_command: `cp ${archive}/%f %p`,
    recovery_target_time: String(moment).replace('T', ' ').replace('Z', '+00'),
    recovery_target_action: 'promote',
  });
  await until(() => query(server, 'SELECT NOT pg_is_in_recovery() AS done').then(([row]) => row.done));
  return server;
}

async function compare(restored, { booked, asked, moment }) {
  const there = new Set((await query(restored, 'SELECT id FROM bookings.bookings')).map(({ id }) => id));
  const before = booked.filter(({ at }) => Temporal.Instant.compare(at, moment) < 0);
  const after = asked.filter(({ at }) => Temporal.Instant.compare(at, moment) > 0);
  const lost = before.filter(({ id }) => !there.has(id)).length;
  const early = after.filter(({ id }) => there.has(id)).length;
  const counts = `${before.length} confirmed before it, ${lost} of them lost; ${after.length} asked for after it, ${early} of them there`;
  check(`the moment ${moment}`, before.length > 0 && after.length > 0 && lost === 0 && early === 0, counts);
}

/** What strangers look at comes from the replica, what somebody does from the primary. */
async function replicaAnswers(url, backup) {
  const primaryUrl = new URL(url);
  const following = `host=127.0.0.1 port=${primaryUrl.port} user=${primaryUrl.username} password=${primaryUrl.password}`;
  const archive = path.join(path.dirname(primary.dataFolder), 'archive');
  const replica = await startFrom(backup, 'replica', 'standby.signal', {
    primary_conninfo: following,
    restore_command: `cp ${archive}/%f %p`,
  });
  await until(() =>
    query(primary, 'SELECT count(*) > 0 AS done FROM pg_stat_replication').then(([row]) => row.done),
  );
  const settings = { DATABASE_REPLICA_URL: replica.url('postgres') };
  const api = await startApi({ url, masterKey, dataDir: folder, settings });
  const before = await reads(replica);
  const answer = await fetch(`http://127.0.0.1:${api.port}/v1/spaces`);
  const { items } = await answer.json();
  const asked = await fetch(`http://127.0.0.1:${api.port}/v1/spaces`).then(({ status }) => status);
  await until(async () => (await reads(replica)) > before);
  check(
    'a replica answers the list of spaces',
    answer.ok && asked === 200 && items.length > 0,
    `${items.length} spaces`,
  );
  await api.stop();
}

async function reads(server) {
  const [row] = await query(
    server,
    `SELECT sum(idx_scan + seq_scan)::int AS count FROM pg_stat_user_tables WHERE schemaname = 'directory'`,
  );
  return row.count ?? 0;
}

async function query(server, text) {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  client.on('error', () => {}); // as above
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function until(done) {
  for (let waited = 0; waited < WAITS_MS_MAX; waited += PAUSE_MS) {
    if (await done()) return;
    await sleep(PAUSE_MS);
  }
  throw new Error('It did not come about in time.');
}
