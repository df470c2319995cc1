/**
 * `npm run torture -- --planted`: are the questions good for anything? In a throw-away database one fault at a time is
 * planted, as a mistake of ours would be, and the same work is done by the product's own code. Before it is planted no
 * question is answered; afterwards the one named here is.
 */
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions, migrate } from '../dist/src/database.js';
import { newId } from '../dist/src/kernel/ids.js';
import { Ledger } from '../dist/src/ledger/index.js';
import { Clock } from '../dist/src/platform/clock.js';
import { readConfig } from '../dist/src/platform/config.js';
import { Db } from '../dist/src/platform/db.js';
import { namedScope } from '../dist/src/platform/scope.js';
import { askOracles } from './oracles.mjs';
import { plantedInBookings } from './planted-bookings.mjs';
import { postgres } from './processes.mjs';

const OPERATOR = namedScope('operator');
const CLIENTS = 8;
const TURNS = 40;

/** What happens instead of what should, at each change of an account. */
const onAccounts = (change) => `
  CREATE FUNCTION ledger.planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${change} RETURN NEW; END $$;
  CREATE TRIGGER planted BEFORE UPDATE ON ledger.accounts FOR EACH ROW EXECUTE FUNCTION ledger.planted();`;

const LEDGER_FAULTS = [
  {
    name: 'a void forgets the side it was to be taken from',
    oracle: 'ledger_history',
    plant: onAccounts(`IF NEW.debits = OLD.debits AND NEW.debits_held < OLD.debits_held
      THEN NEW.debits_held := OLD.debits_held; END IF;`),
  },
  {
    name: 'a post leaves what was set aside where it is',
    oracle: 'ledger_history',
    plant: onAccounts(`IF NEW.debits > OLD.debits AND NEW.debits_held < OLD.debits_held
      THEN NEW.debits_held := OLD.debits_held; END IF;`),
  },
  {
    name: 'a credit is a cent short',
    oracle: 'ledger_totals',
    plant: onAccounts('IF NEW.credits > OLD.credits THEN NEW.credits := NEW.credits - 1; END IF;'),
  },
  {
    name: 'a hold may end twice',
    oracle: 'hold_once',
    plant: `ALTER TABLE ledger.transfers DROP CONSTRAINT transfers_hold_id_key;
      CREATE FUNCTION ledger.planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO ledger.transfers SELECT gen_random_uuid(), 'post', NEW.hold_id, NEW.corrects_id, NEW.group_id,
          NEW.debit_account_id, NEW.credit_account_id, NEW.unit, NEW.minor, NEW.reason, NEW.created_at;
        RETURN NEW; END $$;
      CREATE TRIGGER planted AFTER INSERT ON ledger.transfers FOR EACH ROW WHEN (NEW.kind = 'void')
        EXECUTE FUNCTION ledger.planted();`,
  },
  {
    name: 'an account may be overdrawn',
    oracle: 'ledger_floor',
    plant: 'ALTER TABLE ledger.accounts DROP CONSTRAINT accounts_no_overdraft;',
  },
  {
    name: 'units are mixed',
    oracle: 'unit_kept',
    plant: `ALTER TABLE ledger.transfers DROP CONSTRAINT transfers_debit_account_id_unit_fkey,
      DROP CONSTRAINT transfers_credit_account_id_unit_fkey;`,
  },
  {
    name: 'the same transfer sent again moves again',
    oracle: 'transfer_once',
    plant: 'ALTER TABLE ledger.transfers DROP CONSTRAINT transfers_pkey CASCADE;',
  },
  {
    name: 'more is posted than was set aside',
    oracle: 'hold_covers',
    plant: `CREATE FUNCTION ledger.planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        NEW.minor := NEW.minor + 1; RETURN NEW; END $$;
      CREATE TRIGGER planted BEFORE INSERT ON ledger.transfers FOR EACH ROW WHEN (NEW.kind = 'post')
        EXECUTE FUNCTION ledger.planted();`,
  },
];

export async function runPlanted() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-planted-'));
  const database = await postgres(path.join(folder, 'database'));
  const results = [];
  try {
    await migrate(database.url);
    const admin = new pg.Client({ connectionString: new URL('/template1', database.url).href });
    await admin.connect();
    const opening = (number) => openCopy(admin, database.url, `planted_${number}`);
    for (const [number, fault] of LEDGER_FAULTS.entries())
      results.push(await inLedger(await opening(number), fault));
    results.push(await withoutLocks(await opening('locks')));
    for (const [number, one] of plantedInBookings.entries())
      results.push(await one(await opening(`bookings_${number}`)));
    await admin.end();
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return conclude(results);
}

/** A database as migrated, that nobody has used. */
async function openCopy(admin, url, name) {
  await admin.query(`CREATE DATABASE ${name} TEMPLATE postgres`);
  const copy = new URL(url);
  copy.pathname = `/${name}`;
  const owner = new pg.Pool({ connectionString: copy.href, max: 4 });
  owner.on('error', () => {});
  await owner.query('CREATE SCHEMA torture; CREATE TABLE torture.consumers (name text, consumer text)');
  return { url: copy.href, owner, ask: async (text, values) => (await owner.query(text, values)).rows };
}

