import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { showStaticCard } from '../../src/kernel/pass-code/esc1.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import {
  checkOut,
  codeOf,
  makeDoor,
  makeNomad,
  makeScene,
  scanAt,
  showAt,
  type Door,
  type Nomad,
  type Scene,
} from '../support/make-checkin.js';
import { makeNetwork } from '../support/make-directory.js';
import { makePerson } from '../support/make-identity.js';

/** A Tuesday, 09:00 in Marseille, when the doors open. The half-day boundary is 13:00, closing time 18:00. */
const MORNING = '2026-12-01T08:00:00Z';
const AFTERNOON = '2026-12-01T13:00:00Z';

let app: NestFastifyApplication;
let scene: Scene;
let host: Door;
let home: Door;
const clock = () => app.get<TestClock>(Clock);
const http = () => request(app.getHttpServer());
const later = (seconds: number) => clock().travelTo(clock().now().add({ seconds }).toString());

/** A door of a network that has no agreement with anybody. */
async function makeStranger(): Promise<Door> {
  return makeDoor(app, { networkId: (await makeNetwork(app)).id });
}

/** A booking for today at the host. */
async function book(nomad: Nomad, part: string): Promise<string> {
  const id = newId();
  const wish = { poolId: host.pools[0]!.id, day: '2026-12-01', part };
  await nomad.agent.put(`/v1/bookings/${id}`).send(wish).expect(200);
  return id;
}

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  scene = await makeScene(app);
  ({ host, home } = scene);
});
beforeEach(() => clock().travelTo(MORNING));
afterAll(() => app.close());

describe('a guest who walks in', () => {
  it('is let in, funded in the usual order, and known to the host by first name and home space alone', async () => {
    const nomad = await makeNomad(app, scene);
    const scan = await showAt(app, host, nomad.phone);
    expect(scan).toMatchObject({
      state: 'ACCEPTED',
      reason: null,
      evidence: 'A',
      guest: { firstName: 'Inès', homeSpaceName: 'Kairouan Kreativ' },
      visit: { part: 'DAY', halfDays: 2, funding: 'VISA_QUOTA', closesAt: '2026-12-01T17:00:00Z' },
    });
    expect(scan.sentence).toBe(
      'Welcome Inès from Kairouan Kreativ, here for the day. The visit ends at 18:00 by itself.',
    );
    const { body } = await host.staff.get(`/v1/visits?spaceId=${host.id}&day=2026-12-01`).expect(200);
    const seen = body.items.find((visit: { id: string }) => visit.id === scan.visit.id);
    expect(seen).toMatchObject({
      state: 'ACTIVE',
      guest: { firstName: 'Inès', homeSpaceName: 'Kairouan Kreativ' },
    });
    expect(JSON.stringify(body)).not.toContain('Trabelsi');
    expect(JSON.stringify(body)).not.toContain(nomad.id);
    const booking = await nomad.agent.get(`/v1/bookings/${scan.visit.bookingId}`).expect(200);
    expect(booking.body.state).toBe('FULFILLED');
  });

  it('takes the afternoon when only that is left, and may ask for half a day', async () => {
    const half = await showAt(app, host, (await makeNomad(app, scene)).phone, 'MORNING');
    expect(half.visit).toMatchObject({ part: 'MORNING', halfDays: 1 });
    clock().travelTo(AFTERNOON);
    const late = await showAt(app, host, (await makeNomad(app, scene)).phone, 'DAY');
    expect(late.visit).toMatchObject({ part: 'AFTERNOON', halfDays: 1 });
  });

  it('pays with the pass shown once the free half-days are used up', async () => {
    const nomad = await makeNomad(app, scene);
    for (const day of ['01', '02', '03', '04']) {
      clock().travelTo(`2026-12-${day}T08:00:00Z`);
      const { visit } = await showAt(app, host, nomad.phone);
      expect(visit.funding).toBe(day === '04' ? 'PASS_UNITS' : 'VISA_QUOTA'); // 6 free half-days = 3 days
      await checkOut(app, host, visit.id).expect(200);
    }
    const { body } = await nomad.agent.get(`/v1/passes/${nomad.passId}`).expect(200);
    expect(body).toMatchObject({ state: 'ACTIVE', leftHalfDays: 18 });
  });
});

describe('a card on paper', () => {
  it('opens the door with evidence class C, once at a time', async () => {
    const nomad = await makeNomad(app, scene);
    const cardId = newId();
    await nomad.agent.put(`/v1/cards/${cardId}`).send({ passId: nomad.passId }).expect(200);
    const [card] = await ownerSql<{ credential: Buffer }>(
      'SELECT credential FROM passes.credentials WHERE id = $1',
      [cardId],
    );
    const code = showStaticCard(new Uint8Array(card!.credential)); // what the picture says
    const { body } = await scanAt(app, host, { spaceId: host.id, code }).expect(200);
    expect(body).toMatchObject({ state: 'ACCEPTED', evidence: 'C' });
    const copy = await scanAt(app, host, { spaceId: host.id, code }).expect(200);
    expect(copy.body).toMatchObject({ state: 'REFUSED', reason: 'already_in' });
  });
});

