import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Bookings } from '../../src/bookings/index.js';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import {
  brokenPromises,
  cancel,
  codeOf,
  makeAgreement,
  makeBooking,
  makeHost,
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
const DAY = '2026-12-03';
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

const put = (guest: Nomad, wish: Parameters<typeof putBooking>[1], id?: string) =>
  putBooking(guest, { poolId: scene.host.poolId, day: DAY, ...wish }, id);
const quota = (guest: Nomad) => quotaLeft(guest, scene.host);

describe('a quote', () => {
  const quote = ({ agent }: Nomad, id = newId(), wish = {}) =>
    agent.put(`/v1/quotes/${id}`).send({ poolId: scene.host.poolId, day: DAY, part: 'DAY', ...wish });

  it('says what it costs, who pays, why not the others, and what would be left', async () => {
    const { body } = await quote(nomad).expect(200);
    expect(body).toMatchObject({
      funding: 'VISA_QUOTA',
      halfDays: 2,
      price: { unit: 'EUR', minor: 2000 },
      guestPrice: { unit: 'EUR', minor: 0 },
      startsAt: '2026-12-03T08:00:00Z',
      endsAt: '2026-12-03T17:00:00Z',
      expiresAt: '2026-12-01T08:15:00Z',
      terms: { cancelUntil: '2026-12-02T17:00:00Z', lateCancellation: 'CONSUMED', noShow: 'CONSUMED' },
    });
    expect(body.options).toEqual([
      expect.objectContaining({
        funding: 'VISA_QUOTA',
        outcome: 'TAKEN',
        leftHalfDays: 6,
        leftAfterHalfDays: 4,
        sentence: 'Your visa quota pays; 4 half-days would be left.',
      }),
      expect.objectContaining({ funding: 'PASS_UNITS', outcome: 'SKIPPED', because: 'NO_PASS' }),
      expect.objectContaining({ funding: 'PAY_AS_YOU_GO', outcome: 'POSSIBLE' }),
    ]);
  });

  it('becomes one booking, on the quoted terms, and holds nothing before', async () => {
    const id = newId();
    const quoted = await quote(nomad, id).expect(200);
    expect(await quota(nomad)).toBe(6);
    const booking = await put(nomad, { quoteId: id }).expect(200);
    expect(booking.body).toMatchObject({ quoteId: id, state: 'RESERVED', price: quoted.body.price });
    expect(await quota(nomad)).toBe(4);
    await cancel(nomad, booking.body.id).expect(200);
    expect(await codeOf(put(nomad, { quoteId: id }))).toBe('booking.quote_used');
  });

  it('is the same for the same request, and no other under its id', async () => {
    const id = newId();
    const first = await quote(nomad, id).expect(200);
    expect((await quote(nomad, id).expect(200)).body).toEqual(first.body);
    expect(await codeOf(quote(nomad, id, { part: 'MORNING' }).expect(409))).toBe('request.id_reused');
  });

  it('ends after a quarter of an hour, and is nobody else’s', async () => {
    const id = newId();
    await quote(nomad, id).expect(200);
    const other = await makeMember(app, scene.home);
    expect(await codeOf(put(other, { quoteId: id }).expect(404))).toBe('quote.not_found');
    clock.travelTo('2026-12-01T08:15:00Z');
    expect(await codeOf(put(nomad, { quoteId: id }).expect(409))).toBe('quote.expired');
  });
});

describe('a booking', () => {
  it('of five days in Marseille is three of the quota, then two that the guest pays', async () => {
    const days = ['2026-12-07', '2026-12-08', '2026-12-09', '2026-12-10', '2026-12-11'];
    const booked = [];
    for (const day of days) booked.push(await makeBooking(nomad, { poolId: scene.host.poolId, day }));
    expect(booked.map(({ funding }) => funding)).toEqual([
      'VISA_QUOTA', // 6 half-days − 2
      'VISA_QUOTA', // 4 − 2
      'VISA_QUOTA', // 2 − 2
      'PAY_AS_YOU_GO',
      'PAY_AS_YOU_GO',
    ]);
    // 3 × 20.00 = 60.00 accrue to the host; 2 × 20.00 = 40.00 are the guest's to pay
    expect(booked.map(({ price }) => price.minor)).toEqual([2000, 2000, 2000, 2000, 2000]);
    expect(booked.map(({ guestPrice }) => guestPrice.minor)).toEqual([0, 0, 0, 2000, 2000]);
    expect(await quota(nomad)).toBe(0);
  });

  it('of half a day takes one half-day, and the other half is still somebody’s', async () => {
    const morning = await makeBooking(nomad, { poolId: scene.tiny.poolId, day: DAY, part: 'MORNING' });
    expect(morning).toMatchObject({ halfDays: 1, endsAt: '2026-12-03T12:00:00Z', price: { minor: 1000 } });
    const other = await makeMember(app, scene.home);
    expect(await codeOf(put(other, { poolId: scene.tiny.poolId, part: 'DAY' }).expect(409))).toBe(
      'booking.full',
    );
    await makeBooking(other, { poolId: scene.tiny.poolId, day: DAY, part: 'AFTERNOON' });
  });

  it('is made once, however often it is asked for, and its id stands for nothing else', async () => {
    const id = newId();
    const first = await put(nomad, {}, id).expect(200);
    expect((await put(nomad, {}, id).expect(200)).body).toEqual(first.body);
    expect(await quota(nomad)).toBe(4);
    expect(await codeOf(put(nomad, { part: 'MORNING' }, id).expect(409))).toBe('request.id_reused');
    const other = await makeMember(app, scene.home);
    expect(await codeOf(put(other, {}, id).expect(409))).toBe('request.id_reused');
  });

  it('is its guest’s and its space’s, and for others not there', async () => {
    const { id } = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY });
    const staff = await makePerson(app, {
      grants: [{ organisationId: scene.host.operatorId, role: 'space_staff' }],
    });
    const neighbour = await makePerson(app, {
      grants: [{ organisationId: scene.weekdays.operatorId, role: 'space_staff' }],
    });
    const other = await makeMember(app, scene.home);
    await staff.agent.get(`/v1/bookings/${id}`).expect(200);
    for (const { agent } of [other, neighbour]) {
      expect(await codeOf(agent.get(`/v1/bookings/${id}`).expect(404))).toBe('booking.not_found');
      expect(await codeOf(cancel({ agent }, id).expect(404))).toBe('booking.not_found');
    }
    const arrivals = `/v1/bookings?spaceId=${scene.host.spaceId}&day=${DAY}`;
    expect(
      (await staff.agent.get(arrivals).expect(200)).body.items.map((item: { id: string }) => item.id),
    ).toContain(id);
    expect(await codeOf(other.agent.get(arrivals).expect(403))).toBe('access.denied');
    expect(await codeOf(nomad.agent.get(`/v1/bookings?day=${DAY}`).expect(422))).toBe('request.invalid');
  });

  it('is listed newest first, page by page', async () => {
    const ids = [];
    for (const day of ['2026-12-14', '2026-12-15', '2026-12-16'])
      ids.unshift((await makeBooking(nomad, { poolId: scene.host.poolId, day, part: 'MORNING' })).id);
    const first = await nomad.agent.get('/v1/bookings?limit=2').expect(200);
    const rest = await nomad.agent.get(`/v1/bookings?limit=2&after=${first.body.next}`).expect(200);
    const listed = [...first.body.items, ...rest.body.items].map((item: { id: string }) => item.id);
    expect(listed).toEqual(ids);
    expect(rest.body.next).toBeNull();
  });

  it('takes the units of a pass once the quota is used up', async () => {
    const passId = await makePass(app, { networkId: scene.home.networkId, personId: nomad.id });
    for (const day of ['2026-12-07', '2026-12-08', '2026-12-09'])
      await makeBooking(nomad, { poolId: scene.host.poolId, day });
    const { body } = await put(nomad, { day: '2026-12-10' }).expect(200);
    expect(body).toMatchObject({ funding: 'PASS_UNITS', passId, guestPrice: { minor: 0 } });
    const pass = await nomad.agent.get(`/v1/passes/${passId}`).expect(200);
    expect(pass.body).toMatchObject({ leftHalfDays: 18, heldHalfDays: 2 });
  });

  it('begins and ends at the space’s own hours on the days the clocks change', async () => {
    clock.travelTo('2026-03-20T08:00:00Z');
    const spring = await makeBooking(nomad, { poolId: scene.host.poolId, day: '2026-03-29' });
    expect([spring.startsAt, spring.endsAt]).toEqual(['2026-03-29T07:00:00Z', '2026-03-29T16:00:00Z']);
    clock.travelTo('2026-10-20T08:00:00Z');
    const autumn = await makeBooking(nomad, { poolId: scene.host.poolId, day: '2026-10-25' });
    expect([autumn.startsAt, autumn.endsAt]).toEqual(['2026-10-25T08:00:00Z', '2026-10-25T17:00:00Z']);
    expect(autumn.terms.cancelUntil).toBe('2026-10-24T16:00:00Z'); // 18:00, still summer
  });
});

