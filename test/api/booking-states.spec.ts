import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BookingCanceled, BookingReserved, Bookings } from '../../src/bookings/index.js';
import { Directory, PoolChanged, SpaceHoursChanged } from '../../src/directory/index.js';
import { newId } from '../../src/kernel/ids.js';
import { Problem } from '../../src/kernel/problem.js';
import { Temporal } from '../../src/kernel/time.js';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { Consumers } from '../../src/platform/outbox/consumers.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import {
  brokenPromises,
  cancel,
  codeOf,
  makeAgreement,
  makeBooking,
  makeHost,
  makeMember,
  makeNetwork,
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

describe('leaving', () => {
  it('in time gives everything back', async () => {
    const { id } = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY });
    const { body } = await cancel(nomad, id).expect(200);
    expect(body).toMatchObject({
      state: 'CANCELED',
      stateBy: `person:${nomad.id}`,
      cancelReason: 'ill',
      fee: { halfDays: 0, amount: { unit: 'EUR', minor: 0 } },
    });
    expect(await quota(nomad)).toBe(6);
    expect((await cancel(nomad, id).expect(200)).body).toEqual(body);
    expect(await codeOf(cancel(nomad, id, 'other').expect(409))).toBe('request.id_reused');
    await put(nomad, {}).expect(200); // the day is free again
  });

  it('late consumes the booking: half-days of the quota, or the price', async () => {
    const { id } = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY });
    clock.travelTo('2026-12-02T17:00:01Z');
    const { body } = await cancel(nomad, id).expect(200);
    expect(body.fee).toEqual({ halfDays: 2, amount: { unit: 'EUR', minor: 0 } });
    expect(await quota(nomad)).toBe(4);
  });

  it('is free for the guest when the host cancels, however late', async () => {
    const { id } = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY });
    const staff = await makePerson(app, {
      grants: [{ organisationId: scene.host.operatorId, role: 'space_staff' }],
    });
    clock.travelTo('2026-12-03T09:00:00Z');
    const { body } = await cancel(staff, id, 'no heating').expect(200);
    expect(body).toMatchObject({ stateBy: `person:${staff.id}`, fee: { halfDays: 0 } });
    expect(await quota(nomad)).toBe(6);
  });

  it('is too late once the guest has come', async () => {
    const { id } = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY });
    await app.get(Db).tx(inReach(nomad), (tx) => app.get(Bookings).fulfil(tx, id));
    expect(await codeOf(cancel(nomad, id).expect(409))).toBe('booking.settled');
  });

  it('without a word is a no-show: swept after the part has ended, and consumed', async () => {
    const { id } = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY, part: 'MORNING' });
    clock.travelTo('2026-12-03T12:00:00Z');
    await app.get(Sweeps).runAll();
    expect((await nomad.agent.get(`/v1/bookings/${id}`)).body.state).toBe('RESERVED');
    clock.travelTo('2026-12-03T12:00:01Z');
    await app.get(Sweeps).runAll();
    const { body } = await nomad.agent.get(`/v1/bookings/${id}`).expect(200);
    expect(body).toMatchObject({ state: 'NO_SHOW', stateBy: 'system', fee: { halfDays: 1 } });
    expect(await quota(nomad)).toBe(5);
  });
});

