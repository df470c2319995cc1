import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql, type TestClock } from '../support/app.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { deliverEvents, makeClearing, makeTreasurersMonth } from '../support/make-settlement.js';
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

describe('the calendar of a network with rules', () => {
  it('lets a window be closed once its month is over, and called once lines can no longer be disputed', async () => {
    const clearing = await makeClearing(app);
    await putRules(clearing);
    const { treasurer, windowId } = clearing;
    clock.travelTo('2026-11-30T23:00:00Z');
    expect((await treasurer.put(`/v1/windows/${windowId}/closure`).expect(409)).body).toMatchObject({
      code: 'window.not_over',
      untilDay: '2026-11-30',
    });
    clock.travelTo('2026-12-01T08:00:00Z');
    const late = await treasurer
      .put(`/v1/windows/${windowId}/closure`)
      .send({ until: '2026-12-01' })
      .expect(422);
    expect(late.body.code).toBe('window.bad_until');
    const closed = await close(clearing);
    expect(closed).toMatchObject({ untilDay: '2026-11-30', closesAfter: '2026-11-30', callFrom: null });
    await treasurer.put(`/v1/windows/${windowId}/advice`).expect(200);
    const early = await treasurer.put(`/v1/windows/${windowId}/call`).expect(409);
    expect(early.body).toMatchObject({ code: 'window.clock_running', callFrom: '2026-12-06T08:00:00Z' });
    clock.travelTo('2026-12-06T08:00:00Z');
    expect((await treasurer.put(`/v1/windows/${windowId}/call`).expect(200)).body.settleBy).toBe(
      '2026-12-11T08:00:00Z',
    );
  });

  it('counts weeks to their Sunday when it settles weekly', async () => {
    const clearing = await makeClearing(app);
    await putRules(clearing, { cadence: 'WEEKLY' });
    const first = await close(clearing); // from Sunday 1 November
    expect(first.untilDay).toBe('2026-11-01');
    const next = await close({ ...clearing, windowId: first.nextWindowId });
    expect(next).toMatchObject({ fromDay: '2026-11-02', untilDay: '2026-11-08' });
    await clearing.treasurer.put(`/v1/windows/${next.id}/advice`).expect(200);
    clock.travelTo('2026-12-20T08:00:00Z');
    const skipped = await clearing.treasurer.put(`/v1/windows/${next.id}/call`).expect(409);
    expect(skipped.body).toMatchObject({ code: 'window.out_of_order', number: 1 });
  });

  it('takes two people to close and to pay where the rules say so', async () => {
    const month = await makeTreasurersMonth(app);
    await putRules(month, { fourEyes: true, disputeDays: 0 });
    const { treasurer, networkId, windowId } = month;
    const grants = [{ organisationId: networkId, role: 'network_treasurer' as const }];
    const second = (await makePerson(app, { grants })).agent;
    const approve = async (act: string, subject: string) => {
      const id = newId();
      await treasurer.put(`/v1/approvals/${id}`).send({ networkId, act, subject }).expect(200);
      await second.put(`/v1/approvals/${id}/signature`).expect(200);
    };
    const alone = await treasurer.put(`/v1/windows/${windowId}/closure`).expect(409);
    expect(alone.body).toMatchObject({ code: 'approval.missing', act: 'CLOSE_WINDOW', subject: windowId });
    await approve('CLOSE_WINDOW', windowId);
    await close(month);
    for (const step of ['advice', 'call']) await treasurer.put(`/v1/windows/${windowId}/${step}`).expect(200);
    await deliverEvents(app);
    const { body } = await treasurer.get(`/v1/windows/${windowId}/payments`);
    const pay = () => treasurer.put(`/v1/payments/${body.items[0].id}/execution`);
    expect((await pay().expect(409)).body.code).toBe('approval.missing');
    await approve('PAY', body.items[0].id);
    await pay().expect(200);
  });
});

