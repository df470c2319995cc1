import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
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

const newEmail = () => `${newId()}@example.org`;

function registration(email: string) {
  return { email, name: 'Inès Trabelsi', language: 'fr', password: PASSWORD };
}

async function register(email = newEmail()) {
  const id = newId();
  await http().put(`/v1/people/${id}`).send(registration(email)).expect(200);
  return { id, email, mail: await lastMail(email) };
}

async function registered(email?: string) {
  const person = await register(email);
  const { token } = person.mail!;
  await http().put(`/v1/people/${person.id}/email-confirmation`).send({ token }).expect(200);
  return person;
}

function signIn(email: string, password = PASSWORD) {
  return http().post('/v1/sessions').send({ email, password });
}

/** The name=value part, as a browser sends it back. */
function cookieOf(response: { headers: Record<string, string> }): string {
  return response.headers['set-cookie']![0]!.split(';')[0]!;
}

const current = (cookie: string) => http().get('/v1/sessions/current').set('cookie', cookie);

describe('registering', () => {
  it('makes a person who can sign in once the address is confirmed', async () => {
    const { id, email, mail } = await register();
    expect(mail).toMatchObject({ language: 'fr', subject: 'Confirmez votre adresse' });
    expect((await signIn(email).expect(401)).body.code).toBe('session.refused');

    const token = mail!.token;
    const confirm = () => http().put(`/v1/people/${id}/email-confirmation`).send({ token });
    const { body } = await confirm().expect(200);
    expect(body).toEqual({ id, email, name: 'Inès Trabelsi', language: 'fr' });
    expect((await confirm().expect(200)).body).toEqual(body);
    const session = await current(cookieOf(await signIn(email).expect(200))).expect(200);
    expect(session.body).toEqual({ person: body, grants: [] });
  });

  it('with the same id and body answers the same, and writes no second mail', async () => {
    const email = newEmail();
    const { id } = await register(email);
    await http().put(`/v1/people/${id}`).send(registration(email)).expect(200);
    const mails = await ownerSql('SELECT FROM platform.mails WHERE to_address = $1', [email]);
    expect(mails).toHaveLength(1);
  });

  it.each([
    ['name', { name: 'Somebody Else' }],
    ['password', { password: 'another long password' }],
  ])('with the same id and another %s is refused', async (_what, change) => {
    const { id, email } = await register();
    const again = { ...registration(email), ...change };
    const { body } = await http().put(`/v1/people/${id}`).send(again).expect(409);
    expect(body.code).toBe('request.id_reused');
  });

  it('does not tell whether an address is known, and writes to its owner instead', async () => {
    const { email } = await registered();
    const id = newId();
    const again = await http().put(`/v1/people/${id}`).send(registration(email)).expect(200);
    expect(again.body).toEqual({ id, email, name: 'Inès Trabelsi', language: 'fr' });
    const other = { ...registration(email), name: 'Other' };
    expect((await http().put(`/v1/people/${id}`).send(other).expect(409)).body.code).toBe(
      'request.id_reused',
    );
    const mail = await lastMail(email);
    expect(mail).toMatchObject({ subject: 'Vous avez déjà un compte' });
    expect(mail).not.toHaveProperty('token');
  });

  it('gives an address to whoever confirms it first, so that nobody can occupy it', async () => {
    const email = newEmail();
    const squatter = await register(email);
    await registered(email);
    const { body } = await http()
      .put(`/v1/people/${squatter.id}/email-confirmation`)
      .send({ token: squatter.mail!.token })
      .expect(409);
    expect(body.code).toBe('person.email_taken');
  });

  it.each([
    ['an e-mail that is none', { email: 'ines' }, '/email'],
    ['a short password', { password: 'short' }, '/password'],
    ['a name of two lines', { name: 'Inès\nBcc: all' }, '/name'],
    ['a language we do not write', { language: 'de' }, '/language'],
    ['a role', { role: 'platform_admin' }, ''],
  ])('refuses %s', async (_what, change, pointer) => {
    const wrong = { ...registration(newEmail()), ...change };
    const { body } = await http().put(`/v1/people/${newId()}`).send(wrong).expect(422);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ pointer }] });
  });
});

describe('a link', () => {
  it('that is wrong, old or somebody else’s is refused alike', async () => {
    const one = await register();
    const other = await register();
    const old = await register();
    await ownerSql(`UPDATE identity.links SET expires_at = now() WHERE person_id = $1`, [old.id]);
    const attempts = [
      [one.id, 'wrong'],
      [one.id, other.mail!.token],
      [old.id, old.mail!.token],
    ];
    for (const [id, token] of attempts) {
      const { body } = await http().put(`/v1/people/${id}/email-confirmation`).send({ token }).expect(410);
      expect(body.code).toBe('link.spent');
    }
    const { token } = other.mail!; // was not spent by the attempt of somebody else
    await http().put(`/v1/people/${other.id}/email-confirmation`).send({ token }).expect(200);
  });
});

