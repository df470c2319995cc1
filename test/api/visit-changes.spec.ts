import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { Db } from '../../src/platform/db.js';
import { Ledger } from '../../src/ledger/index.js';
import { Clock } from '../../src/platform/clock.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import {
  checkOut,
  makeNomad,
  makeScene,
  showAt,
  type Door,
  type Nomad,
  type Scene,
} from '../support/make-checkin.js';
import { deliverAll } from '../support/deliver.js';
import { lastMail } from '../support/make-identity.js';

/** A Tuesday, 09:00 in Marseille, when the doors open. The half-day boundary is 13:00, closing time 18:00. */
const MORNING = '2026-12-01T08:00:00Z';

let app: NestFastifyApplication;
let scene: Scene;
let host: Door;
const clock = () => app.get<TestClock>(Clock);
const later = (seconds: number) => clock().travelTo(clock().now().add({ seconds }).toString());
const asDoor = (method: 'put', path: string) =>
  request(app.getHttpServer())[method](path).set('authorization', `Bearer ${host.token}`);

async function book(nomad: Nomad, part = 'DAY'): Promise<string> {
  const id = newId();
  const wish = { poolId: host.pools[0]!.id, day: '2026-12-01', part };
  await nomad.agent.put(`/v1/bookings/${id}`).send(wish).expect(200);
  return id;
}

const bookingOf = async (nomad: Nomad, id: string) =>
  (await nomad.agent.get(`/v1/bookings/${id}`).expect(200)).body;

/** Free half-days left at the host this year. */
async function quotaLeft(nomad: Nomad): Promise<number> {
  const { body } = await nomad.agent.get(`/v1/visa-quotas?hostSpaceId=${host.id}&year=2026`).expect(200);
  return (body.items ?? [body])[0].leftHalfDays;
}

/** Seats taken at the fullest moment of the day. */
async function seatsTaken(): Promise<number> {
  const { body } = await host.staff.get(`/v1/spaces/${host.id}/occupancy?from=2026-12-01&days=1`).expect(200);
  return body.items[0].taken;
}

const undo = (visitId: string, reason = 'Wrong guest') =>
  asDoor('put', `/v1/visits/${visitId}/undo`).send({ reason });
const correct = (visitId: string, to: string, reason = 'Left at noon') =>
  host.manager.put(`/v1/visits/${visitId}/correction`).send({ to, reason });

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  scene = await makeScene(app);
  ({ host } = scene);
});
beforeEach(() => clock().travelTo(MORNING));
afterEach(async () => {
  // Whatever was undone or corrected, the books add up.
  expect(await app.get(Db).read({ networks: [] }, (on) => app.get(Ledger).wrongBalances(on))).toEqual([]);
});
afterAll(() => app.close());

describe('a visit undone at the door', () => {
  it('of a guest who walked in leaves nothing used, and the guest can be scanned again', async () => {
    const nomad = await makeNomad(app, scene);
    const [quota, seats] = [await quotaLeft(nomad), await seatsTaken()];
    const first = await showAt(app, host, nomad.phone);
    expect([await quotaLeft(nomad), await seatsTaken()]).toEqual([quota - 2, seats + 1]);
    const { body } = await undo(first.visit.id).expect(200);
    expect(body).toMatchObject({ state: 'INVALID', invalidReason: 'Wrong guest' });
    expect((await undo(first.visit.id).expect(200)).body).toEqual(body);
    expect(await bookingOf(nomad, first.visit.bookingId)).toMatchObject({
      state: 'CANCELED',
      fee: { halfDays: 0 },
    });
    expect([await quotaLeft(nomad), await seatsTaken()]).toEqual([quota, seats]);
    later(15);
    expect(await showAt(app, host, nomad.phone)).toMatchObject({ state: 'ACCEPTED' });
    expect([await quotaLeft(nomad), await seatsTaken()]).toEqual([quota - 2, seats + 1]);
  });

  it('of a guest who booked gives the booking back to them, as often as it happens', async () => {
    const nomad = await makeNomad(app, scene);
    const quota = await quotaLeft(nomad);
    const bookingId = await book(nomad);
    for (let time = 0; time < 3; time += 1) {
      const { visit } = await showAt(app, host, nomad.phone);
      expect(visit.bookingId).toBe(bookingId);
      await undo(visit.id).expect(200);
      expect(await bookingOf(nomad, bookingId)).toMatchObject({ state: 'RESERVED' });
      expect(await quotaLeft(nomad)).toBe(quota - 2); // set aside again
      later(15);
    }
    expect((await showAt(app, host, nomad.phone)).visit.bookingId).toBe(bookingId);
    expect(await quotaLeft(nomad)).toBe(quota - 2);
  });

  it('gives half-days back to a pass that it had used up', async () => {
    const guest = await makeNomad(app, scene, { halfDays: 2 });
    for (const day of ['01', '02', '03']) {
      clock().travelTo(`2026-12-${day}T08:00:00Z`);
      const { visit } = await showAt(app, host, guest.phone);
      await checkOut(app, host, visit.id).expect(200);
    }
    clock().travelTo('2026-12-04T08:00:00Z');
    const { visit } = await showAt(app, host, guest.phone);
    expect(visit.funding).toBe('PASS_UNITS');
    const passNow = async () => (await guest.agent.get(`/v1/passes/${guest.passId}`).expect(200)).body;
    expect(await passNow()).toMatchObject({ state: 'EXHAUSTED', leftHalfDays: 0 });
    await undo(visit.id).expect(200);
    expect(await passNow()).toMatchObject({ state: 'ACTIVE', leftHalfDays: 2 });
  });

  it('after coming back takes back the coming back alone', async () => {
    const nomad = await makeNomad(app, scene);
    const { visit } = await showAt(app, host, nomad.phone);
    await checkOut(app, host, visit.id).expect(200);
    later(60);
    await showAt(app, host, nomad.phone);
    expect((await undo(visit.id).expect(200)).body).toMatchObject({
      state: 'COMPLETED',
      invalidReason: null,
    });
  });

  it('is over after seconds: visit.undo_over; and is for the door of that space alone', async () => {
    const nomad = await makeNomad(app, scene);
    const { visit } = await showAt(app, host, nomad.phone);
    const path = `/v1/visits/${visit.id}/undo`;
    expect((await scene.home.staff.put(path).send({ reason: 'x' }).expect(403)).body.code).toBe(
      'access.denied',
    );
    expect((await nomad.agent.put(path).send({ reason: 'x' }).expect(403)).body.code).toBe('access.denied');
    later(31);
    expect((await undo(visit.id).expect(409)).body.code).toBe('visit.undo_over');
  });
});

