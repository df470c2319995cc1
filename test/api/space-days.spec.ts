import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import {
  cancel,
  codeOf,
  makeBooking,
  makeHost,
  makeMember,
  makeScene,
  type Host,
  type Nomad,
  type Scene,
} from '../support/make-bookings.js';
import { makeDevice, makePerson, type Agent } from '../support/make-identity.js';

const DAY = '2026-12-03';
let app: NestFastifyApplication;
let clock: TestClock;
let scene: Scene;
let nomad: Nomad;
let staff: Agent;

beforeAll(async () => {
  app = await startApp();
  clock = app.get<TestClock>(Clock);
  clock.travelTo('2026-12-01T08:00:00Z');
  await emptyDatabase();
  scene = await makeScene(app);
  staff = await staffOf(scene.host);
});
afterAll(() => app.close());

beforeEach(async () => {
  clock.travelTo('2026-12-01T08:00:00Z');
  nomad = await makeMember(app, scene.home);
});

async function staffOf({ operatorId }: Host): Promise<Agent> {
  return (await makePerson(app, { grants: [{ organisationId: operatorId, role: 'space_staff' }] })).agent;
}

describe('free days', () => {
  const ask = ({ spaceId }: Host, query: string) =>
    request(app.getHttpServer()).get(`/v1/spaces/${spaceId}/free-days?${query}`);
  const free = async (host: Host, from: string, days = 1) =>
    (await ask(host, `from=${from}&days=${days}`).expect(200)).body;

  it('tell a stranger what can still be booked, exactly', async () => {
    const nothing = { DAY: 0, MORNING: 0, AFTERNOON: 0 };
    expect(await free(scene.weekdays, '2026-12-04', 2)).toEqual({
      items: [
        { day: '2026-12-04', free: { DAY: 20, MORNING: 20, AFTERNOON: 20 } },
        { day: '2026-12-05', free: nothing }, // a Saturday
      ],
      next: null,
    });
    await makeBooking(nomad, { poolId: scene.weekdays.poolId, day: '2026-12-04', part: 'MORNING' });
    const { items } = await free(scene.weekdays, '2026-12-04');
    expect(items[0].free).toEqual({ DAY: 19, MORNING: 19, AFTERNOON: 20 });
  });

  it('say the same as a search', async () => {
    const search = { days: [DAY], spaceName: 'Zona Riu', limit: 1 };
    const { body } = await nomad.agent.post('/v1/search').send(search).expect(200);
    expect((await free(scene.tiny, DAY)).items).toEqual(body.items[0].pools[0].days);
    await makeBooking(nomad, { poolId: scene.tiny.poolId, day: DAY });
    expect((await free(scene.tiny, DAY)).items[0].free.DAY).toBe(0);
  });

  it('count all desk pools together, and other kinds apart', async () => {
    const host = await makeHost(app, { networkId: scene.home.networkId, capacity: 3 });
    for (const [kind, capacity] of [
      ['hot_desk', 4],
      ['meeting_room', 1],
    ] as const)
      await ownerSql(
        `INSERT INTO directory.pools (id, space_id, network_id, resource_kind, name, capacity, created_at)
         VALUES ($1, $2, $3, $4, 'More', $5, now())`,
        [newId(), host.spaceId, host.networkId, kind, capacity],
      );
    expect((await free(host, DAY)).items[0].free.DAY).toBe(7);
    const rooms = await ask(host, `from=${DAY}&days=1&resourceKind=meeting_room`).expect(200);
    expect(rooms.body.items[0].free.DAY).toBe(1);
  });

  it('have nothing when they are over, or too far ahead', async () => {
    clock.travelTo('2026-12-01T13:30:00Z'); // half past two in Marseille: the morning is over
    const { items } = await free(scene.host, '2026-11-30', 2);
    expect(items.map((item: { free: unknown }) => item.free)).toEqual([
      { DAY: 0, MORNING: 0, AFTERNOON: 0 },
      { DAY: 20, MORNING: 0, AFTERNOON: 20 },
    ]);
    expect((await free(scene.host, '2036-12-03')).items[0].free.DAY).toBe(0);
  });

  it('of a hidden space are there for its own people and doors only, and a page has 31 days at most', async () => {
    const host = await makeHost(app, { networkId: scene.home.networkId });
    const { token } = await makeDevice(app, { organisationId: host.operatorId, spaceId: host.spaceId });
    await ownerSql(`UPDATE directory.spaces SET visibility = 'hidden' WHERE id = $1`, [host.spaceId]);
    const query = `from=${DAY}&days=1`;
    expect(await codeOf(ask(host, query).expect(404))).toBe('space.not_found');
    await ask(host, query).set('authorization', `Bearer ${token}`).expect(200);
    expect(await codeOf(ask(scene.host, `from=${DAY}&days=32`).expect(422))).toBe('request.invalid');
  });
});

