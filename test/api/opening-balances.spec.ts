import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, startApp } from '../support/app.js';
import { balances, deliverAll, expectSoundBooks } from '../support/make-books.js';
import { makePerson } from '../support/make-identity.js';
import {
  deliverEvents,
  makeClearing,
  makeParty,
  makeRecords,
  makeTreasurersMonth,
} from '../support/make-settlement.js';
import { close, payments, proof } from '../support/settle.js';

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
});
afterAll(() => app.close());
beforeEach(() => emptyDatabase());

const secondTreasurer = async (networkId: string) =>
  (await makePerson(app, { grants: [{ organisationId: networkId, role: 'network_treasurer' }] })).agent;

describe('an opening balance', () => {
  it('counts once two people have signed it: in one window, on the statement, on no invoice', async () => {
    const clearing = await makeClearing(app);
    const { networkId, treasurer } = clearing;
    const [MRS, BCN] = [await makeParty(app, networkId, 'MRS'), await makeParty(app, networkId, 'BCN')];
    const body = {
      networkId,
      debtorPartyId: MRS.id,
      creditorPartyId: BCN.id,
      amount: { unit: 'EUR', minor: 12_345 },
      day: '2026-10-31',
      note: 'What was left of the spreadsheet.',
    };
    const [signed, unsigned] = [newId(), newId()];
    const put = (id: string, changes: object = {}) =>
      treasurer.put(`/v1/opening-balances/${id}`).send({ ...body, ...changes });
    await put(signed).expect(200);
    await put(signed).expect(200);
    expect((await put(signed, { note: 'Other.' }).expect(409)).body.code).toBe('request.id_reused');
    await put(unsigned, { amount: { unit: 'EUR', minor: 1 } }).expect(200);
    await put(newId(), { creditorPartyId: MRS.id }).expect(422);
    await put(newId(), { amount: { unit: 'EUR', minor: 0 } }).expect(422);
    const own = await treasurer.put(`/v1/opening-balances/${signed}/signature`).expect(409);
    expect(own.body.code).toBe('approval.same_person');
    const second = await secondTreasurer(networkId);
    const { body: approved } = await second.put(`/v1/opening-balances/${signed}/signature`).expect(200);
    expect(approved).toMatchObject({ debtor: { name: 'MRS' }, amount: body.amount, windowId: null });
    expect(approved.approvedBy).not.toBe(approved.proposedBy);
    const missing = await second.put(`/v1/opening-balances/${newId()}/signature`).expect(404);
    expect(missing.body.code).toBe('opening_balance.not_found');
    await makeRecords(clearing, { home: BCN, host: MRS, days: 1, dayRate: 2_000 });
    await close(clearing);
    // 123.45 owed less 20.00 owed back.
    expect(await payments(clearing)).toEqual(['NETTED MRS→BCN 10345 EUR']);
    const { body: statement } = await treasurer
      .get(`/v1/windows/${clearing.windowId}/statements/${MRS.id}`)
      .expect(200);
    expect(statement.charges).toMatchObject([
      { kind: 'OPENING', direction: 'PAYS', amount: { minor: 12_345 }, note: body.note },
    ]);
    const proven = await proof(app, clearing);
    expect(proven.sums).toMatchObject([{ documentsMinor: 2_000, paymentsMinor: 10_345 }]);
    const { body: list } = await treasurer.get(`/v1/opening-balances?networkId=${networkId}`).expect(200);
    const kept = Object.fromEntries(list.items.map((item: { id: string }) => [item.id, item]));
    expect(kept).toMatchObject({
      [signed]: { windowId: clearing.windowId },
      [unsigned]: { approvedBy: null, windowId: null },
    });
    await deliverAll(app);
    expect(await balances(networkId, '890000', '467000')).toEqual({
      '467000 BCN EUR': 10_345,
      '467000 MRS EUR': -10_345,
      '890000 BCN EUR': -12_345,
      '890000 MRS EUR': 12_345,
    });
    await expectSoundBooks(app, clearing);
    const { treasurer: stranger } = await makeClearing(app);
    await stranger.get(`/v1/opening-balances?networkId=${networkId}`).expect(403);
    await stranger.put(`/v1/opening-balances/${unsigned}/signature`).expect(403);
  });
});

describe('a network with a licensed account', () => {
  it('collects and pays, one movement per party and currency, when two people wanted it so', async () => {
    const month = await makeTreasurersMonth(app);
    const { networkId, treasurer } = month;
    const [rulesId, approvalId] = [newId(), newId()];
    const rules = {
      networkId,
      fromDay: '2026-01-01',
      cadence: 'MONTHLY',
      disputeDays: 0,
      settleDays: 5,
      clearanceUnit: null,
      fourEyes: false,
      collects: true,
      yearlyDues: { unit: 'EUR', minor: 0 },
    };
    const put = () => treasurer.put(`/v1/network-rules/${rulesId}`).send(rules);
    expect((await put().expect(409)).body.code).toBe('approval.missing');
    await treasurer
      .put(`/v1/approvals/${approvalId}`)
      .send({ networkId, act: 'COLLECT', subject: rulesId })
      .expect(200);
    expect((await put().expect(409)).body.code).toBe('approval.missing');
    const second = await secondTreasurer(networkId);
    await second.put(`/v1/approvals/${approvalId}/signature`).expect(200);
    expect((await put().expect(200)).body.collects).toBe(true);
    await close(month);
    expect((await payments(month)).toSorted()).toEqual([
      'NETTED Escale Méditerranée→ATH 3400 EUR',
      'NETTED Escale Méditerranée→BCN 800 EUR',
      'NETTED Escale Méditerranée→MRS 5800 EUR',
      'NETTED LEC→Escale Méditerranée 7600 EUR',
      'NETTED RJK→Escale Méditerranée 2400 EUR',
    ]);
    await proof(app, month);
    for (const step of ['advice', 'call'])
      await treasurer.put(`/v1/windows/${month.windowId}/${step}`).expect(200);
    await deliverEvents(app);
    const { body } = await treasurer.get(`/v1/windows/${month.windowId}/payments`).expect(200);
    for (const { id } of body.items) await treasurer.put(`/v1/payments/${id}/execution`).expect(200);
    await treasurer.put(`/v1/windows/${month.windowId}/settlement`).expect(200);
    await proof(app, month);
    await deliverAll(app);
    expect(await balances(networkId, '411000', '401000', '467000')).toEqual({});
    // What it collected it has paid on: 76.00 + 24.00 = 34.00 + 8.00 + 58.00.
    expect(await balances(networkId, '580000')).toEqual({
      '580000 ATH EUR': 3_400,
      '580000 BCN EUR': 800,
      '580000 LEC EUR': -7_600,
      '580000 MRS EUR': 5_800,
      '580000 RJK EUR': -2_400,
    });
    await expectSoundBooks(app, month);
    const origin = await treasurer.get(`/v1/payments/${body.items[0].id}/origin`).expect(200);
    expect(origin.body.sides.map(({ party }: { party: { name: string } }) => party.name)).not.toContain(
      'Escale Méditerranée',
    );
  });
});
