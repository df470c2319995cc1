import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Command } from 'commander';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { Identity, registerIdentityCli } from '../../src/identity/index.js';
import { Db } from '../../src/platform/db.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { namedScope, PUBLIC_SCOPE } from '../../src/platform/scope.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';
import { lastMail, makeOrganisation, makePerson } from '../support/make-identity.js';

const PASSWORD = 'seven tides at noon';
let app: NestFastifyApplication;
const http = () => request(app.getHttpServer());

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
});
afterAll(() => app.close());

/** What a command prints. */
async function stdoutOf(run: () => Promise<unknown>): Promise<string> {
  const write = process.stdout.write.bind(process.stdout);
  let printed = '';
  process.stdout.write = (text) => {
    printed += String(text);
    return true;
  };
  try {
    await run();
  } finally {
    process.stdout.write = write;
  }
  return printed;
}

const askReset = (email: string) => http().post('/v1/password-resets').send({ email });

async function resetLink(email: string) {
  await askReset(email).expect(202);
  return (await lastMail(email))!;
}

describe('a password reset', () => {
  it('is answered alike for known and unknown addresses, and mailed to the known one', async () => {
    const { email } = await makePerson(app);
    const unknown = `${newId()}@example.org`;
    const known = await askReset(email).expect(202);
    expect((await askReset(unknown).expect(202)).body).toEqual(known.body);
    expect(await lastMail(email)).toMatchObject({ subject: 'Choose a new password' });
    expect(await lastMail(unknown)).toBeUndefined();
  });

  it('sets the password, ends every session, and works once', async () => {
    const { email, agent } = await makePerson(app);
    const { id, token } = await resetLink(email);
    const put = (password: string) => http().put(`/v1/password-resets/${id}`).send({ token, password });
    await put(PASSWORD).expect(200);
    await agent.get('/v1/sessions/current').expect(401);
    await http().post('/v1/sessions').send({ email, password: PASSWORD }).expect(200);
    await put(PASSWORD).expect(200); // the answer was lost: nothing happens again
    await http().post('/v1/sessions').send({ email, password: PASSWORD }).expect(200);
    expect((await put('another long password').expect(410)).body.code).toBe('link.spent');
  });

  it('makes the links asked for before it worthless', async () => {
    const { email } = await makePerson(app);
    const first = await resetLink(email);
    const second = await resetLink(email);
    const put = ({ id, token }: typeof first, password: string) =>
      http().put(`/v1/password-resets/${id}`).send({ token, password });
    await put(second, PASSWORD).expect(200);
    expect((await put(first, 'the thief’s password').expect(410)).body.code).toBe('link.spent');
  });

  it('is refused with the link of another reset', async () => {
    const { email } = await makePerson(app);
    const { token } = await resetLink(email);
    const { body } = await http()
      .put(`/v1/password-resets/${newId()}`)
      .send({ token, password: PASSWORD })
      .expect(410);
    expect(body.code).toBe('link.spent');
  });

  it('is asked for at most three times an hour for one address', async () => {
    const email = `${newId()}@example.org`;
    for (let attempt = 1; attempt <= 3; attempt += 1) await askReset(email).expect(202);
    expect((await askReset(email).expect(429)).body.code).toBe('http.too_many_requests');
  });
});

describe('the first administrator', () => {
  it('is made on the command line, again and again, and chooses a password by the printed link', async () => {
    const email = `${newId()}@example.org`;
    const create = async () => {
      const program = new Command();
      registerIdentityCli(program, async () => app);
      const args = ['--name', 'Root', '--country', 'FR', '--json'];
      const printed = await stdoutOf(() =>
        program.parseAsync(['administrators:create', email, ...args], { from: 'user' }),
      );
      return JSON.parse(printed) as { personId: string; link: string };
    };
    const { personId } = await create();
    const again = await create();
    expect(again.personId).toBe(personId);
    const { id, token } = /#id=(?<id>[\w-]+)&token=(?<token>[\w-]+)/.exec(again.link)!.groups!;
    await http().put(`/v1/password-resets/${id}`).send({ token, password: PASSWORD }).expect(200);
    const signedIn = await http().post('/v1/sessions').send({ email, password: PASSWORD }).expect(200);
    const cookie = signedIn.headers['set-cookie']![0]!.split(';')[0]!;
    const session = await http().get('/v1/sessions/current').set('cookie', cookie).expect(200);
    expect(session.body.grants).toMatchObject([{ role: 'platform_admin', organisationKind: 'institution' }]);
  });
});

describe('a profile', () => {
  it('is changed by its person', async () => {
    const { id, email, agent } = await makePerson(app);
    const profile = { name: 'Ines', language: 'ar' };
    const { body } = await agent.put(`/v1/people/${id}/profile`).send(profile).expect(200);
    expect(body).toEqual({ id, email, ...profile });
  });

  it('of somebody else is not there', async () => {
    const { agent } = await makePerson(app);
    const other = await makePerson(app);
    const profile = { name: 'Mallory', language: 'en' };
    const { body } = await agent.put(`/v1/people/${other.id}/profile`).send(profile).expect(404);
    expect(body.code).toBe('person.not_found');
  });
});

