import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { Directory } from '../../src/directory/index.js';
import { EMPTY_PROFILE } from '../../src/directory/profile.rules.js';
import { PROFILE_PARTS } from '../../src/directory/profile.schema.js';
import { newId } from '../../src/kernel/ids.js';
import { Temporal } from '../../src/kernel/time.js';
import { Db } from '../../src/platform/db.js';
import { namedScope } from '../../src/platform/scope.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';
import { makeHome, makeNetwork, makeSpace, MARSEILLE } from '../support/make-directory.js';
import { makeOrganisation, makePerson, type Agent } from '../support/make-identity.js';

let app: NestFastifyApplication;
let network: Awaited<ReturnType<typeof makeNetwork>>;
let other: Awaited<ReturnType<typeof makeNetwork>>;
let space: Awaited<ReturnType<typeof makeSpace>>;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  network = await makeNetwork(app, { shortId: 'comed' });
  other = await makeNetwork(app, { name: 'Tunis', country: 'TN', unit: 'TND', shortId: 'tunis' });
  space = await makeSpace(app, { networkId: network.id });
});
afterAll(() => app.close());

const body = () => ({ operatorId: space.operatorId, ...MARSEILLE });
const changes = () => ownerSql<{ name: string }>('SELECT name FROM platform.outbox ORDER BY seq');
const pointers = (answer: { body: { errors: { pointer: string }[] } }) =>
  answer.body.errors.map((error) => error.pointer);

describe('a network', () => {
  it('is listed for everybody, with its short id, currency and place in the tree', async () => {
    const { body: page } = await request(app.getHttpServer()).get('/v1/networks').expect(200);
    expect(page.items).toContainEqual({
      id: network.id,
      shortId: 'comed',
      parentId: null,
      name: 'CoMed',
      country: 'FR',
      unit: 'EUR',
      settlementProfile: 'NETTING_ALLOWED',
    });
  });

  it('keeps its short id and currency: the same request again is answered, another one is refused', async () => {
    const put = (more: object) =>
      network.admin.put(`/v1/networks/${network.id}`).send({ shortId: 'comed', unit: 'EUR', ...more });
    expect((await put({}).expect(200)).body.shortId).toBe('comed');
    expect((await put({ unit: 'CHF' }).expect(409)).body.code).toBe('request.id_reused');
  });

  it('shares its short id with nobody', async () => {
    const { id } = await makeOrganisation(app, { kind: 'network' });
    const { agent } = await makePerson(app, { grants: [{ organisationId: id, role: 'network_admin' }] });
    const answer = await agent.put(`/v1/networks/${id}`).send({ shortId: 'comed', unit: 'EUR' }).expect(409);
    expect(answer.body.code).toBe('network.short_id_taken');
  });

  it('is administered by its own administrators only', async () => {
    const wanted = { shortId: 'comed', unit: 'EUR' };
    const answer = await other.admin.put(`/v1/networks/${network.id}`).send(wanted).expect(403);
    expect(answer.body.code).toBe('access.denied');
  });

  it('that does not exist is not found', async () => {
    const { body: answer } = await request(app.getHttpServer()).get(`/v1/networks/${newId()}`).expect(404);
    expect(answer.code).toBe('network.not_found');
  });

  it.each([['USD'], ['HALF_DAY']])('does not reckon in %s', async (unit) => {
    const answer = await network.admin.put(`/v1/networks/${network.id}`).send({ shortId: 'comed', unit });
    expect([answer.status, pointers(answer)]).toEqual([422, ['/unit']]);
  });

  it('is a chain to its root', async () => {
    const chapter = await makeNetwork(app, { parentId: network.id });
    const chain = await read((directory, on) => directory.networkChain(on, chapter.id));
    expect(chain).toEqual([chapter.id, network.id]);
  });
});

