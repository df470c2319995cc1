import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { showStaticCard } from '../../src/kernel/pass-code/esc1.js';
import { Db } from '../../src/platform/db.js';
import { Ledger } from '../../src/ledger/index.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import {
  checkOut,
  codeOf,
  enterSpace,
  makeNomad,
  makeScene,
  scanAt,
  showAt,
  type Door,
  type Nomad,
  type Scene,
} from '../support/make-checkin.js';
import { makePerson } from '../support/make-identity.js';

/** A Tuesday, 09:00 in Marseille, when the doors open. The half-day boundary is 13:00, closing time 18:00. */
const MORNING = '2026-12-01T08:00:00Z';

let app: NestFastifyApplication;
let scene: Scene;
let host: Door;
const clock = () => app.get<TestClock>(Clock);
const later = (seconds: number) => clock().travelTo(clock().now().add({ seconds }).toString());
const asDoor = (method: 'put' | 'post', path: string) =>
  request(app.getHttpServer())[method](path).set('authorization', `Bearer ${host.token}`);

async function book(nomad: Nomad, part = 'DAY'): Promise<string> {
  const id = newId();
  const wish = { poolId: host.pools[0]!.id, day: '2026-12-01', part };
  await nomad.agent.put(`/v1/bookings/${id}`).send(wish).expect(200);
  return id;
}

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

describe('a check-in by hand', () => {
  const byHand = (guest: object, id = newId()) =>
    asDoor('put', `/v1/hand-check-ins/${id}`).send({ spaceId: host.id, guest });
  const search = (guest: object) => asDoor('post', '/v1/guest-searches').send({ spaceId: host.id, guest });
  const emailOf = (id: string) => `${id}@example.org`;

  it('of a booking on the list lets the guest in with evidence class C, once', async () => {
    const nomad = await makeNomad(app, scene);
    const bookingId = await book(nomad);
    const id = newId();
    const { body } = await byHand({ bookingId }, id).expect(200);
    expect(body).toMatchObject({ state: 'ACCEPTED', evidence: 'C', visit: { bookingId } });
    expect((await byHand({ bookingId }, id).expect(200)).body).toEqual(body);
    expect((await byHand({ bookingId: newId() }, id).expect(404)).body.code).toBe('booking.not_found');
    expect((await byHand({ bookingId }).expect(200)).body).toMatchObject({
      state: 'REFUSED',
      reason: 'already_in',
    });
  });

  it('of a member without a booking needs the exact address, and shows first who that is', async () => {
    const nomad = await makeNomad(app, scene);
    const email = emailOf(nomad.id);
    const found = await search({ email }).expect(200);
    expect(found.body).toEqual({ firstName: 'Inès', homeSpaceName: 'Kairouan Kreativ', isInside: false });
    const { body } = await byHand({ email }).expect(200);
    expect(body).toMatchObject({
      state: 'ACCEPTED',
      evidence: 'C',
      visit: { part: 'DAY', funding: 'VISA_QUOTA' },
    });
    expect(JSON.stringify(body)).not.toContain(nomad.id);
    for (const ask of [search, byHand]) {
      const nobody = await ask({ email: 'nobody@example.org' }).expect(404);
      expect(nobody.body.code).toBe('guest.unknown');
    }
  });

  it('of a card that staff hold names its holder; another code does not', async () => {
    const nomad = await makeNomad(app, scene);
    const cardId = newId();
    await nomad.agent.put(`/v1/cards/${cardId}`).send({ passId: nomad.passId }).expect(200);
    const [card] = await ownerSql<{ credential: Buffer }>(
      'SELECT credential FROM passes.credentials WHERE id = $1',
      [cardId],
    );
    const text = showStaticCard(new Uint8Array(card!.credential));
    expect((await search({ card: text }).expect(200)).body.firstName).toBe('Inès');
    const live = await codeOf(app, nomad.phone, host.id);
    expect((await search({ card: live }).expect(404)).body.code).toBe('guest.unknown');
  });

  it('is refused with the reasons of the door, and stored', async () => {
    const nomad = await makeNomad(app, scene);
    clock().travelTo('2026-12-06T10:00:00Z'); // Sunday
    const { body } = await byHand({ email: emailOf(nomad.id) }).expect(200);
    expect(body).toMatchObject({ state: 'REFUSED', reason: 'closed_today' });
  });

  it('is for those who work there', async () => {
    const stranger = await makePerson(app);
    const body = { spaceId: host.id, guest: { email: 'a@example.org' } };
    for (const agent of [stranger.agent, scene.home.staff])
      for (const answer of [
        await agent.put(`/v1/hand-check-ins/${newId()}`).send(body).expect(403),
        await agent.post('/v1/guest-searches').send(body).expect(403),
      ])
        expect(answer.body.code).toBe('access.denied');
  });
});

