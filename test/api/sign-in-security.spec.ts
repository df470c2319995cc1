/** How somebody proves who they are, again and by more than a password; and where they are signed in. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { Identity } from '../../src/identity/index.js';
import { newId } from '../../src/kernel/ids.js';
import { Db } from '../../src/platform/db.js';
import { namedScope } from '../../src/platform/scope.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';
import { agentWith, lastMail, makeOrganisation, makePerson, type Agent } from '../support/make-identity.js';
import { codeOf, giveAuthenticator, proveMinutesAgo } from '../support/prove.js';

const PASSWORD = 'seven tides at noon';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
let app: NestFastifyApplication;
const http = () => request(app.getHttpServer());

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
});
afterAll(() => app.close());

type Response = { headers: Record<string, string>; body: { code: string } };
const tokenOf = ({ headers }: Response) => /escale_session=([\w-]*)/.exec(String(headers['set-cookie']))?.[1];
const cookie = (token: string | undefined) => `escale_session=${token}`;
const current = (token: string | undefined) =>
  http().get('/v1/sessions/current').set('cookie', cookie(token));

/** Registered by the operator, with a password; the language is the mail's. */
async function makeRegistered() {
  const id = newId();
  const email = `${id}@example.org`;
  await app
    .get(Db)
    .tx(namedScope('operator'), (tx) =>
      app
        .get(Identity)
        .registerPerson(tx, { id, email, name: 'Leïla Haddad', language: 'fr', password: PASSWORD }),
    );
  return { id, email };
}
const signIn = (email: string, more: object = {}) =>
  http()
    .post('/v1/sessions')
    .set('user-agent', FIREFOX)
    .send({ email, password: PASSWORD, ...more });
const signedIn = async (email: string) => agentWith(app, tokenOf(await signIn(email).expect(200))!);
const codeAt = async (secret: string, steps = 0) => ({ code: await codeOf(secret, steps) });

/** Adds an app as a person does, and gives its secret. */
async function addAuthenticator(agent: Agent): Promise<{ id: string; secret: string }> {
  const id = newId();
  const { body } = await agent.put(`/v1/authenticators/${id}`).expect(200);
  await agent
    .put(`/v1/authenticators/${id}/confirmation`)
    .send(await codeAt(body.secret))
    .expect(200);
  return { id, secret: body.secret };
}

describe('a session', () => {
  it('has another secret once its owner has another role; the one before dies within a minute', async () => {
    const network = await makeOrganisation(app);
    const { id, email } = await makeRegistered();
    const before = tokenOf(await signIn(email).expect(200));
    expect(tokenOf(await current(before).expect(200))).toBeUndefined();
    await ownerSql(
      `INSERT INTO identity.memberships (id, person_id, organisation_id, network_id, role, created_at)
       VALUES ($1, $2, $3, $3, 'network_admin', now())`,
      [newId(), id, network.id],
    );
    const rotated = await current(before).expect(200);
    const after = tokenOf(rotated);
    expect(after).toMatch(/^[\w-]{43}$/);
    expect(tokenOf(await current(before).expect(200))).toBeUndefined(); // requests under way still pass
    await ownerSql(
      `UPDATE identity.sessions SET rotated_at = rotated_at - interval '61 seconds' WHERE person_id = $1`,
      [id],
    );
    expect((await current(before).expect(401)).body.code).toBe('access.unauthenticated');
    await current(after).expect(200);
  });

  it('gives its new secret to one of two requests that come at once, and keeps both going', async () => {
    const network = await makeOrganisation(app);
    const { id, email } = await makeRegistered();
    const before = tokenOf(await signIn(email).expect(200));
    await ownerSql(
      `INSERT INTO identity.memberships (id, person_id, organisation_id, network_id, role, created_at)
       VALUES ($1, $2, $3, $3, 'researcher', now())`,
      [newId(), id, network.id],
    );
    const answers = await Promise.all(Array.from({ length: 6 }, () => current(before).expect(200)));
    const fresh = answers.map(tokenOf).filter(Boolean);
    expect(fresh).toHaveLength(1);
    await current(fresh[0]).expect(200);
  });

  it('is in a list of all of them with its device, and can be ended from any other', async () => {
    const { email } = await makeRegistered();
    const here = await signedIn(email);
    const there = await signedIn(email);
    const { body } = await here.get('/v1/sessions').expect(200);
    expect(body.items).toHaveLength(2);
    expect(body.items.map(({ device }: { device: string }) => device)).toEqual(
      Array(2).fill('Firefox, Linux'),
    );
    const other = body.items.find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);
    const stranger = await makePerson(app);
    const refused = await stranger.agent.delete(`/v1/sessions/${other.id}`).expect(404);
    expect(refused.body.code).toBe('session.not_found');
    await here.delete(`/v1/sessions/${other.id}`).expect(200, { ended: true });
    await there.get('/v1/sessions/current').expect(401);
    await here.get('/v1/sessions/current').expect(200);
    const acts = await here.get('/v1/sign-in-acts').expect(200);
    expect(acts.body.items).toMatchObject([{ kind: 'SESSION_ENDED', device: 'Firefox, Linux' }]);
  });

  it('ends everywhere at once', async () => {
    const { email } = await makeRegistered();
    const agents = [await signedIn(email), await signedIn(email)];
    const response = await agents[0]!.delete('/v1/sessions').expect(200);
    expect(response.headers['set-cookie']![0]).toContain('Max-Age=0');
    for (const agent of agents) await agent.get('/v1/sessions/current').expect(401);
  });
});