describe('a space', () => {
  it('answers with everything said about it, and its pools', async () => {
    const { body: view } = await space.manager.get(`/v1/spaces/${space.id}`).expect(200);
    const { settlementProfile: _profile, ...fields } = body();
    expect(view).toEqual({
      id: space.id,
      networkId: network.id,
      ...fields,
      pools: [expect.objectContaining({ id: space.pools[0]!.id, resourceKind: 'hot_desk', capacity: 10 })],
      profile: EMPTY_PROFILE,
      hostingStop: null,
      completeness: 0,
      missing: PROFILE_PARTS,
    });
  });

  it('is a party under its own id', async () => {
    const party = await read((directory, on) => directory.party(on, space.id));
    expect(party).toMatchObject({ kind: 'space', networkId: network.id, unit: 'EUR' });
  });

  it('announces its hours when they change, and only then', async () => {
    const put = (openingHours: string) =>
      space.manager
        .put(`/v1/spaces/${space.id}`)
        .send({ ...body(), openingHours })
        .expect(200);
    const before = (await changes()).length;
    await put('Mo-Fr 09:00-18:00');
    expect(await changes()).toHaveLength(before);
    await put('Mo-Fr 08:00-20:00');
    expect((await changes()).slice(before)).toEqual([{ name: 'directory.space_hours_changed.v1' }]);
    await put('Mo-Fr 09:00-18:00');
  });

  it.each<[string, object, string]>([
    ['an unknown zone', { timeZone: 'Europe/Atlantis' }, '/timeZone'],
    ['an offset for a zone', { timeZone: '+02:00' }, '/timeZone'],
    ['an unknown currency', { unit: 'USD' }, '/unit'],
    ['hours in words', { openingHours: 'du lundi au vendredi' }, '/openingHours'],
    ['hours that depend on a calendar', { openingHours: 'Mo-Fr 09:00-18:00; PH off' }, '/openingHours'],
    ['a time that does not exist', { halfDayBoundary: '25:00' }, '/halfDayBoundary'],
    ['a place not on Earth', { lat: 91 }, '/lat'],
    ['an unknown key', { coffee: true }, ''],
  ])('is refused at the edge with %s', async (_what, wrong, pointer) => {
    const answer = await space.manager
      .put(`/v1/spaces/${newId()}`)
      .send({ ...body(), ...wrong })
      .expect(422);
    expect(answer.body.code).toBe('request.invalid');
    expect(pointers(answer)).toEqual([pointer]);
  });

  it('stays with its operator', async () => {
    const { id: operatorId } = await makeOrganisation(app, { kind: 'operator', parentId: network.id });
    const answer = await network.admin
      .put(`/v1/spaces/${space.id}`)
      .send({ ...body(), operatorId })
      .expect(409);
    expect(answer.body.code).toBe('request.id_reused');
  });

  it('of another network is not there to be changed; a colleague of the same network lacks the permission', async () => {
    const far = await other.admin.put(`/v1/spaces/${space.id}`).send(body()).expect(404);
    expect(far.body.code).toBe('space.not_found');
    const neighbour = await makeSpace(app, { networkId: network.id });
    const near = await neighbour.manager.put(`/v1/spaces/${space.id}`).send(body()).expect(403);
    expect(near.body.code).toBe('access.denied');
  });
});

describe('a desk pool', () => {
  const put = (agent: Agent, id: string, more: object = {}) =>
    agent.put(`/v1/pools/${id}`).send({
      spaceId: space.id,
      resourceKind: 'hot_desk',
      name: 'Hot desks',
      capacity: 10,
      ...more,
    });

  it('announces a new capacity, not a repeat', async () => {
    const id = newId();
    const before = (await changes()).length;
    await put(space.manager, id).expect(200);
    await put(space.manager, id).expect(200);
    await put(space.manager, id, { capacity: 12 }).expect(200);
    const announced = Array.from({ length: 2 }, () => ({ name: 'directory.pool_changed.v1' }));
    expect((await changes()).slice(before)).toEqual(announced);
  });

  it('keeps its resource kind', async () => {
    const id = space.pools[0]!.id;
    const answer = await put(space.manager, id, { resourceKind: 'meeting_room' }).expect(409);
    expect(answer.body.code).toBe('request.id_reused');
  });

  it('of another network is not there', async () => {
    await put(other.admin, newId()).expect(404);
    await expect(read((directory, on) => directory.pool(on, newId()))).rejects.toThrow('pool.not_found');
    await expect(read((directory, on) => directory.party(on, newId()))).rejects.toThrow('party.not_found');
  });
});

describe('the days of a space', () => {
  const days = async (query: string) =>
    (await request(app.getHttpServer()).get(`/v1/spaces/${space.id}/days?${query}`).expect(200)).body.items;

  it('know weekends and public holidays', async () => {
    // 2026-05-01 is a Friday, and Labour Day in France
    const items = await days('from=2026-05-01&days=4');
    expect(items.map((day: { closedBecause: string }) => day.closedBecause)).toEqual([
      'holiday',
      'weekly',
      'weekly',
      null,
    ]);
    expect(items[3].intervals).toEqual([{ from: '09:00', until: '18:00' }]);
  });

  it('follow an exception until it is removed, and a day has one at most', async () => {
    const id = newId();
    const put = (exceptionId: string, openingHours: string | null) =>
      space.manager
        .put(`/v1/hour-exceptions/${exceptionId}`)
        .send({ spaceId: space.id, day: '2026-06-01', openingHours, reason: 'Inventory' });
    await put(id, null).expect(200);
    expect((await days('from=2026-06-01&days=1'))[0].closedBecause).toBe('exception');
    await put(id, '10:00-12:00').expect(200);
    expect((await days('from=2026-06-01&days=1'))[0].intervals).toEqual([{ from: '10:00', until: '12:00' }]);
    expect((await put(newId(), null).expect(409)).body.code).toBe('hour_exception.day_taken');
    expect(pointers(await put(id, 'when the sun shines').expect(422))).toEqual(['/openingHours']);
    const listed = await space.manager.get(`/v1/spaces/${space.id}/hour-exceptions`).expect(200);
    const exception = { id, spaceId: space.id, day: '2026-06-01', openingHours: '10:00-12:00' };
    expect(listed.body).toEqual({ items: [{ ...exception, reason: 'Inventory' }], next: null });
    const rest = await space.manager
      .get(`/v1/spaces/${space.id}/hour-exceptions?after=2026-06-01`)
      .expect(200);
    expect(rest.body.items).toEqual([]);
    await other.admin.get(`/v1/spaces/${space.id}/hour-exceptions`).expect(404);
    await other.admin.delete(`/v1/hour-exceptions/${id}`).expect(404);
    await space.manager.delete(`/v1/hour-exceptions/${id}`).expect(204);
    await space.manager.delete(`/v1/hour-exceptions/${id}`).expect(204);
    expect((await days('from=2026-06-01&days=1'))[0].closedBecause).toBeNull();
  });

  it('must exist', async () => {
    const path = `/v1/spaces/${space.id}/days?from=2026-02-30`;
    expect(pointers(await request(app.getHttpServer()).get(path).expect(422))).toEqual(['/from']);
  });
});

