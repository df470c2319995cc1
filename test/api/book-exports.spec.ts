import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parse } from 'csv-parse/sync';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, startApp } from '../support/app.js';
import { deliverAll, differences, hledgerBalances, ourBalances } from '../support/make-books.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import {
  makeClearing,
  makeParty,
  makeRecords,
  makeTreasurersMonth,
  type Clearing,
} from '../support/make-settlement.js';
import { close, partyRules, putRules } from '../support/settle.js';
import { runOn } from '../support/tools.js';

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
});
afterAll(() => app.close());
beforeEach(() => emptyDatabase());

const SIREN = '732829320';
type FecRow = Record<string, string>;
async function readFec(agent: Agent, networkId: string, more = ''): Promise<FecRow[]> {
  const { text, headers } = await agent
    .get(`/v1/books/${networkId}/exports/fec?siren=${SIREN}&year=2026${more}`)
    .expect(200);
  expect(headers['content-disposition']).toBe(`attachment; filename="${SIREN}FEC20261231.txt"`);
  return parse(text, { columns: true, delimiter: '\t', quote: null, relax_column_count: false }) as FecRow[];
}
const cents = (text: string) => Number(text.replace(',', ''));

/** Balanced by entry, numbered 1, 2, 3 … in each journal and month, days in their month. */
function expectWhole(rows: readonly FecRow[]): void {
  const entries = new Map<string, number>();
  const numbers = new Map<string, Set<number>>();
  for (const row of rows) {
    expect(Object.keys(row)).toHaveLength(18);
    expect([cents(row['Debit']!) === 0, cents(row['Credit']!) === 0]).toContain(true);
    const key = row['EcritureNum']!;
    entries.set(key, (entries.get(key) ?? 0) + cents(row['Debit']!) - cents(row['Credit']!));
    const [series, number] = key.split('-') as [string, string];
    expect(series).toBe(`${row['JournalCode']}${row['EcritureDate']!.slice(0, 6)}`);
    numbers.set(series, (numbers.get(series) ?? new Set()).add(Number(number)));
    expect(row['EcritureDate']).toMatch(/^2026(0[1-9]|1[0-2])([0-2]\d|3[01])$/);
    expect(row['ValidDate']! >= row['EcritureDate']!).toBe(true);
    expect(row['CompteNum']).toMatch(/^\d{6}$/);
  }
  expect([...entries.values()].filter((sum) => sum !== 0)).toEqual([]);
  for (const found of numbers.values())
    expect([...found].toSorted((a, b) => a - b)).toEqual(Array.from(found, (_, at) => at + 1));
}

/** 45.000 TND are owed in Tunis, at 3.38 for one euro; Marseille is owed 60.00 EUR. */
async function twoCurrencies(rate: boolean): Promise<{ clearing: Clearing; tunisId: string }> {
  const clearing = await makeClearing(app);
  const TUN = await makeParty(app, clearing.networkId, 'TUN', { unit: 'TND' });
  const MRS = await makeParty(app, clearing.networkId, 'MRS');
  await makeRecords(clearing, { home: MRS, host: TUN, days: 1, dayRate: 45_000 });
  await makeRecords(clearing, { home: TUN, host: MRS, days: 3, dayRate: 2000 });
  if (rate) {
    await putRules(clearing, { clearanceUnit: 'EUR' });
    const grants = [{ organisationId: clearing.networkId, role: 'network_treasurer' as const }];
    const { agent: second } = await makePerson(app, { grants });
    const id = newId();
    const body = {
      networkId: clearing.networkId,
      quote: 'TND',
      source: 'BCT',
      day: '2026-11-28',
      rate: '3.38',
    };
    await clearing.treasurer.put(`/v1/exchange-rates/${id}`).send(body).expect(200);
    await second.put(`/v1/exchange-rates/${id}/signature`).expect(200);
  }
  await close(clearing);
  await deliverAll(app);
  return { clearing, tunisId: TUN.id };
}

it('hledger accepts the journal of S6, and its balances are our trial balance to the cent', async () => {
  const month = await makeTreasurersMonth(app);
  for (const name of ['MRS', 'BCN'] as const)
    await partyRules(month, month.parties[name].id, { vatMode: 'OWN_VAT', vatBps: 2100 });
  await close(month);
  await deliverAll(app);
  const ours = await ourBalances(month.treasurer, month.networkId);
  expect(Object.keys(ours).length).toBeGreaterThan(15);
  const theirs = await hledgerBalances(month.treasurer, month.networkId);
  if (theirs) expect(theirs).toEqual(ours);
});

