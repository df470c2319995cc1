import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parse } from 'csv-parse/sync';
import { newId } from '../../src/kernel/ids.js';
import { Ledger } from '../../src/ledger/index.js';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { namedScope } from '../../src/platform/scope.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import { makePerson } from '../support/make-identity.js';
import { makePassScene, passHold } from '../support/make-passes.js';

let app: NestFastifyApplication;
let { atelier, nomad: keeper, pass: team } = {} as Awaited<ReturnType<typeof makePassScene>>;
let member: Awaited<ReturnType<typeof makePerson>>;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
});
beforeEach(async () => {
  app.get<TestClock>(Clock).travelTo('2026-06-01T08:00:00Z');
  ({ atelier, nomad: keeper, pass: team } = await makePassScene(app, { sharing: 'TEAM' }));
  member = await makePerson(app, { name: 'Ines Duval' });
});
afterEach(async () => {
  const wrong = await app.get(Db).read(namedScope('operator'), (on) => app.get(Ledger).wrongBalances(on));
  expect(wrong).toEqual([]);
});
afterAll(() => app.close());

const add = (person: { email: string }, limitHalfDays: number | null = null, id = newId()) =>
  keeper.agent.put(`/v1/team-members/${id}`).send({ passId: team.id, email: person.email, limitHalfDays });
const added = async (person: { email: string }, limit: number | null = null): Promise<string> =>
  (await add(person, limit).expect(200)).body.id;
const at = (passId: string, halfDays: number) => ({ passId, hostSpaceId: atelier.id, halfDays });
const hold = (person: { id: string }, passId: string, halfDays: number) =>
  passHold(app).hold(person.id, at(passId, halfDays));
const use = (person: { id: string }, passId: string, halfDays: number) =>
  passHold(app).use(person.id, at(passId, halfDays));

describe('a team', () => {
  it("draws from one pass, each member up to their share, which opens doors where the team's does not", async () => {
    const other = await makePerson(app);
    const [ines, omar] = [await added(member, 4), await added(other)];
    await use(member, ines, 3);
    await expect(hold(member, ines, 2)).rejects.toMatchObject({ code: 'pass.member_limit' });
    await hold(other, omar, 16);
    await expect(hold(other, omar, 2)).rejects.toMatchObject({ code: 'pass.exhausted' }); // 20 - 3 - 16 = 1
    const { body: whole } = await keeper.agent.get(`/v1/passes/${team.id}`).expect(200);
    expect(whole).toMatchObject({ role: 'TEAM', leftHalfDays: 1, usedHalfDays: 3, heldHalfDays: 16 });
    const { body: own } = await member.agent.get(`/v1/passes/${ines}`).expect(200);
    expect(own).toMatchObject({ role: 'MEMBER', leftHalfDays: 1, usedHalfDays: 3, limitHalfDays: 4 });
    await expect(hold(keeper, team.id, 1)).rejects.toMatchObject({ code: 'pass.not_usable' });
  });

  it('is kept by its keeper, who sees how much and never where or when', async () => {
    const id = await added(member, 4);
    await use(member, id, 2);
    const { body } = await keeper.agent.get(`/v1/passes/${team.id}/members`).expect(200);
    expect(body.items).toEqual([
      {
        id,
        passId: team.id,
        name: 'Ines Duval',
        email: member.email,
        state: 'ACTIVE',
        limitHalfDays: 4,
        usedHalfDays: 2,
        heldHalfDays: 0,
      },
    ]);
    const { body: moves } = await keeper.agent.get(`/v1/passes/${team.id}/movements`).expect(200);
    expect(moves.items.map((move: { kind: string }) => move.kind)).toEqual(['ISSUED']);
    await member.agent.get(`/v1/passes/${team.id}/members`).expect(404);
    await keeper.agent.get(`/v1/passes/${id}`).expect(404);
  });

  it('takes somebody once, who has an address, and only for a pass of a team', async () => {
    const id = newId();
    await add(member, 4, id).expect(200);
    await add(member, 4, id).expect(200);
    expect((await add(member, 5, id).expect(409)).body.code).toBe('request.id_reused');
    expect((await add(member).expect(409)).body.code).toBe('team.member_already');
    expect((await add({ email: 'nobody@example.org' }).expect(422)).body.code).toBe('pass.person_unknown');
    const alone = await makePassScene(app);
    const refused = await alone.nomad.agent
      .put(`/v1/team-members/${newId()}`)
      .send({ passId: alone.pass.id, email: member.email, limitHalfDays: null })
      .expect(409);
    expect(refused.body.code).toBe('team.none');
    const foreign = await member.agent
      .put(`/v1/team-members/${newId()}`)
      .send({ passId: team.id, email: member.email, limitHalfDays: null })
      .expect(404);
    expect(foreign.body.code).toBe('pass.not_found');
  });

  it('lets a member go, who may come back with another share', async () => {
    const id = await added(member, 2);
    const remove = (agent: typeof keeper.agent) => agent.put(`/v1/team-members/${id}/removal`);
    expect((await remove(member.agent).expect(404)).body.code).toBe('pass.not_found');
    expect((await remove(keeper.agent).expect(200)).body.state).toBe('REVOKED');
    await expect(hold(member, id, 1)).rejects.toMatchObject({ code: 'pass.not_usable' });
    await added(member, 8);
  });

  it('ends with its pass, for every member', async () => {
    const id = await added(member);
    await team.admin.put(`/v1/passes/${team.id}/revocation`).send({ reason: 'Not paid' }).expect(200);
    expect((await member.agent.get(`/v1/passes/${id}`).expect(200)).body.state).toBe('REVOKED');
    expect((await add(await makePerson(app)).expect(409)).body.code).toBe('pass.not_usable');
  });
});

describe('the movements of a pass', () => {
  it('say in order what was booked, used and given back, and what was left', async () => {
    const scene = await makePassScene(app);
    const here = { passId: scene.pass.id, hostSpaceId: scene.atelier.id, halfDays: 2 };
    await passHold(app).use(scene.nomad.id, here);
    app.get<TestClock>(Clock).travelTo('2026-06-02T08:00:00Z');
    const holdId = await passHold(app).hold(scene.nomad.id, here);
    await passHold(app).giveBack(scene.nomad.id, holdId);
    const path = `/v1/passes/${scene.pass.id}/movements`;
    const { body } = await scene.nomad.agent.get(path).expect(200);
    const told = body.items.map(
      (move: { kind: string; change: number; leftHalfDays: number }) =>
        `${move.kind} ${move.change} → ${move.leftHalfDays}`,
    );
    expect(told).toEqual([
      'ISSUED 20 → 20',
      'BOOKED -2 → 18',
      'USED 0 → 18',
      'BOOKED -2 → 16',
      'GIVEN_BACK 2 → 18',
    ]);
    const { text } = await scene.nomad.agent
      .get(`${path}.csv`)
      .expect(200)
      .expect('content-type', /text\/csv/);
    const rows: { kind: string; left: string }[] = parse(text, { columns: true });
    expect(rows.map(({ kind, left }) => `${kind} ${left}`)).toContain('GIVEN_BACK 18');
    expect((await keeper.agent.get(path).expect(404)).body.code).toBe('pass.not_found');
  });
});
