import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql, type TestClock } from '../support/app.js';
import { balances, deliverAll, differences, postAll } from '../support/make-books.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { makeRecords, makeTreasurersMonth } from '../support/make-settlement.js';
import { close } from '../support/settle.js';

let app: NestFastifyApplication;
let clock: TestClock;
let month: Awaited<ReturnType<typeof makeTreasurersMonth>>;
let second: Agent;
let nextWindowId: string;
beforeAll(async () => {
  app = await startApp();
  clock = app.get(Clock);
});
afterAll(() => app.close());

/** S6, closed on 1 December: its entries are of December. */
beforeEach(async () => {
  await emptyDatabase();
  clock.travelTo('2026-12-01T08:00:00Z');
  month = await makeTreasurersMonth(app);
  ({ nextWindowId } = await close(month));
  await deliverAll(app);
  const grants = [{ organisationId: month.networkId, role: 'network_treasurer' as const }];
  second = (await makePerson(app, { grants })).agent;
});

const base = () => `/v1/books/${month.networkId}`;
const softClose = (name = '2026-12') => month.treasurer.put(`${base()}/periods/${name}/soft-closure`);
const closing = (name = '2026-12') => month.treasurer.put(`${base()}/periods/${name}/closure`);
async function propose(subject = '2026-12'): Promise<string> {
  const id = newId();
  const body = { networkId: month.networkId, act: 'CLOSE_PERIOD', subject };
  await month.treasurer.put(`/v1/approvals/${id}`).send(body).expect(200);
  return id;
}
async function closed(name = '2026-12'): Promise<void> {
  await softClose(name).expect(200);
  await second.put(`/v1/approvals/${await propose(name)}/signature`).expect(200);
  await closing(name).expect(200);
}
const correction = (changes: object = {}, id = newId(), agent = month.treasurer) => {
  const partyId = month.parties.MRS.id;
  return agent.put(`${base()}/corrections/${id}`).send({
    kind: 'CORRECTION',
    day: '2026-12-31',
    reason: 'The fee was a due.',
    postings: [
      { account: '628100', partyId, amount: { unit: 'EUR', minor: 500 } },
      { account: '622800', partyId, amount: { unit: 'EUR', minor: -500 } },
    ],
    ...changes,
  });
};
const insertEntry = (sourceKind: string, day = '2026-12-15') =>
  ownerSql(
    `INSERT INTO books.entries (id, network_id, month, journal, number, chain_no, day, source_kind, source_id, reference,
       label, reason, posted_by, hash, created_at)
     VALUES (gen_random_uuid(), $1, date_trunc('month', $3::date), 'OD', 99, 99, $3, $2, gen_random_uuid(), '-', '-', '-',
       '-', '-', now())`,
    [month.networkId, sourceKind, day],
  );

it('closes by two people, softly first, once, and only when it is over', async () => {
  expect((await softClose().expect(409)).body.code).toBe('books.period_not_over');
  clock.travelTo('2027-01-04T08:00:00Z');
  expect((await softClose('2026-11').expect(404)).body.code).toBe('books.period_not_found');
  expect((await closing().expect(409)).body.code).toBe('books.not_soft_closed');
  expect((await softClose().expect(200)).body).toMatchObject({ state: 'SOFT_CLOSED', closedHead: null });
  await softClose().expect(200);
  expect((await closing().expect(409)).body.code).toBe('approval.missing');
  const approval = await propose();
  expect((await closing().expect(409)).body.code).toBe('approval.missing');
  const own = await month.treasurer.put(`/v1/approvals/${approval}/signature`).expect(409);
  expect(own.body.code).toBe('approval.same_person');
  await second.put(`/v1/approvals/${approval}/signature`).expect(200);
  const { body } = await closing().expect(200);
  expect(body).toMatchObject({
    state: 'CLOSED',
    entries: 9,
    steps: [{ state: 'SOFT_CLOSED' }, { state: 'CLOSED' }],
  });
  expect(body.closedHead).toMatch(/^[0-9a-f]{64}$/);
  expect((await closing().expect(409)).body.code).toBe('books.period_closed');
  expect((await softClose().expect(409)).body.code).toBe('books.period_closed');
});

it('two closings at once are one', async () => {
  clock.travelTo('2027-01-04T08:00:00Z');
  await softClose().expect(200);
  await second.put(`/v1/approvals/${await propose()}/signature`).expect(200);
  const answers = await Promise.all(Array.from({ length: 4 }, () => closing()));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409]);
});

it('takes only the treasurer’s corrections once it is soft-closed, and nothing once it is closed', async () => {
  expect((await correction({}, newId(), second).expect(200)).body).toMatchObject({
    journal: 'OD',
    number: 1,
    month: '2026-12',
    reason: 'The fee was a due.',
  });
  clock.travelTo('2027-01-04T08:00:00Z');
  await softClose().expect(200);
  const id = newId();
  const first = await correction({}, id).expect(200);
  expect((await correction({}, id).expect(200)).body).toEqual(first.body);
  expect((await correction({ reason: 'Another.' }, id).expect(409)).body.code).toBe('request.id_reused');
  expect((await correction({ kind: 'OPENING' }).expect(409)).body.code).toBe('books.period_closed');
  await expect(insertEntry('DOCUMENT')).rejects.toThrow('corrections only');
  await second.put(`/v1/approvals/${await propose()}/signature`).expect(200);
  await closing().expect(200);
  expect((await correction().expect(409)).body.code).toBe('books.period_closed');
  expect((await correction({ day: '2026-10-31' }).expect(409)).body.code).toBe('books.period_closed');
  expect(await differences(app, month)).toEqual([]);
});

