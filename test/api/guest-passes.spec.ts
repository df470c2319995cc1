import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { Ledger } from '../../src/ledger/index.js';
import { makeHolder } from '../../src/passes/index.js';
import { Clock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { namedScope } from '../../src/platform/scope.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { makePerson } from '../support/make-identity.js';
import { makePassScene, passHold } from '../support/make-passes.js';

let app: NestFastifyApplication;
let clock: TestClock;
let { atelier, nomad, pass } = {} as Awaited<ReturnType<typeof makePassScene>>;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  clock = app.get(Clock);
});
beforeEach(async () => {
  clock.travelTo('2026-06-01T08:00:00Z');
  ({ atelier, nomad, pass } = await makePassScene(app, { guestsPerDay: 1, validDays: 60 }));
});
afterEach(async () => {
  const wrong = await app.get(Db).read(namedScope('operator'), (on) => app.get(Ledger).wrongBalances(on));
  expect(wrong).toEqual([]);
});
afterAll(() => app.close());

let guests = 0;
const order = (changes: object = {}) => ({
  passId: pass.id,
  name: 'Nour Haddad',
  email: `nour-${(guests += 1)}@example.org`,
  language: 'fr',
  spaceId: atelier.id,
  day: '2026-06-10',
  part: 'DAY',
  ...changes,
});
const invite = (body: object = order(), id = newId()) => nomad.agent.put(`/v1/guest-passes/${id}`).send(body);
const left = async () => (await nomad.agent.get(`/v1/passes/${pass.id}`).expect(200)).body.leftHalfDays;
const http = () => request(app.getHttpServer());
const tokenOf = async (email: string) => {
  const [mail] = await ownerSql<{ text: string }>(
    'SELECT text FROM platform.mails WHERE to_address = $1 ORDER BY id LIMIT 1',
    [email],
  );
  return /#id=\S+&token=(\S+)/.exec(mail!.text)![1]!;
};
const invited = async () => {
  const body = order();
  const { body: invitation } = await invite(body).expect(200);
  return { id: invitation.id as string, email: body.email, token: await tokenOf(body.email) };
};
const confirm = ({ id, token }: { id: string; token: string }) =>
  http().put(`/v1/guest-passes/${id}/confirmation`).send({ token });
const withdraw = (id: string, agent = nomad.agent) => agent.put(`/v1/guest-passes/${id}/withdrawal`);

describe('an invitation', () => {
  it('sets the half-days aside on the pass of whoever invites, once per id', async () => {
    const [body, id] = [order(), newId()];
    await invite(body, id).expect(200);
    const again = await invite(body, id).expect(200);
    expect(again.body).toMatchObject({ id, state: 'SENT', halfDays: 2, guestName: 'Nour Haddad' });
    expect(await left()).toBe(18); // 20 - 2
    const reused = await invite(order(), id).expect(409);
    expect(reused.body.code).toBe('request.id_reused');
    const listed = await nomad.agent.get(`/v1/guest-passes?passId=${pass.id}`).expect(200);
    expect(listed.body.items).toEqual([again.body]);
    const mails = await ownerSql('SELECT FROM platform.mails WHERE to_address = $1', [body.email]);
    expect(mails).toHaveLength(1);
  });

  it('is limited per day, to days and spaces the pass is good for, and to passes that allow guests', async () => {
    await invite().expect(200);
    expect((await invite().expect(409)).body.code).toBe('guest_pass.day_limit');
    await invite(order({ day: '2026-06-11' })).expect(200);
    expect((await invite(order({ day: '2026-05-31' })).expect(409)).body.code).toBe('pass.not_usable');
    expect((await invite(order({ day: '2026-08-01' })).expect(409)).body.code).toBe('pass.not_usable');
    const alone = await makePassScene(app);
    const refused = await alone.nomad.agent
      .put(`/v1/guest-passes/${newId()}`)
      .send(order({ passId: alone.pass.id, spaceId: alone.atelier.id }))
      .expect(409);
    expect(refused.body.code).toBe('guest_pass.not_allowed');
    const stranger = await makePerson(app);
    const foreign = await stranger.agent.put(`/v1/guest-passes/${newId()}`).send(order()).expect(404);
    expect(foreign.body.code).toBe('pass.not_found');
  });

  it('is shown to whoever has the link, and to nobody else', async () => {
    const { id, token } = await invited();
    const open = (secret: string) => http().put(`/v1/guest-passes/${id}/opening`).send({ token: secret });
    expect((await open(token).expect(200)).body).toEqual({
      id,
      guestName: 'Nour Haddad',
      inviterFirstName: 'Lea',
      spaceId: atelier.id,
      spaceName: 'Atelier',
      city: 'Marseille',
      day: '2026-06-10',
      part: 'DAY',
      state: 'SENT',
    });
    expect((await open('wrong').expect(404)).body.code).toBe('guest_pass.not_found');
    expect((await confirm({ id, token: 'wrong' }).expect(404)).body.code).toBe('guest_pass.not_found');
  });
});

