import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parse } from 'csv-parse/sync';
import { accountPath } from '../../src/books/plain-text.js';
import { Postings } from '../../src/books/postings.service.js';
import { Verifications } from '../../src/books/verification.service.js';
import { amount, decimalText, type Unit } from '../../src/kernel/money.js';
import { ownerSql } from './app.js';
import type { Agent } from './make-identity.js';
import { deliverEvents, type Clearing } from './make-settlement.js';
import { runOn } from './tools.js';

/** Hands on the events until there are none: documents come of one, and their entries of another. */
export async function deliverAll(app: NestFastifyApplication): Promise<void> {
  while ((await deliverEvents(app)).length > 0);
}

/** Every posting, as text: which account of whom, and how much. */
export async function postings(networkId: string): Promise<string[]> {
  const rows = await ownerSql<{ text: string }>(
    `SELECT concat_ws(' ', entry.source_kind, party.name, account, amount_minor, posting.unit) AS text
     FROM books.postings posting JOIN books.entries entry ON entry.id = entry_id
     JOIN directory.parties party ON party.id = party_id
     WHERE entry.network_id = $1 ORDER BY entry.source_kind, party.name, account, posting.unit, amount_minor`,
    [networkId],
  );
  return rows.map(({ text }) => text);
}

/** Debits less credits of an account of each party, where it is not zero. */
export async function balances(networkId: string, ...accounts: string[]): Promise<Record<string, number>> {
  const rows = await ownerSql<{ key: string; minor: string }>(
    `SELECT concat_ws(' ', account, party.name, posting.unit) AS key, sum(amount_minor)::text AS minor
     FROM books.postings posting JOIN directory.parties party ON party.id = party_id
     WHERE posting.network_id = $1 AND account = ANY ($2) GROUP BY 1 HAVING sum(amount_minor) <> 0 ORDER BY 1`,
    [networkId, accounts],
  );
  return Object.fromEntries(rows.map(({ key, minor }) => [key, Number(minor)]));
}

/** What a verification of this network tells. */
export async function differences(app: NestFastifyApplication, { networkId }: Pick<Clearing, 'networkId'>) {
  return (await app.get(Verifications).verify(networkId)).differences;
}

export function postAll(app: NestFastifyApplication): Promise<number> {
  return app.get(Postings).postAll();
}

/** Entries and postings without the numbers that the order of posting gives them. */
export async function wholeBook(networkId: string): Promise<unknown[]> {
  return ownerSql(
    `SELECT entry.id, entry.month::text, journal, day::text, source_kind, source_id, source_hash, reference, label,
       (SELECT jsonb_agg(jsonb_build_array(party_id, account, unit, amount_minor) ORDER BY line)
        FROM books.postings WHERE entry_id = entry.id) AS postings
     FROM books.entries entry WHERE network_id = $1 ORDER BY entry.id`,
    [networkId],
  );
}

type Balances = Record<string, string>;

/** Our trial balance, as hledger names its accounts: decimal text per account and currency, zero left out. */
export async function ourBalances(agent: Agent, networkId: string): Promise<Balances> {
  const found: Balances = {};
  let after = '';
  do {
    const { body } = await agent.get(`/v1/books/${networkId}/trial-balance?limit=500${after}`).expect(200);
    for (const { account, party, unit, balanceMinor } of body.items as TrialLine[]) {
      const posting = { account, partyId: party.id, party: party.name, unit, minor: BigInt(balanceMinor) };
      if (balanceMinor !== 0)
        found[`${accountPath(posting)} ${unit}`] = decimalText(amount(unit, balanceMinor));
    }
    after = body.next ? `&after=${encodeURIComponent(body.next)}` : '';
  } while (after !== '');
  return found;
}
type TrialLine = {
  account: string;
  party: { id: string; name: string };
  unit: Unit;
  balanceMinor: number;
};

/** Nothing in the books differs from what they came from, and a second tool adds them up to the same. */
export async function expectSoundBooks(
  app: NestFastifyApplication,
  { treasurer, networkId }: Pick<Clearing, 'treasurer' | 'networkId'>,
): Promise<void> {
  await deliverAll(app);
  expect(await differences(app, { networkId })).toEqual([]);
  const theirs = await hledgerBalances(treasurer, networkId);
  if (theirs) expect(theirs).toEqual(await ourBalances(treasurer, networkId));
  else console.warn('SKIPPED: hledger is not installed, so no second tool has added the books up.');
}

/** What hledger makes of the exported journal: null when it is not installed. It must accept it first, strictly. */
export async function hledgerBalances(agent: Agent, networkId: string): Promise<Balances | null> {
  const exported = await agent.get(`/v1/books/${networkId}/exports/hledger`).expect(200);
  const file = { name: 'book.journal', text: exported.text };
  const checked = runOn('hledger', file, (path) => ['-f', path, 'check', '-s', 'ordereddates']);
  if (!checked) return null;
  expect(checked).toEqual({ status: 0, stdout: '', stderr: '' });
  const args = ['balance', '--flat', '--no-total', '-O', 'csv', '--layout', 'bare'];
  const { stdout } = runOn('hledger', file, (path) => ['-f', path, ...args])!;
  const rows = parse(stdout, { columns: true }) as { account: string; commodity: string; balance: string }[];
  return Object.fromEntries(rows.map((row) => [`${row.account} ${row.commodity}`, row.balance]));
}
