import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../../src/database.js';
import { databaseUrl } from '../support/app.js';

let dataSource: DataSource;
beforeAll(async () => {
  dataSource = await migrationDataSource(databaseUrl).initialize();
});
afterAll(() => dataSource.destroy());

/** Keys for each line would take most of the time of a closing. */
const ASKED_AT_ONCE = 'the trigger lines_are_records asks it, with the amounts, of all lines of a statement';

const ADDED_UP = 'a sum of lines and charges, which have been asked; a proof adds them up again';

/** Columns that end in _id and point to nothing, with the reason. */
const NO_FOREIGN_KEY: Record<string, string> = {
  'platform.inbox.event_id': 'the outbox is pruned before the inbox',
  'platform.mails.person_id': 'the platform knows no module',
  'platform.files.owner_person_id': 'the platform knows no module',
  'platform.files.network_id': 'the platform knows no module',
  'platform.file_pieces.network_id': 'the platform knows no module',
  'passes.issuers.short_id': 'the name a network has in codes, kept as it was when it began to issue',
  'directory.networks.short_id': 'not a reference: the name of the network in pass codes',
  'banking.bank_lines.end_to_end_id': 'what a bank has written',
  'books.entries.source_id': 'the fact of an entry stands in one of several tables',
  'settlement.lines.record_id': ASKED_AT_ONCE,
  'settlement.lines.window_id': ASKED_AT_ONCE,
  'settlement.lines.network_id': ASKED_AT_ONCE,
  'settlement.lines.debtor_party_id': ASKED_AT_ONCE,
  'settlement.lines.creditor_party_id': ASKED_AT_ONCE,
  'settlement.pairs.window_id': ADDED_UP,
  'settlement.pairs.network_id': ADDED_UP,
  'settlement.pairs.debtor_party_id': ADDED_UP,
  'settlement.pairs.creditor_party_id': ADDED_UP,
  'ledger.transfers.group_id': 'a group is nothing but its transfers',
};

const OURS = `NOT IN ('pg_catalog', 'information_schema', 'bullmq', 'public')`;

async function offenders(query: string): Promise<string[]> {
  const rows: { name: string }[] = await dataSource.query(query);
  return rows.map((row) => row.name);
}

describe('entities and migrations', () => {
  /**
   * The schema may promise more than entities know (foreign keys, CHECKs, indexes, defaults: they live
   * in the migrations), so TypeORM's wish to drop those is not a difference. Everything else is.
   */
  it('agree', async () => {
    const wanted = await dataSource.driver.createSchemaBuilder().log();
    const differences = wanted.upQueries
      .map((query) => query.query)
      .filter((query) => !/ DROP CONSTRAINT | DROP DEFAULT$|^DROP INDEX /.test(query));
    expect(differences).toEqual([]);
  });
});

describe('every table of ours', () => {
  it('has a primary key', async () => {
    const query = `SELECT format('%s.%s', schemaname, tablename) AS name FROM pg_tables WHERE schemaname ${OURS}
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE contype = 'p'
        AND conrelid = format('%I.%I', schemaname, tablename)::regclass)`;
    expect(await offenders(query)).toEqual([]);
  });

  it('says when a row was created', async () => {
    const query = `SELECT format('%s.%s', t.schemaname, t.tablename) AS name FROM pg_tables t WHERE schemaname ${OURS}
      AND NOT EXISTS (SELECT FROM information_schema.columns c WHERE c.column_name = 'created_at'
        AND c.table_schema = t.schemaname AND c.table_name = t.tablename)`;
    expect(await offenders(query)).toEqual([]);
  });

  it('keeps moments with their time zone', async () => {
    const query = `SELECT format('%s.%s.%s', table_schema, table_name, column_name) AS name
      FROM information_schema.columns WHERE table_schema ${OURS} AND data_type = 'timestamp without time zone'`;
    expect(await offenders(query)).toEqual([]);
  });

  it('backs every *_id with a foreign key, or says here why not', async () => {
    const query = `SELECT format('%s.%s.%s', n.nspname, c.relname, a.attname) AS name
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname ${OURS} AND c.relkind = 'r' AND a.attnum > 0 AND a.attname LIKE '%\\_id'
      AND NOT EXISTS (SELECT FROM pg_constraint k
        WHERE k.contype = 'f' AND k.conrelid = c.oid AND a.attnum = ANY (k.conkey))`;
    expect((await offenders(query)).toSorted()).toEqual(Object.keys(NO_FOREIGN_KEY).toSorted());
  });
});
