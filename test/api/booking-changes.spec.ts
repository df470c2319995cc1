import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Bookings } from '../../src/bookings/index.js';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import {
  brokenPromises,
  cancel,
  codeOf,
  makeBooking,
  makeMember,
  makePass,
  makeScene,
  putBooking,
  quotaLeft,
  type Nomad,
  type Scene,
} from '../support/make-bookings.js';
import { makePerson } from '../support/make-identity.js';

const NOW = '2026-12-01T08:00:00Z';
const DAY = '2026-12-03'; // a Thursday
let app: NestFastifyApplication;
let clock: TestClock;
let scene: Scene;
let nomad: Nomad;

beforeAll(async () => {
  app = await startApp();
  clock = app.get(Clock) as TestClock;
  await emptyDatabase();
  scene = await makeScene(app);
});
afterAll(() => app.close());

beforeEach(async () => {
  clock.travelTo(NOW);
  nomad = await makeMember(app, scene.home);
});
afterEach(async () => {
  expect(await brokenPromises()).toEqual([]);
});

const quota = (guest: Nomad) => quotaLeft(guest, scene.host);
const change = ({ agent }: Pick<Nomad, 'agent'>, id: string, wish: object, newBookingId = newId()) =>
  agent.put(`/v1/bookings/${id}/change`).send({ newBookingId, ...wish });
const booked = async ({ agent }: Nomad, id: string) =>
  (await agent.get(`/v1/bookings/${id}`).expect(200)).body;

describe('a change', () => {
  it('gives up the old booking and takes the new one, which calendars know as the same', async () => {
    const old = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY });
    const { body } = await change(nomad, old.id, { day: '2026-12-04', part: 'MORNING' }).expect(200);
    expect(body).toMatchObject({
      state: 'RESERVED',
      day: '2026-12-04',
      part: 'MORNING',
      poolId: scene.host.poolId,
      changedFrom: old.id,
      calendarUid: old.id,
      sequence: old.sequence + 1,
    });
    expect(await booked(nomad, old.id)).toMatchObject({
      state: 'REPLACED',
      replacedBy: body.id,
      fee: { halfDays: 0, amount: { minor: 0 } },
      sequence: old.sequence + 1,
    });
    expect(await quota(nomad)).toBe(5); // 6 − 1
  });

  it('keeps the seat of a full day for the part that stays, and gives the other part to others', async () => {
    const morning = await makeBooking(nomad, {
      poolId: scene.tiny.poolId,
      day: '2026-12-10',
      part: 'MORNING',
    });
    const { body } = await change(nomad, morning.id, { part: 'DAY' }).expect(200);
    const other = await makeMember(app, scene.home);
    const afternoon = { poolId: scene.tiny.poolId, day: '2026-12-10', part: 'AFTERNOON' };
    expect(await codeOf(putBooking(other, afternoon))).toBe('booking.full');
    await change(nomad, body.id, { part: 'MORNING' }).expect(200);
    await putBooking(other, afternoon).expect(200);
  });

  it('that cannot be made leaves everything as it was', async () => {
    const other = await makeMember(app, scene.home);
    await makeBooking(other, { poolId: scene.tiny.poolId, day: '2026-12-11' });
    const old = await makeBooking(nomad, { poolId: scene.host.poolId, day: '2026-12-11' });
    expect(await codeOf(change(nomad, old.id, { poolId: scene.tiny.poolId }).expect(409))).toBe(
      'booking.full',
    );
    expect(await booked(nomad, old.id)).toEqual(old);
    expect(await quota(nomad)).toBe(4);
  });

  it('is made once, however often it is asked for', async () => {
    const old = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY });
    const id = newId();
    const twins = await Promise.all(
      Array.from({ length: 5 }, () => change(nomad, old.id, { part: 'MORNING' }, id).expect(200)),
    );
    expect(new Set(twins.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await codeOf(change(nomad, old.id, { part: 'AFTERNOON' }, id).expect(409))).toBe(
      'request.id_reused',
    );
    expect(await codeOf(change(nomad, old.id, { part: 'AFTERNOON' }).expect(409))).toBe('booking.settled');
    expect(await quota(nomad)).toBe(5);
  });

  it('late costs what the old terms say, and the new booking besides', async () => {
    const old = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY });
    clock.travelTo('2026-12-02T17:00:01Z');
    await change(nomad, old.id, { day: '2026-12-04' }).expect(200);
    expect((await booked(nomad, old.id)).fee).toMatchObject({ halfDays: 2 });
    expect(await quota(nomad)).toBe(2); // 6 − 2 not used in time − 2
  });

  it('is known before it is made: its price, its fee, and what comes back', async () => {
    const old = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY });
    await makeBooking(nomad, { poolId: scene.host.poolId, day: '2026-12-07' });
    await makeBooking(nomad, { poolId: scene.host.poolId, day: '2026-12-08' });
    expect(await quota(nomad)).toBe(0);
    const quote = (id: string) =>
      nomad.agent
        .put(`/v1/quotes/${id}`)
        .send({ poolId: scene.host.poolId, day: '2026-12-09', part: 'MORNING', changes: old.id });
    const id = newId();
    const { body } = await quote(id).expect(200);
    expect(body).toMatchObject({
      funding: 'VISA_QUOTA',
      change: { bookingId: old.id, backHalfDays: 2, fee: { halfDays: 0 } },
      next: { day: '2026-12-10', funding: 'VISA_QUOTA', leftAfterHalfDays: 0 },
    });
    expect((await quote(id).expect(200)).body).toEqual(body);
    expect(await booked(nomad, old.id)).toEqual(old);
    expect(await quota(nomad)).toBe(0);
  });

  it('is the guest’s alone, and something must change', async () => {
    const old = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY });
    const staff = await makePerson(app, {
      grants: [{ organisationId: scene.host.operatorId, role: 'space_staff' }],
    });
    const other = await makeMember(app, scene.home);
    for (const stranger of [staff, other])
      expect(await codeOf(change(stranger, old.id, { part: 'MORNING' }).expect(404))).toBe(
        'booking.not_found',
      );
    expect(await codeOf(change(nomad, old.id, { part: 'DAY' }).expect(409))).toBe('booking.unchanged');
    expect(await codeOf(change(nomad, old.id, {}).expect(422))).toBe('request.invalid');
  });
});

