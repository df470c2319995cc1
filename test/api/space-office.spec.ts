import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { makeBooking, makeMember, makeScene, type Host, type Scene } from '../support/make-bookings.js';
import { makePerson, type Agent } from '../support/make-identity.js';
import { deliverEvents } from '../support/make-settlement.js';

const THURSDAY = '2026-12-03';
let app: NestFastifyApplication;
let scene: Scene;
let host: Host;
let manager: Agent;
let staff: Agent;
let stranger: Agent;

beforeAll(async () => {
  app = await startApp();
  app.get<TestClock>(Clock).travelTo('2026-12-01T08:00:00Z');
  await emptyDatabase();
  scene = await makeScene(app);
  host = scene.weekdays; // Mo-Fr 09:00-18:00, open on holidays, twenty desks
  const person = async (role: 'space_manager' | 'space_staff', at: Host) =>
    (await makePerson(app, { grants: [{ organisationId: at.operatorId, role }] })).agent;
  manager = await person('space_manager', host);
  staff = await person('space_staff', host);
  stranger = await person('space_manager', scene.tiny);
});
afterAll(() => app.close());

const book = async (day: string, part = 'DAY') =>
  makeBooking(await makeMember(app, scene.home), { poolId: host.poolId, day, part });
const openOn = async (day: string) => {
  const answer = await request(app.getHttpServer()).get(`/v1/spaces/${host.spaceId}/days?from=${day}&days=1`);
  return answer.body.items[0].intervals.map(
    ({ from, until }: { from: string; until: string }) => `${from}-${until}`,
  );
};
const freeOn = async (day: string) => {
  const path = `/v1/spaces/${host.spaceId}/free-days?from=${day}&days=1`;
  return (await request(app.getHttpServer()).get(path).expect(200)).body.items[0].free.DAY as number;
};

describe('the week of a space', () => {
  const week = { openingHours: 'Mo-Fr 09:00-18:00', closesOnHolidays: false, halfDayBoundary: '13:00' };
  const put = (agent: Agent, hours: object = week) =>
    agent.put(`/v1/spaces/${host.spaceId}/hours`).send(hours);
  const announced = () =>
    ownerSql(`SELECT 1 FROM platform.outbox WHERE name = 'directory.space_hours_changed.v1'`);

  it('changes alone, is announced when it does, and keeps how the space settles', async () => {
    await ownerSql(`UPDATE directory.parties SET settlement_profile = 'GROSS_ONLY' WHERE id = $1`, [
      host.spaceId,
    ]);
    const before = (await announced()).length;
    const later = { ...week, openingHours: 'Mo-Fr 09:00-18:00; Sa 10:00-13:00', halfDayBoundary: '12:30' };
    const { body } = await put(manager, later).expect(200);
    expect(body).toMatchObject({ ...later, name: 'La Garrigue' });
    await put(manager, later).expect(200); // a repeat announces nothing
    expect((await announced()).length).toBe(before + 1);
    const [party] = await ownerSql<{ profile: string }>(
      'SELECT settlement_profile AS profile FROM directory.parties WHERE id = $1',
      [host.spaceId],
    );
    expect(party!.profile).toBe('GROSS_ONLY');
    await put(manager).expect(200);
  });

  it('is refused in words that are no hours, and to those who do not manage it', async () => {
    const { body } = await put(manager, { ...week, openingHours: 'when it rains' }).expect(422);
    expect(body.errors[0].pointer).toBe('/openingHours');
    await put(staff).expect(403);
    await put(stranger).expect(403);
  });
});

