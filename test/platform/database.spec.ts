import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Db, sql, sqlState, type Tx } from '../../src/platform/db.js';
import { PUBLIC_SCOPE } from '../../src/platform/scope.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';

let app: NestFastifyApplication;
let db: Db;

beforeAll(async () => {
  app = await startApp({ settings: { STATEMENT_TIMEOUT_MS: '3000' } });
  db = app.get(Db);
});
afterAll(() => app.close());
beforeEach(() => emptyDatabase());

const one = async <Row>(text: string) => (await ownerSql<Row>(text))[0]!;

describe('the test database', () => {
  it("is this worker's own clone of the migrated template", async () => {
    const { name } = await one<{ name: string }>('SELECT current_database() AS name');
    expect(name).toBe(`escale_test_${process.env['JEST_WORKER_ID']}`);
    const { applied } = await one<{ applied: number }>(
      'SELECT count(*)::int AS applied FROM schema_migrations',
    );
    expect(applied).toBeGreaterThan(0);
  });

  it('is UTF-8, in UTC, and recent enough', async () => {
    const { encoding, zone, version } = await one<{ encoding: string; zone: string; version: number }>(
      `SELECT current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS zone,
         current_setting('server_version_num')::int AS version`,
    );
    expect({ encoding, zone }).toEqual({ encoding: 'UTF8', zone: 'UTC' });
    expect(version).toBeGreaterThanOrEqual(150_000);
  });
});

describe('sql', () => {
  it('returns the rows of every kind of statement', async () => {
    await db.tx(PUBLIC_SCOPE, async (tx) => {
      const row = `INSERT INTO platform.inbox (consumer, event_id) VALUES ('a', gen_random_uuid()) RETURNING consumer`;
      expect(await sql(tx, row)).toEqual([{ consumer: 'a' }]);
      expect(await sql(tx, `UPDATE platform.inbox SET consumer = 'b' RETURNING consumer`)).toEqual([
        { consumer: 'b' },
      ]);
      expect(await sql(tx, `UPDATE platform.inbox SET consumer = 'c' WHERE consumer = 'none'`)).toEqual([]);
      expect(await sql(tx, 'SELECT consumer FROM platform.inbox')).toEqual([{ consumer: 'b' }]);
      expect(await sql(tx, 'DELETE FROM platform.inbox RETURNING consumer')).toEqual([{ consumer: 'b' }]);
    });
  });
});

describe('Db.tx', () => {
  it('undoes everything when the use case throws', async () => {
    const useCase = db.tx(PUBLIC_SCOPE, async (tx) => {
      await sql(tx, `INSERT INTO platform.inbox (consumer, event_id) VALUES ('a', gen_random_uuid())`);
      throw new Error('changed my mind');
    });
    await expect(useCase).rejects.toThrow('changed my mind');
    expect(await ownerSql('SELECT 1 FROM platform.inbox')).toEqual([]);
  });

  // In production a deadlock would otherwise reach the caller as a 500, though nothing is wrong with the request.
  it('runs the whole use case again after a deadlock', async () => {
    await ownerSql('CREATE TABLE IF NOT EXISTS counters (id int PRIMARY KEY, n int NOT NULL)');
    await ownerSql('GRANT SELECT, UPDATE ON counters TO escale_app');
    await ownerSql('INSERT INTO counters VALUES (1, 0), (2, 0)');
    let runs = 0;
    const bump = (tx: Tx, id: number) => sql(tx, 'UPDATE counters SET n = n + 1 WHERE id = $1', [id]);
    const cross = (first: number, second: number) =>
      db.tx(PUBLIC_SCOPE, async (tx) => {
        runs += 1;
        await bump(tx, first);
        await sleep(200);
        await bump(tx, second);
      });
    await Promise.all([cross(1, 2), cross(2, 1)]);
    expect(runs).toBe(3);
    expect(await ownerSql('SELECT n FROM counters')).toEqual([{ n: 2 }, { n: 2 }]);
    await ownerSql('DROP TABLE counters');
  });

  it('does not wait for ever', async () => {
    const error: unknown = await db
      .tx(PUBLIC_SCOPE, (tx) => sql(tx, 'SELECT pg_sleep(60)'))
      .catch((caught: unknown) => caught);
    expect(sqlState(error)).toBe('57014'); // query_canceled, by STATEMENT_TIMEOUT_MS
  });
});

describe('Db.read', () => {
  it('cannot write', async () => {
    const write = db.read(PUBLIC_SCOPE, (on) =>
      sql(on, `INSERT INTO platform.inbox (consumer, event_id) VALUES ('a', gen_random_uuid())`),
    );
    await expect(write).rejects.toThrow('read-only transaction');
  });
});

describe('the scope of a transaction', () => {
  const seen = (on: Tx | Parameters<Parameters<Db['read']>[1]>[0]) =>
    sql<{ networks: string[]; role: string }>(
      on,
      'SELECT platform.scope_networks() AS networks, current_user AS role',
    );

  // A scope left on a pooled connection would show the next caller somebody else's rows.
  it('ends with it', async () => {
    const network = '01890000-0000-7000-8000-000000000001';
    for (let turn = 0; turn < 20; turn += 1) {
      const [inside] = await db.tx({ networks: [network] }, seen);
      expect(inside).toEqual({ networks: [network], role: 'escale_app' });
      const [after] = await db.read(PUBLIC_SCOPE, seen);
      expect(after!.networks).toEqual([]);
    }
  });
});
