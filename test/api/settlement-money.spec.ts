import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql, type TestClock } from '../support/app.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import {
  deliverEvents,
  failedChecks,
  makeClearing,
  makeParty,
  makeRecords,
  makeTreasurersMonth,
  type Clearing,
} from '../support/make-settlement.js';
import { close, partyRules, payments, proof, putRules } from '../support/settle.js';

let app: NestFastifyApplication;
let clock: TestClock;
beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
  clock = app.get(Clock);
});
afterAll(() => app.close());
beforeEach(async () => {
  await emptyDatabase();
  clock.travelTo('2026-12-01T08:00:00Z');
});

it('own-VAT mode bills 535.96, nets the same 100.00, and pays 93.96 of VAT beside it (scenario S6)', async () => {
  const month = await makeTreasurersMonth(app);
  const bps = { MRS: 2000, BCN: 2100, ATH: 2400, RJK: 2500, LEC: 2200 };
  for (const [name, vatBps] of Object.entries(bps))
    await partyRules(month, month.parties[name as keyof typeof bps].id, { vatMode: 'OWN_VAT', vatBps });
  expect((await close(month)).totals).toMatchObject([
    { grossMinor: 44_200, paymentsMinor: 10_000, payments: 4 },
  ]);
  // 36.00 + 30.24 + 16.80 + 3.00 + 7.92 = 93.96
  expect((await proof(app, month)).sums).toEqual([
    {
      unit: 'EUR',
      linesMinor: 44_200,
      positionsMinor: 0,
      documentsMinor: 44_200,
      vatMinor: 9_396,
      suspendedMinor: 0,
      paymentsMinor: 10_000,
    },
  ]);
  expect((await payments(month)).slice(0, 5)).toEqual([
    'NETTED LEC→MRS 5800 EUR',
    'NETTED LEC→ATH 1800 EUR',
    'NETTED RJK→ATH 1600 EUR',
    'NETTED RJK→BCN 800 EUR',
    'VAT MRS→BCN 2268 EUR', // 108.00 × 21 %
  ]);
  const { body } = await month.treasurer.get(`/v1/documents?networkId=${month.networkId}`).expect(200);
  const gross = (name: string) =>
    body.items
      .filter(({ issuer }: { issuer: { name: string } }) => issuer.name === name)
      .reduce(
        (sum: number, { net, vat }: { net: { minor: number }; vat: { minor: number } }) =>
          sum + net.minor + vat.minor,
        0,
      );
  expect(['MRS', 'BCN', 'ATH', 'RJK', 'LEC'].map(gross)).toEqual([21_600, 17_424, 8_680, 1_500, 4_392]);
  const statement = await month.treasurer
    .get(`/v1/windows/${month.windowId}/statements/${month.parties.RJK.id}`)
    .expect(200);
  expect(statement.body.vat).toMatchObject([
    { direction: 'PAYS', vatBps: 2200, vat: { minor: 792 }, counterparty: { name: 'LEC' } },
    { direction: 'RECEIVES', vatBps: 2500, vat: { minor: 300 }, counterparty: { name: 'LEC' } },
  ]);
  for (const step of ['advice', 'call'])
    await month.treasurer.put(`/v1/windows/${month.windowId}/${step}`).expect(200);
  await deliverEvents(app);
  const called = await month.treasurer.get(`/v1/windows/${month.windowId}/payments`);
  for (const { id } of called.body.items)
    await month.treasurer.put(`/v1/payments/${id}/execution`).expect(200);
  await month.treasurer.put(`/v1/windows/${month.windowId}/settlement`).expect(200);
  const uneven = await ownerSql(
    `SELECT FROM ledger.accounts WHERE debits <> credits AND kind IN ('party', 'clearing')`,
  );
  expect(uneven).toEqual([]);
});