describe('a guest who booked', () => {
  it('is let in on the booking, which is fulfilled', async () => {
    const nomad = await makeNomad(app, scene);
    const bookingId = await book(nomad, 'MORNING');
    const { visit } = await showAt(app, host, nomad.phone);
    expect(visit).toMatchObject({ bookingId, part: 'MORNING', halfDays: 1 });
  });

  it('comes too early more than half an hour before it starts', async () => {
    const nomad = await makeNomad(app, scene);
    await book(nomad, 'AFTERNOON');
    expect(await showAt(app, host, nomad.phone)).toMatchObject({
      state: 'REFUSED',
      reason: 'too_early',
      refusal: null,
    });
    clock().travelTo('2026-12-01T11:30:00Z');
    expect(await showAt(app, host, nomad.phone)).toMatchObject({ state: 'ACCEPTED' });
  });
});

describe('coming back', () => {
  it('to the same space on the same day is free: the same visit, no other booking', async () => {
    const nomad = await makeNomad(app, scene);
    const first = await showAt(app, host, nomad.phone);
    const out = await checkOut(app, host, first.visit.id).expect(200);
    expect(out.body).toMatchObject({ state: 'COMPLETED', completedAt: MORNING });
    later(15);
    const second = await showAt(app, host, nomad.phone);
    expect(second).toMatchObject({ state: 'ACCEPTED', visit: { id: first.visit.id } });
    const own = await nomad.agent.get('/v1/visits').expect(200);
    expect(own.body.items).toHaveLength(1);
    expect(own.body.items[0]).toMatchObject({ state: 'ACTIVE', completedAt: null, guest: null });
    expect((await nomad.agent.get('/v1/bookings').expect(200)).body.items).toHaveLength(1);
  });

  it('to another space takes a further half-day, and never more than a day in all', async () => {
    const nomad = await makeNomad(app, scene);
    const { second, third } = scene;
    const morning = await showAt(app, host, nomad.phone, 'MORNING');
    await checkOut(app, host, morning.visit.id).expect(200);
    const further = await showAt(app, second, nomad.phone, 'DAY');
    expect(further.visit).toMatchObject({ part: 'MORNING', halfDays: 1 });
    await checkOut(app, second, further.visit.id).expect(200);
    expect(await showAt(app, third, nomad.phone)).toMatchObject({
      state: 'REFUSED',
      reason: 'already_used_today',
    });
  });
});

describe('the same scan', () => {
  it('sent again gets the same answer and makes nothing new, accepted or refused', async () => {
    const nomad = await makeNomad(app, scene);
    const code = await codeOf(app, nomad.phone, host.id);
    const scan = { id: newId(), spaceId: host.id, code, scannedAt: MORNING };
    const first = await scanAt(app, host, scan).expect(200);
    later(600);
    const again = await scanAt(app, host, scan).expect(200);
    expect(again.body).toEqual(first.body);
    const refused = { id: newId(), spaceId: host.id, code, scannedAt: MORNING };
    const no = await scanAt(app, host, refused).expect(200);
    expect(no.body.reason).toBe('expired_code');
    later(600);
    expect((await scanAt(app, host, refused).expect(200)).body).toEqual(no.body);
    expect((await nomad.agent.get('/v1/visits').expect(200)).body.items).toHaveLength(1);
  });

  it('with another body is another scan: request.id_reused', async () => {
    const id = newId();
    await scanAt(app, host, { id, spaceId: host.id, code: 'ESC1:A' }).expect(200);
    const { body } = await scanAt(app, host, { id, spaceId: host.id, code: 'ESC1:B' }).expect(409);
    expect(body.code).toBe('request.id_reused');
    const foreign = await makeStranger();
    const elsewhere = await scanAt(app, foreign, { id, spaceId: foreign.id, code: 'ESC1:A' }).expect(409);
    expect(elsewhere.body.code).toBe('request.id_reused');
  });
});

describe('who may scan', () => {
  it("a device at its own door, and staff of the space's operator; nobody else", async () => {
    const body = { spaceId: host.id, code: 'x', scannedAt: MORNING };
    await host.staff.put(`/v1/scans/${newId()}`).send(body).expect(200);
    const other = await scanAt(app, home, { spaceId: host.id, code: 'x' }).expect(403);
    expect(other.body.code).toBe('access.denied');
    const nomad = await makePerson(app);
    for (const agent of [home.staff, nomad.agent]) {
      const refused = await agent.put(`/v1/scans/${newId()}`).send(body).expect(403);
      expect(refused.body.code).toBe('access.denied');
    }
    const nobody = await http().put(`/v1/scans/${newId()}`).send(body).expect(401);
    expect(nobody.body.code).toBe('access.unauthenticated');
    const nowhere = await scanAt(app, host, { spaceId: newId(), code: 'x' }).expect(404);
    expect(nowhere.body.code).toBe('space.not_found');
  });

  it('and a request that is none is refused at the edge', async () => {
    const wrong = { spaceId: host.id, code: '', scannedAt: 'yesterday', part: 'NIGHT', mood: 'good' };
    const { body } = await host.staff.put(`/v1/scans/${newId()}`).send(wrong).expect(422);
    expect(body.code).toBe('request.invalid');
    await host.staff.get(`/v1/visits?spaceId=${host.id}`).expect(422);
  });
});
