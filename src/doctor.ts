/** Is everything around this installation as it must be? Looks, and changes nothing. */
import { existsSync, statfsSync } from 'node:fs';
import { Redis } from 'ioredis';
import nodemailer from 'nodemailer';
import pg from 'pg';
import type { Command } from 'commander';
import { APP_ROLE } from '../migrations/tenancy.js';
import { migrationDataSource } from './database.js';
import { Temporal } from './kernel/time.js';
import { printJson, printTable } from './platform/cli.js';
import type { Config } from './platform/config.js';
import { Sealing } from './platform/sealing.js';

type State = 'well' | 'look' | 'ill';
/** `ill` ends the command with 1: something will not work. `look`: it works, and is not how it should be in production. */
export type Finding = { readonly name: string; readonly state: State; readonly says: string };

const POSTGRES_MIN = 150_000;
const CLOCK_SECONDS_MAX = 2;
const SILENT_SECONDS_MAX = 120;
const FREE_BYTES_MIN = 1_000_000_000;
const ANSWERS_WITHIN_MS = 3_000;

export function registerDoctorCli(program: Command, config: () => Promise<Config>): void {
  program
    .command('doctor')
    .description('look at the database, the queue, mail, payments, keys and disk, and change nothing')
    .option('--json', 'print the findings as JSON')
    .action(async ({ json }: { json?: true }) => {
      const findings = await examine(await config());
      if (json) printJson(findings);
      else printTable(findings);
      if (findings.some(({ state }) => state === 'ill')) process.exitCode = 1;
    });
}

export async function examine(config: Config): Promise<Finding[]> {
  const ofDatabase = await onDatabase(config.DATABASE_URL, (client) => databaseFindings(client, config));
  return [
    ...ofDatabase,
    ...(await queueFindings(config)),
    await mailFinding(config),
    ...settingFindings(config),
  ];
}

const found = (name: string, state: State, says: string): Finding => ({ name, state, says });
const judge = (name: string, isWell: boolean, otherwise: State, says: string): Finding =>
  found(name, isWell ? 'well' : otherwise, says);

/** Whatever goes wrong is a finding, with the sentence of whoever refused. */
async function asFinding<Result>(name: string, work: () => Promise<Result>): Promise<Result | Finding> {
  try {
    return await work();
  } catch (error) {
    return found(name, 'ill', error instanceof Error ? error.message || error.name : String(error));
  }
}

async function onDatabase(url: string, look: (client: pg.Client) => Promise<Finding[]>): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWERS_WITHIN_MS });
  const result = await asFinding('database', async () => {
    await client.connect();
    return look(client);
  });
  await client.end().catch(() => {});
  return Array.isArray(result) ? result : [result];
}

type Server = {
  version: number;
  encoding: string;
  fsync: string;
  full_page_writes: string;
  synchronous_commit: string;
  archive_mode: string;
  now: string;
};

async function databaseFindings(client: pg.Client, config: Config): Promise<Finding[]> {
  const [server] = (
    await client.query<Server>(
      `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding,
         current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
         current_setting('synchronous_commit') AS synchronous_commit, current_setting('archive_mode') AS archive_mode,
         clock_timestamp()::text AS now`,
    )
  ).rows;
  const { version, encoding, archive_mode, now, ...durable } = server!;
  const off = Object.entries(durable).flatMap(([name, value]) => (value === 'off' ? [name] : []));
  const apart = secondsApart(now);
  return [
    judge(
      'postgresql',
      version >= POSTGRES_MIN,
      'ill',
      `version ${Math.floor(version / 10_000)}; 15 is the oldest that will do`,
    ),
    judge('encoding', encoding === 'UTF8', 'ill', encoding),
    judge(
      'durability',
      off.length === 0,
      'ill',
      off.length === 0 ? 'a commit survives a crash' : `${off.join(', ')} off: a crash loses commits`,
    ),
    judge(
      'archive',
      archive_mode !== 'off',
      'look',
      archive_mode === 'off' ? 'no WAL archive: no restore to a point in time' : 'WAL is archived',
    ),
    judge('clock', apart <= CLOCK_SECONDS_MAX, 'ill', `${apart} s from the database's`),
    await asFinding('migrations', () => migrationFinding(client, config.DATABASE_URL)),
    await asFinding('tenants', () => roleFinding(client)),
    await asFinding('master key', () => sealingFinding(client, config)),
    ...[await asFinding('worker', () => backgroundFindings(client))].flat(),
  ];
}

