import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Clock } from '../../src/platform/clock.js';
import { ownerSql, startApp, type TestClock } from '../support/app.js';
import { brokenPromises, codeOf, quotaLeft } from '../support/make-bookings.js';
import { runBackground } from '../support/make-closures.js';
import { DAY, makeFullScene, type FullScene } from '../support/make-waits.js';

let app: NestFastifyApplication;
let clock: TestClock;
let scene: FullScene;

beforeAll(async () => {
  app = await startApp();
  clock = app.get(Clock) as TestClock;
});
beforeEach(async () => {
  clock.travelTo('2026-12-01T08:00:00Z');
  scene = await makeFullScene(app, 1);
  clock.travelTo('2026-12-03T18:00:00Z'); // the desk was booked until 17:00Z
  await runBackground(app);
});
afterEach(async () => {
  expect(await brokenPromises()).toEqual([]);
});
afterAll(() => app.close());

const stateNow = async () =>
  (await scene.holder.agent.get(`/v1/bookings/${scene.bookingId}`).expect(200)).body.state;
const wasHere = (agent = scene.manager) =>
  agent.put(`/v1/bookings/${scene.bookingId}/presence`).send({ reason: 'The scanner was off' });

it('makes a no-show a visit by the manager’s word, uses nothing twice, and tells the guest', async () => {
  expect(await stateNow()).toBe('NO_SHOW');
  expect(await quotaLeft(scene.holder, scene.tiny)).toBe(4); // 6 − 2, consumed by not coming
  const { body } = await wasHere().expect(200);
  expect(body).toMatchObject({ bookingId: scene.bookingId, state: 'COMPLETED', evidence: 'C', day: DAY });
  expect((await wasHere().expect(200)).body.id).toBe(body.id);
  expect(await stateNow()).toBe('FULFILLED');
  expect(await quotaLeft(scene.holder, scene.tiny)).toBe(4);
  await runBackground(app);
  const mails = await ownerSql<{ subject: string }>(
    `SELECT subject FROM platform.mails WHERE person_id = $1 AND subject LIKE 'Visit%'`,
    [scene.holder.id],
  );
  expect(mails).toEqual([{ subject: `Visit corrected: Zona Riu, ${DAY}` }]);
});

it('is sealed with a record the host is paid by', async () => {
  await wasHere().expect(200);
  clock.travelTo('2026-12-05T00:00:00Z');
  await runBackground(app);
  const records = await ownerSql('SELECT evidence FROM checkin.visit_records');
  expect(records).toEqual([{ evidence: 'C' }]);
});

it('is refused to guests, and once the day is sealed', async () => {
  await wasHere(scene.holder.agent).expect(403);
  await wasHere(scene.line[0]!.agent).expect(403);
  clock.travelTo('2026-12-05T00:00:00Z');
  expect(await codeOf(wasHere().expect(409))).toBe('visit.sealed');
  expect(await stateNow()).toBe('NO_SHOW');
});
