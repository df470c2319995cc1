import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Billing } from '../../src/billing/index.js';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { namedScope } from '../../src/platform/scope.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import { killedAt, killedOnce } from '../support/killed.js';
import { makeTreasurersMonth } from '../support/make-settlement.js';
import { seededRandom } from '../support/seeded-random.js';
import { close, proof } from '../support/settle.js';

/** Starting the product costs seconds each time. */
const KILLS_MS = 150_000;
const SEED = 20_261_125;
const RANDOM_KILLS = 2;
/** One for each pair of the treasurer's month. */
const DOCUMENTS = 8;

let app: NestFastifyApplication;
let month: Awaited<ReturnType<typeof makeTreasurersMonth>>;
beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  app.get<TestClock>(Clock).travelTo('2026-12-01T08:00:00Z');
  month = await makeTreasurersMonth(app);
});
afterAll(() => app.close());

const issued = async () =>
  (await ownerSql<{ n: number }>('SELECT count(*)::int AS n FROM billing.documents'))[0]!.n;
/** Series with a gap, and documents whose chain is broken. */
const faults = () =>
  app
    .get(Db)
    .read(namedScope('clearing'), async (on) => [
      ...(await app.get(Billing).seriesWithGaps(on)),
      ...(await app.get(Billing).brokenChains(on)),
    ]);

it(
  'a process killed while it issues documents leaves no gap and no double, wherever it is killed',
  async () => {
    await close(month);
    for (const table of ['billing.series', 'billing.documents']) {
      await killedAt(table, 'documents');
      expect([await issued(), await faults()]).toEqual([0, []]); // a number goes back with its document
    }
    const random = seededRandom(SEED);
    for (let kills = 0, last = 0; kills < RANDOM_KILLS; kills += 1) {
      const target = Math.min(DOCUMENTS, last + 1 + Math.floor(random() * 2));
      await killedOnce(async () => (await issued()) >= target, 'documents');
      last = await issued();
      expect(await faults()).toEqual([]);
    }
    await deliverAll(app);
    expect([await issued(), await faults()]).toEqual([DOCUMENTS, []]);
    await proof(app, month);
  },
  KILLS_MS,
);
