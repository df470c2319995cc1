import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { balances, deliverAll, differences } from '../support/make-books.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import {
  makeClearing,
  makeParty,
  makeRecords,
  type Clearing,
  type SpaceParty,
} from '../support/make-settlement.js';
import { close, putRules } from '../support/settle.js';

let app: NestFastifyApplication;
let clearing: Clearing;
let second: Agent;
let TUN: SpaceParty;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await emptyDatabase();
  app.get<TestClock>(Clock).travelTo('2026-12-01T08:00:00Z');
  clearing = await makeClearing(app);
  TUN = await makeParty(app, clearing.networkId, 'TUN', { unit: 'TND' });
  const grants = [{ organisationId: clearing.networkId, role: 'network_treasurer' as const }];
  second = (await makePerson(app, { grants })).agent;
});

/** Tunis owes Marseille 60.00 EUR; where dinars have a rate, 3.38 for one euro, and the network nets in euro. */
async function called(hasRate: boolean): Promise<{ account: string; lineId: string; paymentId: string }> {
  const { treasurer, networkId, windowId } = clearing;
  await putRules(clearing, { clearanceUnit: 'EUR' });
  const MRS = await makeParty(app, networkId, 'MRS');
  await makeRecords(clearing, { home: TUN, host: MRS, days: 3, dayRate: 2000 });
  if (hasRate) {
    const id = newId();
    const rate = { networkId, quote: 'TND', source: 'BCT', day: '2026-11-28', rate: '3.38' };
    await treasurer.put(`/v1/exchange-rates/${id}`).send(rate).expect(200);
    await second.put(`/v1/exchange-rates/${id}/signature`).expect(200);
  }
  await close(clearing);
  await treasurer.put(`/v1/windows/${windowId}/advice`).expect(200);
  app.get<TestClock>(Clock).travelTo('2026-12-07T08:00:00Z');
  await treasurer.put(`/v1/windows/${windowId}/call`).expect(200);
  await deliverAll(app);
  const account = newId();
  const own = {
    partyId: TUN.id,
    holder: 'TUN',
    country: 'TN',
    unit: 'TND',
    number: '10006035183598478831',
    bank: 'BIAT',
  };
  await treasurer.put(`/v1/bank-accounts/${account}`).send(own).expect(200);
  await second.put(`/v1/bank-accounts/${account}/approval`).expect(200);
  const xml = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
    <Ntry><Amt Ccy="TND">203.500</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
    <BookgDt><Dt>2026-12-08</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>`;
  const file = newId();
  const content = Buffer.from(xml).toString('base64');
  await treasurer
    .put(`/v1/bank-files/${file}`)
    .send({ bankAccountId: account, name: 'december.xml', content })
    .expect(200);
  await treasurer.put(`/v1/bank-files/${file}/import`).expect(200);
  const lines = await treasurer.get(`/v1/bank-lines?bankAccountId=${account}`).expect(200);
  const payments = await treasurer.get(`/v1/windows/${windowId}/payments`).expect(200);
  return { account, lineId: lines.body.items[0].id, paymentId: payments.body.items[0].id };
}
const match = (
  of: { lineId: string; paymentId: string },
  more: object = { lineMinor: 203_500 },
  id = newId(),
) =>
  clearing.treasurer
    .put(`/v1/matches/${id}`)
    .send({ bankLineId: of.lineId, paymentId: of.paymentId, minor: 6_000, ...more });

it('a space settles in the currency of its bank: what that made of the window’s rate is its gain or loss', async () => {
  const of = await called(true);
  expect((await match(of, {}).expect(422)).body.code).toBe('match.does_not_fit');
  expect((await match(of, { lineMinor: 203_501 }).expect(409)).body.code).toBe('match.too_much');
  const id = newId();
  expect((await match(of, { lineMinor: 203_500 }, id).expect(200)).body).toMatchObject({ openMinor: 0 });
  await deliverAll(app);
  // 60.00 EUR at 3.38 are 202.800 TND; the bank took 203.500.
  expect(
    await balances(clearing.networkId, '512000', '471000', '580000', '666000', '766000', '478500'),
  ).toEqual({
    '478500 TUN EUR': -6_000,
    '478500 TUN TND': 202_800,
    '512000 TUN TND': -203_500,
    '580000 MRS EUR': 6_000,
    '666000 TUN TND': 700,
  });
  expect(await balances(clearing.networkId, '467000')).toEqual({});
  const [stored] = await ownerSql('SELECT expected_minor, rate_day::text, rate_source FROM banking.matches');
  expect(stored).toEqual({ expected_minor: '202800', rate_day: '2026-11-28', rate_source: 'BCT' });
  expect(await differences(app, clearing)).toEqual([]);
  await clearing.treasurer.delete(`/v1/matches/${id}`).expect(200);
  await deliverAll(app);
  expect(await balances(clearing.networkId, '471000', '666000')).toEqual({ '471000 TUN TND': 203_500 });
  expect(await differences(app, clearing)).toEqual([]);
});

it('without a rate by the end of its window it is refused, and nothing is half-written', async () => {
  const of = await called(false);
  expect((await match(of).expect(409)).body).toMatchObject({ code: 'match.rate_missing', lineUnit: 'TND' });
  const lines = await clearing.treasurer.get(`/v1/bank-lines?bankAccountId=${of.account}`).expect(200);
  expect(lines.body.items).toMatchObject([{ openMinor: 203_500, matches: [] }]);
});
