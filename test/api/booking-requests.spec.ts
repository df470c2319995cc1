import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { BookingExpired, BookingRejected } from '../../src/bookings/index.js';
import { Clock } from '../../src/platform/clock.js';
import { Consumers } from '../../src/platform/outbox/consumers.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import {
  brokenPromises,
  cancel,
  codeOf,
  makeBooking,
  makeMember,
  makeScene,
  putBooking,
  quotaLeft,
  type Nomad,
  type Scene,
} from '../support/make-bookings.js';
import { makePerson, type Agent } from '../support/make-identity.js';

const NOW = '2026-12-01T08:00:00Z';
const DAY = '2026-12-03';
const TERMS = {
  bookingMode: 'ON_REQUEST',
  answerHours: 4,
  cancelUntilHours: 2,
  graceMinutes: 30,
  noShow: 'FREE',
};
let app: NestFastifyApplication;
let clock: TestClock;
let scene: Scene;
let nomad: Nomad;
let manager: Agent;

beforeAll(async () => {
  app = await startApp();
  clock = app.get(Clock) as TestClock;
  clock.travelTo(NOW);
  await emptyDatabase();
  scene = await makeScene(app);
  const grants = [{ organisationId: scene.tiny.operatorId, role: 'space_manager' as const }];
  manager = (await makePerson(app, { grants })).agent;
  await manager.put(`/v1/spaces/${scene.tiny.spaceId}/terms`).send(TERMS).expect(200);
});
afterAll(() => app.close());

beforeEach(async () => {
  clock.travelTo(NOW);
  nomad = await makeMember(app, scene.home);
});
afterEach(async () => {
  expect(await brokenPromises()).toEqual([]);
});

const ask = (day: string) => makeBooking(nomad, { poolId: scene.tiny.poolId, day });
const accept = (agent: Agent, id: string) => agent.put(`/v1/bookings/${id}/acceptance`);
const decline = (agent: Agent, id: string, reason = 'A workshop') =>
  agent.put(`/v1/bookings/${id}/decline`).send({ reason });
const alternatives = (id: string) => nomad.agent.get(`/v1/bookings/${id}/alternatives`);

describe('terms of a space', () => {
  it('are read by everybody, and changed by those who manage the space', async () => {
    const path = `/v1/spaces/${scene.tiny.spaceId}/terms`;
    expect((await nomad.agent.get(path).expect(200)).body).toEqual(TERMS);
    expect(await codeOf(nomad.agent.put(path).send(TERMS).expect(403))).toBe('access.denied');
    const other = `/v1/spaces/${scene.host.spaceId}/terms`;
    expect(await codeOf(manager.put(other).send(TERMS).expect(403))).toBe('access.denied');
    expect((await nomad.agent.get(other).expect(200)).body).toMatchObject({ bookingMode: 'INSTANT' });
    expect(
      await codeOf(
        manager
          .put(path)
          .send({ ...TERMS, answerHours: null })
          .expect(422),
      ),
    ).toBe('request.invalid');
  });

  it('are copied into a booking, which keeps them when the space changes its own', async () => {
    const booking = await ask(DAY);
    expect(booking.terms).toMatchObject({ ...TERMS, cancelUntil: '2026-12-03T06:00:00Z' });
    const path = `/v1/spaces/${scene.tiny.spaceId}/terms`;
    await manager
      .put(path)
      .send({ ...TERMS, noShow: 'CONSUMED', cancelUntilHours: 48 })
      .expect(200);
    expect((await nomad.agent.get(`/v1/bookings/${booking.id}`).expect(200)).body.terms).toEqual(
      booking.terms,
    );
    await manager.put(path).send(TERMS).expect(200);
    await cancel(nomad, booking.id).expect(200);
  });
});