describe('a held seat', () => {
  it('is a booking once it is confirmed', async () => {
    const held = await makeBooking(nomad, { poolId: scene.tiny.poolId, day: '2026-12-20', hold: true });
    expect(held).toMatchObject({ state: 'PENDING', heldUntil: '2026-12-01T08:10:00Z' });
    const other = await makeMember(app, scene.home);
    expect(await codeOf(put(other, { poolId: scene.tiny.poolId, day: '2026-12-20' }))).toBe('booking.full');
    expect(await codeOf(other.agent.put(`/v1/bookings/${held.id}/confirmation`).expect(404))).toBe(
      'booking.not_found',
    );
    const confirmed = await nomad.agent.put(`/v1/bookings/${held.id}/confirmation`).expect(200);
    expect(confirmed.body).toMatchObject({ state: 'RESERVED', heldUntil: null });
    await nomad.agent.put(`/v1/bookings/${held.id}/confirmation`).expect(200);
  });

  it('is free again when nobody confirms it in time', async () => {
    const held = await makeBooking(nomad, { poolId: scene.tiny.poolId, day: '2026-12-21', hold: true });
    clock.travelTo('2026-12-01T08:10:01Z');
    expect(await codeOf(nomad.agent.put(`/v1/bookings/${held.id}/confirmation`).expect(409))).toBe(
      'booking.not_held',
    );
    expect((await app.get(Sweeps).runAll())['bookings.expire']).toBe(1);
    const { body } = await nomad.agent.get(`/v1/bookings/${held.id}`).expect(200);
    expect(body).toMatchObject({ state: 'EXPIRED', fee: null });
    const other = await makeMember(app, scene.home);
    await put(other, { poolId: scene.tiny.poolId, day: '2026-12-21' }).expect(200);
  });
});

describe('at the door', () => {
  const door = async (
    guest: Nomad,
    more: { part?: 'DAY' | 'MORNING'; kind?: 'hot_desk' | 'meeting_room' } = {},
  ) => {
    const { part = 'DAY', kind: resourceKind = 'hot_desk' } = more;
    const id = newId();
    const walkIn = () =>
      app.get(Db).tx(inReach(guest), async (tx) => {
        const space = await app.get(Directory).space(tx, scene.host.spaceId);
        const day = Temporal.PlainDate.from('2026-12-01');
        return app.get(Bookings).walkIn(tx, { id, personId: guest.id, space, resourceKind, day, part });
      });
    return { walkIn, id };
  };

  it('a walk-in is a booking, made once, and fulfilled once', async () => {
    const { walkIn, id } = await door(nomad, { part: 'MORNING' });
    expect(await walkIn()).toMatchObject({ id, state: 'RESERVED', funding: 'VISA_QUOTA', halfDays: 1 });
    await walkIn();
    const bookings = app.get(Bookings);
    const today = {
      personId: nomad.id,
      spaceId: scene.host.spaceId,
      day: Temporal.PlainDate.from('2026-12-01'),
    };
    await app.get(Db).tx(inReach(nomad), async (tx) => {
      expect(await bookings.arriving(tx, today)).toMatchObject({ id });
      expect(await bookings.fulfil(tx, id)).toMatchObject({ state: 'FULFILLED' });
      expect(await bookings.fulfil(tx, id)).toMatchObject({ state: 'FULFILLED' });
      expect(await bookings.arriving(tx, today)).toBeNull();
      expect(await bookings.halfDaysUsed(tx, nomad.id, today.day)).toBe(1);
    });
    expect(await quota(nomad)).toBe(5);
  });

  it('there is no seat of a kind the space does not have', async () => {
    const { walkIn } = await door(nomad, { kind: 'meeting_room' });
    await expect(walkIn()).rejects.toThrow(Problem);
    await expect(walkIn()).rejects.toMatchObject({ code: 'booking.no_pool' });
  });
});