describe('a proof', () => {
  const asks = (agent: Agent) => agent.put(`/v1/recovery-codes/${newId()}`);

  it('is asked for again after five minutes, and the password gives it where there is nothing better', async () => {
    const { id, email } = await makeRegistered();
    const token = tokenOf(await signIn(email).expect(200))!;
    const agent = agentWith(app, token);
    await asks(agent).expect(200);
    await proveMinutesAgo(id, 5);
    const refused = await asks(agent).expect(403);
    expect(refused.body).toMatchObject({ code: 'access.step_up_required' });
    expect(refused.body.detail).toMatch(/passkey, your authenticator app or your password/);

    const wrong = await agent
      .post('/v1/sessions/current/proof')
      .send({ password: 'not this one' })
      .expect(403);
    expect(wrong.body.code).toBe('session.proof_refused');
    const proved = await agent.post('/v1/sessions/current/proof').send({ password: PASSWORD }).expect(200);
    expect(tokenOf(proved)).not.toBe(token);
    await asks(agent).expect(200);
  });

  it('by a password counts no longer for whoever has an authenticator app', async () => {
    const { id, email } = await makeRegistered();
    const agent = await signedIn(email);
    const { secret } = await addAuthenticator(agent);
    expect((await asks(agent).expect(403)).body.code).toBe('access.step_up_required');
    const prove = (proof: object) => agent.post('/v1/sessions/current/proof').send(proof);
    expect((await prove({ password: PASSWORD }).expect(403)).body.code).toBe('session.proof_refused');
    await prove(await codeAt(secret, 1)).expect(200);
    await asks(agent).expect(200);
    await proveMinutesAgo(id, 6);
    await asks(agent).expect(403);
  });

  it('can be guessed at five times', async () => {
    const { id, email } = await makeRegistered();
    const agent = await signedIn(email);
    await giveAuthenticator(app, id);
    const guess = () => agent.post('/v1/sessions/current/proof').send({ code: '000000' });
    for (let attempt = 1; attempt <= 5; attempt += 1) await guess().expect(403);
    expect((await guess().expect(429)).body.code).toBe('http.too_many_requests');
  });

  it('of a treasurer needs a passkey or an app: without one, money waits and the sign-in says so', async () => {
    const network = await makeOrganisation(app);
    const { id, email } = await makeRegistered();
    await ownerSql(
      `INSERT INTO identity.memberships (id, person_id, organisation_id, network_id, role, created_at)
       VALUES ($1, $2, $3, $3, 'network_treasurer', now())`,
      [newId(), id, network.id],
    );
    const agent = await signedIn(email);
    expect((await agent.get('/v1/sessions/current').expect(200)).body.isFactorWanted).toBe(true);
    const send = () => agent.put(`/v1/payment-batches/${newId()}/approval`);
    expect((await send().expect(403)).body.code).toBe('access.factor_required');
    const { secret } = await addAuthenticator(agent);
    expect((await send().expect(403)).body.code).toBe('access.step_up_required');
    await agent
      .post('/v1/sessions/current/proof')
      .send(await codeAt(secret, 1))
      .expect(200);
    await send().expect(404); // there is no such batch
    expect((await agent.get('/v1/sessions/current').expect(200)).body).not.toHaveProperty('isFactorWanted');
  });

  it('is nothing that a key has', async () => {
    const network = await makeOrganisation(app);
    const admin = await makePerson(app, { grants: [{ organisationId: network.id, role: 'network_admin' }] });
    const { body } = await admin.agent
      .put(`/v1/api-keys/${newId()}`)
      .send({ organisationId: network.id, name: 'Bank', permissions: ['banking:write'] })
      .expect(200);
    const answer = await http()
      .put(`/v1/payment-batches/${newId()}/approval`)
      .set('authorization', `Bearer ${body.key}`)
      .expect(403);
    expect(answer.body.code).toBe('access.denied');
  });
});