describe('a season with other hours', () => {
  const season = (more: object = {}) => ({
    spaceId: host.spaceId,
    fromDay: '2027-02-08',
    untilDay: '2027-03-09',
    openingHours: 'Mo-Fr 09:00-15:00',
    reason: 'Ramadan',
    ...more,
  });
  const put = (agent: Agent, id: string, body: object) => agent.put(`/v1/hour-periods/${id}`).send(body);

  it('replaces the week on its days, and an exception still comes before it', async () => {
    const [id, exceptionId] = [newId(), newId()];
    await put(manager, id, season()).expect(200);
    // 2027-02-05 and 2027-03-10 lie outside; 2027-02-08 is a Monday
    expect(await openOn('2027-02-05')).toEqual(['09:00-18:00']);
    expect(await openOn('2027-02-08')).toEqual(['09:00-15:00']);
    expect(await openOn('2027-03-09')).toEqual(['09:00-15:00']);
    expect(await openOn('2027-03-10')).toEqual(['09:00-18:00']);
    await manager
      .put(`/v1/hour-exceptions/${exceptionId}`)
      .send({ spaceId: host.spaceId, day: '2027-02-09', openingHours: '10:00-11:00', reason: 'Works' })
      .expect(200);
    expect(await openOn('2027-02-09')).toEqual(['10:00-11:00']);
    const { body } = await request(app.getHttpServer())
      .get(`/v1/spaces/${host.spaceId}/hour-periods`)
      .expect(200);
    expect(body.items).toEqual([{ id, ...season() }]);
    await manager.delete(`/v1/hour-periods/${id}`).expect(204);
    await manager.delete(`/v1/hour-periods/${id}`).expect(204);
    expect(await openOn('2027-02-08')).toEqual(['09:00-18:00']);
  });

  it('lies beside the others, begins before it ends, keeps its space and belongs to managers', async () => {
    const id = newId();
    await put(manager, id, season()).expect(200);
    await put(manager, id, season({ untilDay: '2027-03-10' })).expect(200);
    const over = await put(
      manager,
      newId(),
      season({ fromDay: '2027-03-10', untilDay: '2027-03-20' }),
    ).expect(409);
    expect(over.body.code).toBe('hour_period.overlap');
    const back = await put(manager, newId(), season({ untilDay: '2027-02-07' })).expect(422);
    expect(back.body.errors[0].pointer).toBe('/untilDay');
    await put(staff, newId(), season()).expect(403);
    const elsewhere = await put(stranger, id, season({ spaceId: scene.tiny.spaceId })).expect(409);
    expect(elsewhere.body.code).toBe('request.id_reused');
    await stranger.delete(`/v1/hour-periods/${id}`).expect(403);
    await manager.delete(`/v1/hour-periods/${id}`).expect(204);
  });
});

describe('holidays', () => {
  it('of where the space is have names in the languages asked for', async () => {
    const ask = async (language: string) =>
      (
        await request(app.getHttpServer())
          .get(`/v1/spaces/${host.spaceId}/holidays?year=2026&language=${language}`)
          .expect(200)
      ).body.items;
    expect(await ask('fr')).toContainEqual({ day: '2026-07-14', name: 'Fête Nationale de la France' });
    expect((await ask('en')).map(({ day }: { day: string }) => day)).toContain('2026-12-25');
  });
});

describe('hours as they might be', () => {
  const ask = (agent: Agent, query: Record<string, string>) =>
    agent.get(`/v1/spaces/${host.spaceId}/hours-preview`).query(query);

  it('tell the bookings they would hit, and change nothing', async () => {
    await book('2026-12-07'); // a Monday
    await book('2026-12-08', 'MORNING');
    const hit = async (query: Record<string, string>) => (await ask(staff, query).expect(200)).body.hit;
    expect(await hit({ openingHours: 'Mo-Fr 08:00-19:00' })).toEqual([]);
    // 09:00-18:00 is needed on Monday, 09:00-13:00 on Tuesday
    expect(await hit({ openingHours: 'Mo-Fr 09:00-13:00' })).toEqual([{ day: '2026-12-07', bookings: 1 }]);
    expect(await hit({ day: '2026-12-08', dayHours: 'closed' })).toEqual([
      { day: '2026-12-08', bookings: 1 },
    ]);
    const season = { fromDay: '2026-12-07', untilDay: '2026-12-11', periodHours: 'Mo-Fr 10:00-18:00' };
    expect(await hit(season)).toEqual([
      { day: '2026-12-07', bookings: 1 },
      { day: '2026-12-08', bookings: 1 },
    ]);
    const { body } = await ask(staff, { day: '2026-12-08', dayHours: '10:00-12:00' }).expect(200);
    expect(body.days).toHaveLength(14);
    expect(body.days[7]).toMatchObject({ day: '2026-12-08', intervals: [{ from: '10:00', until: '12:00' }] });
    expect(await openOn('2026-12-08')).toEqual(['09:00-18:00']);
  });

  it('are asked whole, in OSM syntax, by those who work there', async () => {
    await ask(staff, { dayHours: 'closed' }).expect(422);
    await ask(staff, { fromDay: '2026-12-07' }).expect(422);
    const { body } = await ask(staff, { openingHours: 'now and then' }).expect(422);
    expect(body.errors[0].pointer).toBe('/openingHours');
    await ask(stranger, { day: '2026-12-08', dayHours: 'usual' }).expect(403);
  });
});

