import { runMigrations } from 'bullmq';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Ledger1767000001000 } from '../migrations/1767000001000-ledger.js';
import { Platform1767000000000 } from '../migrations/1767000000000-platform.js';
import { Identity1767000002000 } from '../migrations/1767000002000-identity.js';
import { Directory1767000003000 } from '../migrations/1767000003000-directory.js';
import { Reciprocity1767000004000 } from '../migrations/1767000004000-reciprocity.js';
import { Passes1767000005000 } from '../migrations/1767000005000-passes.js';
import { Bookings1767000006000 } from '../migrations/1767000006000-bookings.js';
import { Checkin1767000007000 } from '../migrations/1767000007000-checkin.js';
import { Billing1767000008000 } from '../migrations/1767000008000-billing.js';
import { Settlement1767000009000 } from '../migrations/1767000009000-settlement.js';
import { Demo1767000010000 } from '../migrations/1767000010000-demo.js';
import { SpaceProfiles1767000011000 } from '../migrations/1767000011000-space-profiles.js';
import { BookingRequests1767000020000 } from '../migrations/1767000020000-booking-requests.js';
import { Disputes1767000039001 } from '../migrations/1767000039001-disputes.js';
import { DrillDown1767000044000 } from '../migrations/1767000044000-drill-down.js';
import { Laboratory1767000044001 } from '../migrations/1767000044001-laboratory.js';
import { Exports1767000044002 } from '../migrations/1767000044002-exports.js';
import { ServiceCharges1767000059000 } from '../migrations/1767000059000-service-charges.js';
import { OpeningBalances1767000044003 } from '../migrations/1767000044003-opening-balances.js';
import { Reminders1767000044004 } from '../migrations/1767000044004-reminders.js';
import { SettlementMoney1767000039000 } from '../migrations/1767000039000-settlement-money.js';
import { Waitlist1767000042000 } from '../migrations/1767000042000-waitlist.js';
import { SweepRuns1767000042001 } from '../migrations/1767000042001-sweep-runs.js';
import { Treasury1767000036002 } from '../migrations/1767000036002-treasury.js';
import { Review1767000036001 } from '../migrations/1767000036001-review.js';
import { PassProducts1767000034000 } from '../migrations/1767000034000-pass-products.js';
import { AgreementClauses1767000036000 } from '../migrations/1767000036000-agreement-clauses.js';
import { BookingChanges1767000032000 } from '../migrations/1767000032000-booking-changes.js';
import { OfflineDoor1767000030000 } from '../migrations/1767000030000-offline-door.js';
import { Desk1767000031000 } from '../migrations/1767000031000-desk.js';
import { SpaceOffice1767000035000 } from '../migrations/1767000035000-space-office.js';
import { Proposals1767000033000 } from '../migrations/1767000033000-proposals.js';
import { Banking1767000037000 } from '../migrations/1767000037000-banking.js';
import { DeviceLife1767000035100 } from '../migrations/1767000035100-device-life.js';
import { Calls1767000033001 } from '../migrations/1767000033001-calls.js';
import { Books1767000043000 } from '../migrations/1767000043000-books.js';
import { Duties1767000054001 } from '../migrations/1767000054001-duties.js';
import { Hooks1767000054000 } from '../migrations/1767000054000-hooks.js';
import { Documents1767000047001 } from '../migrations/1767000047001-documents.js';
import { Vat1767000047000 } from '../migrations/1767000047000-vat.js';
import { UndoneScans1767000040001 } from '../migrations/1767000040001-undone-scans.js';
import { PresenceInRooms1767000042002 } from '../migrations/1767000042002-presence-in-rooms.js';
import { Contests1767000055000 } from '../migrations/1767000055000-contests.js';
import { AskedTariffs1767000055001 } from '../migrations/1767000055001-asked-tariffs.js';
import { Keys1767000058000 } from '../migrations/1767000058000-keys.js';
import { IdentityProviders1767000058001 } from '../migrations/1767000058001-identity-providers.js';
import { Impersonations1767000058002 } from '../migrations/1767000058002-impersonations.js';
import { UsageIndex1767000045000 } from '../migrations/1767000045000-usage-index.js';
import { Observatory1767000052000 } from '../migrations/1767000052000-observatory.js';
import { Privacy1767000052001 } from '../migrations/1767000052001-privacy.js';
import { Payments1767000046000 } from '../migrations/1767000046000-payments.js';
import { Stays1767000050000 } from '../migrations/1767000050000-stays.js';
import { DataBank1767000051000 } from '../migrations/1767000051000-data-bank.js';
import { Encounters1767000051001 } from '../migrations/1767000051001-encounters.js';
import { Programmes1767000049000 } from '../migrations/1767000049000-programmes.js';
import { Tariffs1767000041000 } from '../migrations/1767000041000-tariffs.js';
import { Acts1767000053000 } from '../migrations/1767000053000-acts.js';
import { Evidence1767000053001 } from '../migrations/1767000053001-evidence.js';
import { LinesByStatement1767000053003 } from '../migrations/1767000053003-lines-by-statement.js';
import { SelfAssessedVat1767000053002 } from '../migrations/1767000053002-self-assessed-vat.js';
import { Charter1767000048000 } from '../migrations/1767000048000-charter.js';
import { Delegations1767000048001 } from '../migrations/1767000048001-delegations.js';
import { APP_ROLE } from '../migrations/tenancy.js';
import { WindowPairs1767000057000 } from '../migrations/1767000057000-window-pairs.js';
import { Account } from './ledger/account.entity.js';
import { Transfer } from './ledger/transfer.entity.js';
import type { Config } from './platform/config.js';
import { SnakeNaming } from './platform/columns.js';
import { BULLMQ_SCHEMA } from './platform/queue/queues.js';