describe('what goes wrong', () => {
  it('a closed window is aborted with credit notes, and the next one settles the same', async () => {
    const month = await makeTreasurersMonth(app);
    const closed = await close(month);
    const before = await payments(month);
    const abort = () =>
      month.treasurer.put(`/v1/windows/${month.windowId}/abort`).send({ reason: 'Wrong rate for LEC' });
    expect((await abort().expect(409)).body.code).toBe('window.documents_open');
    await deliverEvents(app);
    expect((await abort().expect(200)).body.state).toBe('ABORTED');
    await abort().expect(200);
    const { body } = await month.treasurer.get(`/v1/documents?networkId=${month.networkId}`);
    const notes = body.items.filter(({ kind }: { kind: string }) => kind === 'CREDIT_NOTE');
    expect(notes).toHaveLength(8);
    expect(notes.map(({ refersTo }: { refersTo: string }) => refersTo)).toContain('MRS-2026-000001');
    expect(await payments(month)).toEqual([]);
    expect(await ownerSql('SELECT FROM ledger.accounts WHERE debits <> credits')).toEqual([]);
    await proof(app, month);
    const next = { ...month, windowId: closed.nextWindowId };
    await close(next);
    expect(await payments(next)).toEqual(before);
    await proof(app, next);
    expect((await month.treasurer.put(`/v1/windows/${month.windowId}/advice`).expect(409)).body.code).toBe(
      'window.wrong_state',
    );
  });

  it('a member in default is offset by nobody, and what it does not pay is carried on between the same two', async () => {
    const month = await makeTreasurersMonth(app);
    const { LEC } = month.parties;
    await month.treasurer
      .put(`/v1/standings/${newId()}`)
      .send({
        networkId: month.networkId,
        partyId: LEC.id,
        fromDay: '2026-11-01',
        standing: 'DEFAULTED',
        reason: 'Two unpaid',
      })
      .expect(200);
    const closed = await close(month);
    expect((await payments(month)).filter((text) => text.includes('LEC'))).toEqual([
      'GROSS LEC→MRS 10000 EUR',
      'GROSS RJK→LEC 3600 EUR',
      'GROSS LEC→RJK 1200 EUR',
    ]);
    for (const step of ['advice', 'call'])
      await month.treasurer.put(`/v1/windows/${month.windowId}/${step}`).expect(200);
    await proof(app, month);
    const { body } = await month.treasurer.get(`/v1/windows/${month.windowId}/payments`);
    for (const { id, from } of body.items) {
      const fails = from.id === LEC.id;
      const path = `/v1/payments/${id}/${fails ? 'failure' : 'execution'}`;
      await month.treasurer
        .put(path)
        .send(fails ? { reason: 'Account closed' } : {})
        .expect(200);
      if (fails) await month.treasurer.put(path).send({ reason: 'Account closed' }).expect(200);
    }
    const refused = await month.treasurer
      .put(`/v1/payments/${body.items[0].id}/failure`)
      .send({ reason: 'x' });
    expect([200, 409]).toContain(refused.status);
    const positions = await month.treasurer.get(`/v1/windows/${month.windowId}/positions`);
    const stateOf = (id: string) =>
      positions.body.items.find(({ party }: { party: { id: string } }) => party.id === id).state;
    expect([stateOf(LEC.id), stateOf(month.parties.BCN.id)]).toEqual(['FAILED', 'PAID_OUT']);
    await month.treasurer.put(`/v1/windows/${month.windowId}/settlement`).expect(200);
    const next = { ...month, windowId: closed.nextWindowId };
    await close(next);
    expect(await payments(next)).toEqual(['GROSS LEC→MRS 10000 EUR', 'GROSS LEC→RJK 1200 EUR']);
    await proof(app, next);
  });

  it('a leaving member still settles its last window', async () => {
    const month = await makeTreasurersMonth(app);
    const leaving = { networkId: month.networkId, partyId: month.parties.ATH.id, fromDay: '2026-11-01' };
    await month.treasurer
      .put(`/v1/standings/${newId()}`)
      .send({ ...leaving, standing: 'LEAVING', reason: 'Closes' })
      .expect(200);
    await close(month);
    expect(await payments(month)).toHaveLength(4);
  });

  it('a host credits what it charged wrongly, at most the line, and the credit note names the invoice', async () => {
    const month = await makeTreasurersMonth(app);
    const { MRS, BCN } = month.parties;
    const manager = async (organisationId: string) =>
      (await makePerson(app, { grants: [{ organisationId, role: 'space_manager' }] })).agent;
    const [host, guest] = [await manager(MRS.operatorId), await manager(BCN.operatorId)];
    const [record] = await ownerSql<{ id: string }>(
      'SELECT id FROM checkin.visit_records WHERE host_space_id = $1 AND home_space_id = $2 ORDER BY id LIMIT 1',
      [MRS.id, BCN.id],
    );
    const credit = (agent: Agent, amountMinor: number, id = newId()) =>
      agent
        .put(`/v1/credit-records/${id}`)
        .send({ recordId: record!.id, amountMinor, reason: 'Left at noon' });
    expect((await credit(host, 500).expect(409)).body.code).toBe('credit.record_not_settled');
    const closed = await close(month);
    await deliverEvents(app);
    expect((await credit(guest, 500).expect(409)).body.code).toBe('credit.record_not_settled');
    const id = newId();
    await credit(host, 1_000, id).expect(200);
    expect((await credit(host, 1_000, id).expect(200)).body).toMatchObject({
      windowId: null,
      amount: { minor: 1_000 },
    });
    expect((await credit(host, 999, id).expect(409)).body.code).toBe('request.id_reused');
    expect((await credit(host, 1_001).expect(409)).body).toMatchObject({
      code: 'credit.too_much',
      leftMinor: 1_000,
    });
    const twice = await Promise.all([credit(host, 600), credit(host, 600)]);
    expect(twice.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 409]));
    const next = { ...month, windowId: closed.nextWindowId };
    await close(next);
    expect(await payments(next)).toEqual(['NETTED MRS→BCN 1600 EUR']);
    await proof(app, next);
    const { body } = await host.get(`/v1/documents?partyId=${MRS.id}`).expect(200);
    const note = body.items.find(({ kind }: { kind: string }) => kind === 'CREDIT_NOTE');
    expect(note).toMatchObject({
      number: 'MRS-C-2026-000001',
      net: { minor: 1_600 },
      issuer: { name: 'MRS' },
    });
    expect(note.charges[0].refersTo).toMatch(/^MRS-2026-00000\d$/);
  });
});