describe('seats kept back', () => {
  const block = (agent: Agent, id: string, more: object = {}) =>
    agent
      .put(`/v1/seat-blocks/${id}`)
      .send({ poolId: host.poolId, day: THURSDAY, seats: 5, reason: 'Class of the art school', ...more });
  const day = async () =>
    (await staff.get(`/v1/pools/${host.poolId}/days?from=${THURSDAY}&days=1`).expect(200)).body.items[0];

  it('are not offered on that day, until they are given back', async () => {
    const id = newId();
    await block(manager, id).expect(200);
    await block(manager, id).expect(200); // the same again
    expect(await freeOn(THURSDAY)).toBe(15);
    const { offered, taken, blocks } = await day();
    expect([offered[17], offered[18], offered[35], offered[36]]).toEqual([0, 15, 15, 0]);
    expect(taken.some(Boolean)).toBe(false);
    expect(blocks).toMatchObject([{ id, seats: 5, reason: 'Class of the art school', liftedAt: null }]);
    expect((await block(manager, id, { seats: 6 }).expect(409)).body.code).toBe('request.id_reused');
    await manager.delete(`/v1/seat-blocks/${id}`).expect(200);
    const { body } = await manager.delete(`/v1/seat-blocks/${id}`).expect(200);
    expect(body.liftedAt).not.toBeNull();
    expect(await freeOn(THURSDAY)).toBe(20);
    expect((await day()).blocks).toEqual([]);
  });

  it('are free ones: no more than nobody has booked', async () => {
    await book(THURSDAY);
    expect((await block(manager, newId(), { seats: 20 }).expect(409)).body.code).toBe('seat_block.not_free');
    const id = newId();
    await block(manager, id, { seats: 19 }).expect(200);
    expect((await block(manager, newId(), { seats: 1 }).expect(409)).body.code).toBe('seat_block.not_free');
    expect(await freeOn(THURSDAY)).toBe(0);
    await manager.delete(`/v1/seat-blocks/${id}`).expect(200);
  });

  it('stay back when the hours change', async () => {
    const id = newId();
    await block(manager, id, { day: '2026-12-10' }).expect(200);
    const exceptionId = newId();
    const exception = {
      spaceId: host.spaceId,
      day: '2026-12-10',
      openingHours: '10:00-12:00',
      reason: 'Works',
    };
    await manager.put(`/v1/hour-exceptions/${exceptionId}`).send(exception).expect(200);
    await deliverEvents(app);
    const path = `/v1/pools/${host.poolId}/days?from=2026-12-10&days=1`;
    const { offered } = (await staff.get(path)).body.items[0];
    expect([offered[18], offered[20]]).toEqual([0, 15]);
  });

  it('are for those who manage the space', async () => {
    const id = newId();
    await block(staff, id).expect(403);
    await block(manager, id).expect(200);
    await stranger.delete(`/v1/seat-blocks/${id}`).expect(403);
    const nowhere = await manager.delete(`/v1/seat-blocks/${newId()}`).expect(404);
    expect(nowhere.body.code).toBe('seat_block.not_found');
    await stranger.get(`/v1/pools/${host.poolId}/days?from=${THURSDAY}`).expect(403);
    await stranger.get(`/v1/pools/${host.poolId}/load`).expect(403);
  });
});

describe('a pool that ends', () => {
  it('offers nothing from its last day on, keeps what is booked, and may be brought back', async () => {
    await book('2026-12-14');
    const { body: load } = await staff.get(`/v1/pools/${host.poolId}/load`).expect(200);
    expect(load.items).toContainEqual({ day: '2026-12-14', bookings: 1, taken: 1 });
    const retire = (agent: Agent) =>
      agent.put(`/v1/pools/${host.poolId}/retirement`).send({ fromDay: '2026-12-14' });
    await retire(staff).expect(403);
    await freeOn('2026-12-15');
    expect((await retire(manager).expect(200)).body.retiredFrom).toBe('2026-12-14');
    await retire(manager).expect(200);
    await deliverEvents(app);
    expect(await freeOn('2026-12-15')).toBe(0);
    expect(await freeOn('2026-12-11')).toBe(20);
    expect(await freeOn('2026-12-14')).toBe(0);
    const { body: kept } = await staff.get(`/v1/pools/${host.poolId}/load`).expect(200);
    expect(kept.items).toContainEqual({ day: '2026-12-14', bookings: 1, taken: 1 });
    const { body } = await manager.delete(`/v1/pools/${host.poolId}/retirement`).expect(200);
    expect(body.retiredFrom).toBeNull();
    await deliverEvents(app);
    expect(await freeOn('2026-12-15')).toBe(20);
  });
});
