import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql } from '../support/app.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { makeClearing, makeParty, makeRecords, makeTreasurersMonth } from '../support/make-settlement.js';
import { close, putRules } from '../support/settle.js';

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
});
afterAll(() => app.close());
beforeEach(() => emptyDatabase());

type Run = {
  policies: { name: string; totals: object[]; winners: number; losers: number; beyondHalfDays: number }[];
  parties: { party: { name: string }; unit: string; results: Record<string, number>[] }[];
};
const AS_IT_IS = { name: 'As it is' };
const runOf = (clearing: { networkId: string; windowId: string }, policies: object[]) => ({
  networkId: clearing.networkId,
  windowIds: [clearing.windowId],
  policies,
});
const put = (agent: Agent, body: object, id = newId()) => agent.put(`/v1/laboratory-runs/${id}`).send(body);
/** One number of each party under one policy, by the party's name. */
const column = (run: Run, at: number, field: string, unit = 'EUR') =>
  Object.fromEntries(
    run.parties
      .filter((row) => row.unit === unit)
      .map(({ party, results }) => [party.name, results[at]![field]]),
  );

describe("the treasurer's month under other policies (scenario S6)", () => {
  let month: Awaited<ReturnType<typeof makeTreasurersMonth>>;
  beforeEach(async () => {
    month = await makeTreasurersMonth(app);
    await tamperingSql(
      'UPDATE reciprocity.agreement_versions SET network_fee_bps = 300, solidarity_bps = 150 WHERE id = $1',
      [month.versionId],
    );
    await putRules(month, { dues: 1_200 });
    await tamperingSql(
      `UPDATE directory.parties SET settlement_profile = 'GROSS_ONLY' WHERE id = '${month.parties.RJK.id}'`,
    );
    await close(month);
  });

  it('as it is, gives the positions and the payments of the books to the cent', async () => {
    const { body } = await put(month.treasurer, runOf(month, [AS_IT_IS])).expect(200);
    expect(body.result.reproducesBooks).toBe(true);
    const { body: positions } = await month.treasurer.get(`/v1/windows/${month.windowId}/positions`);
    const booked = Object.fromEntries(
      positions.items.map((item: { party: { name: string }; netMinor: number }) => [
        item.party.name,
        item.netMinor,
      ]),
    );
    expect(column(body.result, 1, 'netMinor')).toEqual(booked);
    const { body: payments } = await month.treasurer.get(`/v1/windows/${month.windowId}/payments`);
    const sum = payments.items.reduce(
      (total: number, payment: { amount: { minor: number } }) => total + payment.amount.minor,
      0,
    );
    expect(body.result.policies[1]).toMatchObject({
      totals: [{ unit: 'EUR', payments: payments.items.length, paymentsMinor: sum }],
      winners: 0,
      losers: 0,
    });
  });

  it('says who wins and who loses when rates go up by a tenth and shares go', async () => {
    const policy = { name: 'A tenth more', rateBps: 11_000, networkFeeBps: 0, solidarityBps: 0 };
    const { body } = await put(month.treasurer, runOf(month, [policy])).expect(200);
    // MRS hosted for 180.00 and owed 122.00: 198.00 − 134.20 = 63.80, less dues of 12.00.
    expect(column(body.result, 1, 'netMinor')).toMatchObject({
      MRS: 5_180,
      LEC: -8_360 - 1_200, // 39.60 − 123.20
      'Escale Méditerranée': 5 * 1_200,
    });
    // Before, 3 % and 1.5 % went off each line of MRS: nine times (0.60 + 0.30) = 8.10.
    expect(column(body.result, 0, 'sharesMinor')['MRS']).toBe(810);
    expect(column(body.result, 1, 'changeMinor')).toMatchObject({
      MRS: 5_180 - (5_800 - 810 - 1_200),
      'Escale Méditerranée': -column(body.result, 0, 'netMinor')['Escale Méditerranée']! + 6_000,
    });
    expect(body.result.policies[1]).toMatchObject({ winners: 3, losers: 3 });
    const changes = Object.values(column(body.result, 1, 'changeMinor'));
    expect(changes.reduce((sum, change) => sum! + change!, 0)).toBe(0);
  });

  it('nets everything, nothing, or half-days alone', async () => {
    const policies = [
      { name: 'All gross', profile: 'GROSS_ONLY', networkFeeBps: 0, solidarityBps: 0 },
      { name: 'In kind', mode: 'ACCRUAL_IN_KIND' },
      { name: 'A gift', mode: 'GIFT' },
    ];
    const { body } = await put(month.treasurer, runOf(month, policies)).expect(200);
    const [, gross, inKind, gift] = body.result.policies;
    // Eight pairs in full, 442.00, and five times dues of 12.00.
    expect(gross.totals).toEqual([{ unit: 'EUR', grossMinor: 50_200, payments: 13, paymentsMinor: 50_200 }]);
    expect(column(body.result, 2, 'netMinor', 'HALF_DAY')).toEqual({
      MRS: 2 * (9 - 7), // received 4 + 5 days, sent 6 + 1
      BCN: 2 * (8 - 8),
      ATH: 2 * (5 - 2),
      RJK: 2 * (1 - 3),
      LEC: 2 * (3 - 6),
    });
    expect(inKind.totals.find(({ unit }: { unit: string }) => unit === 'HALF_DAY')).toMatchObject({
      grossMinor: 52,
      payments: 0,
    });
    expect(gift.totals).toEqual([{ unit: 'EUR', grossMinor: 6_000, payments: 5, paymentsMinor: 6_000 }]);
  });

  it('fixes a rate, and lets no visit cost less than the floor', async () => {
    const policies = [
      { name: 'Fixed', fixedRates: [{ unit: 'EUR', minor: 500 }], networkFeeBps: 0, solidarityBps: 0 },
      { name: 'Floor', floors: [{ unit: 'EUR', minor: 800 }], networkFeeBps: 0, solidarityBps: 0 },
    ];
    const { body } = await put(month.treasurer, runOf(month, policies)).expect(200);
    expect(column(body.result, 1, 'incomeMinor')).toMatchObject({ MRS: 9_000, LEC: 3_000, RJK: 1_000 });
    // LEC and RJK ask 6.00 per half-day, ATH 7.00: they rise to 8.00. MRS and BCN stay at 10.00 and 9.00.
    expect(column(body.result, 2, 'incomeMinor')).toMatchObject({
      LEC: 3 * 1_600,
      RJK: 1_600,
      ATH: 5 * 1_600,
      MRS: 18_000,
      BCN: 14_400,
    });
  });

  it('writes nothing into the books, keeps what it was made from, and answers the same again', async () => {
    const books = () =>
      ownerSql(`SELECT (SELECT count(*) FROM settlement.lines) AS lines, (SELECT count(*) FROM settlement.charges) AS
        charges, (SELECT count(*) FROM settlement.payments) AS payments, (SELECT count(*) FROM ledger.transfers) AS
        transfers, (SELECT count(*) FROM platform.outbox) AS events`);
    const before = await books();
    const [id, body] = [newId(), runOf(month, [AS_IT_IS])];
    const first = await put(month.treasurer, body, id).expect(200);
    expect(await books()).toEqual(before);
    expect((await put(month.treasurer, body, id).expect(200)).body).toEqual(first.body);
    const twin = await put(month.treasurer, body).expect(200);
    expect([twin.body.inputsHash, twin.body.resultHash]).toEqual([
      first.body.inputsHash,
      first.body.resultHash,
    ]);
    const other = await put(month.treasurer, runOf(month, [{ name: 'Other', mode: 'GIFT' }]), id).expect(409);
    expect(other.body.code).toBe('request.id_reused');
    const csv = await month.treasurer.get(`/v1/laboratory-runs/${id}.csv`).expect(200);
    expect(csv.text.split('\r\n')).toHaveLength(1 + 2 * 6 + 1); // six parties, how it was and the policy
    await expect(ownerSql('UPDATE laboratory.runs SET result_hash = $1', ['x'])).rejects.toThrow(
      'append-only',
    );
  });

  it('is for those who prepare a vote; members read what is shared, strangers nothing', async () => {
    const [id, body] = [newId(), runOf(month, [AS_IT_IS])];
    await put(month.treasurer, body, id).expect(200);
    const grants = [{ organisationId: month.parties.MRS.operatorId, role: 'space_manager' as const }];
    const { agent: member } = await makePerson(app, { grants });
    const path = `/v1/laboratory-runs/${id}`;
    const list = `/v1/laboratory-runs?networkId=${month.networkId}`;
    expect((await put(member, body).expect(403)).body.code).toBe('access.denied');
    expect((await member.get(path).expect(404)).body.code).toBe('laboratory_run.not_found');
    expect((await member.get(list).expect(200)).body.items).toEqual([]);
    const shared = await month.treasurer.put(`${path}/sharing`).expect(200);
    expect(shared.body.sharedAt).toBe('2026-12-01T08:00:00.000Z');
    await member.get(path).expect(200);
    expect((await member.get(list).expect(200)).body.items).toMatchObject([
      { id, policyNames: ['As it is'] },
    ]);
    await member.put(`${path}/sharing`).expect(403);
    const { treasurer: stranger } = await makeClearing(app);
    await stranger.get(path).expect(404);
    await stranger.put(`${path}/sharing`).expect(404);
    await stranger.get(list).expect(403);
  });

  it('refuses a window that is open, a sum of shares over the whole and a currency named twice', async () => {
    const { body: page } = await month.treasurer.get(`/v1/windows?networkId=${month.networkId}`);
    const open = page.items.find(({ state }: { state: string }) => state === 'OPEN');
    const refused = await put(month.treasurer, runOf({ ...month, windowId: open.id }, [AS_IT_IS])).expect(
      409,
    );
    expect(refused.body).toMatchObject({ code: 'laboratory_run.window_not_closed', windowId: open.id });
    for (const policy of [
      { name: 'Too much', solidarityBps: 6_000, networkFeeBps: 5_000 },
      {
        name: 'Twice',
        floors: [
          { unit: 'EUR', minor: 1 },
          { unit: 'EUR', minor: 2 },
        ],
      },
    ])
      expect((await put(month.treasurer, runOf(month, [policy])).expect(422)).body.code).toBe(
        'request.invalid',
      );
  });
});

