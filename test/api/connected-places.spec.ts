import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql, startApp, TestClock } from '../support/app.js';
import { makeNetwork, makeSpace } from '../support/make-directory.js';
import { makePerson } from '../support/make-identity.js';
import { makeAgreement } from '../support/make-reciprocity.js';

const clock = new TestClock();
let app: NestFastifyApplication;
let network: Awaited<ReturnType<typeof makeNetwork>>;
let marseille: Awaited<ReturnType<typeof makeSpace>>;
let lecce: Awaited<ReturnType<typeof makeSpace>>;

beforeAll(async () => {
  app = await startApp({ clock });
});
beforeEach(async () => {
  await emptyDatabase();
  clock.travelTo('2026-12-01T08:00:00Z');
  network = await makeNetwork(app);
  marseille = await makeSpace(app, { networkId: network.id });
  lecce = await makeSpace(app, {
    networkId: network.id,
    name: 'Officine Salento',
    city: 'Lecce',
    country: 'IT',
    timeZone: 'Europe/Rome',
    territoryCode: 'ITF45',
    pools: [{}, { resourceKind: 'machine_time', name: 'Laser', capacity: 1 }],
  });
});
afterAll(() => app.close());

const http = () => request(app.getHttpServer());
const code = async (answer: request.Test, status: number) => (await answer.expect(status)).body.code;

const MEETING = {
  kind: 'STUDY_VISIT',
  title: 'Twelve officials look at a fablab',
  startsAt: '2026-12-03T09:00:00Z',
  endsAt: '2026-12-03T12:00:00Z',
  capacity: 2,
};

describe('a cross service', () => {
  const offer = (more: object = {}) => ({
    spaceId: lecce.id,
    kind: 'mentoring',
    title: 'An hour with somebody who has opened a workshop',
    per: 'HOUR',
    price: { unit: 'EUR', minor: 2500 },
    validFrom: '2026-12-01',
    ...more,
  });
  const put = (body: object, id = newId(), agent = lecce.manager) =>
    agent.put(`/v1/cross-services/${id}`).send(body);
  const use = (body: object, id = newId(), agent = lecce.manager) =>
    agent.put(`/v1/service-uses/${id}`).send(body);
  const used = (more: object = {}) => ({
    hostSpaceId: lecce.id,
    homeSpaceId: marseille.id,
    kind: 'mentoring',
    day: '2026-12-01',
    quantity: 2,
    ...more,
  });

  it('has a price that is never written over: each day keeps its own', async () => {
    await put(offer()).expect(200);
    await put(offer({ validFrom: '2026-12-10', price: { unit: 'EUR', minor: 3000 } })).expect(200);
    await put(offer({ kind: 'machine_time', title: 'Laser' })).expect(200);
    const listed = await http().get('/v1/cross-services').expect(200);
    expect(
      listed.body.items.map((item: Record<string, unknown>) => [
        item['kind'],
        item['price'],
        item['isBookable'],
      ]),
    ).toEqual([
      ['machine_time', { unit: 'EUR', minor: 2500 }, true],
      ['mentoring', { unit: 'EUR', minor: 2500 }, false],
    ]);
    clock.travelTo('2026-12-12T08:00:00Z');
    const before = await use(used()).expect(200);
    const after = await use(used({ day: '2026-12-12' })).expect(200);
    // 2 × 25.00 of the first day, 2 × 30.00 of the twelfth.
    expect([before.body.amount.minor, after.body.amount.minor]).toEqual([5000, 6000]);
    await put(offer({ validFrom: '2026-12-12', isOffered: false })).expect(200);
    expect((await http().get('/v1/cross-services').expect(200)).body.items).toHaveLength(1);
    expect(await code(use(used({ day: '2026-12-12', quantity: 1 })), 409)).toBe('cross_service.not_offered');
  });

  it('counts what a guest had once their home space has confirmed it', async () => {
    await put(offer()).expect(200);
    const id = newId();
    expect((await use(used(), id).expect(200)).body.state).toBe('STATED');
    await use(used(), id).expect(200);
    const byHost = lecce.manager.put(`/v1/service-uses/${id}/confirmation`);
    expect(await code(byHost, 403)).toBe('access.denied');
    const confirmed = await marseille.manager.put(`/v1/service-uses/${id}/confirmation`).expect(200);
    expect(confirmed.body).toMatchObject({
      state: 'CONFIRMED',
      kind: 'mentoring',
      amount: { unit: 'EUR', minor: 5000 },
    });
    const list = await marseille.manager.get(`/v1/service-uses?spaceId=${marseille.id}`).expect(200);
    expect(list.body.items).toHaveLength(1);
  });

  it('is refused without what it needs', async () => {
    const id = newId();
    await put(offer(), id).expect(200);
    expect(await code(put(offer({ title: 'Other' }), id), 409)).toBe('request.id_reused');
    expect(await code(put(offer({ title: 'Other' })), 409)).toBe('cross_service.day_taken');
    expect(await code(put(offer({ kind: 'meeting_room' })), 422)).toBe('cross_service.no_pool');
    expect(await code(put(offer(), newId(), marseille.manager), 403)).toBe('access.denied');
    expect(await code(use(used({ homeSpaceId: lecce.id })), 422)).toBe('cross_service.own_space');
    expect(await code(use(used({ day: '2026-12-02' })), 422)).toBe('cross_service.not_yet');
    const nobody = marseille.manager.put(`/v1/service-uses/${newId()}/confirmation`);
    expect(await code(nobody, 404)).toBe('cross_service.use_not_found');
  });
});

