/**
 * Proves codes that are read out where no camera can see.
 * Promise: they let their guest in at the door they were made for, for a minute or so and once; nothing else does.
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { ANY_SPACE } from '../../src/kernel/pass-code/esc1.js';
import { spaceTag } from '../../src/kernel/pass-code/space-tag.js';
import { importTypedKey, showTyped } from '../../src/kernel/pass-code/typed-code.js';
import { Temporal } from '../../src/kernel/time.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import {
  makeNomad,
  makeScene,
  scanAt,
  uploadAt,
  type Door,
  type Nomad,
  type Scene,
} from '../support/make-checkin.js';

const MORNING = '2026-12-01T08:10:00Z';
const DAY = '2026-12-01';
let app: NestFastifyApplication;
let scene: Scene;
let nomad: Nomad;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  scene = await makeScene(app);
});
beforeEach(async () => {
  app.get<TestClock>(Clock).travelTo(MORNING);
  nomad = await makeNomad(app, scene);
});
afterAll(() => app.close());

/** As the phone makes it; `spaceId` null for any door that has a network. */
async function typedAt({ phone }: Nomad, spaceId: string | null, moment = MORNING): Promise<string> {
  const { typedKey, credentialId } = phone;
  return showTyped(await importTypedKey(Buffer.from(typedKey, 'base64url')), {
    credentialId: Buffer.from(credentialId, 'base64url'),
    now: Temporal.Instant.from(moment).epochMilliseconds / 1000,
    spaceTag: spaceId ? await spaceTag(spaceId) : ANY_SPACE,
  });
}

const scan = async (door: Door, code: string) =>
  (await scanAt(app, door, { spaceId: door.id, code }).expect(200)).body;

describe('a code that is read out', () => {
  it('lets its guest in, with the host as the one who looked: class C', async () => {
    const answer = await scan(scene.host, await typedAt(nomad, scene.host.id));
    expect(answer).toMatchObject({ state: 'ACCEPTED', evidence: 'C', guest: { firstName: 'Inès' } });
  });

  it('is good at any door with a network when it was made for any', async () => {
    expect(await scan(scene.second, await typedAt(nomad, null))).toMatchObject({ state: 'ACCEPTED' });
  });

  it('opens no other door, and nothing when it is older than two half-minutes', async () => {
    expect(await scan(scene.second, await typedAt(nomad, scene.host.id))).toMatchObject({
      state: 'REFUSED',
      reason: 'unknown_token',
    });
    const old = await typedAt(nomad, scene.host.id, '2026-12-01T08:08:00Z');
    expect(await scan(scene.host, old)).toMatchObject({ state: 'REFUSED', reason: 'unknown_token' });
  });

  it('counts once, and not for a pass that was withdrawn', async () => {
    const code = await typedAt(nomad, scene.host.id);
    await scan(scene.host, code);
    expect(await scan(scene.host, code)).toMatchObject({ state: 'REFUSED', reason: 'replayed_code' });
    const other = await makeNomad(app, scene);
    await scene.admin.put(`/v1/passes/${other.passId}/revocation`).send({ reason: 'lost' }).expect(200);
    expect(await scan(scene.host, await typedAt(other, scene.host.id))).toMatchObject({
      state: 'REFUSED',
      reason: 'revoked',
    });
  });

  it('that a tablet took alone is told later, and judged at its own moment', async () => {
    const code = await typedAt(nomad, scene.host.id);
    app.get<TestClock>(Clock).travelTo('2026-12-01T11:00:00Z');
    const told = { code, scannedAt: MORNING, verdict: 'COME_IN' as const };
    expect((await uploadAt(app, scene.host, told).expect(200)).body).toMatchObject({
      state: 'CONFIRMED',
      evidence: 'C',
      visit: { startedAt: MORNING },
    });
  });

  it('can be checked by the tablet for guests on its list, with keys for this door alone', async () => {
    const wish = { poolId: scene.host.pools[0]!.id, day: DAY, part: 'DAY' };
    await nomad.agent.put(`/v1/bookings/${newId()}`).send(wish).expect(200);
    const { body } = await scene.host.staff
      .get(`/v1/spaces/${scene.host.id}/day-package?day=${DAY}`)
      .expect(200);
    const payload = JSON.parse(Buffer.from(body.signed.split('.')[1], 'base64url').toString());
    const [handle] = (await typedAt(nomad, scene.host.id)).split(' ');
    const own = payload.bookings.flatMap(({ typed }: { typed: object[] }) => typed);
    expect(own).toContainEqual(expect.objectContaining({ handle, until: nomad.phone.expiresAt }));
    expect(JSON.stringify(payload)).not.toContain(nomad.phone.typedKey);
  });
});
