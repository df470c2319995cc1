import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RecordSealed } from '../../src/checkin/index.js';
import { newId } from '../../src/kernel/ids.js';
import { Db } from '../../src/platform/db.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { namedScope } from '../../src/platform/scope.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';
import {
  deliverEvents,
  failedChecks,
  makeClearing,
  makeParty,
  makeRecords,
} from '../support/make-settlement.js';

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await startApp(); // on 1 December 2026
});
afterAll(() => app.close());
beforeEach(() => emptyDatabase());

it('never offsets who settles gross, nor euros with dinars (scenario S1: 60.00 € and 90.000 TND)', async () => {
  const clearing = await makeClearing(app);
  const MRS = await makeParty(app, clearing.networkId, 'MRS');
  const BCN = await makeParty(app, clearing.networkId, 'BCN');
  const TUN = await makeParty(app, clearing.networkId, 'TUN', { unit: 'TND', profile: 'GROSS_ONLY' });
  await makeRecords(clearing, { home: TUN, host: MRS, days: 3, dayRate: 2000 }); // 60.00
  await makeRecords(clearing, { home: MRS, host: TUN, days: 2, dayRate: 45_000 }); // 90.000
  await makeRecords(clearing, { home: MRS, host: BCN, days: 2, dayRate: 1800 }); // 36.00, offset as far as may be
  await makeRecords(clearing, { home: BCN, host: MRS, days: 1, dayRate: 2000 }); // 20.00
  await clearing.treasurer.put(`/v1/windows/${clearing.windowId}/closure`).expect(200);
  await deliverEvents(app);
  const { body } = await clearing.treasurer.get(`/v1/windows/${clearing.windowId}/payments`).expect(200);
  const shown = body.items.map(
    (item: { kind: string; from: { id: string }; to: { id: string }; amount: object }) => [
      item.kind,
      item.from.id,
      item.to.id,
      item.amount,
    ],
  );
  expect(shown).toEqual([
    ['GROSS', TUN.id, MRS.id, { unit: 'EUR', minor: 6_000 }],
    ['NETTED', MRS.id, BCN.id, { unit: 'EUR', minor: 1_600 }],
    ['GROSS', MRS.id, TUN.id, { unit: 'TND', minor: 90_000 }],
  ]);
  const proof = await clearing.treasurer.get(`/v1/windows/${clearing.windowId}/proof`).expect(200);
  expect(failedChecks(proof.body)).toEqual([]);
});

it('keeps half-days in kind: a position, no payment, no document', async () => {
  const clearing = await makeClearing(app);
  const MRS = await makeParty(app, clearing.networkId, 'MRS');
  const LEC = await makeParty(app, clearing.networkId, 'LEC');
  const COOP = await makeParty(app, clearing.networkId, 'COOP', { profile: 'IN_KIND_ONLY' });
  await makeRecords(clearing, { home: LEC, host: MRS, days: 3, dayRate: 0, mode: 'ACCRUAL_IN_KIND' });
  await makeRecords(clearing, { home: COOP, host: MRS, days: 1, dayRate: 2000 });
  await makeRecords(clearing, { home: LEC, host: MRS, days: 1, dayRate: 2000, mode: 'GIFT' });
  await makeRecords(clearing, { home: LEC, host: MRS, days: 1, dayRate: 2000, settles: false });
  const { body } = await clearing.treasurer.put(`/v1/windows/${clearing.windowId}/closure`).expect(200);
  expect(
    body.totals.map(({ unit, lines, payments }: { unit: string; lines: number; payments: number }) => [
      unit,
      lines,
      payments,
    ]),
  ).toEqual([
    ['EUR', 2, 0],
    ['HALF_DAY', 3, 0],
  ]);
  const positions = await clearing.treasurer.get(`/v1/windows/${clearing.windowId}/positions`);
  expect(positions.body.items).toContainEqual(
    expect.objectContaining({
      party: { id: LEC.id, name: 'LEC' },
      unit: 'HALF_DAY',
      netMinor: -6,
      nettingMinor: 0,
    }),
  );
  const told = new Set((await deliverEvents(app)).map(({ consumer }) => consumer));
  expect([...told].toSorted()).toEqual(['books.window', 'hooks.deliver']); // nobody who issues or instructs
  const proof = await clearing.treasurer.get(`/v1/windows/${clearing.windowId}/proof`);
  expect(failedChecks(proof.body)).toEqual([]);
});

it('opens a first window once: by hand, or with the first sealed record at the start of its month', async () => {
  const clearing = await makeClearing(app);
  const { networkId, treasurer, windowId } = clearing;
  const body = { networkId, fromDay: '2026-11-01' };
  await treasurer.put(`/v1/windows/${windowId}`).send(body).expect(200);
  const other = await treasurer
    .put(`/v1/windows/${windowId}`)
    .send({ ...body, fromDay: '2026-11-02' })
    .expect(409);
  expect(other.body.code).toBe('request.id_reused');
  const second = await treasurer.put(`/v1/windows/${newId()}`).send(body).expect(409);
  expect(second.body.code).toBe('window.already_open');

  await ownerSql('TRUNCATE settlement.windows CASCADE');
  const MRS = await makeParty(app, networkId, 'MRS');
  const LEC = await makeParty(app, networkId, 'LEC');
  const [recordId] = await makeRecords(clearing, {
    home: LEC,
    host: MRS,
    days: 1,
    dayRate: 2000,
    from: '2026-11-17',
  });
  const seal = () =>
    app
      .get(Db)
      .tx(namedScope('sweep'), (tx) =>
        app
          .get(Outbox)
          .add(
            tx,
            RecordSealed,
            { recordId: recordId!, clearingNetworkId: networkId },
            { actor: 'system', networkIds: [networkId] },
          ),
      );
  await seal();
  await seal();
  await deliverEvents(app);
  const { body: listed } = await treasurer.get(`/v1/windows?networkId=${networkId}`).expect(200);
  expect(listed.items).toMatchObject([{ number: 1, state: 'OPEN', fromDay: '2026-11-01', untilDay: null }]);
});

it('has no statement and no proof while a window is open, nor for a party it does not concern', async () => {
  const { networkId, treasurer, windowId } = await makeClearing(app);
  const MRS = await makeParty(app, networkId, 'MRS');
  for (const path of ['/proof', `/statements/${MRS.id}`]) {
    expect((await treasurer.get(`/v1/windows/${windowId}${path}`).expect(409)).body.code).toBe(
      'window.not_closed',
    );
  }
  await treasurer.put(`/v1/windows/${windowId}/closure`).expect(200);
  const { body } = await treasurer.get(`/v1/windows/${windowId}/statements/${MRS.id}`).expect(404);
  expect(body.code).toBe('statement.not_found');
  const proof = await treasurer.get(`/v1/windows/${windowId}/proof`).expect(200);
  expect(proof.body).toMatchObject({ holds: true, lines: 0, sums: [] });
});
