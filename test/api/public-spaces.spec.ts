import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { EMPTY_PROFILE } from '../../src/directory/profile.rules.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import { makeNetwork, makeSpace, MARSEILLE } from '../support/make-directory.js';
import { makeDevice } from '../support/make-identity.js';

const told = {
  gettingIn: { ...EMPTY_PROFILE.gettingIn, door: 'The blue door', contactName: 'Camille' },
  accessibility: {
    ...EMPTY_PROFILE.accessibility,
    stepFree: { value: 'yes', checkedOn: '2026-05-04' },
    toilet: { value: 'no', checkedOn: null },
    doorWidthCm: { value: 82, checkedOn: '2026-05-04' },
  },
  amenities: ['coffee', 'phone_booth'],
  languages: ['fr', 'ar-TN'],
  wifi: { mbps: 300, measuredOn: '2026-05-04' },
  houseRules: 'Calls in the booths.\nDishes in the machine.',
} as const;

let app: NestFastifyApplication;
let network: Awaited<ReturnType<typeof makeNetwork>>;
let other: Awaited<ReturnType<typeof makeNetwork>>;
let space: Awaited<ReturnType<typeof makeSpace>>;
let quiet: Awaited<ReturnType<typeof makeSpace>>;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  app.get<TestClock>(Clock).travelTo('2026-06-01T07:00:00Z'); // a Monday
  network = await makeNetwork(app);
  other = await makeNetwork(app, { name: 'Tunis', country: 'TN', unit: 'TND' });
  space = await makeSpace(app, { networkId: network.id });
  const aix = { name: 'La Rotonde', city: 'Aix', lat: 43.5263, lon: 5.4454, openingHours: 'Sa 10:00-16:00' };
  quiet = await makeSpace(app, { networkId: network.id, ...aix });
  await put({}).expect(200);
});
afterAll(() => app.close());

const put = (more: object) => space.manager.put(`/v1/spaces/${space.id}/profile`).send({ ...told, ...more });
const ids = async (query: string): Promise<string[]> => {
  const { body } = await request(app.getHttpServer()).get(`/v1/spaces?${query}`).expect(200);
  return body.items.map(({ id }: { id: string }) => id);
};

describe('a space', () => {
  it('is there for strangers, with its days', async () => {
    const stranger = request(app.getHttpServer());
    const { body: view } = await stranger.get(`/v1/spaces/${space.id}`).expect(200);
    expect(view).toEqual((await space.manager.get(`/v1/spaces/${space.id}`)).body);
    await stranger.get(`/v1/spaces/${space.id}/days?from=2026-05-01`).expect(200);
  });

  it('that is hidden is there for its own network and its own doors only', async () => {
    const hidden = await makeSpace(app, { networkId: network.id, visibility: 'hidden' });
    const { token } = await makeDevice(app, { organisationId: hidden.operatorId, spaceId: hidden.id });
    for (const path of [`/v1/spaces/${hidden.id}`, `/v1/spaces/${hidden.id}/days?from=2026-05-01`]) {
      const asked = () => request(app.getHttpServer()).get(path);
      await hidden.manager.get(path).expect(200);
      await asked().set('authorization', `Bearer ${token}`).expect(200);
      expect((await other.admin.get(path).expect(404)).body.code).toBe('space.not_found');
      expect((await asked().expect(404)).body.code).toBe('space.not_found');
      await asked().set('cookie', 'escale_session=ended').expect(404);
      const dead = await asked().set('authorization', 'Bearer esd_dead').expect(401);
      expect(dead.body.code).toBe('access.unauthenticated');
    }
    const { body: page } = await request(app.getHttpServer()).get('/v1/spaces?limit=100').expect(200);
    expect(page.items.map(({ id }: { id: string }) => id)).not.toContain(hidden.id);
  });
});