describe('an authenticator app', () => {
  it('is asked for at sign-in from its first code on, and its owner is told by mail', async () => {
    const { email } = await makeRegistered();
    const agent = await signedIn(email);
    const id = newId();
    const { body } = await agent.put(`/v1/authenticators/${id}`).expect(200);
    expect(body.uri).toBe(
      `otpauth://totp/Escale:${encodeURIComponent(email)}?secret=${body.secret}&issuer=Escale`,
    );
    expect((await agent.put(`/v1/authenticators/${id}`).expect(200)).body).toEqual(body);
    const confirm = (code: string) => agent.put(`/v1/authenticators/${id}/confirmation`).send({ code });
    expect((await confirm('000000').expect(422)).body.code).toBe('authenticator.code_refused');
    await signIn(email).expect(200); // not yet asked for
    await confirm(await codeOf(body.secret)).expect(200, { id, isConfirmed: true, secret: null, uri: null });
    expect(await lastMail(email)).toMatchObject({
      subject: 'Une application d’authentification a été ajoutée',
      language: 'fr',
    });
    const half = await signIn(email).expect(401);
    expect(half.body.code).toBe('session.code_required');
    expect(half.headers).not.toHaveProperty('set-cookie');
    expect((await signIn(email, { code: '000000' }).expect(401)).body.code).toBe('session.code_refused');
    await signIn(email, await codeAt(body.secret, 1)).expect(200);
  });

  it('gives codes that count once: neither the same nor an older one is taken again', async () => {
    const { id, email } = await makeRegistered();
    const secret = await giveAuthenticator(app, id);
    const next = await codeAt(secret, 1);
    await signIn(email, next).expect(200);
    expect((await signIn(email, next).expect(401)).body.code).toBe('session.code_refused');
    await signIn(email, await codeAt(secret)).expect(401);
  });

  it('is one; a stranger’s is none; once removed it is asked for no more', async () => {
    const { id, email } = await makeRegistered();
    const agent = await signedIn(email);
    const stranger = await makePerson(app);
    const [first, second] = [newId(), newId()];
    const { body: one } = await agent.put(`/v1/authenticators/${first}`).expect(200);
    const { body: two } = await agent.put(`/v1/authenticators/${second}`).expect(200);
    const foreign = await stranger.agent
      .put(`/v1/authenticators/${first}/confirmation`)
      .send({ code: '000000' });
    expect(foreign.body.code).toBe('authenticator.not_found');
    await stranger.agent.put(`/v1/authenticators/${first}`).expect(409);
    await agent
      .put(`/v1/authenticators/${first}/confirmation`)
      .send(await codeAt(one.secret))
      .expect(200);
    await agent
      .post('/v1/sessions/current/proof')
      .send(await codeAt(one.secret, 1))
      .expect(200);
    const other = await agent.put(`/v1/authenticators/${second}/confirmation`).send(await codeAt(two.secret));
    expect(other.body.code).toBe('authenticator.held');
    await agent.delete(`/v1/authenticators/${first}`).expect(200);
    await signIn(email).expect(200);
    expect((await agent.get('/v1/sign-in-ways').expect(200)).body).toMatchObject({ authenticator: null });
    const kinds = await ownerSql<{ kind: string }>(
      'SELECT kind FROM identity.sign_in_acts WHERE person_id = $1 ORDER BY id',
      [id],
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['AUTHENTICATOR_ADDED', 'AUTHENTICATOR_REMOVED']);
  });

  it('is known to the database by a sealed secret alone, and gone with its owner', async () => {
    const { id, email } = await makeRegistered();
    const agent = await signedIn(email);
    const { secret } = await addAuthenticator(agent);
    const [row] = await ownerSql<{ sealed: Buffer }>(
      'SELECT sealed_secret AS sealed FROM identity.authenticators WHERE person_id = $1',
      [id],
    );
    expect(row!.sealed.includes(secret)).toBe(false);
    await agent.delete(`/v1/people/${id}`).expect(200);
    expect(await ownerSql('SELECT FROM identity.authenticators WHERE person_id = $1', [id])).toEqual([]);
  });
});

describe('recovery codes', () => {
  it('let somebody in once each without their phone; new ones end the old ones; only hashes are kept', async () => {
    const { id, email } = await makeRegistered();
    const agent = await signedIn(email);
    const made = newId();
    const { body } = await agent.put(`/v1/recovery-codes/${made}`).expect(200);
    expect(body.codes).toHaveLength(10);
    expect((await agent.put(`/v1/recovery-codes/${made}`).expect(200)).body.codes).toBeNull();
    await addAuthenticator(agent);
    const [first, second] = body.codes as [string, string];
    const token = tokenOf(await signIn(email, { code: first.toLowerCase().replace('-', ' ') }).expect(200))!;
    await signIn(email, { code: first }).expect(401);
    expect((await agentWith(app, token).get('/v1/sign-in-ways').expect(200)).body.recoveryCodesLeft).toBe(9);
    const stored = await ownerSql<{ row: string }>(
      'SELECT to_jsonb(code)::text AS row FROM identity.recovery_codes code WHERE person_id = $1',
      [id],
    );
    for (const { row } of stored) for (const code of body.codes) expect(row).not.toContain(code);
    await agentWith(app, token).put(`/v1/recovery-codes/${newId()}`).expect(200);
    await signIn(email, { code: second }).expect(401);
  });
});
