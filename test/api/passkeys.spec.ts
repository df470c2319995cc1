/** Passkeys, by a security key in software: the ceremony of WebAuthn and what is no part of it. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';
import { agentWith, lastMail, makePerson, type Agent } from '../support/make-identity.js';
import { SoftPasskey } from '../support/make-passkey.js';
import { proveMinutesAgo } from '../support/prove.js';

const ORIGIN = 'https://passes.example.org';
let app: NestFastifyApplication;
const http = () => request(app.getHttpServer());

beforeAll(async () => {
  app = await startApp({ settings: { PUBLIC_URL: ORIGIN } });
  await emptyDatabase();
});
afterAll(() => app.close());

type Options = {
  challenge: string;
  rpId?: string;
  rp?: { id: string };
  excludeCredentials?: { id: string }[];
};

async function optionsToAdd(agent: Agent): Promise<{ challengeId: string; options: Options }> {
  const challengeId = newId();
  const { body } = await agent.put(`/v1/passkey-challenges/${challengeId}`).expect(200);
  return { challengeId, options: body.options };
}

async function optionsToSign(): Promise<{ challengeId: string; options: Options }> {
  const challengeId = newId();
  const { body } = await http().put(`/v1/sign-in-challenges/${challengeId}`).expect(200);
  return { challengeId, options: body.options };
}

async function makeHolder() {
  const person = await makePerson(app);
  const key = new SoftPasskey(ORIGIN);
  const id = newId();
  const { challengeId, options } = await optionsToAdd(person.agent);
  const body = { challengeId, name: 'My phone', registration: key.register(options) };
  const added = await person.agent.put(`/v1/passkeys/${id}`).send(body).expect(200);
  return { ...person, key, passkeyId: id, added: added.body, body };
}
const signIn = (challengeId: string, assertion: object) =>
  http().post('/v1/sessions/passkey').send({ challengeId, assertion });

it('is added for this site alone, told of by mail, and signs its owner in without a name or a password', async () => {
  const { id, email, key, passkeyId, added, agent, body } = await makeHolder();
  expect(added).toMatchObject({ id: passkeyId, name: 'My phone', isSynced: false, usedAt: null });
  expect(await lastMail(email)).toMatchObject({ subject: 'A passkey was added' });
  const again = await agent.post('/v1/sessions/current/proof').send({
    passkey: await optionsToSign().then(({ challengeId, options }) => ({
      challengeId,
      assertion: key.sign(options),
    })),
  });
  expect(again.status).toBe(200);
  expect((await agent.put(`/v1/passkeys/${passkeyId}`).send(body).expect(200)).body).toMatchObject({
    id: passkeyId,
  });
  const { options: other } = await optionsToAdd(agent);
  expect(other.excludeCredentials).toMatchObject([{ id: body.registration.id }]);

  const { challengeId, options } = await optionsToSign();
  expect(options.rpId).toBe('passes.example.org');
  const response = await signIn(challengeId, key.sign(options)).expect(200);
  const token = /escale_session=([\w-]+)/.exec(response.headers['set-cookie']![0]!)![1]!;
  const session = await agentWith(app, token).get('/v1/sessions/current').expect(200);
  expect(session.body.person.id).toBe(id);
  expect((await agentWith(app, token).get('/v1/sign-in-acts').expect(200)).body.items).toMatchObject([
    { kind: 'PASSKEY_ADDED' },
  ]);
});

it('signs each challenge once, and none that was never given or is too old', async () => {
  const { key } = await makeHolder();
  const { challengeId, options } = await optionsToSign();
  await signIn(challengeId, key.sign(options)).expect(200);
  expect((await signIn(challengeId, key.sign(options)).expect(403)).body.code).toBe('passkey.refused');
  await signIn(newId(), key.sign({ challenge: 'c2VsZi1tYWRl' })).expect(403);
  const late = await optionsToSign();
  await ownerSql('UPDATE identity.challenges SET expires_at = now() WHERE id = $1', [late.challengeId]);
  await signIn(late.challengeId, key.sign(late.options)).expect(403);
});

it.each([
  ['made on another site', { origin: 'https://passes.example.org.evil.example' }],
  ['made for another host', { rpId: 'evil.example' }],
  ['without its owner’s finger, face or PIN', { isVerified: false }],
  ['whose counter stands still, as a copied key’s does', { counter: 1 }],
])('is refused when %s', async (_what, twist) => {
  const { key } = await makeHolder();
  const first = await optionsToSign();
  await signIn(first.challengeId, key.sign(first.options)).expect(200); // the positive control
  const { challengeId, options } = await optionsToSign();
  expect((await signIn(challengeId, key.sign(options, twist)).expect(403)).body.code).toBe('passkey.refused');
});

it('is refused when another key signs in its name', async () => {
  const { body } = await makeHolder();
  const { challengeId, options } = await optionsToSign();
  const forged = {
    ...new SoftPasskey(ORIGIN).sign(options),
    id: body.registration.id,
    rawId: body.registration.id,
  };
  expect((await signIn(challengeId, forged).expect(403)).body.code).toBe('passkey.refused');
});

it('is added to nobody else by a challenge of theirs, nor without having proved who one is', async () => {
  const [one, other] = [await makePerson(app), await makePerson(app)];
  const { challengeId, options } = await optionsToAdd(one.agent);
  const registration = new SoftPasskey(ORIGIN).register(options);
  const put = (agent: Agent) =>
    agent.put(`/v1/passkeys/${newId()}`).send({ challengeId, name: 'Theirs', registration });
  expect((await put(other.agent).expect(403)).body.code).toBe('passkey.refused');
  await proveMinutesAgo(one.id, 5);
  expect((await put(one.agent).expect(403)).body.code).toBe('access.step_up_required');
});

it('proves nothing of somebody else', async () => {
  const { key } = await makeHolder();
  const { agent } = await makePerson(app);
  const { challengeId, options } = await optionsToSign();
  const proof = { passkey: { challengeId, assertion: key.sign(options) } };
  const refused = await agent.post('/v1/sessions/current/proof').send(proof).expect(403);
  expect(refused.body.code).toBe('session.proof_refused');
});

it('signs nobody in once it is removed, or its owner is switched off', async () => {
  const { id, agent, key, passkeyId } = await makeHolder();
  const prove = async () => {
    const { challengeId, options } = await optionsToSign();
    return { passkey: { challengeId, assertion: key.sign(options) } };
  };
  const stranger = await makePerson(app);
  const foreign = await stranger.agent.delete(`/v1/passkeys/${passkeyId}`).expect(404);
  expect(foreign.body.code).toBe('passkey.not_found');
  expect((await agent.delete(`/v1/passkeys/${passkeyId}`).expect(403)).body.code).toBe(
    'access.step_up_required',
  );
  await agent
    .post('/v1/sessions/current/proof')
    .send(await prove())
    .expect(200);
  await agent.delete(`/v1/passkeys/${passkeyId}`).expect(200);
  const { passkey } = await prove();
  await signIn(passkey.challengeId, passkey.assertion).expect(403);

  const other = await makeHolder();
  await other.agent.delete(`/v1/people/${other.id}`).expect(200);
  const { challengeId, options } = await optionsToSign();
  await signIn(challengeId, other.key.sign(options)).expect(403);
  expect(
    await ownerSql('SELECT FROM identity.passkeys WHERE person_id = ANY ($1)', [[id, other.id]]),
  ).toEqual([]);
});
