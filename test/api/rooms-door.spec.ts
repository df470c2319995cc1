/**
 * Rooms at the door, at a host whose room costs 12.00 EUR an hour in half-hours, one hour at least, 60.00 a day
 * at most, with ten minutes of grace. Promise: a guest who cannot enter what is theirs beside their desk, or a price or
 * an overstay that the sealed record does not give again, turns this red.
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { Ledger } from '../../src/ledger/index.js';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { brokenPromises } from '../support/make-bookings.js';
import { checkOut, codeAt, makeNomad, showAt, uploadAt, type Nomad } from '../support/make-checkin.js';
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

describe('at the door', () => {
  const come = async (moment: string, guest = nomad) => {
    clock().travelTo(moment);
    return showAt(app, scene.host, guest.phone);
  };
  const leave = async (moment: string, visitId: string) => {
    clock().travelTo(moment);
    return (await checkOut(app, scene.host, visitId).expect(200)).body;
  };
  const recordOf = async (visitId: string) => {
    clock().travelTo('2026-12-03T08:00:00Z');
    await app.get(Sweeps).runAll();
    const [row] = await ownerSql<{ id: string }>('SELECT id FROM checkin.visit_records WHERE visit_id = $1', [
      visitId,
    ]);
    return (await scene.host.staff.get(`/v1/visit-records/${row!.id}`).expect(200)).body;
  };

  it('a guest comes for a room, leaves in time, and its record is priced by the tariff', async () => {
    await room('10:00', '11:30');
    expect(await come('2026-12-01T08:00:00Z')).toMatchObject({ state: 'REFUSED', reason: 'too_early' });
    const scan = await come('2026-12-01T08:40:00Z');
    expect(scan).toMatchObject({
      state: 'ACCEPTED',
      visit: { part: 'HOURS', endsAt: '2026-12-01T10:30:00Z' },
    });
    expect(scan.sentence).toContain('in a room. It is theirs until 11:30.');
    const left = await leave('2026-12-01T10:40:00Z', scan.visit.id); // within the grace
    expect(left).toMatchObject({ state: 'COMPLETED', overstay: null });
    expect(await recordOf(scan.visit.id)).toMatchObject({
      part: 'HOURS',
      minutes: 90,
      overMinutes: 10,
      tariff: { per: 'HOUR', rate: { minor: 1200 }, dayMax: { minor: 6000 }, minimumMinutes: 60 },
      amount: { unit: 'EUR', minor: 1800 },
      settles: false,
      intact: true,
    });
  });

  it('who stays longer pays the steps begun: found at check-out, told to both, sealed for ever', async () => {
    await room('10:00', '11:00');
    const { visit } = await come('2026-12-01T09:00:00Z');
    const left = await leave('2026-12-01T10:31:00Z', visit.id);
    expect(left.overstay).toEqual({ minutes: 31, amount: { unit: 'EUR', minor: 1200 } }); // 2 × 6.00
    expect((await leave('2026-12-01T12:00:00Z', visit.id)).overstay.minutes).toBe(31); // leaving twice is leaving once
    const mine = await nomad.agent.get('/v1/visits').expect(200);
    expect(mine.body.items[0].overstay).toEqual(left.overstay);
    const events = await ownerSql<{ name: string }>(
      `SELECT name FROM platform.outbox WHERE payload ->> 'visitId' = $1 AND name LIKE 'checkin.visit_overstayed%'`,
      [visit.id],
    );
    expect(events).toHaveLength(1);
    const record = await recordOf(visit.id);
    expect(record).toMatchObject({ minutes: 60, overMinutes: 31, amount: { minor: 2400 }, intact: true });
    await expect(
      ownerSql(
        `INSERT INTO checkin.visit_records SELECT (jsonb_populate_record(sealed, jsonb_build_object(
           'id', gen_random_uuid(), 'visit_id', visit_id, 'over_minutes', 30))).* FROM checkin.visit_records sealed
         WHERE visit_id = $1`,
        [visit.id],
      ),
    ).rejects.toThrow('visit_records_priced_by_tariff');
  });

  it('whom nobody saw leave owes nothing more', async () => {
    await room('10:00', '11:00');
    const { visit } = await come('2026-12-01T09:00:00Z');
    expect(await recordOf(visit.id)).toMatchObject({ overMinutes: 0, amount: { minor: 1200 } });
  });

  it('a desk is entered first, then the room beside it, and each is left on its own', async () => {
    await desk('DAY');
    await room('10:00', '11:00');
    const first = await come('2026-12-01T08:45:00Z');
    expect(first.visit).toMatchObject({ part: 'DAY' });
    const second = await come('2026-12-01T08:46:00Z');
    expect(second.visit).toMatchObject({ part: 'HOURS' });
    expect(await come('2026-12-01T08:47:00Z')).toMatchObject({ state: 'REFUSED', reason: 'already_in' });
    await leave('2026-12-01T10:00:00Z', second.visit.id);
    const page = await scene.host.staff.get(`/v1/visits?spaceId=${scene.host.id}&day=${DAY}`).expect(200);
    const states = page.body.items
      .filter(({ id }: { id: string }) => [first.visit.id, second.visit.id].includes(id))
      .map(({ part, state }: { part: string; state: string }) => [part, state]);
    expect(states.toSorted()).toEqual([
      ['DAY', 'ACTIVE'],
      ['HOURS', 'COMPLETED'],
    ]);
  });

  it('from one room into the next the first is left by itself, and not late', async () => {
    await room('10:00', '11:00');
    await room('11:00', '12:00');
    const first = await come('2026-12-01T09:00:00Z');
    const second = await come('2026-12-01T10:20:00Z');
    expect(second.visit.bookingId).not.toBe(first.visit.bookingId);
    expect(await recordOf(first.visit.id)).toMatchObject({ overMinutes: 0, amount: { minor: 1200 } });
  });

  it('a visit to a room is taken back as a whole, never made a part of the day', async () => {
    await room('10:00', '11:00');
    const { visit } = await come('2026-12-01T09:00:00Z');
    const correct = (to: string) =>
      scene.host.manager
        .put(`/v1/visits/${visit.id}/correction`)
        .send({ to, reason: 'It was another guest.' });
    expect(await code(correct('DAY'))).toBe('booking.by_time');
    expect((await correct('INVALID').expect(200)).body.state).toBe('INVALID');
    expect(await freeAt('10:00')).toBe(1);
  });

  it('what a tablet let in without a network is the room’s visit beside the desk’s', async () => {
    await desk('DAY');
    await room('10:00', '11:00');
    await come('2026-12-01T08:10:00Z');
    const scannedAt = '2026-12-01T08:50:00Z';
    const shown = await codeAt(nomad.phone, scene.host.id, scannedAt);
    clock().travelTo('2026-12-01T09:30:00Z');
    const { body } = await uploadAt(app, scene.host, { code: shown, scannedAt, verdict: 'COME_IN' }).expect(
      200,
    );
    expect(body).toMatchObject({ state: 'CONFIRMED', visit: { part: 'HOURS' } });
  });

  it('the list of a day without a network names the room with its times', async () => {
    await room('10:00', '11:00');
    const { body } = await scene.host.staff
      .get(`/v1/bookings?spaceId=${scene.host.id}&day=${DAY}`)
      .expect(200);
    expect(body.items.filter(({ poolId }: { poolId: string }) => poolId === scene.room)).toMatchObject([
      { part: 'HOURS', from: '10:00', until: '11:00', resourceKind: 'meeting_room' },
    ]);
  });
});