it('lets whoever is beyond the quota pay for themselves, and takes over whoever comes under it', async () => {
  const clearing = await makeClearing(app);
  const [MRS, BCN] = [
    await makeParty(app, clearing.networkId, 'MRS'),
    await makeParty(app, clearing.networkId, 'BCN'),
  ];
  const [often, once] = [newId(), newId()];
  await makeRecords(clearing, { home: MRS, host: BCN, days: 5, dayRate: 2_000, personRef: often });
  const [own] = await makeRecords(clearing, {
    home: MRS,
    host: BCN,
    days: 1,
    dayRate: 2_000,
    personRef: once,
    settles: false,
  });
  await tamperingSql(`UPDATE checkin.visit_records SET funding = 'PAY_AS_YOU_GO' WHERE id = '${own}'`);
  await close(clearing);
  const policies = [
    { name: 'Three half-days', freeHalfDays: 3 },
    { name: 'A cap over all hosts', capHalfDaysPerPersonYear: 4 },
    { name: 'A cap over the pair', freeHalfDays: 10, capHalfDaysPerPairYear: 1 },
  ];
  const { body } = await put(clearing.treasurer, runOf(clearing, policies)).expect(200);
  const of = (field: string) => [0, 1, 2, 3].map((at) => column(body.result, at, field)['BCN']);
  // Ten half-days at 10.00 as it was. With three free ones: three of the first guest and both of the other's.
  expect(of('incomeMinor')).toEqual([10_000, 5_000, 4_000, 1_000]);
  expect(of('quotaHalfDays')).toEqual([10, 5, 4, 1]);
  expect(of('beyondHalfDays')).toEqual([0, 7, 6, 11]);
});

