import { spawnSync } from 'node:child_process';
import { newId } from '../../src/kernel/ids.js';
import { databaseUrl, emptyDatabase, ownerSql } from '../support/app.js';

/** The built command line on this worker's database, as an operator runs it. */
function escale(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { PATH } = process.env;
  const MASTER_KEY = Buffer.alloc(32).toString('base64');
  const env = { PATH, DATABASE_URL: databaseUrl, MASTER_KEY };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/src/cli.js', ...args], {
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

beforeEach(() => emptyDatabase());

describe('escale ledger:verify', () => {
  it('is content with a ledger whose balances are the sum of its transfers', () => {
    expect(escale('ledger:verify')).toEqual({
      status: 0,
      stdout: 'Every balance is the sum of its transfers.\n',
      stderr: '',
    });
  });

  it('names each account that history does not explain, and ends with exit code 1', async () => {
    const id = newId();
    await ownerSql(
      `INSERT INTO ledger.accounts (id, kind, unit, floor, credits, created_at)
       VALUES ($1, 'pass', 'HALF_DAY', 'no_overdraft', 7, now())`,
      [id],
    );
    const { status, stdout } = escale('ledger:verify', '--json');
    expect({ status, answer: JSON.parse(stdout) }).toEqual({
      status: 1,
      answer: { wrong: [{ id }], clearing: [], books: [] },
    });
  });
});

describe('escale ledger:verify on clearing accounts', () => {
  it('names one in which money has stayed, and ends with exit code 1', async () => {
    const [id, other] = [newId(), newId()];
    await ownerSql(
      `INSERT INTO ledger.accounts (id, kind, unit, floor, debits, credits, created_at)
       VALUES ($1, 'provider_clearing', 'EUR', 'none', 5, 0, now()), ($2, 'pass_sales', 'EUR', 'none', 0, 5, now())`,
      [id, other],
    );
    await ownerSql(
      `INSERT INTO ledger.transfers (id, kind, group_id, debit_account_id, credit_account_id, unit, minor, reason, created_at)
       VALUES ($1, 'direct', $1, $2, $3, 'EUR', 5, 'x', now() - interval '4 days')`,
      [newId(), id, other],
    );
    const { status, stdout } = escale('ledger:verify', '--json');
    expect({ status, answer: JSON.parse(stdout) }).toEqual({
      status: 1,
      answer: { wrong: [], clearing: [{ id, unit: 'EUR', minor: '-5' }], books: [] },
    });
  });
});

describe('escale migrations:run', () => {
  it('changes nothing on a current database', () => {
    expect(escale('migrations:run')).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describe('escale doctor', () => {
  it('finds all well but what a test database gives up for speed, and ends with exit code 1', () => {
    const { status, stdout } = escale('doctor', '--json');
    const findings = JSON.parse(stdout) as { name: string; state: string; says: string }[];
    const ill = findings.filter(({ state }) => state === 'ill');
    expect({ status, ill: ill.map(({ name }) => name) }).toEqual({ status: 1, ill: ['durability'] });
    expect(ill[0]!.says).toContain('fsync');
    expect(findings.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['migrations', 'tenants', 'master key', 'worker', 'queue', 'disk']),
    );
  });

  it('names a migration that waits, and still looks at all the rest', async () => {
    const [newest] = await ownerSql<{ name: string }>(
      'DELETE FROM public.schema_migrations WHERE id = (SELECT max(id) FROM public.schema_migrations) RETURNING *',
    );
    const { stdout } = escale('doctor', '--json');
    await ownerSql(
      'INSERT INTO public.schema_migrations SELECT * FROM json_populate_record(NULL::public.schema_migrations, $1)',
      [JSON.stringify(newest)],
    );
    const findings = JSON.parse(stdout) as { name: string; says: string }[];
    expect(findings.find(({ name }) => name === 'migrations')!.says).toBe('1 wait: run migrations:run');
    expect(findings.map(({ name }) => name)).toContain('disk');
  });
});

describe('escale', () => {
  it('says what it can do when it is asked for something else', () => {
    const { status, stderr } = escale('ledgers:burn');
    expect(status).toBe(1);
    expect(stderr).toContain("unknown command 'ledgers:burn'");
    expect(stderr).toContain('ledger:verify');
  });
});