describe('occupancy', () => {
  const ask = (agent: Agent, { spaceId }: Host, query: string) =>
    agent.get(`/v1/spaces/${spaceId}/occupancy?${query}`);

  it('says for each day what is offered, taken at the fullest moment, and booked', async () => {
    const own = await makeScene(app);
    const agent = await staffOf(own.weekdays);
    const { poolId } = own.weekdays;
    const guests = await Promise.all(Array.from({ length: 4 }, () => makeMember(app, own.home)));
    await makeBooking(guests[0]!, { poolId, day: '2026-12-04', part: 'MORNING' });
    await makeBooking(guests[1]!, { poolId, day: '2026-12-04', part: 'AFTERNOON' });
    await makeBooking(guests[2]!, { poolId, day: '2026-12-04', part: 'AFTERNOON' });
    const canceled = await makeBooking(guests[3]!, { poolId, day: '2026-12-04' });
    await cancel(guests[3]!, canceled.id).expect(200);
    const { body } = await ask(agent, own.weekdays, 'from=2026-12-03&days=3').expect(200);
    expect(body).toEqual({
      items: [
        { day: '2026-12-03', capacity: 20, taken: 0, booked: 0 }, // nobody has asked for it yet
        { day: '2026-12-04', capacity: 20, taken: 2, booked: 3 },
        { day: '2026-12-05', capacity: 0, taken: 0, booked: 0 }, // a Saturday
      ],
      next: null,
    });
  });

  it('is for those who work there', async () => {
    expect(await codeOf(ask(nomad.agent, scene.host, `from=${DAY}`).expect(403))).toBe('access.denied');
    expect(await codeOf(ask(staff, scene.home, `from=${DAY}`).expect(403))).toBe('access.denied');
    expect(await codeOf(ask(staff, { ...scene.host, spaceId: newId() }, `from=${DAY}`).expect(404))).toBe(
      'space.not_found',
    );
    await ask(staff, scene.host, `from=${DAY}`).expect(200);
    const { operatorId: organisationId, spaceId } = scene.host;
    const { token } = await makeDevice(app, { organisationId, spaceId });
    await request(app.getHttpServer())
      .get(`/v1/spaces/${spaceId}/occupancy?from=${DAY}`)
      .set('authorization', `Bearer ${token}`)
      .expect(200);
    await request(app.getHttpServer())
      .get(`/v1/spaces/${scene.host.spaceId}/occupancy?from=${DAY}`)
      .expect(401);
  });
});

describe("the host's list of a day", () => {
  it('names each guest and where they come from; a guest is not told about themselves', async () => {
    const { poolId, spaceId } = scene.host;
    const booking = await makeBooking(nomad, { poolId, day: '2026-12-08' });
    expect(booking.guest).toBeNull();
    const { body } = await staff.get(`/v1/bookings?spaceId=${spaceId}&day=2026-12-08`).expect(200);
    expect(body.items).toEqual([{ ...booking, guest: { firstName: 'Inès', homeSpaceName: 'Dar el Bhira' } }]);
    const mine = await nomad.agent.get('/v1/bookings').expect(200);
    expect(mine.body.items[0]).toEqual(booking);
    expect(JSON.stringify(body)).not.toContain('Trabelsi');
  });
});