describe('booking again', () => {
  const again = ({ agent }: Nomad, id: string) => agent.get(`/v1/bookings/${id}/rebooking`);

  it('proposes the canceled day itself, and of a past one the next free same weekday', async () => {
    const old = await makeBooking(nomad, { poolId: scene.tiny.poolId, day: '2026-12-22', part: 'MORNING' });
    await cancel(nomad, old.id).expect(200);
    expect((await again(nomad, old.id).expect(200)).body).toMatchObject({
      day: '2026-12-22',
      part: 'MORNING',
      poolId: scene.tiny.poolId,
      funding: 'VISA_QUOTA',
    });
    const other = await makeMember(app, scene.home);
    await makeBooking(other, { poolId: scene.tiny.poolId, day: '2026-12-29' });
    clock.travelTo('2026-12-23T08:00:00Z');
    const { body } = await again(nomad, old.id).expect(200);
    expect(body.day).toBe('2027-01-05'); // the 29th is full
    await putBooking(nomad, { poolId: body.poolId, day: body.day, part: body.part }).expect(200);
  });

  it('proposes nothing where nothing is free', async () => {
    const old = await makeBooking(nomad, { poolId: scene.tiny.poolId, day: '2026-12-18' });
    await ownerSql('UPDATE directory.spaces SET opening_hours = $2 WHERE id = $1', [
      scene.tiny.spaceId,
      'Mo-Th 09:00-18:00',
    ]);
    expect(await codeOf(again(nomad, old.id).expect(409))).toBe('booking.no_rebooking');
    await ownerSql('UPDATE directory.spaces SET opening_hours = $2 WHERE id = $1', [
      scene.tiny.spaceId,
      'Mo-Su 09:00-18:00',
    ]);
  });
});

describe('a cancellation', () => {
  const undo = ({ agent }: Pick<Nomad, 'agent'>, id: string) =>
    agent.delete(`/v1/bookings/${id}/cancellation`);

  it('can be taken back for ten minutes: the same booking on the same terms', async () => {
    const old = await makeBooking(nomad, { poolId: scene.tiny.poolId, day: '2026-12-14' });
    const canceled = (await cancel(nomad, old.id).expect(200)).body;
    expect(canceled).toMatchObject({ undoUntil: '2026-12-01T08:10:00Z', sequence: old.sequence + 1 });
    clock.travelTo('2026-12-01T08:10:00Z');
    const { body } = await undo(nomad, old.id).expect(200);
    expect(body).toMatchObject({ state: 'RESERVED', fee: null, cancelReason: null, terms: old.terms });
    expect(body.sequence).toBeGreaterThan(canceled.sequence);
    expect((await undo(nomad, old.id).expect(200)).body).toEqual(body);
    expect(await quotaLeft(nomad, scene.tiny)).toBe(4);
    await cancel(nomad, old.id).expect(200);
    expect(await quotaLeft(nomad, scene.tiny)).toBe(6);
  });

  it('that came too late gives back what it cost when it is taken back in time', async () => {
    const old = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY });
    clock.travelTo('2026-12-02T17:00:01Z');
    expect((await cancel(nomad, old.id).expect(200)).body.fee.halfDays).toBe(2);
    await undo(nomad, old.id).expect(200);
    expect(await quota(nomad)).toBe(4);
    await cancel(nomad, old.id).expect(200); // and costs it again
    expect(await quota(nomad)).toBe(4);
  });

  it('stays when the time is over, the seat is gone, or it was the host’s', async () => {
    const late = await makeBooking(nomad, { poolId: scene.tiny.poolId, day: '2026-12-15' });
    await cancel(nomad, late.id).expect(200);
    const other = await makeMember(app, scene.home);
    await makeBooking(other, { poolId: scene.tiny.poolId, day: '2026-12-15' });
    expect(await codeOf(undo(nomad, late.id).expect(409))).toBe('booking.full');
    clock.travelTo('2026-12-01T08:10:01Z');
    expect(await codeOf(undo(nomad, late.id).expect(409))).toBe('booking.undo_too_late');
    const byHost = await makeBooking(nomad, { poolId: scene.host.poolId, day: '2026-12-16' });
    const staff = await makePerson(app, {
      grants: [{ organisationId: scene.host.operatorId, role: 'space_staff' }],
    });
    expect((await cancel(staff, byHost.id, 'no heating').expect(200)).body.undoUntil).toBeNull();
    expect(await codeOf(undo(nomad, byHost.id).expect(409))).toBe('booking.not_undoable');
    expect(await codeOf(undo(other, byHost.id).expect(404))).toBe('booking.not_found');
  });
});