it('refuses a correction that does not balance, names no account or party of ours, or touches what facts keep', async () => {
  const partyId = month.parties.MRS.id;
  const two = (account: string, minor: number, other = partyId) => ({
    postings: [
      { account: '628100', partyId, amount: { unit: 'EUR', minor: 500 } },
      { account, partyId: other, amount: { unit: 'EUR', minor } },
    ],
  });
  expect((await correction(two('622800', -499)).expect(422)).body.code).toBe('books.unbalanced');
  expect((await correction(two('622800', -500, month.parties.BCN.id)).expect(422)).body.code).toBe(
    'books.unbalanced',
  );
  expect((await correction(two('999999', -500)).expect(422)).body.code).toBe('books.account_unknown');
  expect((await correction(two('411000', -500)).expect(422)).body.code).toBe('books.account_controlled');
  const stranger = newId();
  const strange = [1, -1].map((minor) => ({
    account: '628100',
    partyId: stranger,
    amount: { unit: 'EUR', minor },
  }));
  expect((await correction({ postings: strange }).expect(422)).body.code).toBe('books.party_unknown');
  const opening = [10_000, -10_000].map((minor) => ({
    account: minor > 0 ? '512000' : '890000',
    partyId,
    amount: { unit: 'EUR', minor },
  }));
  await correction({ kind: 'OPENING', reason: 'The bank on the first day.', postings: opening }).expect(200);
  expect(await balances(month.networkId, '512000', '890000')).toEqual({
    '512000 MRS EUR': 10_000,
    '890000 MRS EUR': -10_000,
  });
  expect(await differences(app, month)).toEqual([]); // an opening is before everything that is compared
});

it('the database itself refuses: into a closed month, any change, a lone posting, an afterthought, a reopening', async () => {
  clock.travelTo('2027-01-04T08:00:00Z');
  await closed();
  await expect(insertEntry('CORRECTION')).rejects.toThrow('closed period');
  await tamperingSql(
    `INSERT INTO books.periods (network_id, month, state, chain_head, created_at)
     VALUES ($1, '2026-09-01', 'OPEN', '', now()), ($1, '2027-01-01', 'OPEN', '', now())`,
    [month.networkId],
  );
  await expect(insertEntry('CORRECTION', '2026-09-15')).rejects.toThrow('closed period');
  await expect(insertEntry('CORRECTION', '2027-01-15')).rejects.toThrow('balances');
  await expect(ownerSql('UPDATE books.entries SET label = label')).rejects.toThrow('append-only');
  await expect(ownerSql('DELETE FROM books.postings')).rejects.toThrow('append-only');
  await expect(
    ownerSql(
      `INSERT INTO books.postings SELECT entry_id, line + 100, network_id, party_id, account, unit, amount_minor, now()
       FROM books.postings LIMIT 1`,
    ),
  ).rejects.toThrow('with their entry');
  for (const state of ['OPEN', 'SOFT_CLOSED'])
    await expect(
      ownerSql(`UPDATE books.periods SET state = $1, closed_head = NULL WHERE state = 'CLOSED'`, [state]),
    ).rejects.toThrow('never reopened');
  await expect(ownerSql('DELETE FROM books.periods')).rejects.toThrow('never reopened');
});

it('months close in their order, and what comes late stands in the next open one and says so', async () => {
  clock.travelTo('2027-01-04T08:00:00Z');
  await makeRecords(month, {
    home: month.parties.RJK,
    host: month.parties.LEC,
    days: 1,
    dayRate: 1200,
    from: '2026-12-02',
  });
  await close({ ...month, windowId: nextWindowId });
  await deliverAll(app); // entries of January
  clock.travelTo('2027-02-02T08:00:00Z');
  expect((await softClose('2027-01').expect(409)).body.code).toBe('books.period_out_of_order');
  await softClose('2026-12').expect(200);
  await softClose('2027-01').expect(200);
  expect((await closing('2027-01').expect(409)).body).toMatchObject({
    code: 'books.period_out_of_order',
    month: '2026-12',
  });
  // A document of December that nobody had posted: its entry is taken away, as if it had come too late.
  const [document] = await ownerSql<{ id: string }>(
    `SELECT id FROM billing.documents ORDER BY issued_at, id LIMIT 1`,
  );
  await tamperingSql(
    `DELETE FROM books.postings WHERE entry_id IN (SELECT id FROM books.entries WHERE source_id = $1)`,
    [document!.id],
  );
  await tamperingSql(`DELETE FROM books.entries WHERE source_id = $1`, [document!.id]);
  expect(await postAll(app)).toBe(1);
  const [late] = await ownerSql(
    `SELECT day::text, late_of::text, number FROM books.entries WHERE source_id = $1`,
    [document!.id],
  );
  expect(late).toEqual({ day: '2027-02-01', late_of: '2026-12-01', number: 1 });
});
