import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { ownerSql, startApp, type TestClock } from '../support/app.js';
import {
  brokenPromises,
  cancel,
  codeOf,
  makeBooking,
  putBooking,
  type Nomad,
} from '../support/make-bookings.js';
import { runBackground } from '../support/make-closures.js';
import {
  acceptWait,
  DAY,
  makeFullScene,
  makeWait,
  putWait,
  waitNow,
  type FullScene,
} from '../support/make-waits.js';

const NOW = '2026-12-01T08:00:00Z';
let app: NestFastifyApplication;
let clock: TestClock;
let scene: FullScene;
let first: Nomad;
let second: Nomad;

beforeAll(async () => {
  app = await startApp();
  clock = app.get(Clock) as TestClock;
});
beforeEach(async () => {
  clock.travelTo(NOW);
  scene = await makeFullScene(app);
  [first, second] = scene.line as [Nomad, Nomad];
});
afterEach(async () => {
  expect(await brokenPromises()).toEqual([]);
});
afterAll(() => app.close());

const join = (who: Nomad, wish: object = {}) => makeWait(who, { poolId: scene.tiny.poolId, ...wish });
const free = () => cancel(scene.holder, scene.bookingId).expect(200);
const stateOf = async (who: Nomad, id: string) => (await waitNow(who, id)).state;
const mailsTo = async (who: Nomad) =>
  (
    await ownerSql<{ subject: string }>(
      'SELECT subject FROM platform.mails WHERE person_id = $1 ORDER BY id',
      [who.id],
    )
  ).map(({ subject }) => subject);

describe('joining', () => {
  it('is for what is full, and tells the place in line', async () => {
    expect((await join(first)).position).toBe(1);
    expect((await join(second)).position).toBe(2);
    expect(await codeOf(putWait(scene.line[2]!, { poolId: scene.host.poolId }).expect(409))).toBe(
      'wait.not_full',
    );
  });

  it('counts only those who want what oneself wants', async () => {
    const { spaceId } = scene.tiny;
    expect((await join(first, { part: 'MORNING' })).position).toBe(1);
    expect((await join(second, { part: 'AFTERNOON' })).position).toBe(1);
    const any = { spaceId, resourceKind: 'hot_desk' };
    expect((await makeWait(scene.line[2]!, any)).position).toBe(3);
  });

  it('is once per day and space, and the same request twice is one', async () => {
    const id = newId();
    await putWait(first, { poolId: scene.tiny.poolId }, id).expect(200);
    await putWait(first, { poolId: scene.tiny.poolId }, id).expect(200);
    expect(await codeOf(putWait(first, { poolId: scene.tiny.poolId }).expect(409))).toBe('wait.already');
    expect(await codeOf(putWait(first, { poolId: scene.tiny.poolId, part: 'MORNING' }, id).expect(409))).toBe(
      'request.id_reused',
    );
    expect(await codeOf(putWait(second, { poolId: scene.tiny.poolId }, id).expect(409))).toBe(
      'request.id_reused',
    );
  });

  it('is refused to whoever could not book, or has', async () => {
    expect(await codeOf(putWait(scene.holder, { poolId: scene.tiny.poolId }).expect(409))).toBe(
      'booking.same_place',
    );
    expect(await codeOf(putWait(first, { poolId: scene.tiny.poolId, day: '2026-11-20' }).expect(409))).toBe(
      'booking.past',
    );
    const any = { spaceId: scene.tiny.spaceId, resourceKind: 'meeting_room' };
    expect(await codeOf(putWait(first, any).expect(409))).toBe('booking.no_pool');
  });

  it('is nobody else’s to see, answer or leave', async () => {
    const { id } = await join(first);
    expect(await codeOf(second.agent.get(`/v1/waits/${id}`).expect(404))).toBe('wait.not_found');
    await second.agent.delete(`/v1/waits/${id}`).expect(404);
    await scene.manager.put(`/v1/waits/${id}/decline`).expect(404);
    expect((await second.agent.get('/v1/waits').expect(200)).body.items).toEqual([]);
    expect((await first.agent.get('/v1/waits').expect(200)).body.items).toHaveLength(1);
  });
});