describe('a cross initiative', () => {
  const ports = () => ({
    networkId: network.id,
    title: 'Ports et savoir-faire',
    summary: 'Three events about crafts of the harbour, at three harbours.',
    fromDay: '2027-01-01',
    untilDay: '2027-06-30',
    budget: { unit: 'EUR', minor: 600_000 },
  });
  const put = (id: string, body: object = ports()) => network.admin.put(`/v1/initiatives/${id}`).send(body);
  const join = (id: string, space: typeof lecce, bringsMinor = 200_000) =>
    space.manager.put(`/v1/initiatives/${id}/partners/${space.id}`).send({ bringsMinor });
  const publish = (id: string) => network.admin.put(`/v1/initiatives/${id}/publication`);

  it('“Ports et savoir-faire” of Marseille, Lecce and Rijeka: published, with its three events', async () => {
    const jadran = await makeNetwork(app, { name: 'Jadran', country: 'HR' });
    const rijeka = await makeSpace(app, {
      networkId: jadran.id,
      name: 'Delta Lab',
      city: 'Rijeka',
      country: 'HR',
      timeZone: 'Europe/Zagreb',
      territoryCode: 'HR031',
    });
    const id = newId();
    await put(id).expect(200);
    expect((await http().get('/v1/initiatives').expect(200)).body.items).toEqual([]);
    for (const space of [marseille, lecce, rijeka]) await join(id, space).expect(200);
    expect((await publish(id).expect(200)).body.state).toBe('PUBLISHED');
    await publish(id).expect(200);
    for (const space of [marseille, lecce, rijeka]) {
      const event = { ...MEETING, spaceId: space.id, initiativeId: id };
      await space.manager.put(`/v1/encounters/${newId()}`).send(event).expect(200);
    }
    const { body } = await http().get('/v1/initiatives').expect(200);
    expect(body.items).toEqual([expect.objectContaining({ title: 'Ports et savoir-faire', encounters: 3 })]);
    expect(
      body.items[0].partners
        .map((partner: { space: { country: string } }) => partner.space.country)
        .toSorted(),
    ).toEqual(['FR', 'HR', 'IT']);
  });

  it('of one space, or of one country, is refused, by the use case and by the database', async () => {
    const id = newId();
    await put(id).expect(200);
    await join(id, marseille).expect(200);
    expect(await code(publish(id), 422)).toBe('initiative.too_narrow');
    await join(id, await makeSpace(app, { networkId: network.id, name: 'La Garrigue' })).expect(200);
    expect(await code(publish(id), 422)).toBe('initiative.too_narrow');
    const forced = ownerSql(
      `INSERT INTO encounters.initiative_publications (initiative_id, network_id, published_by, created_at)
       VALUES ($1, $2, 'nobody', now())`,
      [id, network.id],
    );
    await expect(forced).rejects.toThrow('two spaces and two countries');
  });

  it('takes no partner who has not joined by itself, and no other sum than agreed', async () => {
    const id = newId();
    await put(id).expect(200);
    const byOther = lecce.manager
      .put(`/v1/initiatives/${id}/partners/${marseille.id}`)
      .send({ bringsMinor: 0 });
    expect(await code(byOther, 403)).toBe('access.denied');
    await join(id, lecce).expect(200);
    await join(id, lecce).expect(200);
    expect(await code(join(id, lecce, 1), 409)).toBe('initiative.joined_otherwise');
    expect(await code(join(newId(), lecce), 404)).toBe('initiative.not_found');
    expect(await code(put(id, { ...ports(), title: 'Other' }), 409)).toBe('request.id_reused');
  });
});

