import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql, type TestClock } from '../support/app.js';
import { balances, deliverAll, differences } from '../support/make-books.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { makeParty, makeRecords, makeTreasurersMonth, type SpaceParty } from '../support/make-settlement.js';
import { close, partyRules, payments, putRules } from '../support/settle.js';

let app: NestFastifyApplication;
let clock: TestClock;
let month: Awaited<ReturnType<typeof makeTreasurersMonth>>;
beforeAll(async () => {
  app = await startApp();
  clock = app.get(Clock);
});
afterAll(() => app.close());
beforeEach(async () => {
  await emptyDatabase();
  clock.travelTo('2026-12-01T08:00:00Z');
  month = await makeTreasurersMonth(app);
});

const managerOf = async ({ operatorId }: SpaceParty): Promise<Agent> =>
  (await makePerson(app, { grants: [{ organisationId: operatorId, role: 'space_manager' }] })).agent;
const step = (name: string, windowId = month.windowId) =>
  month.treasurer.put(`/v1/windows/${windowId}/${name}`).send({}).expect(200);
async function recordBetween(home: SpaceParty, host: SpaceParty): Promise<string> {
  const [record] = await ownerSql<{ id: string }>(
    'SELECT id FROM checkin.visit_records WHERE home_space_id = $1 AND host_space_id = $2 ORDER BY id LIMIT 1',
    [home.id, host.id],
  );
  return record!.id;
}
async function dispute(home: SpaceParty, host: SpaceParty): Promise<{ id: string; guest: Agent }> {
  const guest = await managerOf(home);
  const id = newId();
  const recordId = await recordBetween(home, host);
  await guest
    .put(`/v1/disputes/${id}`)
    .send({ recordId, code: 'NOT_THERE', text: 'Not that day.' })
    .expect(200);
  return { id, guest };
}
/** Pays what is called, or lets those of one party fail. */
async function pay(windowId: string, failing?: SpaceParty): Promise<void> {
  await deliverAll(app);
  const { body } = await month.treasurer.get(`/v1/windows/${windowId}/payments`).expect(200);
  for (const { id, from } of body.items) {
    const fails = from.id === failing?.id;
    await month.treasurer
      .put(`/v1/payments/${id}/${fails ? 'failure' : 'execution'}`)
      .send(fails ? { reason: 'No money came' } : {})
      .expect(200);
  }
  await deliverAll(app);
}
const PARTIES = ['411000', '401000', '467000'];
const WAITING = ['467400', '471800'];

it('a disputed line waits in suspense while the rest is paid, and its end brings it back and credits the difference', async () => {
  const { LEC, MRS } = month.parties;
  const { nextWindowId } = await next();
  await step('advice');
  await deliverAll(app);
  const { id, guest } = await dispute(LEC, MRS); // 20.00
  await deliverAll(app);
  const suspense = { '471800 LEC EUR': -2_000, '471800 MRS EUR': 2_000 };
  expect(await balances(month.networkId, ...WAITING)).toEqual(suspense);
  expect(await differences(app, month)).toEqual([]);
  await step('call');
  await pay(month.windowId);
  expect(await balances(month.networkId, ...PARTIES)).toEqual({});
  expect(await differences(app, month)).toEqual([]);
  await guest
    .put(`/v1/disputes/${id}/moves/${newId()}`)
    .send({ kind: 'AUTHORISE', text: 'As agreed.', amountMinor: 1_500 })
    .expect(200);
  await close({ ...month, windowId: nextWindowId });
  await deliverAll(app);
  expect(await balances(month.networkId, ...WAITING)).toEqual({});
  expect(await balances(month.networkId, ...PARTIES)).toEqual({
    '467000 LEC EUR': -1_500,
    '467000 MRS EUR': 1_500,
  });
  expect(await differences(app, month)).toEqual([]);
  await step('advice', nextWindowId);
  await step('call', nextWindowId);
  await pay(nextWindowId);
  expect(await balances(month.networkId, ...PARTIES, ...WAITING)).toEqual({});
  const uneven = await ownerSql(`SELECT FROM ledger.accounts WHERE debits <> credits AND kind = 'party'`);
  expect(uneven).toEqual([]);
  expect(await differences(app, month)).toEqual([]);
});

it('a disputed line in another currency waits in the one it was billed in, and nothing is left over', async () => {
  await putRules(month, { clearanceUnit: 'EUR', disputeDays: 0 });
  const TUN = await makeParty(app, month.networkId, 'TUN', { unit: 'TND' });
  await makeRecords(month, { home: month.parties.MRS, host: TUN, days: 3, dayRate: 45_002 });
  await tamperingSql(
    `INSERT INTO settlement.fx_rates (day, base, quote, rate, source, created_at, updated_at)
     VALUES ('2026-11-28', 'EUR', 'TND', 3.38, 'ECB', now(), now())`,
  );
  const { nextWindowId } = await next();
  await step('advice');
  await deliverAll(app);
  const { id, guest } = await dispute(month.parties.MRS, TUN);
  await deliverAll(app);
  expect(await balances(month.networkId, '471800')).toEqual({
    '471800 MRS TND': -45_002,
    '471800 TUN TND': 45_002,
  });
  expect(await differences(app, month)).toEqual([]);
  await step('call');
  await pay(month.windowId);
  expect(await balances(month.networkId, ...PARTIES)).toEqual({});
  await guest
    .put(`/v1/disputes/${id}/moves/${newId()}`)
    .send({ kind: 'AUTHORISE', text: 'As agreed.', amountMinor: 45_002 })
    .expect(200);
  clock.travelTo('2027-01-02T08:00:00Z');
  await tamperingSql(`UPDATE settlement.fx_rates SET day = '2026-12-30'`);
  await close({ ...month, windowId: nextWindowId });
  await deliverAll(app);
  expect(await balances(month.networkId, '471800')).toEqual({});
  expect(await differences(app, month)).toEqual([]);
});

