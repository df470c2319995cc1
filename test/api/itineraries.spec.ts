import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import {
  brokenPromises,
  codeOf,
  makeBooking,
  makeMember,
  makeScene,
  quotaLeft,
  type Nomad,
  type Scene,
} from '../support/make-bookings.js';

const NOW = '2026-12-01T08:00:00Z';
const WEEK = ['2026-12-07', '2026-12-08', '2026-12-09', '2026-12-10', '2026-12-11'];
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

const week = () => WEEK.map((day) => ({ poolId: scene.host.poolId, day, part: 'DAY' }));
const withIds = (lines: readonly object[]) => lines.map((line) => ({ id: newId(), ...line }));
const quote = ({ agent }: Nomad, lines: readonly object[], id = newId()) =>
  agent.put(`/v1/itinerary-quotes/${id}`).send({ lines });
const put = ({ agent }: Nomad, body: object, id = newId()) => agent.put(`/v1/itineraries/${id}`).send(body);

describe('a week in Marseille', () => {
  it('is quoted as one: three days of the quota, two at 40.00 € in all, and one date to leave by', async () => {
    const id = newId();
    const { body } = await quote(nomad, week(), id).expect(200);
    expect(body.summary).toEqual({
      totals: [{ price: { unit: 'EUR', minor: 10_000 }, guestPrice: { unit: 'EUR', minor: 4000 } }], // 5 × 20.00, 2 × 20.00
      cancelUntil: '2026-12-06T17:00:00Z', // 18:00 of the day before the first
      lateCancellation: 'CONSUMED',
      entitlements: [
        { funding: 'VISA_QUOTA', passId: null, halfDays: 6, days: WEEK.slice(0, 3) },
        { funding: 'PAY_AS_YOU_GO', passId: null, halfDays: 4, days: WEEK.slice(3) },
      ],
    });
    expect(body.lines[4].offer).toMatchObject({ funding: 'PAY_AS_YOU_GO', guestPrice: { minor: 2000 } });
    expect((await quote(nomad, week(), id).expect(200)).body).toEqual(body);
    expect(await quotaLeft(nomad, scene.host)).toBe(6); // nothing is held by a quote
  });

  it('is booked as quoted, read as one, and left as one with what comes back', async () => {
    const quoteId = newId();
    const quoted = (await quote(nomad, week(), quoteId).expect(200)).body;
    const [id, bookingIds] = [newId(), WEEK.map(() => newId())];
    const { body } = await put(nomad, { quoteId, bookingIds }, id).expect(200);
    expect(body.bookings.map((booking: { id: string }) => booking.id)).toEqual(bookingIds);
    expect(body.summary).toEqual(quoted.summary);
    expect(body.bookings[0].itineraryId).toBe(id);
    expect((await put(nomad, { quoteId, bookingIds }, id).expect(200)).body).toEqual(body);
    expect((await nomad.agent.get(`/v1/itineraries/${id}`).expect(200)).body).toEqual(body);
    expect(await quotaLeft(nomad, scene.host)).toBe(0);

    clock.travelTo('2026-12-06T17:00:01Z'); // too late for Monday alone
    const left = await nomad.agent
      .put(`/v1/itineraries/${id}/cancellation`)
      .send({ reason: 'ill' })
      .expect(200);
    const back = left.body.lines.map(({ backHalfDays }: { backHalfDays: number }) => backHalfDays);
    expect(back).toEqual([0, 2, 2, 0, 0]);
    expect(await quotaLeft(nomad, scene.host)).toBe(4);
    const again = await nomad.agent
      .put(`/v1/itineraries/${id}/cancellation`)
      .send({ reason: 'ill' })
      .expect(200);
    expect(again.body.lines.some(({ canceledNow }: { canceledNow: boolean }) => canceledNow)).toBe(false);
  });
});

describe('several spaces', () => {
  const trip = () =>
    withIds([
      { poolId: scene.host.poolId, day: '2026-12-17', part: 'MORNING' },
      { poolId: scene.weekdays.poolId, day: '2026-12-18', part: 'DAY' },
      { poolId: scene.weekdays.poolId, day: '2026-12-19', part: 'DAY' }, // a Saturday
    ]);

  it('are booked together or not at all, and every line says why not', async () => {
    const bookings = trip();
    const { body } = await put(nomad, { bookings }).expect(409);
    expect(body).toMatchObject({
      code: 'itinerary.refused',
      lines: [{ id: bookings[2]!.id, day: '2026-12-19', code: 'booking.closed' }],
    });
    expect((await nomad.agent.get('/v1/bookings').expect(200)).body.items).toEqual([]);
    expect(await quotaLeft(nomad, scene.host)).toBe(6);
  });

  it('are booked without those that conflict, if one says so', async () => {
    await makeBooking(nomad, { poolId: scene.tiny.poolId, day: '2026-12-17', part: 'MORNING' });
    const bookings = trip();
    const { body } = await put(nomad, { bookings, skipConflicts: true }).expect(200);
    expect(body.bookings.map((booking: { day: string }) => booking.day)).toEqual(['2026-12-18']);
    expect(body.refused).toEqual([
      expect.objectContaining({ id: bookings[0]!.id, code: 'booking.overlap' }),
      expect.objectContaining({ id: bookings[2]!.id, code: 'booking.closed' }),
    ]);
  });
});

it('an itinerary is its guest’s, stands for one request, and is quoted whole or sent line by line', async () => {
  const id = newId();
  const bookings = withIds(week().slice(0, 1));
  await put(nomad, { bookings }, id).expect(200);
  const other = await makeMember(app, scene.home);
  expect(await codeOf(other.agent.get(`/v1/itineraries/${id}`).expect(404))).toBe('itinerary.not_found');
  expect(await codeOf(put(nomad, { bookings: withIds(week()) }, id).expect(409))).toBe('request.id_reused');
  expect(await codeOf(put(other, { bookings: withIds(week()) }, id).expect(409))).toBe('request.id_reused');
  const quoteId = newId();
  const lines = [{ poolId: scene.weekdays.poolId, day: '2026-12-19', part: 'DAY' }];
  expect((await quote(other, lines, quoteId).expect(200)).body.lines[0].refusal.code).toBe('booking.closed');
  const bookingIds = [newId()];
  expect(await codeOf(put(other, { quoteId, bookingIds }).expect(409))).toBe('itinerary.quote_incomplete');
});
