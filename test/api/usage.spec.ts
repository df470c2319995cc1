import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { emptyDatabase, startApp } from '../support/app.js';
import { makePerson } from '../support/make-identity.js';
import { deliverEvents, makeRecords, makeTreasurersMonth } from '../support/make-settlement.js';

let app: NestFastifyApplication;
let month: Awaited<ReturnType<typeof makeTreasurersMonth>>;
beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
});
afterAll(() => app.close());
beforeEach(async () => {
  await emptyDatabase();
  month = await makeTreasurersMonth(app);
});

type Row = { recordId: string; day: string; window: { number: number } | null };
const usage = async (query = ''): Promise<{ items: Row[]; next: string | null }> =>
  (await month.treasurer.get(`/v1/usage-records?networkId=${month.networkId}${query}`).expect(200)).body;
const totals = async (query = '') =>
  (await month.treasurer.get(`/v1/usage-totals?networkId=${month.networkId}${query}`).expect(200)).body.items;
type Pair = { debtor: { name: string }; host: { name: string }; visits: number; amountMinor: number };
const pairs = async () =>
  (await month.treasurer.get(`/v1/windows/${month.windowId}/pairs`).expect(200)).body.items.map(
    ({ debtor, host, visits, amountMinor }: Pair) => `${debtor.name}→${host.name} ${visits} ${amountMinor}`,
  );

describe('the visits of a clearing network', () => {
  it('come a page at a time from the last day, each of them once', async () => {
    const seen: Row[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page = await usage(`&limit=7${next && `&after=${next}`}`);
      seen.push(...page.items);
      next = page.next;
    }
    expect(seen).toHaveLength(26);
    expect(new Set(seen.map(({ recordId }) => recordId))).toEqual(new Set(month.records));
    expect(seen.map(({ day }) => day)).toEqual(
      seen
        .map(({ day }) => day)
        .toSorted()
        .toReversed(),
    );
  });

  it('are filtered by side, day and state, and the sums are of the same filter', async () => {
    const { MRS, LEC } = month.parties;
    const query = `&hostId=${MRS.id}&debtorId=${LEC.id}&fromDay=2026-11-03&untilDay=2026-11-05&evidence=A`;
    expect((await usage(query)).items).toHaveLength(3); // of 2 to 6 November
    expect(await totals(query)).toEqual([{ unit: 'EUR', records: 3, halfDays: 6, amountMinor: 6_000 }]); // 3 × 20.00
    expect(await totals('&state=BOUNCED')).toEqual([]);
    expect(await totals()).toEqual([{ unit: 'EUR', records: 26, halfDays: 52, amountMinor: 44_200 }]);
  });

  it('add up pair by pair before the closing as after it, without what was declined', async () => {
    const golden = [
      'ATH→BCN 2 3600',
      'BCN→ATH 4 5600',
      'BCN→MRS 4 8000',
      'LEC→MRS 5 10000',
      'LEC→RJK 1 1200',
      'MRS→ATH 1 1400',
      'MRS→BCN 6 10800',
      'RJK→LEC 3 3600',
    ];
    const [declined] = await makeRecords(month, {
      home: month.parties.ATH,
      host: month.parties.MRS,
      days: 1,
      dayRate: 2000,
    });
    await month.treasurer
      .put(`/v1/record-reviews/${declined}/decision`)
      .send({ decision: 'DECLINED', code: 'NOT_THERE' })
      .expect(200);
    expect(await pairs()).toEqual(golden);
    await month.treasurer.put(`/v1/windows/${month.windowId}/closure`).send({}).expect(200);
    await makeRecords(month, { home: month.parties.ATH, host: month.parties.LEC, days: 1, dayRate: 1200 });
    expect(await pairs()).toEqual(golden);
    expect(await totals(`&windowId=${month.windowId}`)).toMatchObject([{ records: 26 }]);
    expect((await usage(`&windowId=${month.windowId}`)).items[0]!.window).toMatchObject({ number: 1 });
  });

  it('are not read by a member, who yet sees that the windows add up and how much is owed', async () => {
    const grants = [{ organisationId: month.parties.MRS.operatorId, role: 'space_manager' as const }];
    const { agent: member } = await makePerson(app, { grants });
    const of = `networkId=${month.networkId}`;
    for (const path of [`usage-records?${of}`, `usage-totals?${of}`, `windows/${month.windowId}/pairs`])
      expect((await member.get(`/v1/${path}`).expect(403)).body.code).toBe('access.denied');
    const health = async () => (await member.get(`/v1/settlement-health?${of}`).expect(200)).body;
    expect(await health()).toMatchObject({
      windows: [{ number: 1, state: 'OPEN', holds: null }],
      exposure: [{ unit: 'EUR', owedMinor: 10_000, members: 2, warned: 0, over: 0 }], // 24.00 and 76.00
    });
    await month.treasurer.put(`/v1/windows/${month.windowId}/closure`).send({}).expect(200);
    expect((await health()).windows).toMatchObject([{ holds: null }, { number: 1, holds: false }]);
    await deliverEvents(app); // the documents are out
    expect((await health()).windows).toMatchObject([{ holds: null }, { number: 1, holds: true }]);
  });
});