describe('a profile', () => {
  it('is shown to everybody as it was told, with what is missing', async () => {
    const { body } = await request(app.getHttpServer()).get(`/v1/spaces/${space.id}`).expect(200);
    expect(body.profile).toEqual(told);
    // told: door, contact name, step-free, door width, amenities, languages, wifi, rules: 8 of 16
    expect(body.completeness).toBe(50);
    expect(body.missing).toContain('accessibility.toilet'); // nobody said when that was checked
    expect(body.missing).toHaveLength(8);
  });

  it('is replaced as a whole, and the same again changes nothing', async () => {
    const { body } = await put({ wifi: null }).expect(200);
    expect(body.profile.wifi).toBeNull();
    expect((await put({}).expect(200)).body).toEqual((await put({}).expect(200)).body);
  });

  it('survives a change of the space itself', async () => {
    const { body } = await space.manager
      .put(`/v1/spaces/${space.id}`)
      .send({ operatorId: space.operatorId, ...MARSEILLE })
      .expect(200);
    expect(body.profile).toEqual(told);
  });

  it('is written by those who may write the space', async () => {
    const write = (agent: typeof other.admin) => agent.put(`/v1/spaces/${space.id}/profile`).send(told);
    expect((await write(other.admin).expect(404)).body.code).toBe('space.not_found');
    expect((await write(quiet.manager).expect(403)).body.code).toBe('access.denied');
    const stranger = request(app.getHttpServer()).put(`/v1/spaces/${space.id}/profile`).send(told);
    expect((await stranger.expect(401)).body.code).toBe('access.unauthenticated');
  });

  it.each<[string, object, string]>([
    ['markup', { houseRules: 'No <b>calls</b>' }, '/houseRules'],
    ['a control character', { gettingIn: { ...told.gettingIn, door: 'Blue\u0007' } }, '/gettingIn/door'],
    [
      'a second line where one is asked',
      { gettingIn: { ...told.gettingIn, bell: 'a\nb' } },
      '/gettingIn/bell',
    ],
    ['an empty line', { gettingIn: { ...told.gettingIn, floor: ' ' } }, '/gettingIn/floor'],
    ['overlong rules', { houseRules: 'x'.repeat(2001) }, '/houseRules'],
    ['an amenity of its own', { amenities: ['pool'] }, '/amenities/0'],
    ['an amenity twice', { amenities: ['coffee', 'coffee'] }, '/amenities'],
    ['a language in words', { languages: ['french'] }, '/languages/0'],
    ['a language twice', { languages: ['fr', 'fr'] }, '/languages'],
    ['wifi nobody measured', { wifi: { mbps: 300 } }, '/wifi/measuredOn'],
    ['a day that does not exist', { wifi: { mbps: 300, measuredOn: '2026-02-30' } }, '/wifi/measuredOn'],
    [
      'a fact that is neither',
      { accessibility: { ...told.accessibility, lift: { value: 'perhaps', checkedOn: null } } },
      '/accessibility/lift/value',
    ],
  ])('is refused with %s', async (_what, wrong, pointer) => {
    const { body } = await put(wrong).expect(422);
    expect(body.code).toBe('request.invalid');
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });
});

describe('the list of spaces', () => {
  it('says what a card shows: amenities, languages, steps, and today', async () => {
    const { body } = await request(app.getHttpServer()).get('/v1/spaces').expect(200);
    expect(body.items[0]).toMatchObject({
      id: space.id,
      amenities: told.amenities,
      languages: told.languages,
      stepFree: 'yes',
      today: { intervals: [{ from: '09:00', until: '18:00' }], closedBecause: null },
    });
    expect(body.items[1]).toMatchObject({
      id: quiet.id,
      amenities: [],
      languages: [],
      stepFree: null,
      today: { intervals: [], closedBecause: 'weekly' },
    });
    expect(body.items[0]).not.toHaveProperty('profile');
  });

  it.each([
    ['stepFree=yes', 1],
    ['stepFree=no', 0],
    ['amenity=coffee', 1],
    ['amenity=coffee&amenity=phone_booth', 1],
    ['amenity=coffee&amenity=shower', 0],
    ['language=ar', 1],
    ['language=ar-TN', 1],
    ['language=a', 422],
    ['amenity=pool', 422],
    ['q=vieux', 1],
    ['near=43.2951,5.3739&kilometres=5', 1],
    ['near=43.2951,5.3739&kilometres=50', 2],
    ['near=43.2951,5.3739&kilometres=50&stepFree=yes&amenity=coffee&language=fr&openOn=2026-06-01', 1],
  ])('%s', async (query, outcome) => {
    const answer = await request(app.getHttpServer()).get(`/v1/spaces?${query}`);
    if (outcome === 422) expect(answer.body.code).toBe('request.invalid');
    else expect(answer.body.items).toHaveLength(outcome);
  });

  it('of a day holds what is open on it, exceptions counted in, page by page', async () => {
    expect(await ids('openOn=2026-06-01')).toEqual([space.id]);
    expect(await ids('openOn=2026-06-06')).toEqual([quiet.id]); // a Saturday
    expect(await ids('openOn=2026-07-14')).toEqual([]); // a Tuesday, and a holiday in France
    const exception = { spaceId: quiet.id, day: '2026-06-02', openingHours: '10:00-12:00', reason: 'Fair' };
    await quiet.manager
      .put('/v1/hour-exceptions/01980000-0000-7000-8000-000000000001')
      .send(exception)
      .expect(200);
    const first = await request(app.getHttpServer()).get('/v1/spaces?openOn=2026-06-02&limit=1').expect(200);
    expect(first.body.items.map(({ id }: { id: string }) => id)).toEqual([space.id]);
    expect(await ids(`openOn=2026-06-02&limit=1&after=${first.body.next}`)).toEqual([quiet.id]);
  });
});
