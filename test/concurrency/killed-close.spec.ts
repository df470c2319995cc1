import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, tamperingSql, type TestClock } from '../support/app.js';
import { killedAt } from '../support/killed.js';
import { deliverAll, differences, postAll, wholeBook } from '../support/make-books.js';
import { makePerson } from '../support/make-identity.js';
import { makeTreasurersMonth } from '../support/make-settlement.js';
import { close, proof } from '../support/settle.js';

let app: NestFastifyApplication;
let month: Awaited<ReturnType<typeof makeTreasurersMonth>>;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await emptyDatabase();
  app.get<TestClock>(Clock).travelTo('2026-12-01T08:00:00Z');
  month = await makeTreasurersMonth(app);
});

/** Starting the product costs seconds each time. */
const KILLS_MS = 150_000;

/** The numbers of every series: documents of an issuer, entries of a journal. Each must be 1, 2, 3 … */
async function seriesOff(): Promise<unknown[]> {
  return ownerSql(
    `SELECT name FROM (
       SELECT concat(issuer_party_id, kind, year) AS name, sequence AS n FROM billing.documents
       UNION ALL SELECT concat(network_id, month, journal), number FROM books.entries
       UNION ALL SELECT concat(network_id, month), chain_no FROM books.entries) AS numbers
     GROUP BY name HAVING min(n) <> 1 OR max(n) <> count(*) OR count(DISTINCT n) <> count(*)`,
  );
}

it(
  'a process killed while it posts leaves nothing, and the next one posts the same entries without a gap',
  async () => {
    await close(month);
    await deliverAll(app);
    const whole = await wholeBook(month.networkId);
    expect(whole.length).toBe(9);
    for (const table of ['books.series', 'books.rates']) {
      await tamperingSql(
        'DELETE FROM books.postings; DELETE FROM books.entries; DELETE FROM books.series; DELETE FROM books.periods',
      );
      await killedAt(table, 'post');
      expect(await wholeBook(month.networkId)).toEqual([]);
      expect(await postAll(app)).toBe(whole.length);
      expect(await wholeBook(month.networkId)).toEqual(whole);
      expect(await seriesOff()).toEqual([]);
    }
    expect(await differences(app, month)).toEqual([]);
  },
  KILLS_MS,
);

it(
  'a process killed while it closes a window leaves it open, and closing again is as if nothing had been',
  async () => {
    for (const table of ['settlement.positions', 'ledger.transfers']) {
      await killedAt(table, 'close-window', month.windowId, month.networkId);
      const [left] = await ownerSql(`SELECT (SELECT count(*)::int FROM settlement.lines) AS lines,
      (SELECT count(*)::int FROM settlement.windows WHERE state = 'OPEN') AS open`);
      expect(left).toEqual({ lines: 0, open: 1 });
    }
    expect((await close(month)).totals).toMatchObject([{ grossMinor: 44_200, payments: 4 }]);
    await deliverAll(app);
    await proof(app, month);
    expect(await seriesOff()).toEqual([]);
    expect(await differences(app, month)).toEqual([]);
  },
  KILLS_MS,
);

it(
  'a process killed while it closes a period leaves it soft-closed, and closing again closes it with the same head',
  async () => {
    await close(month);
    await deliverAll(app);
    app.get<TestClock>(Clock).travelTo('2027-01-04T08:00:00Z');
    const base = `/v1/books/${month.networkId}/periods/2026-12`;
    const { body: soft } = await month.treasurer.put(`${base}/soft-closure`).expect(200);
    const id = newId();
    const approval = { networkId: month.networkId, act: 'CLOSE_PERIOD', subject: '2026-12' };
    await month.treasurer.put(`/v1/approvals/${id}`).send(approval).expect(200);
    const grants = [{ organisationId: month.networkId, role: 'network_treasurer' as const }];
    await (await makePerson(app, { grants })).agent.put(`/v1/approvals/${id}/signature`).expect(200);
    await killedAt('books.period_steps', 'close-period', '2026-12', month.networkId);
    const { body: periods } = await month.treasurer.get(`/v1/books/${month.networkId}/periods`).expect(200);
    expect(periods.items).toEqual([soft]);
    const { body: closed } = await month.treasurer.put(`${base}/closure`).expect(200);
    expect(closed).toMatchObject({ state: 'CLOSED', head: soft.head, entries: soft.entries });
    expect(await differences(app, month)).toEqual([]);
  },
  KILLS_MS,
);
