import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import {
  codeOf,
  makeBooking,
  makeHost,
  makeMember,
  makeScene,
  type Nomad,
  type Scene,
} from '../support/make-bookings.js';

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

describe('search', () => {
  const search = (body: object) => nomad.agent.post('/v1/search').send({ days: [DAY], ...body });
  const near = { lat: 43.2951, lon: 5.3739 };
  type Hit = { name: string; pools: { days: { free: Record<string, number> }[] }[] };

  it('finds spaces with a free desk, nearest first, with how many are left', async () => {
    const before = (await search({ near }).expect(200)).body.items as Hit[];
    expect(before[0]).toMatchObject({ name: 'Atelier du Vieux-Port', metres: 0 });
    expect(before.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Atelier du Vieux-Port', 'La Garrigue', 'Dar el Bhira']),
    );
    await makeBooking(nomad, { poolId: scene.host.poolId, day: DAY, part: 'MORNING' });
    const after = (await search({ near }).expect(200)).body.items as Hit[];
    const free = (hits: Hit[]) => hits[0]!.pools[0]!.days[0]!.free;
    expect(free(after)).toEqual({
      DAY: free(before)['DAY']! - 1,
      MORNING: free(before)['MORNING']! - 1,
      AFTERNOON: free(before)['AFTERNOON'],
    });
  });

  it('leaves out what is closed or full on one of the days', async () => {
    const day = '2026-12-12'; // a Saturday
    await makeBooking(nomad, { poolId: scene.tiny.poolId, day });
    const { body } = await search({ near, days: ['2026-12-11', day] }).expect(200);
    const names = body.items.map(({ name }: Hit) => name);
    expect(names).not.toContain('La Garrigue');
    expect(names).not.toContain('Zona Riu');
    expect(names[0]).toBe('Atelier du Vieux-Port');
  });

  it('on some of the days finds what is closed on others, and tells strangers the same', async () => {
    const days = ['2026-12-11', '2026-12-12']; // Friday, Saturday
    const { body } = await search({ near, days, fits: 'SOME' }).expect(200);
    const garrigue = body.items.find(({ name }: Hit) => name === 'La Garrigue') as Hit;
    expect(garrigue.pools[0]!.days.map(({ free }) => free['DAY'])).toEqual([20, 0]);
    const stranger = await request(app.getHttpServer())
      .post('/v1/search')
      .send({ near, days, fits: 'SOME' })
      .expect(200);
    expect(stranger.body).toEqual(body);
  });

  it('goes on where a page ended, and finds a space by its name', async () => {
    const first = await search({ near, limit: 1 }).expect(200);
    const second = await search({ near, limit: 1, after: first.body.next }).expect(200);
    const both = [...first.body.items, ...second.body.items].map(({ name }: Hit) => name);
    expect(both).toEqual(['Atelier du Vieux-Port', 'La Garrigue']);
    const named = await search({ spaceName: 'la garrigue', limit: 1 }).expect(200);
    expect(named.body.items[0]).toMatchObject({ name: 'La Garrigue', metres: 0 });
  });

  it('refuses a name nobody has, a page it never gave, and two origins', async () => {
    expect(await codeOf(search({ spaceName: 'Nowhere' }).expect(404))).toBe('search.space_unknown');
    expect(await codeOf(search({ near, after: 'x' }).expect(422))).toBe('request.invalid');
    expect(await codeOf(search({ near, spaceName: 'La Garrigue' }).expect(422))).toBe('request.invalid');
  });
});

describe('visit costs', () => {
  it('say for each of several spaces which entitlement would pay, what is left of it, or why nothing does', async () => {
    const elsewhere = await makeHost(app, { name: 'Psyrri Commons' }); // of a network without an agreement
    const ids = [scene.host.spaceId, scene.home.spaceId, elsewhere.spaceId];
    const asked = ids.map((id) => `spaceId=${id}`).join('&');
    const { body } = await nomad.agent.get(`/v1/visit-costs?${asked}&day=${DAY}`).expect(200);
    expect(body.items).toMatchObject([
      // Three free days at each host; at home there are none, and a day is 2 × 10.00.
      { funding: 'VISA_QUOTA', leftHalfDays: 6, guestPrice: { minor: 0 }, refusal: null },
      { funding: 'PAY_AS_YOU_GO', leftHalfDays: null, guestPrice: { unit: 'EUR', minor: 2000 } },
      { funding: null, guestPrice: null, refusal: 'booking.not_in_agreement' },
    ]);
  });
});
