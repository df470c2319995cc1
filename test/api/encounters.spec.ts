import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql, startApp, TestClock } from '../support/app.js';
import { makeNetwork, makeSpace } from '../support/make-directory.js';
import { makePerson, type Agent } from '../support/make-identity.js';

const clock = new TestClock();
let app: NestFastifyApplication;
let network: Awaited<ReturnType<typeof makeNetwork>>;
let marseille: Awaited<ReturnType<typeof makeSpace>>;
let lecce: Awaited<ReturnType<typeof makeSpace>>;
let facilitator: Agent;

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
  const grants = [{ organisationId: marseille.operatorId, role: 'facilitator' as const }];
  facilitator = (await makePerson(app, { name: 'Nora Kaci', grants })).agent;
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

describe('an encounter', () => {
  const call = (id: string, more: object = {}, agent = facilitator) =>
    agent.put(`/v1/encounters/${id}`).send({ ...MEETING, spaceId: marseille.id, ...more });
  const codeOf = async (id: string) => {
    const { body } = await facilitator.get(`/v1/encounters/${id}/room`).expect(200);
    return new URLSearchParams(new URL(body.attendanceAddress).hash.slice(1)).get('token')!;
  };
  const attend = (agent: Agent, id: string, body: object) =>
    agent.put(`/v1/encounters/${id}/attendance`).send(body);
  const close = (id: string, body: object) => facilitator.put(`/v1/encounters/${id}/closing`).send(body);

  it('is attested on both sides by the code on the spot, closed with minutes, and followed up by the next', async () => {
    const [id, next] = [newId(), newId()];
    await call(id).expect(200);
    const picture = await facilitator.get(`/v1/encounters/${id}/attendance.svg`).expect(200);
    expect(picture.headers['content-type']).toBe('image/svg+xml');
    clock.travelTo('2026-12-03T09:10:00Z');
    const spot = await codeOf(id);
    const [claire, marko] = [await makePerson(app), await makePerson(app)];
    await attend(claire.agent, id, { code: spot, side: 'INSTITUTION' }).expect(200);
    await attend(claire.agent, id, { code: spot, side: 'INSTITUTION' }).expect(200);
    await attend(marko.agent, id, { code: spot, side: 'USER' }).expect(200);
    const [todo, later] = [newId(), newId()];
    const closing = {
      minutes: 'The officials want to come again, with their colleagues of housing.',
      followUps: [
        { id: todo, what: 'Write to the housing department', owner: 'Région Sud', dueOn: '2026-12-10' },
        {
          id: later,
          what: 'Show the workshop by video',
          owner: 'Atelier du Vieux-Port',
          dueOn: '2026-12-20',
        },
      ],
    };
    const closed = await close(id, closing).expect(200);
    expect(closed.body).toMatchObject({ institutions: 1, users: 1, encounter: { state: 'CLOSED' } });
    await close(id, closing).expect(200);
    const tell = (outcome: string, item = todo) =>
      facilitator.put(`/v1/follow-ups/${item}/outcome`).send({ outcome, note: 'Written on Monday.' });
    await tell('DONE').expect(200);
    await tell('DONE').expect(200);
    expect(await code(tell('DROPPED'), 409)).toBe('encounter.follow_up_over');
    expect(await code(tell('DONE', newId()), 404)).toBe('encounter.follow_up_not_found');
    // The next of the series opens with how things stand.
    await call(next, {
      followsId: id,
      startsAt: '2027-01-07T09:00:00Z',
      endsAt: '2027-01-07T12:00:00Z',
    }).expect(200);
    const room = await facilitator.get(`/v1/encounters/${next}/room`).expect(200);
    expect(room.body.followUps.map((item: Record<string, unknown>) => [item['id'], item['state']])).toEqual([
      [todo, 'DONE'],
      [later, 'OPEN'],
    ]);
    // An encounter is never a visit.
    expect(await ownerSql('SELECT count(*)::int AS n FROM checkin.visits')).toEqual([{ n: 0 }]);
    const listed = await http().get(`/v1/encounters?spaceId=${marseille.id}`).expect(200);
    expect(listed.body.items.map((item: { id: string }) => item.id)).toEqual([id, next]);
    expect(JSON.stringify(listed.body)).not.toMatch(/minutes|institutions/);
    expect(await code(call(newId(), { followsId: id }), 409)).toBe('encounter.followed_already');
  });

  it('is refused at another time, with another code, beyond its seats, and closed for one side alone', async () => {
    const id = newId();
    await call(id).expect(200);
    const spot = await codeOf(id);
    const people = [await makePerson(app), await makePerson(app), await makePerson(app)];
    const says = { code: spot, side: 'USER' };
    expect(await code(attend(people[0]!.agent, id, says), 409)).toBe('encounter.not_now');
    expect(await code(close(id, { minutes: 'Nothing yet.' }), 409)).toBe('encounter.not_now');
    clock.travelTo('2026-12-03T08:45:00Z');
    expect(await code(attend(people[0]!.agent, id, { ...says, code: 'x' }), 403)).toBe(
      'encounter.code_wrong',
    );
    await attend(people[0]!.agent, id, says).expect(200);
    await attend(people[1]!.agent, id, says).expect(200);
    expect(await code(attend(people[2]!.agent, id, says), 409)).toBe('encounter.full');
    clock.travelTo('2026-12-03T12:00:00Z');
    expect(await code(close(id, { minutes: 'Among ourselves.' }), 409)).toBe('encounter.one_sided');
    await ownerSql(`UPDATE encounters.attendances SET side = 'INSTITUTION' WHERE person_id = $1`, [
      people[0]!.id,
    ]);
    await close(id, { minutes: 'Both were there.' }).expect(200);
    expect(await code(close(id, { minutes: 'Or not.' }), 409)).toBe('encounter.closed');
    expect(await code(attend(people[2]!.agent, id, says), 409)).toBe('encounter.not_now');
    expect(await code(attend(people[2]!.agent, newId(), says), 404)).toBe('encounter.not_found');
  });

  it('is called and led by who facilitates there, and by nobody else', async () => {
    const id = newId();
    await call(id).expect(200);
    expect(await code(call(id, { title: 'Other' }), 409)).toBe('request.id_reused');
    expect(await code(call(newId(), { spaceId: lecce.id }), 403)).toBe('access.denied');
    expect(await code(lecce.manager.get(`/v1/encounters/${id}/room`), 403)).toBe('access.denied');
  });
});