it('asks for a rate where visits were owed in kind, and converts what it brings in', async () => {
  const clearing = await makeClearing(app);
  const TUN = await makeParty(app, clearing.networkId, 'TUN', { unit: 'TND' });
  const MRS = await makeParty(app, clearing.networkId, 'MRS');
  await putRules(clearing, { clearanceUnit: 'EUR' });
  await makeRecords(clearing, { home: MRS, host: TUN, days: 1, dayRate: 0, mode: 'ACCRUAL_IN_KIND' });
  await close(clearing);
  const cash = { name: 'In money', mode: 'ACCRUAL_CASH' };
  const withRate = { ...cash, fixedRates: [{ unit: 'TND', minor: 22_500 }] };
  const stale = await put(clearing.treasurer, runOf(clearing, [withRate])).expect(409);
  expect(stale.body.code).toBe('exchange_rate.missing');
  await tamperingSql(
    `INSERT INTO settlement.fx_rates (day, base, quote, rate, source, created_at, updated_at)
     SELECT until_day, 'EUR', 'TND', 3.38, 'a file', now(), now() FROM settlement.closures`,
  );
  const { body: refused } = await put(clearing.treasurer, runOf(clearing, [cash])).expect(422);
  expect(refused).toMatchObject({ code: 'laboratory_run.rate_missing', policy: 'In money', units: ['TND'] });
  const { body } = await put(clearing.treasurer, runOf(clearing, [withRate])).expect(200);
  expect(body.result.reproducesBooks).toBe(true);
  // Two half-days at 22.500 TND are 45.000, at 3.38 to the euro 13.31.
  expect(column(body.result, 1, 'incomeMinor', 'TND')).toMatchObject({ TUN: 45_000 });
  expect(column(body.result, 1, 'nettingMinor')).toEqual({ TUN: 1_331, MRS: -1_331 });
});