describe('a home', () => {
  it('holds from its first day until its last, or until a later home begins', async () => {
    const { id: personId } = await makePerson(app);
    const second = await makeSpace(app, { networkId: network.id });
    await makeHome(network.admin, { personId, spaceId: space.id, fromDay: '2026-02-01' });
    const { id } = await makeHome(network.admin, { personId, spaceId: second.id, fromDay: '2026-03-01' });
    await network.admin
      .put(`/v1/homes/${id}`)
      .send({ personId, spaceId: second.id, fromDay: '2026-03-01', untilDay: '2026-03-31' })
      .expect(200);
    const homes = await Promise.all(
      ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map((day) =>
        read((directory, on) => directory.homeOf(on, personId, Temporal.PlainDate.from(day))),
      ),
    );
    const ids = homes.map((home) => home?.spaceId ?? null);
    expect(ids).toEqual([null, space.id, space.id, second.id, second.id, null]);
  });

  it('is refused for nobody, twice on a day, backwards, or under an id that means another', async () => {
    const { id: personId } = await makePerson(app);
    const home = { personId, spaceId: space.id, fromDay: '2026-02-01' };
    const put = (id: string, more: object) => network.admin.put(`/v1/homes/${id}`).send({ ...home, ...more });
    const first = newId();
    await put(first, {}).expect(200);
    expect((await put(newId(), {}).expect(409)).body.code).toBe('home.day_taken');
    expect((await put(newId(), { personId: newId() }).expect(422)).body.code).toBe('home.person_unknown');
    expect((await put(first, { fromDay: '2026-02-02' }).expect(409)).body.code).toBe('request.id_reused');
    const backwards = await put(first, { untilDay: '2026-01-31' }).expect(422);
    expect(pointers(backwards)).toEqual(['/untilDay']);
    await other.admin.put(`/v1/homes/${newId()}`).send(home).expect(403);
  });
});

describe('distance', () => {
  it('is the great circle, nearest first', async () => {
    const tunis = await makeSpace(app, {
      networkId: other.id,
      country: 'TN',
      timeZone: 'Africa/Tunis',
      territoryCode: 'TN-11',
      lat: 36.8008,
      lon: 10.1797,
      unit: 'TND',
    });
    const near = await read((directory, on) =>
      directory.spacesNear(on, { lat: 43.2951, lon: 5.3739, limit: 100 }),
    );
    const found = near.find((candidate) => candidate.id === tunis.id)!;
    expect(found.metres).toBeCloseTo(byVectors([43.2951, 5.3739], [36.8008, 10.1797]), 0);
    expect(near.map((one) => one.metres)).toEqual(near.map((one) => one.metres).toSorted((a, b) => a - b));
  });

  it.each([
    ['Marseille–Tunis', [43.2951, 5.3739], [36.8008, 10.1797], 829.7],
    ['Yerevan–Tbilisi', [40.1777, 44.5126], [41.6938, 44.8015], 170.3],
  ] as const)('%s', async (_name, a, b, kilometres) => {
    const [row] = await ownerSql<{ metres: number }>(
      'SELECT directory.metres_between($1, $2, $3, $4) AS metres',
      [...a, ...b],
    );
    expect(row!.metres).toBeCloseTo(byVectors(a, b), 3);
    expect(row!.metres / 1000).toBeCloseTo(kilometres, 0);
  });

  /** Another formula: the angle between two vectors from the Earth's centre. */
  function byVectors(a: readonly [number, number], b: readonly [number, number]): number {
    const [p, q] = [a, b].map(([lat, lon]) => {
      const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
      return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)] as const;
    }) as unknown as [readonly number[], readonly number[]];
    return 6_371_008.8 * Math.acos(p.reduce((sum, part, index) => sum + part * q[index]!, 0));
  }
});

function read<Result>(
  work: (directory: Directory, on: Parameters<Parameters<Db['read']>[1]>[0]) => Promise<Result>,
): Promise<Result> {
  return app.get(Db).read(namedScope('sweep'), (on) => work(app.get(Directory), on));
}