it('hledger agrees in euro, dinars and half-days, and beancount finds nothing wrong', async () => {
  const { clearing } = await twoCurrencies(true);
  expect(await differences(app, clearing)).toEqual([]);
  const ours = await ourBalances(clearing.treasurer, clearing.networkId);
  // Tunis is owed 45.000 TND, which are 13.31 EUR where it is netted, and owes 60.00 EUR.
  expect(Object.entries(ours).filter(([name]) => name.includes('Clearing'))).toEqual([
    [expect.stringMatching(/^Assets:Clearing:TUN-\w+ EUR$/), '-46.69'],
    [expect.stringMatching(/^Assets:Clearing:MRS-\w+ EUR$/), '46.69'],
  ]);
  const theirs = await hledgerBalances(clearing.treasurer, clearing.networkId);
  if (theirs) expect(theirs).toEqual(ours);
  const { text } = await clearing.treasurer
    .get(`/v1/books/${clearing.networkId}/exports/beancount`)
    .expect(200);
  expect(text).toMatch(/^2026-12-01 \* "VT-2026-12-1" "Invoice /m);
  const checked = runOn('bean-check', { name: 'book.beancount', text }, (file) => [file]);
  if (checked) expect(checked).toEqual({ status: 0, stdout: '', stderr: '' });
});

it('the French FEC has 18 columns, balances by entry, and leaves no number out', async () => {
  const month = await makeTreasurersMonth(app);
  await close(month);
  await deliverAll(app);
  const rows = await readFec(month.treasurer, month.networkId);
  expectWhole(rows);
  const hosted = rows.filter((row) => row['CompteNum'] === '706100');
  expect(hosted.reduce((sum, row) => sum + cents(row['Credit']!), 0)).toBe(44_200);
  expect(new Set(rows.map((row) => row['JournalCode']))).toEqual(new Set(['CO', 'VT']));
  // Marseille alone: its own numbers, 1 to n, and its 180.00 of visits.
  const { agent } = await makePerson(app, {
    grants: [{ organisationId: month.parties.MRS.operatorId, role: 'space_manager' }],
  });
  const own = await readFec(agent, month.networkId, `&partyId=${month.parties.MRS.id}`);
  expectWhole(own);
  expect(new Set(own.map((row) => row['CompAuxLib']))).toEqual(new Set(['MRS']));
  expect(
    own.filter((row) => row['CompteNum'] === '706100').reduce((sum, row) => sum + cents(row['Credit']!), 0),
  ).toBe(18_000);
  await agent.get(`/v1/books/${month.networkId}/exports/fec?siren=${SIREN}&year=2026`).expect(403);
});

it('the FEC shows a foreign currency beside its euros, at the rate kept with the entry; without one it is refused', async () => {
  const { clearing, tunisId } = await twoCurrencies(true);
  const rows = await readFec(clearing.treasurer, clearing.networkId);
  expectWhole(rows);
  const billed = rows.find((row) => row['CompteNum'] === '706100' && row['CompAuxNum'] === tunisId);
  // 45.000 ÷ 3.38 = 13.3136
  expect(billed).toMatchObject({ Credit: '13,31', Montantdevise: '-45,000', Idevise: 'TND' });
  const journal = await clearing.treasurer
    .get(`/v1/books/${clearing.networkId}/journal?account=706100&partyId=${tunisId}`)
    .expect(200);
  const entry = await clearing.treasurer
    .get(`/v1/books/${clearing.networkId}/entries/${journal.body.items[0].entryId}`)
    .expect(200);
  expect(entry.body.rates).toEqual([{ unit: 'TND', perEuro: '3.38', day: '2026-11-28', source: 'BCT' }]);

  await emptyDatabase();
  const without = (await twoCurrencies(false)).clearing;
  const refused = await without.treasurer
    .get(`/v1/books/${without.networkId}/exports/fec?siren=${SIREN}&year=2026`)
    .expect(409);
  expect(refused.body).toMatchObject({ code: 'books.rate_missing', unit: 'TND' });
});