describe('switching off', () => {
  it('ends sessions and memberships, and nobody signs in again', async () => {
    const network = await makeOrganisation(app);
    const { id, email, agent } = await makePerson(app, {
      grants: [{ organisationId: network.id, role: 'nomad' }],
    });
    await agent.delete(`/v1/people/${id}`).expect(200);
    await agent.get('/v1/sessions/current').expect(401);
    const active = await ownerSql(
      'SELECT FROM identity.memberships WHERE person_id = $1 AND ended_at IS NULL',
      [id],
    );
    expect(active).toHaveLength(0);
    const before = await lastMail(email);
    await askReset(email).expect(202);
    expect(await lastMail(email)).toEqual(before);
  });

  it('of somebody else is for the platform only', async () => {
    const network = await makeOrganisation(app);
    const target = await makePerson(app);
    const admin = await makePerson(app, { grants: [{ organisationId: network.id, role: 'network_admin' }] });
    const { body } = await admin.agent.delete(`/v1/people/${target.id}`).expect(403);
    expect(body.code).toBe('access.denied');
    const platform = await makePerson(app, {
      grants: [{ organisationId: network.id, role: 'platform_admin' }],
    });
    await platform.agent.delete(`/v1/people/${target.id}`).expect(200);
    await target.agent.get('/v1/sessions/current').expect(401);
    expect((await platform.agent.delete(`/v1/people/${newId()}`).expect(404)).body.code).toBe(
      'person.not_found',
    );
  });
});

describe('other modules', () => {
  it('find a person in their own scope or over all, and not from anywhere else', async () => {
    const identity = app.get(Identity);
    const db = app.get(Db);
    const { id, email, name } = await makePerson(app);
    const found = { id, email, name, language: 'en' };
    expect(await db.read({ networks: [], person: id }, (on) => identity.person(on, id))).toEqual(found);
    await expect(db.read(PUBLIC_SCOPE, (on) => identity.person(on, id))).rejects.toThrow('person.not_found');
    const byEmail = (address: string) =>
      db.read(namedScope('identity'), (on) => identity.personIdByEmail(on, address));
    expect(await byEmail(email.toUpperCase())).toBe(id);
    expect(await byEmail('nobody@example.org')).toBeNull();
  });

  it('register people and roles again and again without doubling them', async () => {
    const identity = app.get(Identity);
    const network = await makeOrganisation(app);
    const person = { id: newId(), email: 'Seed@Example.org', name: 'Seed', language: 'it' as const };
    const seed = () =>
      app.get(Db).tx(namedScope('operator'), async (tx) => {
        await identity.registerPerson(tx, { ...person, password: PASSWORD });
        await identity.grant(tx, { personId: person.id, organisationId: network.id, role: 'nomad' });
        return identity.actor(tx, person.id);
      });
    await seed();
    const actor = await seed();
    expect(actor).toMatchObject({ name: `person:${person.id}`, scope: { networks: [network.id] } });
    expect(actor.grants).toHaveLength(1);
    await http().post('/v1/sessions').send({ email: 'seed@example.org', password: PASSWORD }).expect(200);
  });
});

describe('what has served its purpose', () => {
  it('is forgotten: unconfirmed registrations after a week, ended sessions, old links', async () => {
    const confirmed = await makePerson(app);
    const unconfirmed = newId();
    const registration = {
      email: `${unconfirmed}@example.org`,
      name: 'Inès',
      language: 'en',
      password: PASSWORD,
    };
    await http().put(`/v1/people/${unconfirmed}`).send(registration).expect(200);
    await ownerSql(
      `UPDATE identity.links SET expires_at = now() - interval '2 days' WHERE used_at IS NOT NULL`,
    );
    await confirmed.agent.delete('/v1/sessions/current').expect(200);
    const kept = await makePerson(app);

    await app.get(Sweeps).runAll();
    const people = () => ownerSql<{ id: string }>('SELECT id FROM identity.people');
    expect((await people()).map((person) => person.id)).toContain(unconfirmed);
    await ownerSql(`UPDATE identity.people SET created_at = '2026-11-01' WHERE id = $1`, [unconfirmed]);
    expect(await app.get(Sweeps).runAll()).toMatchObject({ 'identity.forget': 2 }); // the person and the link

    const left = (await people()).map((person) => person.id);
    expect(left).toEqual(expect.arrayContaining([confirmed.id, kept.id]));
    expect(left).not.toContain(unconfirmed);
    expect(await ownerSql('SELECT FROM identity.sessions WHERE person_id = $1', [confirmed.id])).toHaveLength(
      0,
    );
    await kept.agent.get('/v1/sessions/current').expect(200);
  });
});

it('no secret that was handed out is stored as it is', async () => {
  const { email } = await makePerson(app);
  const { id, token } = await resetLink(email);
  await http().put(`/v1/password-resets/${id}`).send({ token, password: PASSWORD }).expect(200);
  const signedIn = await http().post('/v1/sessions').send({ email, password: PASSWORD }).expect(200);
  const session = signedIn.headers['set-cookie']![0]!.split(/[=;]/)[1]!;

  const tables = await ownerSql<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  for (const { name } of tables) {
    if (name === 'platform.mails') continue; // a mail is how the link reaches its owner; it is forgotten later
    const rows = await ownerSql<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
    const all = rows.map((row) => row.text).join('\n');
    const bytes = [token!, session].map((secret) => Buffer.from(secret, 'base64url').toString('hex'));
    for (const secret of [token!, session, PASSWORD, ...bytes]) {
      expect({ name, holdsIt: all.includes(secret) }).toEqual({ name, holdsIt: false });
    }
  }
});