describe('a correction by a manager', () => {
  it('of a day into a morning gives the afternoon back, and the guest is told in their language', async () => {
    const nomad = await makeNomad(app, scene);
    const quota = await quotaLeft(nomad);
    const { visit } = await showAt(app, host, nomad.phone);
    clock().travelTo('2026-12-02T20:00:00Z');
    const staff = await host.staff
      .put(`/v1/visits/${visit.id}/correction`)
      .send({ to: 'MORNING', reason: 'x' });
    expect(staff.body.code).toBe('access.denied');
    const { body } = await correct(visit.id, 'MORNING').expect(200);
    expect(body).toMatchObject({ part: 'MORNING', halfDays: 1 });
    expect((await correct(visit.id, 'MORNING').expect(200)).body).toEqual(body);
    expect(await quotaLeft(nomad)).toBe(quota - 1);
    expect(await bookingOf(nomad, visit.bookingId)).toMatchObject({
      state: 'FULFILLED',
      halfDays: 1,
      price: { unit: 'EUR', minor: 1000 }, // 1 half-day × 10.00 EUR
    });
    await deliverAll(app);
    const [person] = await ownerSql<{ email: string }>('SELECT email FROM identity.people WHERE id = $1', [
      nomad.id,
    ]);
    const mail = await lastMail(person!.email);
    expect(mail!.subject).toContain('Visit corrected: Atelier du Vieux-Port');
    expect(mail!.text).toContain('the morning');
    expect(mail!.text).toContain('Left at noon');
    clock().travelTo('2026-12-02T23:00:00Z');
    for (let sweeps = 0; sweeps < 2; sweeps += 1) await app.get(Sweeps).runAll(); // completed, then sealed
    const [record] = await ownerSql<{ minor: string }>(
      'SELECT amount_minor AS minor FROM checkin.visit_records WHERE visit_id = $1',
      [visit.id],
    );
    expect(record!.minor).toBe('1000');
  });

  it('to no visit at all gives everything back, and is never sealed', async () => {
    const nomad = await makeNomad(app, scene);
    const quota = await quotaLeft(nomad);
    const bookingId = await book(nomad);
    const { visit } = await showAt(app, host, nomad.phone);
    await correct(visit.id, 'INVALID').expect(200);
    expect((await correct(visit.id, 'DAY').expect(409)).body.code).toBe('visit.invalid');
    expect(await bookingOf(nomad, bookingId)).toMatchObject({ state: 'CANCELED' });
    expect(await quotaLeft(nomad)).toBe(quota);
  });

  it('is refused once 24 hours are over, sealed or not yet swept: only a credit record can', async () => {
    const nomad = await makeNomad(app, scene);
    const { visit } = await showAt(app, host, nomad.phone);
    clock().travelTo('2026-12-02T23:00:00Z');
    for (const sweep of [async () => {}, () => app.get(Sweeps).runAll()]) {
      await sweep();
      const { body } = await correct(visit.id, 'MORNING').expect(409);
      expect(body.code).toBe('visit.sealed');
      expect(body.detail).toContain('credit record');
    }
  });
});