describe('an override', () => {
  const staleScan = async (nomad: Nomad) => {
    const code = await codeOf(app, nomad.phone, host.id);
    later(60);
    const { body } = await scanAt(app, host, { spaceId: host.id, code }).expect(200);
    expect(body.reason).toBe('expired_code');
    return body.id as string;
  };
  const override = (scanId: string, reason = 'Known to us', id = newId()) =>
    host.manager.put(`/v1/overrides/${id}`).send({ scanId, reason });

  it('lets a refused guest in with a reason and evidence class C, and stays on the list', async () => {
    const scanId = await staleScan(await makeNomad(app, scene));
    const id = newId();
    const { body } = await override(scanId, 'Known to us', id).expect(200);
    expect(body).toMatchObject({ state: 'ACCEPTED', evidence: 'C' });
    expect((await override(scanId, 'Known to us', id).expect(200)).body).toEqual(body);
    const { body: list } = await host.manager.get(`/v1/overrides?spaceId=${host.id}`).expect(200);
    expect(list.items[0]).toMatchObject({
      refusedScanId: scanId,
      visitId: body.visit.id,
      firstName: 'Inès',
      refusedBecause: 'expired_code',
      reason: 'Known to us',
    });
    await expect(
      ownerSql('UPDATE checkin.overrides SET reason = $2 WHERE id = $1', [id, 'x']),
    ).rejects.toThrow('append-only');
    await checkOut(app, host, body.visit.id).expect(200);
    expect((await override(scanId).expect(409)).body.code).toBe('override.refused');
  });

  it('opens outside the hours for a guest who booked', async () => {
    const nomad = await makeNomad(app, scene);
    await book(nomad);
    clock().travelTo('2026-12-01T17:30:00Z'); // 18:30
    const { id, reason } = await showAt(app, host, nomad.phone);
    expect(reason).toBe('outside_hours');
    expect((await override(id).expect(200)).body.state).toBe('ACCEPTED');
  });

  it('pays for nothing, and not every refusal can be overridden: override.refused', async () => {
    const { body } = await scanAt(app, host, { spaceId: host.id, code: 'ESC1:A' });
    expect((await override(body.id).expect(409)).body.code).toBe('override.refused');
    const accepted = await enterSpace(app, {
      door: host,
      spaceId: host.id,
      phone: (await makeNomad(app, scene)).phone,
    });
    expect((await override(accepted.scanId).expect(404)).body.code).toBe('override.scan_not_found');
  });

  it('takes the right to give it, which staff and the door have not of themselves', async () => {
    const scanId = await staleScan(await makeNomad(app, scene));
    const path = `/v1/overrides/${newId()}`;
    const answers = [
      await host.staff.put(path).send({ scanId, reason: 'x' }).expect(403),
      await asDoor('put', path).send({ scanId, reason: 'x' }).expect(403),
      await scene.home.manager.put(path).send({ scanId, reason: 'x' }).expect(403),
      await host.staff.get(`/v1/overrides?spaceId=${host.id}`).expect(403),
    ];
    for (const { body } of answers) expect(body.code).toBe('access.denied');
  });
});
