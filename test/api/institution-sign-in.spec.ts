/** Signing in by an institution's own account, at a real OpenID provider on this machine. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';
import { agentWith, makeOrganisation, makePerson, type Agent } from '../support/make-identity.js';
import { startInstitution, type Institution } from '../support/make-institution.js';

const ORIGIN = 'https://passes.example.org';
const DOMAIN = 'ville.example';
let app: NestFastifyApplication;
let city: Institution;
let operator: Agent;
let cityId: string;
let networkId: string;
const http = () => request(app.getHttpServer());

beforeAll(async () => {
  app = await startApp({ settings: { PUBLIC_URL: ORIGIN, ISSUERS_TO_PRIVATE: 'true' } });
  await emptyDatabase();
  city = await startInstitution(`${ORIGIN}/v1/institution-sign-ins/callback`);
  networkId = (await makeOrganisation(app)).id;
  cityId = (await makeOrganisation(app, { kind: 'institution', parentId: networkId, name: 'Ville' })).id;
  const grants = [{ organisationId: cityId, role: 'platform_admin' as const }];
  operator = (await makePerson(app, { grants })).agent;
  await operator.put(`/v1/identity-providers/${newId()}`).send(settings()).expect(200);
}, 60_000);
afterAll(async () => {
  await app.close();
  await city.stop();
});

function settings(over: object = {}) {
  const mapping = [{ claim: 'groups', value: 'mobility', role: 'public_sponsor' }];
  const { issuer, client, secret } = city;
  return {
    organisationId: cityId,
    issuer,
    client,
    secret,
    domains: [DOMAIN],
    role: 'nomad',
    mapping,
    ...over,
  };
}

const signInPage = (fault: string) => `/sign-in?fault=${fault}`;

type Trip = { url: string; cookie: string };

async function begin(email = `ana@${DOMAIN}`, next = '/me'): Promise<Trip> {
  const { body, headers } = await http().post('/v1/institution-sign-ins').send({ email, next }).expect(200);
  expect(body.institution).toBe('Ville');
  return { url: body.url, cookie: /escale_trip=[\w-]+/.exec(headers['set-cookie']![0]!)![0] };
}

function back(at: URL, cookie: string) {
  return http().get(`${at.pathname}${at.search}`).set('cookie', cookie).expect(302);
}

async function come(claims: { sub: string; [claim: string]: unknown }) {
  const { url, cookie } = await begin();
  const response = await back(await city.visit(url, claims), cookie);
  const cookies = String(response.headers['set-cookie']);
  return { to: response.headers['location'], token: /escale_session=([\w-]{43})/.exec(cookies)?.[1] };
}

const ana = (over: object = {}) => ({
  sub: 'ana-4711',
  name: 'Ana Ferrari',
  email: `ana@${DOMAIN}`,
  email_verified: true,
  ...over,
});
const sessionOf = async (token: string | undefined) =>
  (await agentWith(app, token!).get('/v1/sessions/current').expect(200)).body;

it('makes an account at the first time, with the role of the mapping, and finds it again', async () => {
  const first = await come(ana({ groups: ['all', 'mobility'] }));
  expect(first.to).toBe('/me');
  const session = await sessionOf(first.token);
  expect(session.person).toMatchObject({ name: 'Ana Ferrari', email: `ana@${DOMAIN}` });
  expect(session.grants).toMatchObject([{ role: 'public_sponsor', organisationId: cityId }]);
  const again = await sessionOf((await come(ana({ email: `ana.ferrari@${DOMAIN}` }))).token);
  expect(again.person.id).toBe(session.person.id);
});

it('links to an account of that address, and to none of an address it does not vouch for', async () => {
  const known = await makePerson(app, { name: 'Luca Rossi' });
  await ownerSql('UPDATE identity.people SET email = $2 WHERE id = $1', [known.id, `luca@${DOMAIN}`]);
  const luca = { sub: 'luca-1', email: `luca@${DOMAIN}` };
  for (const wrong of [
    { ...luca, email_verified: false },
    luca,
    { ...luca, email: known.email, email_verified: true },
  ]) {
    expect(await come(wrong)).toEqual({ to: signInPage('identity_provider.not_vouched'), token: undefined });
  }
  const session = await sessionOf((await come({ ...luca, email_verified: true })).token);
  expect(session.person.id).toBe(known.id);
});

it('is for the browser that began it, once, with the state it was given', async () => {
  const { url, cookie } = await begin();
  const at = await city.visit(url, ana());
  const refused = signInPage('identity_provider.refused');
  const other = await begin();
  expect((await back(at, other.cookie)).headers['location']).toBe(refused);
  expect((await back(at, cookie)).headers['location']).toBe(refused); // used up by the attempt

  const fresh = await begin();
  const good = await city.visit(fresh.url, ana());
  const forged = new URL(good);
  forged.searchParams.set('state', 'chosen-by-somebody-else');
  expect((await back(forged, fresh.cookie)).headers['location']).toBe(refused);
  expect((await back(good, fresh.cookie)).headers['location']).toBe('/me');
  expect((await back(good, fresh.cookie)).headers['location']).toBe(refused);
});

it('takes no code of another trip: the verifier of this one does not fit', async () => {
  const [one, two] = [await begin(), await begin()];
  const [first, second] = [
    await city.visit(one.url, ana()),
    await city.visit(two.url, ana({ sub: 'mallory' })),
  ];
  first.searchParams.set('code', second.searchParams.get('code')!);
  expect((await back(first, one.cookie)).headers['location']).toBe(signInPage('identity_provider.refused'));
});

it('leads to a page of ours and nowhere else', async () => {
  for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example']) {
    const answer = await http()
      .post('/v1/institution-sign-ins')
      .send({ email: `ana@${DOMAIN}`, next })
      .expect(422);
    expect(answer.body.code).toBe('request.invalid');
  }
});

it('is offered to the domains of an institution alone, each of which belongs to one', async () => {
  const stranger = await http()
    .post('/v1/institution-sign-ins')
    .send({ email: 'ana@other.example' })
    .expect(404);
  expect(stranger.body.code).toBe('identity_provider.unknown');
  const again = await operator.put(`/v1/identity-providers/${newId()}`).send(settings()).expect(409);
  expect(again.body.code).toBe('identity_provider.domain_taken');
  const network = settings({ organisationId: networkId, domains: ['reseau.example'] });
  const unfit = await operator.put(`/v1/identity-providers/${newId()}`).send(network).expect(422);
  expect(unfit.body.code).toBe('identity_provider.unfit');
});

it('gives nobody a role that the institution does not have', async () => {
  for (const role of ['platform_admin', 'network_treasurer', 'space_manager']) {
    const refused = await operator
      .put(`/v1/identity-providers/${newId()}`)
      .send(settings({ role }))
      .expect(422);
    expect(refused.body.code).toBe('request.invalid');
  }
});

it('is set up by the operator of the platform alone, and its secret is never shown', async () => {
  const grants = [{ organisationId: networkId, role: 'network_admin' as const }];
  const { agent } = await makePerson(app, { grants });
  await agent
    .put(`/v1/identity-providers/${newId()}`)
    .send(settings({ domains: ['x.example'] }))
    .expect(403);
  const { text } = await operator.get(`/v1/organisations/${cityId}/identity-providers`).expect(200);
  expect(text).not.toContain(city.secret);
  const [row] = await ownerSql<{ sealed: Buffer }>(
    'SELECT sealed_secret AS sealed FROM identity.identity_providers',
  );
  expect(row!.sealed.includes(city.secret)).toBe(false);
});

it('is asked at public addresses alone, unless the operator tries it out', async () => {
  const strict = await startApp({ settings: { PUBLIC_URL: ORIGIN } });
  try {
    const trip = await request(strict.getHttpServer())
      .post('/v1/institution-sign-ins')
      .send({ email: `ana@${DOMAIN}` })
      .expect(502);
    expect(trip.body.code).toBe('identity_provider.unreachable');
  } finally {
    await strict.close();
  }
});

// Last: it ends what the others need.
it('ends with its provider: nobody comes in by it any more, not even who had begun', async () => {
  const { url, cookie } = await begin();
  const at = await city.visit(url, ana());
  const { body } = await operator.get(`/v1/organisations/${cityId}/identity-providers`).expect(200);
  await operator.delete(`/v1/identity-providers/${body.items[0].id}`).expect(200);
  expect((await operator.delete(`/v1/identity-providers/${newId()}`).expect(404)).body.code).toBe(
    'identity_provider.not_found',
  );
  expect((await back(at, cookie)).headers['location']).toBe(signInPage('identity_provider.refused'));
});