describe('shares and dues', () => {
  it('are typed statement lines: basis points of each line from the host, rounded down, and 120.00 once a year', async () => {
    const month = await makeTreasurersMonth(app);
    await putRules(month, { dues: 12_000 });
    await tamperingSql(
      'UPDATE reciprocity.agreement_versions SET network_fee_bps = 150, solidarity_bps = 33',
    );
    const closed = await close(month);
    await proof(app, month);
    const { body } = await month.treasurer
      .get(`/v1/windows/${month.windowId}/statements/${month.parties.RJK.id}`)
      .expect(200);
    const shown = body.charges.map(
      (charge: { kind: string; direction: string; amount: { minor: number } }) =>
        `${charge.kind} ${charge.direction} ${charge.amount.minor}`,
    );
    // One visit of 12.00: 1200 × 150 ÷ 10000 = 18; 1200 × 33 ÷ 10000 = 3.96, rounded down.
    expect(shown).toEqual(['DUES PAYS 12000', 'FEE PAYS 18', 'SOLIDARITY PAYS 3']);
    // LEC hosted 3 days of 12.00: each line by itself 3.96 → 3, three times; on the sum it would be 11.
    const lec = await month.treasurer
      .get(`/v1/windows/${month.windowId}/statements/${month.parties.LEC.id}`)
      .expect(200);
    expect(lec.body.charges[2]).toMatchObject({ kind: 'SOLIDARITY', amount: { minor: 9 } });
    const documents = await month.treasurer.get(`/v1/documents?partyId=${month.parties.RJK.id}`).expect(200);
    const ofNetwork = documents.body.items.find(
      ({ issuer }: { issuer: { id: string } }) => issuer.id === month.networkId,
    );
    expect(ofNetwork).toMatchObject({ net: { minor: 12_021 }, lines: [], charges: { length: 3 } });

    clock.travelTo('2027-01-05T08:00:00Z');
    await makeRecords(month, {
      home: month.parties.RJK,
      host: month.parties.LEC,
      days: 1,
      dayRate: 1200,
      from: '2026-12-02',
    });
    await close({ ...month, windowId: closed.nextWindowId });
    const [dues] = await ownerSql<{ n: number }>(
      `SELECT count(*)::int AS n FROM settlement.charges WHERE kind = 'DUES'`,
    );
    expect(dues!.n).toBe(5); // one per space, for 2026
  });

  it('round on the statement when the agreement says so, and a changed share is found', async () => {
    const month = await makeTreasurersMonth(app);
    await tamperingSql(
      `UPDATE reciprocity.agreement_versions SET solidarity_bps = 33, rounding = 'STATEMENT'`,
    );
    await close(month);
    await proof(app, month);
    const [lec] = await ownerSql<{ minor: string }>(
      `SELECT amount_minor AS minor FROM settlement.charges WHERE debtor_party_id = $1`,
      [month.parties.LEC.id],
    );
    expect(lec!.minor).toBe('11'); // 3600 × 33 ÷ 10000 = 11.88
    await tamperingSql(
      'UPDATE settlement.charges SET amount_minor = amount_minor + 1 WHERE amount_minor = 11',
    );
    const { body } = await month.treasurer.get(`/v1/windows/${month.windowId}/proof`);
    expect(failedChecks(body)).toContain('charges_match_terms');
  });
});

