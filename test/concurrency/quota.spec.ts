import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { perHalfDay } from '../../src/kernel/tariff.js';
import { newId } from '../../src/kernel/ids.js';
import { Problem } from '../../src/kernel/problem.js';
import { Ledger } from '../../src/ledger/index.js';
import { Db } from '../../src/platform/db.js';
import { PUBLIC_SCOPE } from '../../src/platform/scope.js';
import { Reciprocity, type Terms } from '../../src/reciprocity/index.js';
import { emptyDatabase, startApp } from '../support/app.js';
import { makePerson } from '../support/make-identity.js';
import { placeNetwork, placeSpace } from '../support/place-rows.js';

let app: NestFastifyApplication;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
});
afterAll(() => app.close());

const terms = (cap: number | null): Terms => ({
  agreementId: newId(),
  versionId: newId(),
  clearingNetworkId: newId(),
  mode: 'ACCRUAL_CASH',
  resourceKind: 'hot_desk',
  unit: 'EUR',
  tariff: perHalfDay(1000n),
  freeHalfDays: 6,
  capHalfDaysPerPersonYear: cap,
});

const outcome = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'ok',
    (error: unknown) => {
      if (error instanceof Problem) return error.code;
      throw error;
    },
  );

/** What twenty first uses at once get, spread over so many hosts of one agreement. */
async function race(hosts: number, cap: number | null): Promise<Record<string, number>> {
  const network = await placeNetwork(app);
  const spaces: { id: string; networkId: string }[] = [];
  for (let host = 0; host < hosts; host += 1) spaces.push(await placeSpace(app, network));
  const { id: personId } = await makePerson(app);
  const agreed = terms(cap);
  const attempts = Array.from({ length: 20 }, (_, index) =>
    app.get(Db).tx({ networks: [network.id], person: personId }, (tx) => {
      const hostSpace = spaces[index % hosts]!;
      const hold = { holdId: newId(), personId, hostSpace, year: 2026, halfDays: 1, reason: 'booking' };
      return app.get(Reciprocity).holdQuota(tx, hold, agreed);
    }),
  );
  const tally: Record<string, number> = {};
  for (const code of await Promise.all(attempts.map(outcome))) tally[code] = (tally[code] ?? 0) + 1;
  return tally;
}

afterEach(async () => {
  const wrong = await app.get(Db).read(PUBLIC_SCOPE, (on) => app.get(Ledger).wrongBalances(on));
  expect(wrong).toEqual([]);
});

it('gives exactly its six half-days to twenty holds at once, the very first use among them', async () => {
  expect(await race(1, null)).toEqual({ ok: 6, 'quota.exhausted': 14 });
});

it('gives no more than the cap at four hosts at once', async () => {
  expect(await race(4, 8)).toEqual({ ok: 8, 'quota.exhausted': 12 });
});
