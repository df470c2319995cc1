import { readFileSync } from 'node:fs';
import pg from 'pg';
import { APP_ROLE } from '../../migrations/tenancy.js';
import { databaseUrl } from '../support/app.js';

const lint = readFileSync('test/architecture/rls-lint.sql', 'utf8');

/** Tables whose rows belong to nobody that row-level security could tell, with the reason. */
const NOBODYS: Record<string, string> = {
  'ledger.accounts': 'the ledger knows nobody: accounts are reached by ids that their owners keep',
  'ledger.transfers': 'the ledger knows nobody: transfers are reached by ids that their owners keep',
};

type Hole = { readonly hole: string; readonly subject: string };
let client: pg.Client;

beforeAll(async () => {
  client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
});
afterAll(() => client.end());

/** Whatever is planted is rolled back. */
async function holes(plant = 'SELECT 1'): Promise<Hole[]> {
  await client.query('BEGIN');
  try {
    await client.query(plant);
    return (await client.query<Hole>(lint, [APP_ROLE, Object.keys(NOBODYS)])).rows;
  } finally {
    await client.query('ROLLBACK');
  }
}

it('no table, view or function of ours lets one network see the rows of another', async () => {
  expect(await holes()).toEqual([]);
});

it('every exception is a table that exists', async () => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT schemaname || '.' || tablename AS name FROM pg_tables`,
  );
  expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(NOBODYS)));
});

// The lint is worth what it finds: each kind of hole is planted once.
it.each([
  ['table without row-level security', 'CREATE TABLE platform.fresh (id uuid)'],
  ['not forced, so the owner sees all rows', 'ALTER TABLE platform.files NO FORCE ROW LEVEL SECURITY'],
  ['secured but without a policy', 'DROP POLICY owned ON platform.files'],
  [
    'policy without WITH CHECK',
    'DROP POLICY owned ON platform.files; CREATE POLICY owned ON platform.files USING (true)',
  ],
  [
    'view runs as its owner: set security_invoker',
    'CREATE VIEW platform.pub_files AS SELECT * FROM platform.files',
  ],
  [
    'materialized view: policies cannot apply',
    'CREATE MATERIALIZED VIEW platform.sums AS SELECT network_id FROM platform.files',
  ],
  [
    'SECURITY DEFINER function',
    `CREATE FUNCTION platform.all_files() RETURNS bigint SECURITY DEFINER LANGUAGE sql
       AS 'SELECT count(*) FROM platform.files'`,
  ],
  ['the application role can bypass policies', `ALTER ROLE ${APP_ROLE} BYPASSRLS`],
  ['the application role owns this', `ALTER TABLE platform.files OWNER TO ${APP_ROLE}`],
])('finds a hole: %s', async (hole, plant) => {
  expect((await holes(plant)).map((found) => found.hole)).toContain(hole);
});