describe('currencies', () => {
  const scene = async (rates: object[] = []) => {
    const clearing = await makeClearing(app);
    await putRules(clearing, { clearanceUnit: 'EUR' });
    const TUN = await makeParty(app, clearing.networkId, 'TUN', { unit: 'TND' });
    const MRS = await makeParty(app, clearing.networkId, 'MRS');
    const BCN = await makeParty(app, clearing.networkId, 'BCN');
    await makeRecords(clearing, { home: MRS, host: TUN, days: 1, dayRate: 45_000 }); // 45.000 TND = 13.31 EUR
    await makeRecords(clearing, { home: BCN, host: TUN, days: 2, dayRate: 45_000 }); // 90.000 TND = 26.63 EUR
    await makeRecords(clearing, { home: TUN, host: MRS, days: 3, dayRate: 2000 }); // 60.00 EUR
    const grants = [{ organisationId: clearing.networkId, role: 'network_treasurer' as const }];
    const second = (await makePerson(app, { grants })).agent;
    for (const rate of rates) await enter(clearing, second, rate);
    return { clearing, second, TUN, MRS, BCN };
  };
  const enter = async ({ treasurer, networkId }: Clearing, second: Agent, rate: object) => {
    const id = newId();
    const body = { networkId, quote: 'TND', source: 'BCT', ...rate };
    await treasurer.put(`/v1/exchange-rates/${id}`).send(body).expect(200);
    await second.put(`/v1/exchange-rates/${id}/signature`).expect(200);
  };

  it('are netted in one, at the last rate on or before the closing day, fixed with its day and source', async () => {
    const { clearing, second } = await scene([
      { day: '2026-11-23', rate: '9.99' },
      { day: '2026-11-28', rate: '3.38' },
      { day: '2026-12-01', rate: '1.00' },
    ]);
    const closed = await close(clearing);
    expect(closed.conversions).toEqual([
      { fromUnit: 'TND', toUnit: 'EUR', fromRate: '3.38', toRate: '1', rateDay: '2026-11-28', source: 'BCT' },
    ]);
    // TUN: 13.31 + 26.63 − 60.00 = −20.06; MRS: 60.00 − 13.31 = 46.69; BCN: −26.63
    expect(await payments(clearing)).toEqual(['NETTED BCN→MRS 2663 EUR', 'NETTED TUN→MRS 2006 EUR']);
    const proven = await proof(app, clearing);
    expect(
      proven.sums.map(({ unit, documentsMinor }: { unit: string; documentsMinor: number }) => [
        unit,
        documentsMinor,
      ]),
    ).toEqual([
      ['EUR', 6_000],
      ['TND', 135_000],
    ]);
    await enter(clearing, second, { day: '2026-11-30', rate: '5.00' });
    await proof(app, clearing); // a later rate changes nothing that is closed
    for (const step of ['advice'])
      await clearing.treasurer.put(`/v1/windows/${clearing.windowId}/${step}`).expect(200);
    clock.travelTo('2026-12-07T08:00:00Z');
    await clearing.treasurer.put(`/v1/windows/${clearing.windowId}/call`).expect(200);
    await deliverEvents(app);
    const { body } = await clearing.treasurer.get(`/v1/windows/${clearing.windowId}/payments`);
    for (const { id } of body.items) await clearing.treasurer.put(`/v1/payments/${id}/execution`).expect(200);
    expect(await ownerSql('SELECT FROM ledger.accounts WHERE debits <> credits')).toEqual([]);
  });

  it('without a rate are refused in words, and so is a rate older than 7 days; nothing is half-written', async () => {
    const { clearing, second } = await scene();
    const closing = () => clearing.treasurer.put(`/v1/windows/${clearing.windowId}/closure`).expect(409);
    const refused = (await closing()).body;
    expect(refused).toMatchObject({ code: 'exchange_rate.missing', unit: 'TND' });
    expect(refused.detail).toContain('There is no rate for TND on or before 2026-11-30');
    await enter(clearing, second, { day: '2026-11-22', rate: '3.38' });
    expect((await closing()).body).toMatchObject({ code: 'exchange_rate.stale', day: '2026-11-22' });
    const [left] = await ownerSql(`SELECT (SELECT count(*)::int FROM settlement.lines) AS lines,
      (SELECT state FROM settlement.windows) AS state`);
    expect(left).toEqual({ lines: 0, state: 'OPEN' });
    await enter(clearing, second, { day: '2026-11-23', rate: '3.38' });
    await close(clearing);
  });

  it('need no rate where nothing is netted', async () => {
    const { clearing, TUN } = await scene();
    await tamperingSql(
      `UPDATE directory.parties SET settlement_profile = 'GROSS_ONLY' WHERE id = '${TUN.id}'`,
    );
    expect((await close(clearing)).conversions).toEqual([]);
    await proof(app, clearing);
  });
});
