import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc from 'fast-check';
import { newId } from '../../src/kernel/ids.js';
import { Ledger } from '../../src/ledger/index.js';
import { Db } from '../../src/platform/db.js';
import { PUBLIC_SCOPE } from '../../src/platform/scope.js';
import { netPayments } from '../../src/settlement/net-payments.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql } from '../support/app.js';
import {
  deliverEvents,
  failedChecks,
  makeClearing,
  makeParty,
  makeRecords,
  makeTreasurersMonth,
} from '../support/make-settlement.js';

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());
beforeEach(() => emptyDatabase());

it('closes once, and answers all of six closings at once in the same way', async () => {
  const { treasurer, windowId } = await makeTreasurersMonth(app);
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => treasurer.put(`/v1/windows/${windowId}/closure`)),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  for (const { body } of answers) expect(body).toEqual(answers[0]!.body);
  const [n] = await ownerSql(`SELECT
    (SELECT count(*)::int FROM settlement.lines) AS lines,
    (SELECT count(*)::int FROM settlement.windows) AS windows,
    (SELECT count(*)::int FROM ledger.transfers) AS transfers,
    (SELECT count(*)::int FROM platform.outbox WHERE name = 'settlement.documents_due.v1') AS documents`);
  expect(n).toEqual({ lines: 26, windows: 2, transfers: 10, documents: 5 });
});

it('puts each record on exactly one line, however closings race with sealing', async () => {
  const clearing = await makeClearing(app);
  const { treasurer } = clearing;
  const MRS = await makeParty(app, clearing.networkId, 'MRS');
  const LEC = await makeParty(app, clearing.networkId, 'LEC');
  const sealing = Array.from({ length: 12 }, (_, index) =>
    makeRecords(clearing, {
      home: index % 2 ? MRS : LEC,
      host: index % 2 ? LEC : MRS,
      days: 5,
      dayRate: 1200 + 100 * index,
    }),
  );
  let windowId = clearing.windowId;
  const closed: string[] = [];
  const closeNext = async () => {
    closed.push(windowId);
    const { body } = await treasurer.put(`/v1/windows/${windowId}/closure`).expect(200);
    windowId = body.nextWindowId;
  };
  for (let round = 0; round < 4; round += 1) await closeNext();
  const records = (await Promise.all(sealing)).flat();
  await closeNext();

  const lines = await ownerSql<{ id: string }>('SELECT record_id AS id FROM settlement.lines');
  expect(lines.map(({ id }) => id).toSorted()).toEqual(records.toSorted());
  await deliverEvents(app);
  for (const id of closed) {
    const { body } = await treasurer.get(`/v1/windows/${id}/proof`).expect(200);
    expect(failedChecks(body)).toEqual([]);
  }
  expect(await app.get(Db).read(PUBLIC_SCOPE, (on) => app.get(Ledger).wrongBalances(on))).toEqual([]);
});

it('moves a position on with the last of its payments, when all are executed at once', async () => {
  const { treasurer, windowId } = await makeTreasurersMonth(app);
  for (const step of ['closure', 'advice', 'call'])
    await treasurer.put(`/v1/windows/${windowId}/${step}`).expect(200);
  await deliverEvents(app);
  const { body } = await treasurer.get(`/v1/windows/${windowId}/payments`).expect(200);
  const twice = [...body.items, ...body.items];
  await Promise.all(
    twice.map(({ id }: { id: string }) => treasurer.put(`/v1/payments/${id}/execution`).expect(200)),
  );
  const positions = await treasurer.get(`/v1/windows/${windowId}/positions`).expect(200);
  const states = positions.body.items.map(({ state }: { state: string }) => state);
  expect(states).toEqual(['PAID_OUT', 'PAID_OUT', 'PAID_OUT', 'COLLECTED', 'COLLECTED']);
});

describe('netting in SQL and its twin in TypeScript', () => {
  const partyId = (index: number) => `00000000-0000-7000-9000-${index.toString(16).padStart(12, '0')}`;
  const positions = fc
    .array(fc.tuple(fc.nat(11), fc.nat(11), fc.bigInt({ min: 1n, max: 100_000n })), {
      minLength: 1,
      maxLength: 120,
    })
    .map((debts) => {
      const net = Array.from({ length: 12 }, () => 0n);
      for (const [debtor, creditor, minor] of debts) {
        net[debtor]! -= minor;
        net[creditor]! += minor;
      }
      return net.map((minor, index) => ({ party: partyId(index), net: minor }));
    });

  it('plan the same payments, row by row, in two currencies at once', async () => {
    await fc.assert(
      fc.asyncProperty(positions, async (list) => {
        const windowId = newId();
        const rows = await planned(windowId, list);
        for (const unit of ['EUR', 'TND']) {
          const ofUnit = rows.filter((row) => row.unit === unit);
          expect(
            ofUnit.map(({ debtor, creditor, minor }) => ({ debtor, creditor, minor: BigInt(minor) })),
          ).toEqual(netPayments(list));
        }
      }),
      { numRuns: 100 },
    );
  });

  function planned(windowId: string, list: { party: string; net: bigint }[]) {
    const values = list.map(({ party, net }) => `('${party}'::uuid, ${net}::bigint)`).join(', ');
    return tamperingSql(
      `INSERT INTO settlement.positions (window_id, network_id, party_id, unit, profile, receives_minor,
         pays_minor, net_minor, netting_minor, state, created_at)
       SELECT '${windowId}', '${windowId}', party, unit, 'NETTING_ALLOWED', greatest(net, 0), greatest(-net, 0),
         net, net, 'CALCULATED', now()
       FROM (VALUES ${values}) AS given (party, net), unnest(ARRAY['EUR', 'TND']) AS unit`,
    ).then(() =>
      ownerSql<{ unit: string; debtor: string; creditor: string; minor: string }>(
        `SELECT unit, debtor_id AS debtor, creditor_id AS creditor, minor FROM settlement.plan_payments($1)`,
        [windowId],
      ),
    );
  }
});
