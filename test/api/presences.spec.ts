import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
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

describe('a no-show that its guest contests', () => {
  const AFTER_THE_SEAL = '2026-12-06T09:00:00Z';
  const REASON = 'I was there, the tablet was off.';
  const contest = (reason = REASON, agent = scene.holder.agent) =>
    agent.put(`/v1/bookings/${scene.bookingId}/contest`).send({ reason });
  const answer = (body: object, agent = scene.manager) =>
    agent.put(`/v1/bookings/${scene.bookingId}/contest/answer`).send(body);
  const CREDITED = { outcome: 'CREDITED', reason: 'You are right, we have seen you.' };
  const mails = () =>
    ownerSql<{ subject: string }>(
      `SELECT subject FROM platform.mails WHERE subject ~ '^(A guest contests|Given back|Not given back)' ORDER BY created_at`,
    );

  beforeEach(() => clock.travelTo(AFTER_THE_SEAL));

  it('is given back by the manager’s later word, beside the no-show, and both are told', async () => {
    const { body } = await contest().expect(200);
    expect(body).toMatchObject({ until: '2026-12-17T17:00:00Z', reason: REASON, answer: null });
    expect((await contest().expect(200)).body).toEqual(body);
    const open = await scene.manager.get(`/v1/spaces/${scene.tiny.spaceId}/contests`).expect(200);
    expect(open.body.items).toMatchObject([
      { reason: REASON, booking: { id: scene.bookingId, guest: { firstName: 'Inès' } } },
    ]);

    const answered = await answer(CREDITED).expect(200);
    expect(answered.body.answer).toMatchObject({ ...CREDITED, halfDays: 2 });
    expect((await answer(CREDITED).expect(200)).body).toEqual(answered.body);
    expect(await quotaLeft(scene.holder, scene.tiny)).toBe(6); // 4 + 2
    expect(await stateNow()).toBe('NO_SHOW'); // what was written stays
    expect((await scene.holder.agent.get(`/v1/bookings/${scene.bookingId}/contest`)).body).toEqual(
      answered.body,
    );
    expect(
      (await scene.manager.get(`/v1/spaces/${scene.tiny.spaceId}/contests`).expect(200)).body.items,
    ).toEqual([]);
    await runBackground(app);
    expect((await mails()).map(({ subject }) => subject)).toEqual([
      `A guest contests: Zona Riu, ${DAY}`,
      `Given back: Zona Riu, ${DAY}`,
    ]);
  });

  it('stays used up when the manager says why, and no second word undoes the first', async () => {
    await contest().expect(200);
    const upheld = { outcome: 'UPHELD', reason: 'The door counted everybody.' };
    expect((await answer(upheld).expect(200)).body.answer).toMatchObject({ ...upheld, halfDays: 0 });
    expect(await codeOf(answer(CREDITED).expect(409))).toBe('contest.answered');
    expect(await quotaLeft(scene.holder, scene.tiny)).toBe(4);
  });

  it('can be given back unasked, which leaves nothing to contest', async () => {
    await answer(CREDITED).expect(200);
    expect(await quotaLeft(scene.holder, scene.tiny)).toBe(6);
    expect(await codeOf(contest().expect(409))).toBe('contest.answered');
  });

  it('is used anew when the guest turns out to have been there', async () => {
    clock.travelTo('2026-12-03T18:00:00Z'); // before the day is sealed
    await answer(CREDITED).expect(200);
    await wasHere().expect(200);
    expect(await stateNow()).toBe('FULFILLED');
    expect(await quotaLeft(scene.holder, scene.tiny)).toBe(4); // 4 + 2 − 2
  });

  it('is for its guest to contest and for a manager to answer, in time, with one reason', async () => {
    await contest(REASON, scene.line[0]!.agent).expect(404);
    expect(await codeOf(contest(REASON, scene.manager).expect(403))).toBe('access.denied');
    await answer(CREDITED, scene.holder.agent).expect(403);
    expect(await codeOf(answer({ outcome: 'UPHELD', reason: 'No.' }).expect(409))).toBe(
      'contest.not_contested',
    );
    await contest().expect(200);
    expect(await codeOf(contest('Another reason').expect(409))).toBe('request.id_reused');
    clock.travelTo('2027-02-01T09:00:00Z'); // whoever asked in time is answered however late
    await answer(CREDITED).expect(200);
  });

  it('is too late after fourteen days', async () => {
    clock.travelTo('2026-12-17T17:00:01Z');
    expect(await codeOf(contest().expect(409))).toBe('contest.too_late');
    expect(await codeOf(answer(CREDITED).expect(409))).toBe('contest.too_late');
  });

  it('must be a no-show that cost something', async () => {
    await ownerSql('UPDATE bookings.bookings SET fee_half_days = 0 WHERE id = $1', [scene.bookingId]);
    expect(await codeOf(contest().expect(409))).toBe('contest.nothing_lost');
    const { poolId } = scene.host;
    const { body } = await scene.holder.agent
      .put(`/v1/bookings/${newId()}`)
      .send({ poolId, day: '2026-12-08', part: 'DAY' })
      .expect(200);
    const early = scene.holder.agent.put(`/v1/bookings/${body.id}/contest`).send({ reason: REASON });
    expect(await codeOf(early.expect(409))).toBe('contest.not_missed');
  });
});