describe('a booking is refused', () => {
  it.each([
    ['on a day the space does not open', { day: '2026-12-05' }, 'booking.closed'], // a Saturday
    ['when the part is over', { day: '2026-11-30' }, 'booking.past'],
    ['beyond the horizon', { day: '2027-06-01' }, 'booking.too_far_ahead'],
  ])('%s', async (_when, wish, expected) => {
    const { body } = await put(nomad, { poolId: scene.weekdays.poolId, ...wish }).expect(409);
    expect(body).toMatchObject({ code: expected, detail: expect.stringMatching(/\.$/) });
  });

  it('when the morning is over, although the afternoon can still be booked', async () => {
    clock.travelTo('2026-12-03T12:00:00Z'); // 13:00, the half-day boundary
    expect(await codeOf(put(nomad, { part: 'MORNING' }).expect(409))).toBe('booking.past');
    await put(nomad, { part: 'AFTERNOON' }).expect(200);
  });

  it('when the person is elsewhere at that time, or there already', async () => {
    await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY, part: 'MORNING' });
    expect(await codeOf(put(nomad, { poolId: scene.weekdays.poolId, part: 'MORNING' }).expect(409))).toBe(
      'booking.overlap',
    );
    expect(await codeOf(put(nomad, { part: 'AFTERNOON' }).expect(409))).toBe('booking.same_place');
    await put(nomad, { poolId: scene.weekdays.poolId, part: 'AFTERNOON' }).expect(200);
  });

  it('when it would make more than a day of one day', async () => {
    const { id } = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY, part: 'MORNING' });
    await app.get(Db).tx(inReach(nomad), (tx) => app.get(Bookings).fulfil(tx, id));
    expect(await codeOf(put(nomad, { poolId: scene.weekdays.poolId }).expect(409))).toBe(
      'booking.day_used_up',
    );
  });

  it('when nobody knows who would pay', async () => {
    const stranger = await makePerson(app);
    expect(await codeOf(put(stranger, {}).expect(409))).toBe('booking.no_home');
    const abroad = await makeHost(app, { lat: 30 });
    expect(await codeOf(put(nomad, { poolId: abroad.poolId }).expect(409))).toBe('booking.not_in_agreement');
    await makeAgreement(app, {
      homeNetworkId: scene.home.networkId,
      hostNetworkId: abroad.networkId,
      mode: 'GIFT',
      freeHalfDays: 1,
      ratePerHalfDay: { unit: 'EUR', minor: 0 },
      hosts: [abroad],
    });
    const { body } = await put(nomad, { poolId: abroad.poolId }).expect(409);
    expect(body.code).toBe('booking.no_funding');
    expect(body.options.map(({ because }: { because: string }) => because)).toEqual([
      'QUOTA_USED_UP',
      'NO_PASS',
      'NO_PRICE_IN_MONEY',
    ]);
    expect((await put(nomad, { poolId: abroad.poolId, part: 'MORNING' }).expect(200)).body.price.minor).toBe(
      0,
    );
  });

  it('at a pool that does not exist, with a day that does not exist, or a word too many', async () => {
    expect(await codeOf(put(nomad, { poolId: newId() }).expect(404))).toBe('pool.not_found');
    expect(await codeOf(put(nomad, { day: '2026-02-30' }).expect(422))).toBe('request.invalid');
    expect(await codeOf(put(nomad, { colour: 'blue' }).expect(422))).toBe('request.invalid');
  });
});

/** The scope in which the door acts for a guest. */
function inReach({ id }: Nomad) {
  return { networks: [scene.host.networkId], person: id };
}