it('what is not paid is carried on into the next window, gross as it was, with a credit beside it', async () => {
  const { LEC, MRS, RJK } = month.parties;
  await partyRules(month, MRS.id, { vatMode: 'OWN_VAT', vatBps: 2000 });
  await tamperingSql(`UPDATE directory.parties SET settlement_profile = 'GROSS_ONLY' WHERE id = '${LEC.id}'`);
  const { nextWindowId } = await next();
  for (const name of ['advice', 'call']) await step(name);
  await pay(month.windowId, LEC);
  const carried = await balances(month.networkId, '467400');
  expect(carried).toMatchObject({ '467400 LEC EUR': -(10_000 + 2_000 + 1_200), '467400 RJK EUR': 1_200 });
  expect(await balances(month.networkId, ...PARTIES)).toEqual({});
  expect(await differences(app, month)).toEqual([]);
  const host = await managerOf(MRS);
  await host
    .put(`/v1/credit-records/${newId()}`)
    .send({ recordId: await recordBetween(LEC, MRS), amountMinor: 600, reason: 'Left at noon' })
    .expect(200);
  await makeRecords(month, { home: RJK, host: MRS, days: 1, dayRate: 2000, from: '2026-11-20' });
  await close({ ...month, windowId: nextWindowId });
  await deliverAll(app);
  expect(await balances(month.networkId, '467400')).toEqual({});
  expect(await differences(app, month)).toEqual([]);
  for (const name of ['advice', 'call']) await step(name, nextWindowId);
  expect((await payments({ ...month, windowId: nextWindowId })).length).toBeGreaterThan(3);
  await pay(nextWindowId);
  // Each account by itself: what was credited is on the side it is paid from.
  expect(await balances(month.networkId, ...PARTIES, ...WAITING)).toEqual({});
  expect(await differences(app, month)).toEqual([]);
});

it('an aborted window leaves nothing in the books but what it said and what took it back', async () => {
  const { LEC, MRS } = month.parties;
  const { nextWindowId } = await next();
  await step('advice');
  await deliverAll(app);
  await dispute(LEC, MRS);
  await deliverAll(app);
  await month.treasurer.put(`/v1/windows/${month.windowId}/abort`).send({ reason: 'Wrong rate' }).expect(200);
  await deliverAll(app);
  expect(await balances(month.networkId, ...PARTIES, ...WAITING, '706100', '611000')).toEqual({});
  expect(await ownerSql('SELECT FROM ledger.accounts WHERE debits <> credits')).toEqual([]);
  expect(await differences(app, month)).toEqual([]);
  await close({ ...month, windowId: nextWindowId });
  await deliverAll(app);
  expect(await balances(month.networkId, '467000')).toMatchObject({ '467000 MRS EUR': 5_800 });
  expect(await differences(app, month)).toEqual([]);
});

it('tells what differs by name: a document, an entry, a balance, a position, a series', async () => {
  await next();
  await deliverAll(app);
  const told = async () =>
    (await differences(app, month)).map(({ check, subject }) => `${check}: ${subject}`);
  expect(await told()).toEqual([]);
  const [document] = await ownerSql<{ id: string; number: string }>(
    `SELECT id, number FROM billing.documents ORDER BY number LIMIT 1`,
  );
  await tamperingSql(`UPDATE billing.documents SET lines = '[]' WHERE id = $1`, [document!.id]);
  expect(await told()).toEqual([`documents_unchanged: document ${document!.number}`]);
  await tamperingSql(`UPDATE books.entries SET label = 'Nothing' WHERE journal = 'VT' AND number = 2`);
  expect(await told()).toContain('chain_holds: entry 2026-12 VT 2');
  await tamperingSql(
    `DELETE FROM books.postings WHERE (entry_id, line) = (
       SELECT entry_id, line FROM books.postings JOIN books.entries ON id = entry_id
       JOIN directory.parties party ON party.id = party_id
       WHERE journal = 'CO' AND account = '467000' AND party.name = 'MRS')`,
  );
  expect(await told()).toEqual(
    expect.arrayContaining([
      'entries_balance: entry 2026-12 CO 1 EUR',
      'chain_holds: entry 2026-12 CO 1',
      'ledger_agrees: party MRS EUR',
      'positions_agree: window 1 MRS EUR',
    ]),
  );
  await tamperingSql('UPDATE books.series SET last_number = last_number + 1');
  expect(await told()).toContain('numbers_without_gaps: series 2026-12 CO');
  const { body } = await month.treasurer.get(`/v1/books/${month.networkId}/integrity`).expect(200);
  expect(body.lastVerification).toMatchObject({ holds: false, entries: 9 });
  expect(body.lastVerification.differences.length).toBeGreaterThan(5);
});

const next = (): Promise<{ nextWindowId: string }> => close(month);