describe('signing in', () => {
  it('answers alike for a wrong password, an unknown address and one without a password', async () => {
    const { email } = await registered();
    const { email: withoutPassword } = await makePerson(app);
    const answers = await Promise.all([
      signIn(email, 'a wrong password'),
      signIn(newEmail()),
      signIn(withoutPassword),
    ]);
    const seen = answers.map(({ status, body, headers }) => {
      const { requestId: _id, ...rest } = body;
      return { status, rest, cookie: headers['set-cookie'] };
    });
    expect(new Set(seen.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(seen[0]).toMatchObject({ status: 401, rest: { code: 'session.refused' } });
  });

  it('stops a guesser after five attempts, whatever the address, and lets the owner in before', async () => {
    const { email } = await registered();
    const unknown = newEmail();
    for (const address of [email, unknown]) {
      for (let attempt = 1; attempt <= 5; attempt += 1) await signIn(address, 'wrong').expect(401);
      const { body } = await signIn(address).expect(429);
      expect(body.code).toBe('http.too_many_requests');
    }
  });

  it('sets a cookie that scripts cannot read and other sites cannot use', async () => {
    const { email } = await registered();
    const response = await signIn(email).expect(200);
    const [cookie] = response.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^escale_session=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
  });

  it('marks the cookie Secure where the service is reached over https', async () => {
    const { email } = await registered();
    const secure = await startApp({ settings: { PUBLIC_URL: 'https://passes.example.org' } });
    try {
      const response = await request(secure.getHttpServer())
        .post('/v1/sessions')
        .send({ email, password: PASSWORD })
        .expect(200);
      expect(response.headers['set-cookie']![0]).toMatch(/; Secure$/);
    } finally {
      await secure.close();
    }
  });

  it('ignores a session that was planted before, and ends it', async () => {
    const { email } = await registered();
    const planted = cookieOf(await signIn(email));
    const made = await signIn(email).set('cookie', planted).expect(200);
    expect(cookieOf(made)).not.toBe(planted);
    await current(planted).expect(401);
    await current(cookieOf(made)).expect(200);

    const invented = 'escale_session=chosen-by-somebody-else';
    await signIn(email).set('cookie', invented).expect(200);
    await current(invented).expect(401);
  });
});

describe('a session', () => {
  it('says who is signed in, and with which roles over which networks', async () => {
    const root = await makeOrganisation(app);
    const chapter = await makeOrganisation(app, { parentId: root.id });
    const operator = await makeOrganisation(app, { kind: 'operator', parentId: chapter.id });
    const person = await makePerson(app, {
      grants: [
        { organisationId: root.id, role: 'network_admin' },
        { organisationId: operator.id, role: 'space_staff' },
      ],
    });
    const { body } = await person.agent.get('/v1/sessions/current').expect(200);
    expect(body.grants).toEqual([
      {
        role: 'network_admin',
        organisationId: root.id,
        organisationKind: 'network',
        networkIds: [root.id, chapter.id],
      },
      {
        role: 'space_staff',
        organisationId: operator.id,
        organisationKind: 'operator',
        networkIds: [chapter.id],
      },
    ]);
  });

  it('is asked for where a route is not public', async () => {
    expect((await http().get('/v1/sessions/current').expect(401)).body.code).toBe('access.unauthenticated');
    const unknown = http().get('/v1/sessions/current').set('authorization', 'Bearer esk_unknown');
    expect((await unknown.expect(401)).body.code).toBe('access.unauthenticated');
  });

  it('ends at sign-out', async () => {
    const { email } = await registered();
    const cookie = cookieOf(await signIn(email));
    const response = await http().delete('/v1/sessions/current').set('cookie', cookie).expect(200);
    expect(response.headers['set-cookie']![0]).toContain('Max-Age=0');
    await current(cookie).expect(401);
  });

  it.each([
    ['unused for thirty minutes', 'last_seen_at', '30 minutes'],
    ['twelve hours old', 'created_at', '12 hours'],
  ])('of an office is over when it is %s', async (_when, column, age) => {
    const network = await makeOrganisation(app);
    const treasurer = await makePerson(app, {
      grants: [{ organisationId: network.id, role: 'network_treasurer' }],
    });
    const nomad = await makePerson(app);
    await ownerSql(
      `UPDATE identity.sessions SET ${column} = now() - interval '${age}' WHERE person_id IN ($1, $2)`,
      [treasurer.id, nomad.id],
    );
    const { body } = await treasurer.agent.get('/v1/sessions/current').expect(401);
    expect(body.code).toBe('access.unauthenticated');
    await nomad.agent.get('/v1/sessions/current').expect(200);
  });

  it('stays alive by being used', async () => {
    const { id, agent } = await makePerson(app);
    await ownerSql(
      `UPDATE identity.sessions SET last_seen_at = now() - interval '1 hour' WHERE person_id = $1`,
      [id],
    );
    await agent.get('/v1/sessions/current').expect(200);
    const [row] = await ownerSql<{ fresh: boolean }>(
      `SELECT last_seen_at > now() - interval '1 minute' AS fresh FROM identity.sessions WHERE person_id = $1`,
      [id],
    );
    expect(row).toEqual({ fresh: true });
  });

  it('does not write for another site, and reads for any', async () => {
    const { id, agent } = await makePerson(app);
    const profile = { name: 'Mallory', language: 'en' };
    for (const header of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      const write = await agent.put(`/v1/people/${id}/profile`).set(header).send(profile).expect(403);
      expect(write.body.code).toBe('access.foreign_origin');
      await agent.get('/v1/sessions/current').set(header).expect(200);
    }
    await agent
      .put(`/v1/people/${id}/profile`)
      .set('sec-fetch-site', 'same-origin')
      .send(profile)
      .expect(200);
    const { email } = await registered();
    expect((await signIn(email).set('sec-fetch-site', 'cross-site').expect(403)).body.code).toBe(
      'access.foreign_origin',
    );
  });
});

// Last, because it uses up what this address may do.
describe('registering many people from one address', () => {
  it('stops after fifty in an hour', async () => {
    const email = newEmail();
    const id = newId();
    const statuses: number[] = [];
    for (let attempt = 1; attempt <= 51; attempt += 1) {
      const response = await http().put(`/v1/people/${id}`).send(registration(email));
      statuses.push(response.status);
    }
    expect(statuses[0]).toBe(200);
    expect(statuses.at(-1)).toBe(429);
  });
});