describe('a request', () => {
  it('keeps a seat until the host answers, and awaits nobody but the host', async () => {
    const { id, ...asked } = await ask(DAY);
    expect(asked).toMatchObject({ state: 'PENDING', heldUntil: '2026-12-01T12:00:00Z' });
    const other = await makeMember(app, scene.home);
    const full = putBooking(other, { poolId: scene.tiny.poolId, day: DAY }).expect(409);
    expect(await codeOf(full)).toBe('booking.full');
    expect(await codeOf(nomad.agent.put(`/v1/bookings/${id}/confirmation`).expect(409))).toBe(
      'booking.awaits_host',
    );
    expect(await codeOf(accept(nomad.agent, id).expect(403))).toBe('access.denied');
    expect(await codeOf(accept(other.agent, id).expect(404))).toBe('booking.not_found');
    const listed = await manager.get(`/v1/spaces/${scene.tiny.spaceId}/booking-requests`).expect(200);
    expect(listed.body.items.map((item: { id: string }) => item.id)).toEqual([id]);
    expect(
      await codeOf(nomad.agent.get(`/v1/spaces/${scene.tiny.spaceId}/booking-requests`).expect(403)),
    ).toBe('access.denied');
    expect((await accept(manager, id).expect(200)).body).toMatchObject({
      state: 'RESERVED',
      heldUntil: null,
    });
    expect((await accept(manager, id).expect(200)).body.state).toBe('RESERVED');
    expect(await codeOf(decline(manager, id).expect(409))).toBe('booking.awaits_no_answer');
    expect(await codeOf(alternatives(id).expect(409))).toBe('booking.no_need');
  });

  it('that is declined gives everything back, says why, and proposes the nearest spaces with a seat', async () => {
    const { id } = await ask('2026-12-04');
    const declined = await decline(manager, id).expect(200);
    expect(declined.body).toMatchObject({ state: 'REJECTED', declineReason: 'A workshop', fee: null });
    expect((await decline(manager, id).expect(200)).body).toEqual(declined.body);
    expect(await codeOf(decline(manager, id, 'Another').expect(409))).toBe('request.id_reused');
    expect(await codeOf(accept(manager, id).expect(409))).toBe('booking.awaits_no_answer');
    expect(await quotaLeft(nomad, scene.tiny)).toBe(6);
    const { body } = await alternatives(id).expect(200);
    // from 44.5° north: La Garrigue at 43.8°, the Vieux-Port at 43.3°, Dar el Bhira at 36.8°
    expect(body.items.map((item: { spaceId: string }) => item.spaceId)).toEqual([
      scene.weekdays.spaceId,
      scene.host.spaceId,
      scene.home.spaceId,
    ]);
    const [first] = body.items;
    await makeBooking(nomad, { poolId: first.pools[0].poolId, day: '2026-12-04' });
  });

  it('that nobody answers in time expires, and an answer after its time is none', async () => {
    const { id } = await ask('2026-12-05');
    clock.travelTo('2026-12-01T12:00:00Z');
    expect(await codeOf(accept(manager, id).expect(409))).toBe('booking.awaits_no_answer');
    clock.travelTo('2026-12-01T12:00:01Z');
    expect((await app.get(Sweeps).runAll())['bookings.expire']).toBe(1);
    expect((await nomad.agent.get(`/v1/bookings/${id}`).expect(200)).body.state).toBe('EXPIRED');
    expect(await quotaLeft(nomad, scene.tiny)).toBe(6);
    expect((await alternatives(id).expect(200)).body.items).toHaveLength(2); // one is closed on Saturdays
  });

  it('is answered once, however many answer at once', async () => {
    const { id } = await ask('2026-12-07');
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => accept(manager, id)),
      ...Array.from({ length: 4 }, () => decline(manager, id)),
    ]);
    const { state } = (await nomad.agent.get(`/v1/bookings/${id}`).expect(200)).body;
    expect(['RESERVED', 'REJECTED']).toContain(state);
    const told = answers.filter(({ status }) => status === 200).map(({ body }) => body.state);
    expect(told).toEqual([state, state, state, state]);
  });

  it('that was accepted and missed costs nothing where the space asks nothing', async () => {
    const id = newId();
    await putBooking(nomad, { poolId: scene.tiny.poolId, day: '2026-12-08' }, id).expect(200);
    await accept(manager, id).expect(200);
    clock.travelTo('2026-12-08T20:00:00Z');
    await app.get(Sweeps).runAll();
    const { body } = await nomad.agent.get(`/v1/bookings/${id}`).expect(200);
    expect(body).toMatchObject({ state: 'NO_SHOW', fee: { halfDays: 0 } });
    expect(await quotaLeft(nomad, scene.tiny)).toBe(6);
  });
});

describe('the guest is told by mail', () => {
  const mailsOf = () =>
    ownerSql<{ subject: string }>('SELECT subject FROM platform.mails WHERE person_id = $1', [nomad.id]);
  const deliver = (consumer: string, name: string, bookingId: string) =>
    app.get(Consumers).deliver({
      consumer,
      event: {
        id: newId(),
        name,
        payload: { bookingId },
        actor: 'test',
        networkIds: [scene.tiny.networkId],
        occurredAt: NOW,
      },
    });

  it.each([
    ['bookings.mail-rejected', BookingRejected.name, 'Declined: Zona Riu, 2026-12-09'],
    ['bookings.mail-expired', BookingExpired.name, 'No answer: Zona Riu, 2026-12-09'],
  ])('%s', async (consumer, name, subject) => {
    const { id } = await ask('2026-12-09');
    await decline(manager, id).expect(200);
    await deliver(consumer, name, id);
    expect(await mailsOf()).toEqual([{ subject }]);
  });

  it('but not of a held seat that they let go themselves', async () => {
    const { id } = await makeBooking(nomad, { poolId: scene.host.poolId, day: '2026-12-09', hold: true });
    await deliver('bookings.mail-expired', BookingExpired.name, id);
    expect(await mailsOf()).toEqual([]);
    await cancel(nomad, id).expect(200);
  });
});