describe('before arrival', () => {
  const arrival = ({ agent }: Nomad, query = '') =>
    agent.get(`/v1/spaces/${scene.host.spaceId}/arrival${query}`);

  it('one knows which entitlement pays, why, what is left, and what the next day would cost', async () => {
    for (const day of ['2026-12-07', '2026-12-08'])
      await makeBooking(nomad, { poolId: scene.host.poolId, day });
    const { body } = await arrival(nomad).expect(200);
    expect(body).toMatchObject({
      day: '2026-12-01',
      part: 'DAY',
      booking: null,
      refusal: null,
      visit: { funding: 'VISA_QUOTA', guestPrice: { minor: 0 } },
      next: { day: '2026-12-02', funding: 'PAY_AS_YOU_GO', guestPrice: { unit: 'EUR', minor: 2000 } },
    });
    expect(body.visit.options[0]).toMatchObject({
      outcome: 'TAKEN',
      leftHalfDays: 2,
      leftAfterHalfDays: 0,
      sentence: 'Your visa quota pays; 0 half-days would be left.',
    });
    expect(body.next.options[0]).toMatchObject({ funding: 'VISA_QUOTA', because: 'QUOTA_USED_UP' });
  });

  it('a booking answers with its own terms, as before it was made', async () => {
    const booking = await makeBooking(nomad, {
      poolId: scene.host.poolId,
      day: '2026-12-01',
      part: 'MORNING',
    });
    const { body } = await arrival(nomad).expect(200);
    expect(body).toMatchObject({
      booking: { id: booking.id },
      part: 'MORNING',
      visit: { part: 'MORNING', funding: 'VISA_QUOTA', terms: booking.terms },
      next: { day: '2026-12-02', part: 'MORNING', funding: 'VISA_QUOTA', leftAfterHalfDays: 4 },
    });
    expect(body.visit.options[0]).toMatchObject({ leftHalfDays: 6, leftAfterHalfDays: 5 });
  });

  it('the last half-days of a pass are still named after they are booked', async () => {
    for (const day of ['2026-12-07', '2026-12-08', '2026-12-09'])
      await makeBooking(nomad, { poolId: scene.host.poolId, day });
    const passId = await makePass(app, { networkId: scene.home.networkId, personId: nomad.id, halfDays: 1 });
    await makeBooking(nomad, { poolId: scene.host.poolId, day: '2026-12-01', part: 'MORNING' });
    const { body } = await arrival(nomad).expect(200);
    expect(body.visit).toMatchObject({ funding: 'PASS_UNITS', passId });
    expect(body.visit.options[1]).toMatchObject({ passId, leftHalfDays: 1, leftAfterHalfDays: 0 });
    expect(body.next.funding).toBe('PAY_AS_YOU_GO');
  });

  it('a closed day says so, and the next open one is still foreseen', async () => {
    const { body } = await nomad.agent
      .get(`/v1/spaces/${scene.weekdays.spaceId}/arrival?day=2026-12-05`) // a Saturday
      .expect(200);
    expect(body).toMatchObject({
      visit: null,
      refusal: { code: 'booking.closed' },
      next: { day: '2026-12-07', funding: 'VISA_QUOTA' },
    });
  });

  it('after the half-day boundary it is the afternoon that is left', async () => {
    clock.travelTo('2026-12-01T12:00:00Z');
    expect((await arrival(nomad).expect(200)).body).toMatchObject({
      part: 'AFTERNOON',
      visit: { halfDays: 1 },
    });
  });
});

it('a booking that was visited is not changed any more', async () => {
  const { id } = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY });
  const scope = { networks: [scene.host.networkId], person: nomad.id };
  await app.get(Db).tx(scope, (tx) => app.get(Bookings).fulfil(tx, id));
  expect(await codeOf(change(nomad, id, { day: '2026-12-04' }).expect(409))).toBe('booking.settled');
});