describe('a guest', () => {
  const credential = ({ id, token }: { id: string; token: string }) =>
    http()
      .put(`/v1/guest-passes/${id}/credentials/${newId()}`)
      .send({ token, holderKey: makeHolder().holderKey });
  const personOf = async (id: string) => {
    const [row] = await ownerSql<{ person: string }>(
      'SELECT person_id AS person FROM passes.passes WHERE id = $1',
      [id],
    );
    return row!.person;
  };

  it('confirms the address, and gets a code of their own for that space and that day', async () => {
    const guest = await invited();
    expect((await credential(guest).expect(409)).body.code).toBe('guest_pass.not_confirmed');
    expect((await confirm(guest).expect(200)).body.state).toBe('CONFIRMED');
    expect((await confirm(guest).expect(200)).body.state).toBe('CONFIRMED');
    expect((await credential(guest).expect(200)).body).toMatchObject({ passId: guest.id, revokedAt: null });
    const personId = await personOf(guest.id);
    expect(personId).not.toBe(nomad.id);
    const here = { passId: guest.id, hostSpaceId: atelier.id, halfDays: 2 };
    await expect(passHold(app).hold(personId, { ...here, day: '2026-06-11' })).rejects.toMatchObject({
      code: 'pass.not_usable',
    });
    await passHold(app).use(personId, { ...here, day: '2026-06-10' });
    const listed = await nomad.agent.get(`/v1/guest-passes?passId=${pass.id}`).expect(200);
    expect(listed.body.items).toMatchObject([{ state: 'USED' }]);
    expect((await withdraw(guest.id).expect(409)).body.code).toBe('guest_pass.over');
    expect(await left()).toBe(18);
  });

  it('who has an account gets the pass into it', async () => {
    const friend = await makePerson(app);
    const { body } = await invite(order({ email: friend.email })).expect(200);
    await confirm({ id: body.id, token: await tokenOf(friend.email) }).expect(200);
    const { body: own } = await friend.agent.get(`/v1/passes/${body.id}`).expect(200);
    expect(own).toMatchObject({
      role: 'GUEST',
      validFrom: '2026-06-10',
      validUntil: '2026-06-10',
      leftHalfDays: 2,
      unused: { outcome: 'RETURN' },
    });
  });

  it.each(['SENT', 'CONFIRMED'])(
    'is uninvited while %s: the half-days come back, the code ends',
    async (state) => {
      const guest = await invited();
      if (state === 'CONFIRMED') {
        await confirm(guest).expect(200);
        await credential(guest).expect(200);
      }
      const stranger = await makePerson(app);
      expect((await withdraw(guest.id, stranger.agent).expect(404)).body.code).toBe('guest_pass.not_found');
      expect((await withdraw(guest.id).expect(200)).body.state).toBe('WITHDRAWN');
      expect((await withdraw(guest.id).expect(200)).body.state).toBe('WITHDRAWN');
      expect(await left()).toBe(20);
      expect((await confirm(guest).expect(409)).body.code).toBe('guest_pass.over');
      expect((await credential(guest).expect(409)).body.code).toBe('guest_pass.not_confirmed');
      const live = 'SELECT FROM passes.credentials WHERE pass_id = $1 AND revoked_at IS NULL';
      expect(await ownerSql(live, [guest.id])).toEqual([]);
    },
  );

  it.each(['SENT', 'CONFIRMED'])(
    'who stays away while %s gives the half-days back after the day',
    async (state) => {
      const guest = await invited();
      if (state === 'CONFIRMED') await confirm(guest).expect(200);
      expect(await left()).toBe(18);
      clock.travelTo('2026-06-11T13:00:00Z');
      await app.get(Sweeps).runAll();
      expect(await left()).toBe(20);
      const listed = await nomad.agent.get(`/v1/guest-passes?passId=${pass.id}`).expect(200);
      expect(listed.body.items).toMatchObject([{ state: 'LAPSED' }]);
    },
  );

  it('has no code any more when the pass that invited is revoked', async () => {
    const guest = await invited();
    await confirm(guest).expect(200);
    await pass.admin.put(`/v1/passes/${pass.id}/revocation`).send({ reason: 'Fraud' }).expect(200);
    expect((await credential(guest).expect(409)).body.code).toBe('pass.not_usable');
  });
});
