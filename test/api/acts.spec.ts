import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parse } from 'csv-parse/sync';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import { giveAccount, makeCalledMonth, proposeBatch, type CalledMonth } from '../support/make-banking.js';
import { makePerson } from '../support/make-identity.js';
import { partyRules, putRules } from '../support/settle.js';

type Act = { thing: string; step: string; name: string | null; note: string; at: string };

let app: NestFastifyApplication;
let month: CalledMonth;
beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
});
afterAll(() => app.close());
beforeEach(async () => {
  await emptyDatabase();
  app.get<TestClock>(Clock).travelTo('2026-12-01T08:00:00Z');
  month = await makeCalledMonth(app);
  app.get<TestClock>(Clock).travelTo('2026-12-02T08:00:00Z');
});

const put = (path: string, body: object = {}, agent = month.treasurer) =>
  agent
    .put(`/v1/${path}`)
    .send({ networkId: month.networkId, ...body })
    .expect(200);
const list = async (query = '', agent = month.treasurer) =>
  (await agent.get(`/v1/acts?networkId=${month.networkId}${query}`).expect(200)).body;
const said = (acts: Act[]) => acts.map(({ thing, step, name, note }) => [thing, step, name, note].join(' '));

/** A rate and an account by two people, rules by one, and a batch that is still to be approved. */
async function act(): Promise<void> {
  const rate = newId();
  await put(`exchange-rates/${rate}`, { day: '2026-12-01', quote: 'TND', rate: '3.38', source: '=BCT()' });
  await month.second.put(`/v1/exchange-rates/${rate}/signature`).expect(200);
  await putRules(month, { fourEyes: true });
  await partyRules(month, month.parties.LEC.id, { debitCeiling: { unit: 'EUR', minor: 50_000 } });
  await put(`standings/${newId()}`, {
    partyId: month.parties.RJK.id,
    standing: 'LEAVING',
    reason: '=moves away',
    fromDay: '2027-01-01',
  });
  for (const name of ['LEC', 'MRS', 'ATH'] as const) await giveAccount(month, name);
  await proposeBatch(month);
}

it('lists who did what, the latest first, by name, section by section and day by day', async () => {
  await act();
  const { body: me } = await month.treasurer.get('/v1/sessions/current').expect(200);
  const { body: other } = await month.second.get('/v1/sessions/current').expect(200);
  const [first, second] = [me.person.name, other.person.name];
  expect(said((await list('&section=TWO_PEOPLE')).items).toSorted()).toEqual([
    `RATE APPROVED ${second} 1 EUR = 3.38 TND, 2026-12-01`,
    `RATE PROPOSED ${first} 1 EUR = 3.38 TND, 2026-12-01`,
  ]);
  const windows = await list('&section=WINDOWS&untilDay=2026-12-01');
  expect(said(windows.items)).toEqual(
    expect.arrayContaining([
      `WINDOW OPEN ${first} 2`,
      `WINDOW CLOSED ${first} 1`,
      `WINDOW ADVISED ${first} 1`,
      `WINDOW CALLED ${first} 1`,
    ]),
  );
  expect((await list('&section=WINDOWS&fromDay=2026-12-02')).items).toEqual([]);
  expect(said((await list('&section=RULES')).items).toSorted()).toEqual([
    `NETWORK_RULES WRITTEN ${first} 2026-01-01`,
    `PARTY_RULES WRITTEN ${first} 2026-01-01`,
    `STANDING LEAVING ${first} =moves away`,
  ]);
  const bank = await list('&section=BANK');
  expect(
    said(bank.items)
      .filter((text) => text.startsWith('BANK_ACCOUNT'))
      .toSorted(),
  ).toEqual(
    ['0189', '3456', '0695']
      .flatMap((end) => [`BANK_ACCOUNT APPROVED ${second} …${end}`, `BANK_ACCOUNT PROPOSED ${first} …${end}`])
      .toSorted(),
  );
  // Lecce pays 58.00 + 18.00
  expect(bank.items.find(({ thing }: Act) => thing === 'BATCH')).toMatchObject({
    step: 'PROPOSED',
    party: { name: 'LEC' },
    amount: { unit: 'EUR', minor: 7_600 },
  });
});

it('comes in pages that miss nothing, and as one file with the same rows and no formula', async () => {
  await act();
  const all = (await list()).items as Act[];
  const paged: Act[] = [];
  let after = '';
  do {
    const page = await list(`&limit=3${after && `&after=${encodeURIComponent(after)}`}`);
    paged.push(...page.items);
    after = page.next;
  } while (after);
  expect(paged).toEqual(all);
  const file = await month.treasurer.get(`/v1/acts.csv?networkId=${month.networkId}`).expect(200);
  expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
  const rows = parse(file.text, { columns: true }) as Record<string, string>[];
  expect(rows.map(({ at, thing, step }) => [at, thing, step])).toEqual(
    all.map(({ at, thing, step }) => [at, thing, step]),
  );
  expect(rows.find(({ thing }) => thing === 'STANDING')).toMatchObject({
    note: "'=moves away",
    party: 'RJK',
    step: 'LEAVING',
  });
});

it('is for those who read the books of the network, who are told each other’s names', async () => {
  await act();
  const { agent: member } = await makePerson(app, {
    grants: [{ organisationId: month.parties.LEC.operatorId, role: 'space_manager' }],
  });
  for (const path of ['acts', 'acts.csv', 'act-authors'])
    expect((await member.get(`/v1/${path}?networkId=${month.networkId}`).expect(403)).body.code).toBe(
      'access.denied',
    );
  const { body } = await month.second.get(`/v1/act-authors?networkId=${month.networkId}`).expect(200);
  const { body: me } = await month.treasurer.get('/v1/sessions/current').expect(200);
  expect(body.items).toContainEqual({ personId: me.person.id, name: me.person.name });
  expect(body.items).toHaveLength(2);
});
