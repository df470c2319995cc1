import { setTimeout as sleep } from 'node:timers/promises';
import type { ModuleMetadata } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import pg from 'pg';
import { AppModule } from '../../src/app.module.js';
import { Temporal, type Instant } from '../../src/kernel/time.js';
import { readConfig } from '../../src/platform/config.js';
import { Clock } from '../../src/platform/clock.js';
import { configureHttp, httpAdapter, httpOptions } from '../../src/platform/http/http.js';

/** Jest numbers its workers from 1; each has a database of its own. */
export const databaseUrl = `${process.env['TEST_SERVER_URL']}${process.env['JEST_WORKER_ID']}`;

/** Fixed, so that a key sealed by one test file opens in another. */
const TEST_MASTER_KEY = 'dGVzdHMtc2VhbC13aXRoLXRoaXMtMzItYnl0ZS1rZXk';

type Extra = Pick<ModuleMetadata, 'controllers' | 'providers'> & {
  settings?: Record<string, string>;
  clock?: Clock;
  /** What must happen before Fastify builds its routes. */
  prepare?: (app: NestFastifyApplication) => void;
};

/**
 * The real application on this worker's database, with a clock that tests move. The relay and the
 * consumers are not running: a test that needs them calls them.
 */
export async function startApp({
  settings = {},
  clock = new TestClock(),
  prepare = () => {},
  ...extra
}: Extra = {}): Promise<NestFastifyApplication> {
  const config = readConfig({ PASSWORD_MEMORY_KIB: '8', ...settings });
  const module = await Test.createTestingModule({
    ...extra,
    imports: [
      AppModule.with({
        ...config,
        DATABASE_URL: databaseUrl,
        MASTER_KEY: config.MASTER_KEY ?? TEST_MASTER_KEY,
        DEMO: config.DEMO ?? false,
      }),
    ],
  })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(httpAdapter(), {
    ...httpOptions,
    logger: false,
  });
  configureHttp(app);
  prepare(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready(); // Fastify builds its routes here
  return app;
}

/**
 * SQL as the owner of the database, beside the application: for setting a scene that no use case can
 * make, and for looking past row-level security. The application itself never has this reach.
 */
export async function ownerSql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  // The superuser of a test cluster is not bound by policies; on a given server the owner is, being FORCEd.
  return (await owner.query<Row & pg.QueryResultRow>(text, values)).rows;
}

/** A connection costs more than most statements. Jest may exit while it idles. */
const owner = new pg.Pool({
  connectionString: databaseUrl,
  max: 4,
  idleTimeoutMillis: 100,
  allowExitOnIdle: true,
});
owner.on('error', () => {}); // the server of a test run stops when the run does

/**
 * As ownerSql, past append-only triggers and foreign keys, as somebody with the owner's password could: a
 * session that calls itself a replica is stopped by neither.
 */
export async function tamperingSql(text: string, values: unknown[] = []): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(text, values);
    await client.query('COMMIT');
  } finally {
    await client.query('ROLLBACK'); // nothing is left to undo when all went well
    client.release();
  }
}

/** Empties every table of ours. Deleting the few rows of a test is many times faster than TRUNCATE. */
export async function emptyDatabase(): Promise<void> {
  const tables = await ownerSql<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'bullmq') AND tablename <> 'schema_migrations'`,
  );
  await tamperingSql(tables.map((table) => `DELETE FROM ${table.name};`).join(''));
}

/** Stands still until a test moves it. */
export class TestClock extends Clock {
  private moment = Temporal.Instant.from('2026-12-01T08:00:00Z');

  override now(): Instant {
    return this.moment;
  }

  travelTo(moment: string): void {
    this.moment = Temporal.Instant.from(moment);
  }
}

const WAIT_MS_MAX = 10_000;
const PAUSE_MS = 20;

/** Waits for something another process does, and fails with the last value seen. Never a bare sleep. */
export async function eventually<Value>(
  read: () => Promise<Value>,
  expected: Value,
  withinMs = WAIT_MS_MAX,
): Promise<void> {
  for (let waited = 0; waited < withinMs; waited += PAUSE_MS) {
    if (Object.is(await read(), expected)) return;
    await sleep(PAUSE_MS);
  }
  expect(await read()).toBe(expected);
}