describe('who comes', () => {
  const stay = (more: object = {}) => ({
    spaceId: marseille.id,
    fromDay: '2026-12-07',
    untilDay: '2026-12-11',
    skills: 'I draw. I would like to meet printers.',
    consent: true,
    ...more,
  });
  const share = (agent: Agent, id = newId(), more: object = {}) =>
    agent.put(`/v1/sharings/${id}`).send(stay(more));
  const comers = (agent: Agent) => agent.get(`/v1/comers?spaceId=${marseille.id}`);

  it('is seen with consent alone, by the facilitator and by those who share too; taken back, by nobody', async () => {
    const [ines, paul, marko] = [
      await makePerson(app, { name: 'Inès Trabelsi' }),
      await makePerson(app, { name: 'Paul Roux' }),
      await makePerson(app, { name: 'Marko Horvat' }),
    ];
    expect((await comers(facilitator).expect(200)).body.items).toEqual([]);
    const refused = ines.agent.put(`/v1/sharings/${newId()}`).send(stay({ consent: false }));
    expect(await code(refused, 422)).toBe('request.invalid');
    const mine = newId();
    await share(ines.agent, mine).expect(200);
    const seen = (await comers(facilitator).expect(200)).body.items;
    expect(seen).toEqual([expect.objectContaining({ firstName: 'Inès', skills: stay().skills })]);
    expect(JSON.stringify(seen)).not.toContain('Trabelsi');
    expect(await code(comers(paul.agent), 403)).toBe('sharing.not_shared');
    await share(paul.agent, newId(), { fromDay: '2026-12-11', untilDay: '2026-12-12' }).expect(200);
    await share(marko.agent, newId(), { fromDay: '2026-12-20', untilDay: '2026-12-21' }).expect(200);
    const company = (await comers(paul.agent).expect(200)).body.items;
    expect(company.map((item: { firstName: string }) => item.firstName)).toEqual(['Inès', 'Paul']);
    const gone = await ines.agent.delete(`/v1/sharings/${mine}`).expect(200);
    expect(gone.body).toMatchObject({ state: 'WITHDRAWN', skills: '' });
    const left = (await comers(facilitator).expect(200)).body.items;
    expect(left.map((item: { firstName: string }) => item.firstName)).toEqual(['Paul', 'Marko']);
  });

  it('are brought together once, both see it, and it ends with the consent of either', async () => {
    const [ines, paul] = [await makePerson(app), await makePerson(app, { name: 'Paul Roux' })];
    const [one, other] = [newId(), newId()];
    await share(ines.agent, one).expect(200);
    await share(paul.agent, other, { skills: 'I print.' }).expect(200);
    const introduce = (
      id: string,
      note = 'You will get along.',
      agent = facilitator,
      otherSharingId = other,
    ) => agent.put(`/v1/introductions/${id}`).send({ oneSharingId: one, otherSharingId, note });
    const id = newId();
    await introduce(id).expect(200);
    await introduce(id).expect(200);
    expect(await code(introduce(id, 'Other words.'), 409)).toBe('request.id_reused');
    expect(await code(introduce(newId()), 409)).toBe('introduction.made_already');
    expect(await code(introduce(newId(), 'Hello', lecce.manager), 403)).toBe('access.denied');
    expect(await code(introduce(newId(), 'Hello', facilitator, one), 409)).toBe('introduction.not_shared');
    const mine = (await ines.agent.get('/v1/introductions').expect(200)).body.items;
    expect(mine).toEqual([
      expect.objectContaining({ other: { firstName: 'Paul', skills: 'I print.' }, outcome: null }),
    ]);
    const tell = (agent: Agent, of = id) =>
      agent.put(`/v1/introductions/${of}/outcome`).send({ outcome: 'PROJECT' });
    expect((await tell(ines.agent).expect(200)).body.outcome).toBe('PROJECT');
    const stranger = await makePerson(app);
    expect(await code(tell(stranger.agent), 404)).toBe('introduction.not_found');
    await paul.agent.delete(`/v1/sharings/${other}`).expect(200);
    const after = (await ines.agent.get('/v1/introductions').expect(200)).body.items;
    expect(after[0].other).toBeNull();
  });

  it('shares some days once, and takes back only what is their own', async () => {
    const [ines, paul] = [await makePerson(app), await makePerson(app)];
    const id = newId();
    await share(ines.agent, id).expect(200);
    await share(ines.agent, id).expect(200);
    expect(
      await code(share(ines.agent, newId(), { fromDay: '2026-12-11', untilDay: '2026-12-14' }), 409),
    ).toBe('sharing.overlaps');
    expect(await code(share(ines.agent, id, { skills: 'Other' }), 409)).toBe('request.id_reused');
    expect(await code(share(paul.agent, id), 409)).toBe('request.id_reused');
    expect(await code(paul.agent.delete(`/v1/sharings/${id}`), 404)).toBe('sharing.not_found');
    expect((await ines.agent.get('/v1/sharings').expect(200)).body.items).toHaveLength(1);
  });
});

it('a welcome names somebody who agreed, and something to share that day', async () => {
  const route = `/v1/spaces/${marseille.id}/welcome`;
  expect(await code(http().get(route), 404)).toBe('welcome.not_found');
  const words = {
    note: 'Ring twice.',
    askFor: 'Nora',
    namedAgreed: true,
    moment: 'Soup at half past twelve',
  };
  expect(await code(facilitator.put(route).send({ ...words, namedAgreed: false }), 422)).toBe(
    'request.invalid',
  );
  expect(await code(lecce.manager.put(route).send(words), 403)).toBe('access.denied');
  await facilitator.put(route).send(words).expect(200);
  expect((await http().get(route).expect(200)).body).toEqual({
    spaceId: marseille.id,
    note: 'Ring twice.',
    askFor: 'Nora',
    moment: 'Soup at half past twelve',
  });
});
