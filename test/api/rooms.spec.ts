/**
 * Rooms by the half-hour, at a host whose room costs 12.00 EUR an hour in half-hours, one hour at least, 60.00 a day
 * at most, with ten minutes of grace. Promise: a room that is booked twice, a desk that forbids it, a price or an
 * overstay that its record does not give again, turns this red.
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { Ledger } from '../../src/ledger/index.js';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import { brokenPromises } from '../support/make-bookings.js';
import { makeNomad, type Nomad } from '../support/make-checkin.js';
import { makeRooms, makeRoomScene, type RoomScene } from '../support/make-rooms.js';

/** A Tuesday, 08:00 in Marseille; the space opens at nine, the half-day boundary is 13:00. */
const EARLY = '2026-12-01T07:00:00Z';
const DAY = '2026-12-01';

let app: NestFastifyApplication;
let scene: RoomScene;
let nomad: Nomad;
const clock = () => app.get<TestClock>(Clock);
const code = async (answer: PromiseLike<{ body: { code?: string } }>) => (await answer).body.code;
const put = (wish: object, guest = nomad, id = newId()) =>
  guest.agent.put(`/v1/bookings/${id}`).send({ poolId: scene.room, day: DAY, ...wish });
const room = async (from: string, until: string, guest = nomad) =>
  (await put({ from, until }, guest).expect(200)).body;
const desk = async (part: string, guest = nomad) =>
  (await put({ poolId: scene.desks, part }, guest).expect(200)).body;
const freeAt = async (from: string) => {
  const path = `/v1/spaces/${scene.host.id}/half-hours?day=${DAY}`;
  const { body } = await request(app.getHttpServer()).get(path).expect(200);
  const mine = body.items.find(({ poolId }: { poolId: string }) => poolId === scene.room);
  return mine.halfHours.find((slot: { from: string }) => slot.from === from)?.free;
};

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  clock().travelTo(EARLY);
  scene = await makeRoomScene(app);
});
beforeEach(async () => {
  clock().travelTo(EARLY);
  nomad = await makeNomad(app, scene);
  Object.assign(scene, await makeRooms(scene)); // so that no test finds a room taken by another
});
afterEach(async () => {
  expect(await brokenPromises()).toEqual([]);
  expect(await app.get(Db).read({ networks: [] }, (on) => app.get(Ledger).wrongBalances(on))).toEqual([]);
});
afterAll(() => app.close());

describe('a room', () => {
  it('is quoted by its tariff, and says why half-days do not pay for it', async () => {
    const wish = { poolId: scene.room, day: DAY, from: '10:00', until: '11:30' };
    const { body } = await nomad.agent.put(`/v1/quotes/${newId()}`).send(wish).expect(200);
    expect(body).toMatchObject({
      part: 'HOURS',
      from: '10:00',
      until: '11:30',
      startsAt: '2026-12-01T09:00:00Z',
      endsAt: '2026-12-01T10:30:00Z',
      funding: 'PAY_AS_YOU_GO',
      guestPrice: { unit: 'EUR', minor: 1800 }, // 3 half-hours × 6.00 EUR
      terms: {
        tariff: { per: 'HOUR', rate: { unit: 'EUR', minor: 1200 }, stepMinutes: 30, graceMinutes: 10 },
      },
      next: { day: '2026-12-02', part: 'HOURS', from: '10:00', guestPrice: { unit: 'EUR', minor: 1800 } },
    });
    expect(body.options.map(({ because }: { because: string }) => because)).toEqual([
      'PAID_BY_TIME',
      'PAID_BY_TIME',
      null,
    ]);
    const id = newId();
    const { body: booking } = await nomad.agent
      .put(`/v1/bookings/${id}`)
      .send({ quoteId: body.id })
      .expect(200);
    expect(booking).toMatchObject({
      state: 'RESERVED',
      from: '10:00',
      until: '11:30',
      price: { minor: 1800 },
    });
  });

  it('is taken for exactly its half-hours, once', async () => {
    await room('10:00', '11:00');
    const other = await makeNomad(app, scene);
    expect(await code(put({ from: '10:30', until: '11:30' }, other))).toBe('booking.full');
    expect([
      await freeAt('09:30'),
      await freeAt('10:00'),
      await freeAt('10:30'),
      await freeAt('11:00'),
    ]).toEqual([1, 0, 0, 1]);
    await room('11:00', '12:00', other);
    await room('09:00', '10:00', other);
  });

  it('lies beside a whole day at a desk, and beside another room only when they do not overlap', async () => {
    await desk('DAY');
    await room('10:00', '11:00');
    await room('14:00', '15:00');
    const also = { poolId: scene.secondRoom, from: '10:30', until: '12:00' };
    expect(await code(put(also))).toBe('booking.overlap');
    await put({ ...also, from: '11:00' }).expect(200);
  });

  it('in another house at the time of a desk is refused', async () => {
    await put({ poolId: scene.elsewhere, part: 'DAY' }).expect(200);
    expect(await code(put({ from: '10:00', until: '11:00' }))).toBe('booking.overlap');
  });

  it.each([
    ['before the space opens', { from: '08:00', until: '09:30' }, 'booking.closed'],
    ['into the night', { from: '17:30', until: '18:30' }, 'booking.closed'],
    ['backwards', { from: '11:00', until: '10:00' }, 'request.invalid'],
    ['of no length', { from: '11:00', until: '11:00' }, 'request.invalid'],
    ['by quarters', { from: '11:15', until: '12:00' }, 'request.invalid'],
    ['by a part and by times', { part: 'DAY', from: '11:00', until: '12:00' }, 'request.invalid'],
    ['at no time', {}, 'request.invalid'],
  ])('%s is refused', async (_what, wish, problem) => {
    expect(await code(put(wish))).toBe(problem);
  });

  it('is refused for what is over, and a desk has no half-hours', async () => {
    clock().travelTo('2026-12-01T11:00:00Z'); // noon
    expect(await code(put({ from: '11:00', until: '12:00' }))).toBe('booking.past');
    expect(await freeAt('11:30')).toBe(0);
    const wish = { poolId: scene.desks, from: '15:00', until: '16:00' };
    expect(await code(put(wish))).toBe('booking.by_the_day');
  });

  it('for the day costs its maximum, and asked for by a part it is that part in half-hours', async () => {
    const { body } = await put({ part: 'DAY' }).expect(200);
    expect(body).toMatchObject({ part: 'HOURS', from: '09:00', until: '18:00', price: { minor: 6000 } }); // 18 × 6.00, at most 60.00
  });

  it('keeps its wall-clock price on the day the clocks change', async () => {
    // 28 March 2027 has 23 hours in Paris; the space opens at nine as always.
    clock().travelTo('2027-03-20T08:00:00Z');
    const { body } = await put({ day: '2027-03-28', poolId: scene.nightRoom, from: '01:00', until: '05:00' });
    expect(body).toMatchObject({
      startsAt: '2027-03-28T00:00:00Z',
      endsAt: '2027-03-28T03:00:00Z', // three hours pass, four are on the wall
      price: { minor: 4800 }, // 8 half-hours × 6.00
    });
  });
});