describe('a seat that comes free', () => {
  it('is the first one’s before anybody else can ask for it', async () => {
    const { id } = await join(first);
    await free();
    expect(await stateOf(first, id)).toBe('KEPT');
    expect(await codeOf(putBooking(second, { poolId: scene.tiny.poolId, day: DAY }).expect(409))).toBe(
      'booking.full',
    );
  });

  it('is offered by mail with a clock, and becomes a booking on the terms that were told', async () => {
    const { id } = await join(first);
    await scene.manager
      .put(`/v1/spaces/${scene.tiny.spaceId}/wait-terms`)
      .send({ answerMinutes: 30 })
      .expect(200);
    await free();
    await runBackground(app);
    expect(await waitNow(first, id)).toMatchObject({ state: 'OFFERED', answerBy: '2026-12-01T08:30:00Z' });
    expect(await mailsTo(first)).toEqual([`A seat is kept for you: Zona Riu, ${DAY}`]);
    const { quote, answer, bookingId } = await acceptWait(first, id);
    expect(answer.body).toMatchObject({ state: 'ACCEPTED', bookingId });
    const booking = (await first.agent.get(`/v1/bookings/${bookingId}`).expect(200)).body;
    expect(booking).toMatchObject({ state: 'RESERVED', quoteId: quote.id, terms: quote.terms });
    const again = { quoteId: quote.id, bookingId };
    await first.agent.put(`/v1/waits/${id}/acceptance`).send(again).expect(200);
  });

  it('passes to the next when the clock runs out, is declined or left', async () => {
    const [third] = scene.line.slice(2) as [Nomad];
    const waits = [await join(first), await join(second), await join(third)];
    await free();
    await runBackground(app);
    clock.travelTo('2026-12-01T09:00:00Z');
    expect(await codeOf(acceptWait(first, waits[0].id).then(({ answer }) => answer))).toBe('wait.settled');
    await runBackground(app);
    expect(await stateOf(first, waits[0].id)).toBe('LAPSED');
    expect(await mailsTo(first)).toContain(`The seat went to the next: Zona Riu, ${DAY}`);
    expect(await stateOf(second, waits[1].id)).toBe('OFFERED');
    await second.agent.put(`/v1/waits/${waits[1].id}/decline`).expect(200);
    await second.agent.put(`/v1/waits/${waits[1].id}/decline`).expect(200);
    expect(await stateOf(third, waits[2].id)).toBe('KEPT');
    await third.agent.delete(`/v1/waits/${waits[2].id}`).expect(200);
    expect(await stateOf(third, waits[2].id)).toBe('LEFT');
    await putBooking(first, { poolId: scene.tiny.poolId, day: DAY }).expect(200);
  });

  it('goes to whom it serves: half a day to one who waits for half, a whole one in order', async () => {
    const [third] = scene.line.slice(2) as [Nomad];
    const whole = await join(first);
    const half = await join(second, { part: 'AFTERNOON' });
    const alsoWhole = await join(third);
    await scene.holder.agent
      .put(`/v1/bookings/${scene.bookingId}/change`)
      .send({ newBookingId: newId(), part: 'MORNING' })
      .expect(200);
    expect(await stateOf(first, whole.id)).toBe('WAITING');
    expect(await stateOf(second, half.id)).toBe('KEPT');
    await scene.line[1]!.agent.delete(`/v1/waits/${half.id}`).expect(200);
    const { items } = (await scene.holder.agent.get('/v1/bookings').expect(200)).body;
    await cancel(scene.holder, items[0].id).expect(200);
    expect(await stateOf(first, whole.id)).toBe('KEPT');
    expect(await stateOf(third, alsoWhole.id)).toBe('WAITING');
  });

  it('comes from a larger pool too', async () => {
    const waits = [await join(first), await join(second)];
    await scene.manager
      .put(`/v1/pools/${scene.tiny.poolId}`)
      .send({ spaceId: scene.tiny.spaceId, resourceKind: 'hot_desk', name: 'Open space', capacity: 2 })
      .expect(200);
    await runBackground(app);
    expect(await stateOf(first, waits[0].id)).toBe('OFFERED');
    expect(await stateOf(second, waits[1].id)).toBe('WAITING');
    await acceptWait(first, waits[0].id);
    await free();
    expect(await stateOf(second, waits[1].id)).toBe('KEPT');
  });

  it('passes over whom nothing pays for any more, who is told why', async () => {
    const { id } = await join(first);
    const next = await join(second);
    await ownerSql('DELETE FROM directory.homes WHERE person_id = $1', [first.id]);
    await free();
    await runBackground(app);
    expect(await waitNow(first, id)).toMatchObject({ state: 'SKIPPED', skippedBecause: 'booking.no_home' });
    expect(await mailsTo(first)).toEqual([`You were passed over: Zona Riu, ${DAY}`]);
    expect(await stateOf(second, next.id)).toBe('OFFERED');
  });

  it('ends the wait of whoever has booked there meanwhile', async () => {
    const morning = await join(first, { part: 'MORNING' });
    await scene.holder.agent
      .put(`/v1/bookings/${scene.bookingId}/change`)
      .send({ newBookingId: newId(), part: 'MORNING' })
      .expect(200);
    await makeBooking(first, { poolId: scene.tiny.poolId, day: DAY, part: 'AFTERNOON' });
    const { items } = (await scene.holder.agent.get('/v1/bookings').expect(200)).body;
    await cancel(scene.holder, items[0].id).expect(200);
    await runBackground(app);
    expect(await waitNow(first, morning.id)).toMatchObject({
      state: 'SKIPPED',
      skippedBecause: 'booking.same_place',
    });
  });
});

it('ends with the day', async () => {
  const { id } = await join(first);
  clock.travelTo('2026-12-03T17:30:00Z');
  await runBackground(app);
  expect(await stateOf(first, id)).toBe('OVER');
});

it('takes no quote of another seat', async () => {
  const { id } = await join(first);
  await free();
  await runBackground(app);
  const quoteId = newId();
  await first.agent
    .put(`/v1/quotes/${quoteId}`)
    .send({ poolId: scene.host.poolId, day: DAY, part: 'DAY' })
    .expect(200);
  const acceptance = first.agent.put(`/v1/waits/${id}/acceptance`).send({ quoteId, bookingId: newId() });
  expect(await codeOf(acceptance.expect(404))).toBe('quote.not_found');
  expect(await stateOf(first, id)).toBe('OFFERED');
});

it('tells the host how many wait, and not who', async () => {
  await join(first);
  await join(second);
  await free();
  const path = `/v1/spaces/${scene.tiny.spaceId}/waits?from=${DAY}`;
  const { body } = await scene.manager.get(path).expect(200);
  expect(body.items).toEqual([
    {
      day: DAY,
      resourceKind: 'hot_desk',
      poolId: scene.tiny.poolId,
      part: 'DAY',
      waiting: 1,
      offered: 1,
    },
  ]);
  await first.agent.get(path).expect(403);
});