it('the five propositions of 2018 are there from the start, each with its page, its group and what it wrote', async () => {
  const read = async () => (await http().get('/v1/workstreams').expect(200)).body.items;
  expect(
    (await read()).map((item: Record<string, unknown>) => [
      item['workstream'],
      item['answeredAt'],
      item['state'],
    ]),
  ).toEqual([
    ['data_bank', '/data', 'PROPOSED'],
    ['connected_places', '/encounters', 'PROPOSED'],
    ['charter', '/charter', 'PROPOSED'],
    ['immersion_stays', '/stays', 'PROPOSED'],
    ['public_agents', '/programmes', 'PROPOSED'],
  ]);
  const write = (id: string, text: string) =>
    network.admin
      .put(`/v1/workstreams/charter/entries/${id}`)
      .send({ networkId: network.id, kind: 'DECISION', text });
  const id = newId();
  await write(id, 'The charter is put to the vote in March.').expect(200);
  expect(await code(write(id, 'In April.'), 409)).toBe('request.id_reused');
  const membership = '/v1/workstreams/charter/membership';
  await marseille.manager.put(membership).send({ networkId: network.id }).expect(200);
  const stranger = await makePerson(app);
  expect(await code(stranger.agent.put(membership).send({ networkId: network.id }), 403)).toBe(
    'access.denied',
  );
  const charter = (items: Record<string, unknown>[]) =>
    items.find((item) => item['workstream'] === 'charter');
  expect(charter(await read())).toMatchObject({ state: 'DECIDED', members: 1, isMember: false });
  const left = await marseille.manager.delete(membership).expect(200);
  expect(charter(left.body.items)).toMatchObject({ members: 0 });
});

it('a chapter inherits the rule of its network until it has one of its own', async () => {
  const catalunya = await makeNetwork(app, { name: 'Catalunya', country: 'ES', parentId: network.id });
  const barcelona = await makeSpace(app, {
    networkId: catalunya.id,
    name: 'Taller Poblenou',
    city: 'Barcelona',
    country: 'ES',
  });
  const rates = [marseille, lecce, barcelona].map(({ id }) => ({ hostSpaceId: id }));
  await makeAgreement(app, { homeNetworkId: network.id, rates, freeHalfDays: 6 });
  const rules = async () => {
    const { body } = await network.admin.get(`/v1/chapters?networkId=${network.id}`).expect(200);
    return body.items.map((item: { name: string; rule: { freeHalfDays: number; isInherited: boolean } }) => [
      item.name,
      item.rule.freeHalfDays,
      item.rule.isInherited,
    ]);
  };
  expect(await rules()).toEqual([
    ['CoMed', 6, false],
    ['Catalunya', 6, true],
  ]);
  await makeAgreement(app, {
    homeNetworkId: network.id,
    hostNetworkId: catalunya.id,
    rates: [{ hostSpaceId: barcelona.id }],
    freeHalfDays: 10,
  });
  expect(await rules()).toEqual([
    ['CoMed', 6, false],
    ['Catalunya', 10, false],
  ]);
  const stranger = await makePerson(app);
  expect(await code(stranger.agent.get(`/v1/chapters?networkId=${network.id}`), 403)).toBe('access.denied');
});