const settingsOn = (url) =>
  readConfig({ DATABASE_URL: url, MASTER_KEY: Buffer.alloc(32).toString('base64'), DEMO: 'false' });

async function openLedger({ url }, patch = (dataSource) => dataSource) {
  const dataSource = patch(await new DataSource(dataSourceOptions(settingsOn(url))).initialize());
  const [db, ledger] = [new Db(dataSource), new Ledger(new Clock())];
  const act = (method, ...args) => db.tx(OPERATOR, (tx) => ledger[method](tx, ...args));
  return { act, close: () => dataSource.destroy() };
}

async function inLedger(copy, { name, oracle, plant }) {
  const { act, close } = await openLedger(copy);
  try {
    await everyMovement(act);
    const before = (await askOracles(copy.ask)).map((broken) => broken.oracle);
    await copy.owner.query(plant);
    await everyMovement(act);
    const after = (await askOracles(copy.ask)).map((broken) => broken.oracle);
    return { name, oracle, before, after, isRight: before.length === 0 && after.includes(oracle) };
  } finally {
    await close();
    await copy.owner.end();
  }
}

/** Everything a ledger does, and what it must refuse; what is let through by a fault is let through here. */
async function everyMovement(act) {
  const [source, purse, shop, foreign] = Array.from({ length: 4 }, () => newId());
  await act('open', source, 'sample', 'EUR', 'none');
  await act('open', purse, 'sample', 'EUR', 'no_overdraft');
  await act('open', shop, 'sample', 'EUR', 'no_overdraft');
  await act('open', foreign, 'sample', 'TND', 'no_overdraft');
  const order = (debit, credit, minor, id = newId()) => ({
    id,
    debit,
    credit,
    amount: { unit: 'EUR', minor },
    reason: 'sample',
  });
  const first = order(source, purse, 1_000n);
  await act('transfer', first);
  await act('transfer', first);
  const [posted, voided] = [order(purse, shop, 100n), order(purse, shop, 50n)];
  for (const hold of [posted, voided]) await act('hold', hold);
  await act('post', posted.id);
  await act('void', voided.id);
  await act('post', voided.id).catch(() => {});
  await act('hold', order(purse, shop, 5_000n)).catch(() => {});
  await act('transfer', order(purse, foreign, 10n)).catch(() => {});
}

/** The ninth: many transfers at once no longer lock their accounts beforehand. Slower at worst, and not wrong. */
async function withoutLocks(copy) {
  let removed = 0;
  const { act, close } = await openLedger(copy, (dataSource) => {
    const make = dataSource.createQueryRunner.bind(dataSource);
    dataSource.createQueryRunner = (mode) => {
      const runner = make(mode);
      const query = runner.query.bind(runner);
      runner.query = (text, ...rest) => {
        if (text.includes('FOR UPDATE')) removed += 1;
        return query(text.replace('FOR UPDATE', ''), ...rest);
      };
      return runner;
    };
    return dataSource;
  });
  try {
    const accounts = Array.from({ length: 6 }, () => newId());
    for (const id of accounts) await act('open', id, 'sample', 'EUR', 'none');
    const some = (from) =>
      Array.from({ length: 3 }, (_, leg) => ({
        id: newId(),
        debit: accounts[(from + leg) % 6],
        credit: accounts[(from + leg + 1) % 6],
        amount: { unit: 'EUR', minor: 7n },
        reason: 'sample',
      }));
    let refused = 0;
    await Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        for (let turn = 0; turn < TURNS; turn += 1)
          await act('transferAll', some(client + turn)).catch(() => (refused += 1));
      }),
    );
    const [{ n }] = await copy.ask('SELECT count(*)::int AS n FROM ledger.transfers');
    const after = (await askOracles(copy.ask)).map((broken) => broken.oracle);
    const isWhole = n === 3 * (CLIENTS * TURNS - refused) && removed >= CLIENTS * TURNS;
    const name = `row locks are removed (${removed} times; ${n} transfers, ${refused} batches given up)`;
    return { name, oracle: 'none: harmless', before: [], after, isRight: after.length === 0 && isWhole };
  } finally {
    await close();
    await copy.owner.end();
  }
}

function conclude(results) {
  for (const { name, oracle, before, after, isRight } of results)
    console.log(
      `${isRight ? 'CAUGHT' : 'MISSED'}  ${oracle.padEnd(20)}  ${name}  [before: ${before.join(' ') || 'nothing'}; after: ${after.join(' ') || 'nothing'}]`,
    );
  const missed = results.filter(({ isRight }) => !isRight).length;
  console.log(
    `\n${results.length - missed} of ${results.length} planted faults were answered as they should be.`,
  );
  return missed === 0 ? 0 : 1;
}