describe('what members see coming', () => {
  it('a debit ceiling warns at four fifths, before anything is closed', async () => {
    const month = await makeTreasurersMonth(app);
    const ceiling = (minor: number) => ({ debitCeiling: { unit: 'EUR', minor } });
    await partyRules(month, month.parties.LEC.id, ceiling(9_000)); // owes 76.00, warned from 72.00
    await partyRules(month, month.parties.RJK.id, ceiling(2_000)); // owes 24.00
    await partyRules(month, month.parties.BCN.id, ceiling(2_000)); // is owed 8.00
    const { body } = await month.treasurer.get(`/v1/exposures?networkId=${month.networkId}`).expect(200);
    const shown = body.items.map(
      (item: { party: { name: string }; owesMinor: number; state: string }) =>
        `${item.party.name} ${item.owesMinor} ${item.state}`,
    );
    expect(shown).toEqual([
      'LEC 7600 WARNED',
      'RJK 2400 OVER',
      'BCN -800 WITHIN',
      'ATH -3400 FREE',
      'MRS -5800 FREE',
    ]);
    await close(month);
    const after = await month.treasurer.get(`/v1/exposures?networkId=${month.networkId}`);
    expect(after.body.items[0]).toMatchObject({ owesMinor: 7_600 });
  });

  it('a band says when two spaces give and take too unevenly', async () => {
    const month = await makeTreasurersMonth(app);
    await tamperingSql('UPDATE reciprocity.agreement_versions SET balance_band_half_days = 4');
    const { body } = await month.treasurer
      .get(`/v1/agreements/${month.agreementId}/balance?year=2026`)
      .expect(200);
    const pair = (names: string[]) =>
      body.pairs.find(
        ({ one, other }: { one: { name: string }; other: { name: string } }) =>
          names.includes(one.name) && names.includes(other.name),
      );
    expect(pair(['MRS', 'BCN'])).toMatchObject({ isWithinBand: true }); // 12 and 8 half-days
    expect(pair(['LEC', 'MRS'])).toMatchObject({ isWithinBand: false }); // 10 and 0
    const { treasurer: stranger } = await makeClearing(app);
    const foreign = await stranger.get(`/v1/agreements/${month.agreementId}/balance?year=2026`).expect(404);
    expect(foreign.body.code).toBe('credit.no_trade');
  });
});
