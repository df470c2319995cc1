/**
 * Proves what a tablet takes into a day without a network.
 * Promise: it is signed by the space's network, names nobody, knows who is expected and who is withdrawn, and is not sent twice.
 */
import { createPublicKey, verify } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { DayPackage } from '../../src/checkin/day-package.schema.js';
import { newId } from '../../src/kernel/ids.js';
import { bearerHash } from '../../src/kernel/pass-code/bearer.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import { makeNomad, makeScene, showAt, type Door, type Nomad, type Scene } from '../support/make-checkin.js';

const MORNING = '2026-12-01T08:00:00Z';
const DAY = '2026-12-01';

let app: NestFastifyApplication;
let scene: Scene;
let host: Door;
const clock = () => app.get<TestClock>(Clock);

function ask(door: { token: string }, spaceId: string, { day, tag }: { day?: string; tag?: string } = {}) {
  const asked = request(app.getHttpServer())
    .get(`/v1/spaces/${spaceId}/day-package${day ? `?day=${day}` : ''}`)
    .set('authorization', `Bearer ${door.token}`);
  return tag ? asked.set('if-none-match', tag) : asked;
}

const part = (jws: string, at: number) =>
  JSON.parse(Buffer.from(jws.split('.')[at]!, 'base64url').toString());

async function contents(door = host): Promise<DayPackage> {
  const { body } = await ask(door, door.id).expect(200);
  return DayPackage.parse(part(body.signed, 1));
}

async function hashesOf({ phone }: Nomad, spaceId = host.id): Promise<string[]> {
  const shown = [phone.holder.holderKey.raw, phone.credentialId];
  const at = { spaceId, day: DAY };
  return Promise.all(shown.map((text) => bearerHash(at, new Uint8Array(Buffer.from(text, 'base64url')))));
}

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  scene = await makeScene(app);
  host = scene.host;
});
beforeEach(() => clock().travelTo(MORNING));
afterAll(() => app.close());

describe('the day package', () => {
  it('is signed by the network of the space, under a type of its own', async () => {
    await makeNomad(app, scene);
    const { body } = await ask(host, host.id).expect(200);
    const [head, payload, signature] = body.signed.split('.');
    const { kid, ...header } = part(body.signed, 0);
    expect(header).toEqual({ alg: 'EdDSA', typ: 'escale-day+jwt' });
    const list = await request(app.getHttpServer()).get('/v1/trust-list').expect(200);
    const { keys } = list.body.issuers.find(
      ({ networkId }: { networkId: string }) => networkId === scene.networkId,
    );
    const key = keys.find((one: { kid: string }) => one.kid === kid);
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.raw };
    const isGenuine = (text: string) =>
      verify(
        null,
        Buffer.from(text),
        createPublicKey({ key: jwk, format: 'jwk' }),
        Buffer.from(signature, 'base64url'),
      );
    expect(isGenuine(`${head}.${payload}`)).toBe(true);
    expect(isGenuine(`${head}.${payload.slice(0, -2)}AA`)).toBe(false);
  });

  it('knows guests who are expected and guests who are inside by hashes alone', async () => {
    const expected = await makeNomad(app, scene);
    const inside = await makeNomad(app, scene);
    const wish = { poolId: host.pools[0]!.id, day: DAY, part: 'MORNING' };
    await expected.agent.put(`/v1/bookings/${newId()}`).send(wish).expect(200);
    await showAt(app, host, inside.phone);
    const made = await contents();
    const booked = made.bookings.find(({ part: half }) => half === 'MORNING')!;
    expect(booked).toMatchObject({ startsAt: '2026-12-01T08:00:00Z', endsAt: '2026-12-01T12:00:00Z' });
    expect(booked.bearers.toSorted()).toEqual((await hashesOf(expected)).toSorted());
    expect(made.inside).toEqual(expect.arrayContaining(await hashesOf(inside)));
    const text = JSON.stringify(made);
    for (const { id, passId, phone } of [expected, inside]) {
      for (const told of [id, passId, phone.credentialId, phone.holder.holderKey.raw, 'Inès', 'Trabelsi'])
        expect(text).not.toContain(told);
    }
    const [there] = await hashesOf(expected, scene.second.id);
    expect(text).not.toContain(there); // another door's list names the same guest otherwise
  });

  it('says when the space is open, until when it may be used, and for how long without a booking', async () => {
    expect(await contents()).toMatchObject({
      day: DAY,
      timeZone: 'Europe/Paris',
      halfDayBoundary: '13:00:00',
      hours: [{ from: '09:00:00', until: '18:00:00' }],
      closedBecause: null,
      issuedAt: MORNING,
      bookedOnlyFrom: '2026-12-02T08:00:00Z',
      uselessFrom: '2026-12-04T08:00:00Z',
    });
  });

  it('marks what was withdrawn', async () => {
    const nomad = await makeNomad(app, scene);
    const bits = async () => {
      const { issuers } = await contents();
      const own = issuers.map(({ withdrawn }) => inflateSync(Buffer.from(withdrawn, 'base64url')));
      return own.reduce((sum, bytes) => sum + bytes.reduce((ones, byte) => ones + onesIn(byte), 0), 0);
    };
    const before = await bits();
    await scene.admin.put(`/v1/passes/${nomad.passId}/revocation`).send({ reason: 'lost' }).expect(200);
    expect(await bits()).toBe(before + 1);
  });

  it('is not sent again while nothing in it has changed', async () => {
    const first = await ask(host, host.id).expect(200);
    const tag = first.headers['etag']!;
    clock().travelTo('2026-12-01T08:10:00Z');
    const again = await ask(host, host.id, { tag }).expect(304);
    expect(again.text).toBe('');
    const { agent } = await makeNomad(app, scene);
    const wish = { poolId: host.pools[0]!.id, day: DAY, part: 'DAY' };
    await agent.put(`/v1/bookings/${newId()}`).send(wish).expect(200);
    const changed = await ask(host, host.id, { tag }).expect(200);
    expect(changed.headers['etag']).not.toBe(tag);
  });

  it('is made for today and tomorrow of the space, for its own door and its own staff', async () => {
    await ask(host, host.id, { day: '2026-12-02' }).expect(200);
    for (const day of ['2026-11-30', '2026-12-03']) {
      const { body } = await ask(host, host.id, { day }).expect(422);
      expect(body.code).toBe('day_package.day_out_of_reach');
    }
    await host.staff.get(`/v1/spaces/${host.id}/day-package`).expect(200);
    const other = await ask(scene.second, host.id).expect(403);
    expect(other.body.code).toBe('access.denied');
    await (await makeNomad(app, scene)).agent.get(`/v1/spaces/${host.id}/day-package`).expect(403);
  });
});

function onesIn(byte: number): number {
  return byte.toString(2).replaceAll('0', '').length;
}
