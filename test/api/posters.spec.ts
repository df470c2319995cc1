import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import jsqr from 'jsqr';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { makePoster, readPoster } from '../../src/kernel/pass-code/poster.js';
import { testKey } from '../../src/kernel/pass-code/vector-parts.js';
import { verifyWithWebCrypto } from '../../src/kernel/pass-code/web-crypto.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import {
  codeOf,
  makeNomad,
  makeScene,
  showAt,
  type Door,
  type Nomad,
  type Scene,
} from '../support/make-checkin.js';

const MORNING = '2026-12-01T08:00:00Z';

let app: NestFastifyApplication;
let scene: Scene;
let host: Door;
let poster: string;
const clock = () => app.get<TestClock>(Clock);
const later = (seconds: number) => clock().travelTo(clock().now().add({ seconds }).toString());

async function hang(door: Door = host): Promise<string> {
  const { body } = await door.manager.put(`/v1/posters/${newId()}`).send({ spaceId: door.id }).expect(200);
  return body.code;
}

const checkIn = (nomad: Nomad, body: object, id = newId()) =>
  nomad.agent.put(`/v1/self-check-ins/${id}`).send({ poster, scannedAt: MORNING, ...body });

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  scene = await makeScene(app);
  ({ host } = scene);
});
beforeEach(async () => {
  clock().travelTo(MORNING);
  poster = await hang();
});
afterAll(() => app.close());

describe('the poster of a space, scanned by a guest', () => {
  it('lets them in with the code that their phone signs for that space: evidence class A', async () => {
    const nomad = await makeNomad(app, scene);
    const id = newId();
    const code = await codeOf(app, nomad.phone, host.id);
    const { body } = await checkIn(nomad, { code }, id).expect(200);
    expect(body).toMatchObject({ state: 'ACCEPTED', spaceId: host.id, evidence: 'A' });
    later(60);
    expect((await checkIn(nomad, { code }, id).expect(200)).body).toEqual(body);
    const { body: list } = await host.staff.get(`/v1/visits?spaceId=${host.id}&day=2026-12-01`).expect(200);
    expect(list.items.at(-1)).toMatchObject({
      id: body.visit.id,
      guest: { firstName: 'Inès' },
      state: 'ACTIVE',
    });
    const twice = await showAt(app, host, nomad.phone);
    expect(twice).toMatchObject({ state: 'REFUSED', reason: 'already_in' });
  });

  it('lets them in on their sign-in alone: evidence class C', async () => {
    const nomad = await makeNomad(app, scene);
    const { body } = await checkIn(nomad, { part: 'MORNING' }).expect(200);
    expect(body).toMatchObject({ state: 'ACCEPTED', evidence: 'C', visit: { part: 'MORNING' } });
  });

  it("does not let them in on somebody else's code, nor on one for another space", async () => {
    const [nomad, other] = [await makeNomad(app, scene), await makeNomad(app, scene)];
    const stolen = await checkIn(nomad, { code: await codeOf(app, other.phone, host.id) }).expect(200);
    expect(stolen.body).toMatchObject({ state: 'REFUSED', reason: 'unknown_token' });
    const elsewhere = await checkIn(nomad, { code: await codeOf(app, nomad.phone, scene.home.id) }).expect(
      200,
    );
    expect(elsewhere.body).toMatchObject({ state: 'REFUSED', reason: 'wrong_space' });
  });

  it('is refused when it is forged, bent, or no poster at all: poster.refused', async () => {
    const nomad = await makeNomad(app, scene);
    const forged = await makePoster({ spaceId: host.id, posterId: newId() }, testKey(9).sign);
    const bent = poster.slice(0, -1) + (poster.endsWith('0') ? '1' : '0');
    for (const text of [forged, bent, 'https://example.org/sign-in', 'ESCD:', 'ESC1:QED8WEX0', 'ESCD:äö']) {
      const { body } = await checkIn(nomad, { poster: text }).expect(422);
      expect(body.code).toBe('poster.refused');
    }
  });

  it('counts no more once another one hangs there: poster.replaced', async () => {
    const nomad = await makeNomad(app, scene);
    const old = poster;
    later(1);
    await hang();
    const { body } = await checkIn(nomad, { poster: old }).expect(410);
    expect(body.code).toBe('poster.replaced');
  });

  it('is for people, and its making for managers', async () => {
    const body = { poster, scannedAt: MORNING };
    const nobody = await request(app.getHttpServer())
      .put(`/v1/self-check-ins/${newId()}`)
      .send(body)
      .expect(401);
    expect(nobody.body.code).toBe('access.unauthenticated');
    const device = await request(app.getHttpServer())
      .put(`/v1/self-check-ins/${newId()}`)
      .set('authorization', `Bearer ${host.token}`)
      .send(body)
      .expect(403);
    expect(device.body.code).toBe('access.denied');
    const staff = await host.staff.put(`/v1/posters/${newId()}`).send({ spaceId: host.id }).expect(403);
    expect(staff.body.code).toBe('access.denied');
    const id = newId();
    await host.manager.put(`/v1/posters/${id}`).send({ spaceId: host.id }).expect(200);
    const reused = await scene.home.manager
      .put(`/v1/posters/${id}`)
      .send({ spaceId: scene.home.id })
      .expect(409);
    expect(reused.body.code).toBe('request.id_reused');
    const none = await scene.second.manager.get(`/v1/spaces/${scene.second.id}/poster`).expect(404);
    expect(none.body.code).toBe('poster.not_found');
  });

  it('can be checked by the phone with the public key, and its picture says what it should', async () => {
    later(2); // after any that hung there before
    poster = await hang();
    const { body: key } = await request(app.getHttpServer()).get('/v1/poster-key').expect(200);
    const raw = new Uint8Array(Buffer.from(key.raw, 'base64url'));
    const read = await readPoster(poster, raw, verifyWithWebCrypto as Parameters<typeof readPoster>[2]);
    expect(read).toMatchObject({ spaceId: host.id });
    expect(
      await readPoster(poster, testKey(9).raw, verifyWithWebCrypto as Parameters<typeof readPoster>[2]),
    ).toBeNull();
    expect(key.alg).toBe('EdDSA');
    const svg = await host.staff.get(`/v1/spaces/${host.id}/poster.svg`).expect(200);
    expect(readSvg((svg.body as Buffer).toString())).toBe(poster);
  });
});

/** The modules of qrcode's one path, drawn eight pixels wide and read by a decoder that is not ours. */
function readSvg(svg: string): string | undefined {
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)![1]);
  const scale = 8;
  const pixels = new Uint8ClampedArray(4 * (side * scale) ** 2).fill(255);
  const paint = (x: number, y: number) => {
    for (let dy = 0; dy < scale; dy += 1)
      for (let dx = 0; dx < scale; dx += 1)
        pixels.fill(
          0,
          4 * ((y * scale + dy) * side * scale + x * scale + dx),
          4 * ((y * scale + dy) * side * scale + x * scale + dx) + 3,
        );
  };
  let [x, y] = [0, 0];
  const path = /stroke="#000000" d="([^"]+)"/.exec(svg)![1]!;
  for (const [, kind, first, second] of path.matchAll(/([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?/g)) {
    if (kind === 'M') [x, y] = [Number(first), Number(second)];
    else if (kind === 'm') [x, y] = [x + Number(first), y + Number(second)];
    else for (let step = 0; step < Number(first); step += 1) paint(x++, Math.floor(y));
  }
  return (jsqr as unknown as typeof jsqr.default)(pixels, side * scale, side * scale)?.data;
}