function secondsApart(text: string): number {
  const theirs = Temporal.Instant.from(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
  return Math.round(Math.abs(Temporal.Now.instant().epochMilliseconds - theirs.epochMilliseconds) / 1000);
}

async function migrationFinding(client: pg.Client, url: string): Promise<Finding> {
  const ours = migrationDataSource(url).options.migrations as readonly { name: string }[];
  const { rows } = await client.query<{ name: string }>('SELECT name FROM public.schema_migrations');
  const [built, applied] = [new Set(ours.map(({ name }) => name)), new Set(rows.map(({ name }) => name))];
  const waiting = [...built].filter((name) => !applied.has(name)).length;
  const unknown = [...applied].filter((name) => !built.has(name)).length;
  if (unknown > 0) return found('migrations', 'ill', `${unknown} are of a newer build than this one`);
  if (waiting > 0) return found('migrations', 'ill', `${waiting} wait: run migrations:run`);
  return found('migrations', 'well', `${applied.size}, none waits`);
}

/** Row-level security binds only who cannot step over it. */
async function roleFinding(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ free: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS free FROM pg_roles WHERE rolname = $1',
    [APP_ROLE],
  );
  const [role] = rows;
  if (!role) return found('tenants', 'ill', `the role ${APP_ROLE} is missing`);
  return judge(
    'tenants',
    !role.free,
    'ill',
    role.free ? `${APP_ROLE} steps over row-level security` : 'kept apart by the database',
  );
}

async function sealingFinding(client: pg.Client, config: Config): Promise<Finding> {
  const { rows } = await client.query<{ sealed: Buffer }>(
    'SELECT sealed_seed AS sealed FROM passes.issuer_secrets ORDER BY created_at DESC LIMIT 1',
  );
  const [key] = rows;
  if (!key) return found('master key', 'well', 'nothing is sealed yet');
  try {
    new Sealing(config).open(key.sealed);
    return found('master key', 'well', 'opens what it has sealed');
  } catch {
    return found('master key', 'ill', 'does not open the newest issuer key: it is another one');
  }
}

async function backgroundFindings(client: pg.Client): Promise<Finding[]> {
  const { rows } = await client.query<{ silent: number | null; failing: string[]; waiting: number }>(
    `SELECT (SELECT extract(epoch FROM now() - max(beat_at))::int FROM platform.heartbeats) AS silent,
       (SELECT coalesce(array_agg(name ORDER BY name), '{}') FROM platform.sweep_runs WHERE consecutive_failures > 0)
         AS failing,
       (SELECT count(*)::int FROM platform.outbox WHERE sent_at IS NULL) AS waiting`,
  );
  const { silent, failing, waiting } = rows[0]!;
  const isHeard = silent !== null && silent <= SILENT_SECONDS_MAX;
  const last = silent === null ? 'never heard of' : `last heard of ${silent} s ago`;
  return [
    judge('worker', isHeard, 'look', `relay ${last}, ${waiting} events wait`),
    judge(
      'sweeps',
      failing.length === 0,
      'look',
      failing.length === 0 ? 'none fails' : `failing: ${failing.join(', ')}`,
    ),
  ];
}

async function queueFindings({ REDIS_URL }: Config): Promise<Finding[]> {
  if (!REDIS_URL) return [found('queue', 'well', 'in PostgreSQL')];
  const redis = new Redis(REDIS_URL, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: ANSWERS_WITHIN_MS,
  });
  redis.on('error', () => {}); // the command that waits for it tells it, too
  const result = await asFinding('queue', async () => {
    await redis.connect();
    const [, policy] = await redis.config('GET', 'maxmemory-policy');
    const [, log] = await redis.config('GET', 'appendonly');
    return [
      judge(
        'queue',
        policy === 'noeviction',
        'ill',
        `Redis, maxmemory-policy ${policy}: jobs must never be evicted`,
      ),
      judge('queue log', log === 'yes', 'look', `appendonly ${log}: what is lost, the relay writes again`),
    ];
  });
  redis.disconnect();
  return Array.isArray(result) ? result : [result];
}

async function mailFinding({ SMTP_URL, DEMO }: Config): Promise<Finding> {
  if (!SMTP_URL) return judge('mail', DEMO, 'look', 'no SMTP_URL: mails stay in the local outbox');
  const result = await asFinding('mail', async () => {
    await nodemailer.createTransport({ url: SMTP_URL, connectionTimeout: ANSWERS_WITHIN_MS }).verify();
    return found('mail', 'well', 'the server takes mails');
  });
  return result;
}

function settingFindings({ STRIPE_SECRET_KEY, PUBLIC_URL, DATA_DIR, DEMO }: Config): Finding[] {
  const isLive = /^(sk|rk)_live_/.test(STRIPE_SECRET_KEY ?? '');
  const payments = isLive
    ? 'Stripe, live'
    : STRIPE_SECRET_KEY
      ? 'Stripe, its test mode'
      : 'the sandbox: no money moves';
  const { bavail, bsize } = statfsSync(existsSync(DATA_DIR) ? DATA_DIR : '.'); // a worker beside a given database keeps nothing
  const free = bavail * bsize;
  return [
    judge('payments', isLive || DEMO, 'look', payments),
    judge(
      'address',
      PUBLIC_URL?.startsWith('https:') ?? DEMO,
      'look',
      PUBLIC_URL ?? 'no PUBLIC_URL: links in mails lead to this machine',
    ),
    judge('disk', free >= FREE_BYTES_MIN, 'ill', `${(free / FREE_BYTES_MIN).toFixed(1)} GB free`),
  ];
}