/** A `date` is a day, not a moment: as text it cannot slip into another one. The driver would make a Date of it. */
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** Explicit lists: a file that is not named here does nothing. */
const entities = [Account, Transfer];
const migrations = [
  Platform1767000000000,
  Ledger1767000001000,
  Identity1767000002000,
  Directory1767000003000,
  Reciprocity1767000004000,
  Passes1767000005000,
  Bookings1767000006000,
  Checkin1767000007000,
  Billing1767000008000,
  Settlement1767000009000,
  Demo1767000010000,
  SpaceProfiles1767000011000,
  BookingRequests1767000020000,
  OfflineDoor1767000030000,
  Desk1767000031000,
  PassProducts1767000034000,
  BookingChanges1767000032000,
  AgreementClauses1767000036000,
  Review1767000036001,
  SpaceOffice1767000035000,
  Proposals1767000033000,
  Banking1767000037000,
  DeviceLife1767000035100,
  Calls1767000033001,
  Treasury1767000036002,
  SettlementMoney1767000039000,
  Disputes1767000039001,
  DrillDown1767000044000,
  Waitlist1767000042000,
  Laboratory1767000044001,
  Exports1767000044002,
  Books1767000043000,
  Vat1767000047000,
  UndoneScans1767000040001,
  SweepRuns1767000042001,
  OpeningBalances1767000044003,
  Reminders1767000044004,
  Payments1767000046000,
  Documents1767000047001,
  Tariffs1767000041000,
  UsageIndex1767000045000,
  PresenceInRooms1767000042002,
  Acts1767000053000,
  Evidence1767000053001,
  SelfAssessedVat1767000053002,
  Observatory1767000052000,
  Stays1767000050000,
  DataBank1767000051000,
  Contests1767000055000,
  AskedTariffs1767000055001,
  Keys1767000058000,
  IdentityProviders1767000058001,
  Impersonations1767000058002,
  Charter1767000048000,
  Hooks1767000054000,
  Duties1767000054001,
  Encounters1767000051001,
  Privacy1767000052001,
  Delegations1767000048001,
  LinesByStatement1767000053003,
  Programmes1767000049000,
  WindowPairs1767000057000,
  ServiceCharges1767000059000,
];

function baseOptions(url: string) {
  return {
    type: 'postgres',
    url,
    entities,
    migrations,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeNaming(),
    synchronize: false,
    installExtensions: false, // migrations say which extensions exist
  } satisfies DataSourceOptions;
}

/** The application's pool. A statement or a lock that takes too long fails instead of piling up. */
export function dataSourceOptions(config: Config): DataSourceOptions {
  return {
    ...baseOptions(config.DATABASE_URL),
    ...withReplica(config),
    poolSize: config.DATABASE_POOL_MAX,
    extra: {
      statement_timeout: config.STATEMENT_TIMEOUT_MS,
      lock_timeout: config.LOCK_TIMEOUT_MS,
      idle_in_transaction_session_timeout: config.STATEMENT_TIMEOUT_MS,
      options: `-c role=${APP_ROLE}`, // row-level security binds this role; only migrations run as the owner
    },
  };
}

/** Db.readBehind asks the replica; without one TypeORM gives it the only pool there is. */
function withReplica({ DATABASE_URL, DATABASE_REPLICA_URL }: Config) {
  if (!DATABASE_REPLICA_URL) return {};
  return { replication: { master: { url: DATABASE_URL }, slaves: [{ url: DATABASE_REPLICA_URL }] } };
}

/** Without the timeouts: a migration may take as long as it takes. */
export function migrationDataSource(url: string): DataSource {
  return new DataSource(baseOptions(url));
}

/** Any number, as long as it is ours alone: processes that start together migrate one after the other. */
const MIGRATION_LOCK = 4_204_201;

/** Ours first, then BullMQ's, which migrates nothing by itself. Both do nothing when there is nothing to do. */
export async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const dataSource = await migrationDataSource(url).initialize();
    await dataSource.runMigrations().finally(() => dataSource.destroy());
    await runMigrations(client, BULLMQ_SCHEMA);
  } finally {
    await client.end(); // and with it the lock
  }
}