describe('when a space changes', () => {
  const announce = (name: string, payload: object, networkId: string) =>
    app.get(Consumers).deliver({
      consumer: 'bookings.remake-days',
      event: { id: newId(), name, payload, actor: 'test', networkIds: [networkId], occurredAt: NOW },
    });
  const seats = async (poolId: string) => {
    const [row] = await ownerSql<{ capacity: number[]; isShort: boolean }>(
      'SELECT capacity, is_short AS "isShort" FROM bookings.pool_days WHERE pool_id = $1 AND day = $2',
      [poolId, DAY],
    );
    return { atTen: row!.capacity[20], isShort: row!.isShort };
  };

  it('offers fewer seats from now on, but keeps every booking and says that the day is short', async () => {
    const space = await makeHost(app, { networkId: await makeNetwork(app), capacity: 3, lat: 30 });
    await makeAgreement(app, {
      homeNetworkId: scene.home.networkId,
      hostNetworkId: space.networkId,
      hosts: [space],
    });
    const [guest, other, late] = [
      nomad,
      await makeMember(app, scene.home),
      await makeMember(app, scene.home),
    ];
    const first = await makeBooking(guest, { poolId: space.poolId, day: DAY });
    await makeBooking(other, { poolId: space.poolId, day: DAY });
    await ownerSql('UPDATE directory.pools SET capacity = 1 WHERE id = $1', [space.poolId]);
    await announce(PoolChanged.name, { poolId: space.poolId }, space.networkId);
    expect(await seats(space.poolId)).toEqual({ atTen: 2, isShort: true });
    await cancel(guest, first.id).expect(200);
    expect(await seats(space.poolId)).toEqual({ atTen: 1, isShort: false });
    expect(await codeOf(put(late, { poolId: space.poolId }))).toBe('booking.full');
  });

  it('closes a day that was open, and opens it again', async () => {
    await put(nomad, { poolId: scene.weekdays.poolId, day: '2026-12-17' }).expect(200);
    const exceptionId = newId();
    await ownerSql(
      `INSERT INTO directory.hour_exceptions (id, space_id, network_id, day, opening_hours, reason, created_at)
       VALUES ($1, $2, $3, '2026-12-17', NULL, 'works', now())`,
      [exceptionId, scene.weekdays.spaceId, scene.weekdays.networkId],
    );
    await announce(SpaceHoursChanged.name, { spaceId: scene.weekdays.spaceId }, scene.weekdays.networkId);
    const other = await makeMember(app, scene.home);
    const { body } = await put(other, { poolId: scene.weekdays.poolId, day: '2026-12-17' }).expect(409);
    expect(body).toMatchObject({ code: 'booking.closed', reason: 'exception' });
    await ownerSql('DELETE FROM directory.hour_exceptions WHERE id = $1', [exceptionId]);
    await announce(SpaceHoursChanged.name, { spaceId: scene.weekdays.spaceId }, scene.weekdays.networkId);
    await put(other, { poolId: scene.weekdays.poolId, day: '2026-12-17' }).expect(200);
  });
});

describe('the guest is told by mail', () => {
  it.each([
    [
      'bookings.mail-reserved',
      BookingReserved.name,
      'Booked: Atelier du Vieux-Port, 2026-12-03',
      '09:00–18:00',
    ],
    [
      'bookings.mail-canceled',
      BookingCanceled.name,
      'Canceled: Atelier du Vieux-Port, 2026-12-03',
      'canceled',
    ],
  ])('%s, once', async (consumer, name, subject, words) => {
    const { id } = await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY });
    const [event] = await ownerSql<{ count: number }>(
      `SELECT count(*)::int AS count FROM platform.outbox
        WHERE name = 'bookings.reserved.v1' AND payload = jsonb_build_object('bookingId', $1::text)`,
      [id],
    );
    expect(event!.count).toBe(1);
    const delivery = {
      consumer,
      event: {
        id: newId(),
        name,
        payload: { bookingId: id },
        actor: 'test',
        networkIds: [scene.host.networkId],
        occurredAt: NOW,
      },
    };
    await app.get(Consumers).deliver(delivery);
    await app.get(Consumers).deliver(delivery);
    const mails = await ownerSql<{ subject: string; text: string }>(
      'SELECT subject, text FROM platform.mails WHERE person_id = $1',
      [nomad.id],
    );
    expect(mails).toEqual([{ subject, text: expect.stringContaining(words) }]);
  });
});

/** The scope in which the door acts for a guest. */
function inReach({ id }: Nomad) {
  return { networks: [scene.host.networkId], person: id };
}