describe('a room that is booked', () => {
  it('is moved in one step, with the half-hours it had counting as free', async () => {
    const { id } = await room('10:00', '11:00');
    const change = { newBookingId: newId(), from: '10:30', until: '12:00' };
    const { body } = await nomad.agent.put(`/v1/bookings/${id}/change`).send(change).expect(200);
    expect(body).toMatchObject({ from: '10:30', until: '12:00', price: { minor: 1800 }, sequence: 1 });
    const same = { newBookingId: newId(), from: '10:30', until: '12:00' };
    expect(await code(nomad.agent.put(`/v1/bookings/${body.id}/change`).send(same))).toBe(
      'booking.unchanged',
    );
    const nextDay = { newBookingId: newId(), day: '2026-12-02' };
    const moved = await nomad.agent.put(`/v1/bookings/${body.id}/change`).send(nextDay).expect(200);
    expect(moved.body).toMatchObject({ day: '2026-12-02', from: '10:30', until: '12:00' });
  });

  it('is left for nothing within the grace, and costs its price when nobody came', async () => {
    const left = await room('10:00', '11:00');
    const cancellation = nomad.agent.put(`/v1/bookings/${left.id}/cancellation`).send({ reason: 'ill' });
    expect((await cancellation.expect(200)).body.fee).toMatchObject({ amount: { minor: 0 } });
    expect(await freeAt('10:00')).toBe(1);
    const missed = await room('10:00', '11:00');
    clock().travelTo('2026-12-01T10:30:00Z');
    await app.get(Sweeps).runAll();
    const { body } = await nomad.agent.get(`/v1/bookings/${missed.id}`).expect(200);
    expect(body).toMatchObject({
      state: 'NO_SHOW',
      fee: { halfDays: 0, amount: { unit: 'EUR', minor: 1200 } },
    });
  });

  it('is a line of an itinerary beside a desk, and stands in the calendar with its times', async () => {
    const lines = [
      { poolId: scene.desks, day: DAY, part: 'DAY' },
      { poolId: scene.room, day: DAY, from: '14:00', until: '15:30' },
    ];
    const quote = await nomad.agent.put(`/v1/itinerary-quotes/${newId()}`).send({ lines }).expect(200);
    expect(quote.body.lines[1]).toMatchObject({
      part: 'HOURS',
      from: '14:00',
      until: '15:30',
      refusal: null,
    });
    expect(quote.body.summary.totals).toEqual([
      { price: { unit: 'EUR', minor: 3800 }, guestPrice: { unit: 'EUR', minor: 1800 } }, // 20.00 + 18.00
    ]);
    const id = newId();
    const bookings = lines.map((line) => ({ id: newId(), ...line }));
    await nomad.agent.put(`/v1/itineraries/${id}`).send({ bookings }).expect(200);
    const ics = await nomad.agent.get(`/v1/bookings/${bookings[1]!.id}/calendar.ics`).expect(200);
    expect(ics.text).toMatch(/DTSTART;TZID=Europe\/Paris:20261201T140000/);
    expect(ics.text).toMatch(/DTEND;TZID=Europe\/Paris:20261201T153000/);
  });
});
