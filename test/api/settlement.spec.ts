import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Ledger } from '../../src/ledger/index.js';
import { Db } from '../../src/platform/db.js';
import { derivedId } from '../../src/platform/derived-id.js';
import { PUBLIC_SCOPE } from '../../src/platform/scope.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql } from '../support/app.js';
import { makePerson } from '../support/make-identity.js';
import {
  deliverEvents,
  failedChecks,
  makeClearing,
  makeRecords,
  makeTreasurersMonth,
} from '../support/make-settlement.js';

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
});
afterAll(() => app.close());
beforeEach(() => emptyDatabase());

describe("the treasurer's month (scenario S6)", () => {
  let month: Awaited<ReturnType<typeof makeTreasurersMonth>>;
  beforeEach(async () => {
    month = await makeTreasurersMonth(app);
  });
  const window = (path = '') => `/v1/windows/${month.windowId}${path}`;
  const close = () => month.treasurer.put(window('/closure')).send({}).expect(200);

  it('closes into the golden positions and four payments of 100.00, 77.38 % less than 442.00', async () => {
    const closed = await close();
    expect(closed.body).toMatchObject({
      state: 'CLOSED',
      fromDay: '2026-11-01',
      untilDay: '2026-11-07', // six days from 2 November
      totals: [
        {
          unit: 'EUR',
          lines: 26,
          late: 0,
          grossMinor: 44_200,
          paymentsMinor: 10_000,
          payments: 4,
          reductionPercent: 77.38,
        },
      ], // (442 − 100) ÷ 442
    });
    const { body: positions } = await month.treasurer.get(window('/positions')).expect(200);
    const shown = positions.items.map(
      (item: { party: { name: string }; receivesMinor: number; paysMinor: number; netMinor: number }) => [
        item.party.name,
        item.receivesMinor,
        item.paysMinor,
        item.netMinor,
      ],
    );
    expect(shown).toEqual([
      ['MRS', 18_000, 12_200, 5_800],
      ['ATH', 7_000, 3_600, 3_400],
      ['BCN', 14_400, 13_600, 800],
      ['RJK', 1_200, 3_600, -2_400],
      ['LEC', 3_600, 11_200, -7_600],
    ]);
    expect(await payments()).toEqual(['LEC→MRS 5800', 'LEC→ATH 1800', 'RJK→ATH 1600', 'RJK→BCN 800']);
  });

  it('proves itself once the documents are out, and says which check fails when a row was changed', async () => {
    await close();
    const early = await month.treasurer.get(window('/proof')).expect(200);
    expect(failedChecks(early.body)).toEqual([
      'documents_match_lines',
      'documents_equal_offsets_and_payments',
    ]);
    await deliverEvents(app);
    const { body } = await month.treasurer.get(window('/proof')).expect(200);
    expect(failedChecks(body)).toEqual([]);
    expect(body).toMatchObject({
      holds: true,
      lines: 26,
      sums: [
        { unit: 'EUR', linesMinor: 44_200, positionsMinor: 0, documentsMinor: 44_200, paymentsMinor: 10_000 },
      ],
    });
    // As somebody with the owner's password could: a line, a position and a payment are a cent off.
    await tamperingSql(
      `UPDATE settlement.lines SET amount_minor = amount_minor + 1 WHERE record_id = '${month.records[0]}'`,
    );
    const changed = await month.treasurer.get(window('/proof')).expect(200);
    expect(changed.body.holds).toBe(false);
    expect(failedChecks(changed.body)).toEqual(
      expect.arrayContaining(['lines_match_records', 'lines_hash_unchanged', 'twin_agrees']),
    );
    await tamperingSql(
      `UPDATE settlement.lines SET amount_minor = amount_minor - 1 WHERE record_id = '${month.records[0]}'`,
    );
    await tamperingSql(`UPDATE settlement.positions SET pays_minor = pays_minor + 1, net_minor = net_minor - 1
      WHERE party_id = '${month.parties.LEC.id}'`);
    const off = await month.treasurer.get(window('/proof')).expect(200);
    expect(failedChecks(off.body)).toEqual(['positions_match_lines', 'positions_sum_to_zero', 'twin_agrees']);
    await tamperingSql(`UPDATE settlement.positions SET pays_minor = pays_minor - 1, net_minor = net_minor + 1
      WHERE party_id = '${month.parties.LEC.id}'`);
    await tamperingSql(
      'UPDATE settlement.payments SET amount_minor = amount_minor + 1 WHERE amount_minor = 800',
    );
    const unpaid = await month.treasurer.get(window('/proof')).expect(200);
    expect(failedChecks(unpaid.body)).toEqual([
      'payments_clear_positions',
      'documents_equal_offsets_and_payments',
      'twin_agrees',
    ]);
  });

  it('gives the same answer when closed twice, and refuses another last day', async () => {
    const first = await close();
    const second = await close();
    expect(second.body).toEqual(first.body);
    const { body } = await month.treasurer.put(window('/closure')).send({ until: '2026-11-30' }).expect(409);
    expect(body.code).toBe('request.id_reused');
    const [windows] = await ownerSql<{ n: number }>('SELECT count(*)::int AS n FROM settlement.windows');
    expect(windows!.n).toBe(2); // this one, and the one it opened
  });

  it('leaves a late record to the open window, flagged, and never changes a closed one', async () => {
    const closed = await close();
    const before = await month.treasurer.get(window('/positions'));
    const [late] = await makeRecords(month, {
      home: month.parties.ATH,
      host: month.parties.LEC,
      days: 1,
      dayRate: 1200,
    });
    await close();
    expect((await month.treasurer.get(window('/positions'))).body).toEqual(before.body);
    const next = `/v1/windows/${closed.body.nextWindowId}`;
    const { body } = await month.treasurer.put(`${next}/closure`).expect(200);
    expect(body.totals).toMatchObject([{ lines: 1, late: 1, grossMinor: 1_200 }]);
    const statement = await month.treasurer.get(`${next}/statements/${month.parties.LEC.id}`).expect(200);
    expect(statement.body.lines).toMatchObject([{ recordId: late, late: true, direction: 'RECEIVES' }]);
  });

  it('takes only days up to the last one given', async () => {
    const { body } = await month.treasurer.put(window('/closure')).send({ until: '2026-11-02' }).expect(200);
    expect(body.totals).toMatchObject([{ lines: 8 }]); // the first day of each of eight flows
    const next = await month.treasurer.put(`/v1/windows/${body.nextWindowId}/closure`).expect(200);
    expect(next.body).toMatchObject({ fromDay: '2026-11-03', totals: [{ lines: 18, late: 0 }] });
  });

  it.each(['2026-10-31', '2026-12-02'])(
    'refuses to end on %s, before its first day or still to come',
    async (until) => {
      const { body } = await month.treasurer.put(window('/closure')).send({ until }).expect(422);
      expect(body.code).toBe('window.bad_until');
      expect((await month.treasurer.get(window())).body.state).toBe('OPEN');
    },
  );

  it('is settled when every payment is executed, and then the accounts of all parties are even', async () => {
    await close();
    await deliverEvents(app);
    const account = (partyId: string) =>
      app
        .get(Db)
        .read(PUBLIC_SCOPE, (on) =>
          app.get(Ledger).account(on, derivedId(month.networkId, `party/${partyId}/EUR`)),
        );
    expect((await account(month.parties.MRS.id)).available).toBe(5_800n);
    expect((await account(month.parties.LEC.id)).available).toBe(-7_600n);

    const { body: planned } = await month.treasurer.get(window('/payments')).expect(200);
    const execute = (id: string) => month.treasurer.put(`/v1/payments/${id}/execution`);
    expect((await execute(planned.items[0].id).expect(409)).body.code).toBe('payment.not_called');
    expect((await month.treasurer.put(window('/call')).expect(409)).body).toMatchObject({
      code: 'window.wrong_state',
      state: 'CLOSED',
      needs: 'ADVISED',
    });
    await month.treasurer.put(window('/advice')).expect(200);
    await month.treasurer.put(window('/advice')).expect(200);
    await month.treasurer.put(window('/call')).expect(200);
    expect((await execute(planned.items[0].id).expect(409)).body.code).toBe('payment.not_instructed');
    await deliverEvents(app);

    await execute(planned.items[0].id).expect(200); // LEC→MRS, all that MRS is owed
    expect((await execute(planned.items[0].id).expect(200)).body.executedAt).toBe('2026-12-01T08:00:00Z');
    expect(await states()).toEqual({
      MRS: 'PAID_OUT',
      ATH: 'COMMITTED',
      BCN: 'COMMITTED',
      RJK: 'COMMITTED',
      LEC: 'COMMITTED',
    });
    const refused = await month.treasurer.put(window('/settlement')).expect(409);
    expect(refused.body).toMatchObject({ code: 'window.payments_open', paymentIds: { length: 3 } });

    await Promise.all(planned.items.slice(1).map(({ id }: { id: string }) => execute(id).expect(200)));
    expect(await states()).toEqual({
      MRS: 'PAID_OUT',
      ATH: 'PAID_OUT',
      BCN: 'PAID_OUT',
      RJK: 'COLLECTED',
      LEC: 'COLLECTED',
    });
    const settled = await month.treasurer.put(window('/settlement')).expect(200);
    expect(settled.body.steps.map((step: { state: string }) => step.state)).toEqual([
      'OPEN',
      'CLOSED',
      'ADVISED',
      'CALLED',
      'SETTLED',
    ]);
    for (const { id } of Object.values(month.parties)) expect((await account(id)).available).toBe(0n);
    expect(await app.get(Db).read(PUBLIC_SCOPE, (on) => app.get(Ledger).wrongBalances(on))).toEqual([]);
  });

  it('writes statements whose lines open, as JSON and as CSV', async () => {
    await close();
    const { RJK, LEC } = month.parties;
    const { body } = await month.treasurer.get(window(`/statements/${RJK.id}`)).expect(200);
    expect(body).toMatchObject({
      party: { name: 'RJK' },
      totals: [{ unit: 'EUR', receivesMinor: 1_200, paysMinor: 3_600, netMinor: -2_400 }],
    });
    expect(body.lines).toHaveLength(4);
    expect(body.lines[0]).toMatchObject({
      agreementId: month.agreementId,
      agreementVersionId: month.versionId,
      agreementVersion: 1,
      visitId: expect.any(String),
      scanId: expect.any(String),
      halfDays: 2,
      rate: { unit: 'EUR', minor: 600 },
      amount: { unit: 'EUR', minor: 1_200 },
    });
    const csv = await month.treasurer.get(window(`/statements/${LEC.id}.csv`)).expect(200);
    expect(csv.headers['content-type']).toContain('text/csv');
    const rows = csv.text.trimEnd().split('\r\n');
    expect(rows).toHaveLength(1 + 9); // 3 visits from RJK, 5 in MRS, 1 in RJK
    expect(rows[1]).toMatch(/^2026-11-02,(RECEIVES|PAYS),\w{3},2,\d+\.00,\d+\.00,EUR,false,1,/);
  });

  it('is seen by its own treasurer, and each statement by its own party alone', async () => {
    await close();
    const { MRS, BCN } = month.parties;
    const manager = await makePerson(app, {
      grants: [{ organisationId: MRS.operatorId, role: 'space_manager' }],
    });
    await manager.agent.get(window(`/statements/${MRS.id}`)).expect(200);
    const listed = await manager.agent.get(`/v1/windows?partyId=${MRS.id}`).expect(200);
    expect(listed.body.items).toMatchObject([{ id: month.windowId, state: 'CLOSED' }]);
    for (const path of [window(), window('/positions'), window('/proof'), window(`/statements/${BCN.id}`)]) {
      const { body } = await manager.agent.get(path).expect(403);
      expect(body.code).toBe('access.denied');
    }
    await manager.agent.put(window('/advice')).expect(403);

    const { treasurer: other } = await makeClearing(app);
    for (const path of ['', '/positions', '/payments', '/proof', `/statements/${MRS.id}`]) {
      expect((await other.get(window(path)).expect(404)).body.code).toBe('window.not_found');
    }
    expect((await other.put(window('/closure')).expect(404)).body.code).toBe('window.not_found');
    const { body: planned } = await month.treasurer.get(window('/payments'));
    const execution = await other.put(`/v1/payments/${planned.items[0].id}/execution`).expect(404);
    expect(execution.body.code).toBe('payment.not_found');
  });

  it.each(['lines', 'payments', 'steps', 'closures'])(
    'keeps %s from being changed, even by the owner',
    async (table) => {
      await close();
      await expect(ownerSql(`UPDATE settlement.${table} SET created_at = now()`)).rejects.toThrow(
        'append-only',
      );
      await expect(ownerSql(`DELETE FROM settlement.${table}`)).rejects.toThrow('append-only');
    },
  );

  async function payments(): Promise<string[]> {
    const { body } = await month.treasurer.get(window('/payments')).expect(200);
    return body.items.map(
      (item: { from: { name: string }; to: { name: string }; amount: { minor: number } }) =>
        `${item.from.name}→${item.to.name} ${item.amount.minor}`,
    );
  }
  async function states(): Promise<Record<string, string>> {
    const { body } = await month.treasurer.get(window('/positions')).expect(200);
    return Object.fromEntries(
      body.items.map((item: { party: { name: string }; state: string }) => [item.party.name, item.state]),
    );
  }
});
