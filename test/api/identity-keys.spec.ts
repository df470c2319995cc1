import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';
import { makeDevice, makeOrganisation, makePerson, type Agent } from '../support/make-identity.js';

type Person = Awaited<ReturnType<typeof makePerson>>;

let app: NestFastifyApplication;
let network: { id: string };
let operator: { id: string };
let spaceId: string;
let admin: Person;
let manager: Person;
let stranger: Person;
const http = () => request(app.getHttpServer());

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  network = await makeOrganisation(app);
  operator = await makeOrganisation(app, { kind: 'operator', parentId: network.id });
  spaceId = await spaceOf(operator.id, network.id);
  const foreign = await makeOrganisation(app);
  const withRole = (role: 'network_admin' | 'space_manager', { id }: { id: string }) =>
    makePerson(app, { grants: [{ organisationId: id, role }] });
  admin = await withRole('network_admin', network);
  manager = await withRole('space_manager', operator);
  stranger = await withRole('network_admin', foreign);
});
afterAll(() => app.close());

/** Identity knows no spaces, but a device stands at one: the least that the database asks for. */
async function spaceOf(operatorId: string, networkId: string): Promise<string> {
  const id = newId();
  await ownerSql(
    `WITH network AS (
       INSERT INTO directory.networks (id, short_id, unit, created_at) VALUES ($3, 'comed', 'EUR', now())),
     party AS (
       INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
       VALUES ($1, 'space', $3, 'Le 15', 'FR', 'EUR', 'NETTING_ALLOWED', now()))
     INSERT INTO directory.spaces (id, network_id, operator_id, name, city, country, time_zone, lat, lon,
       opening_hours, closes_on_holidays, half_day_boundary, unit, visibility, created_at)
     VALUES ($1, $3, $2, 'Le 15', 'Marseille', 'FR', 'Europe/Paris', 43.3, 5.4,
       'Mo-Fr 09:00-18:00', true, '13:00', 'EUR', 'public', now())`,
    [id, operatorId, networkId],
  );
  return id;
}

const members = (secret: string) =>
  http().get(`/v1/organisations/${operator.id}/memberships`).set('authorization', `Bearer ${secret}`);

describe('a partner’s API key', () => {
  const body = () => ({ organisationId: network.id, name: 'Billing', permissions: ['memberships:write'] });
  const put = (agent: Agent, change = {}, id = newId()) =>
    agent.put(`/v1/api-keys/${id}`).send({ ...body(), ...change });

  it('is shown once, and may do what it is narrowed to, below its organisation', async () => {
    const id = newId();
    const first = await put(admin.agent, {}, id).expect(200);
    const { key, ...shown } = first.body;
    expect(key).toMatch(/^esk_[\w-]{43}$/);
    expect(key.startsWith(shown.prefix)).toBe(true);
    const again = await put(admin.agent, {}, id).expect(200);
    expect(again.body).toEqual({ ...shown, key: null });
    await members(key).expect(200);

    const keys = http().get(`/v1/organisations/${network.id}/api-keys`).set('authorization', `Bearer ${key}`);
    expect((await keys.expect(403)).body.code).toBe('access.denied');
    const profile = http().get('/v1/sessions/current').set('authorization', `Bearer ${key}`);
    await profile.expect(403);
  });

  it('stops at once when it is revoked, and stays revoked', async () => {
    const id = newId();
    const { key } = (await put(admin.agent, {}, id).expect(200)).body;
    const revoked = await admin.agent.delete(`/v1/api-keys/${id}`).expect(200);
    expect(revoked.body.revokedAt).toBe('2026-12-01T08:00:00Z');
    expect((await members(key).expect(401)).body.code).toBe('access.unauthenticated');
    expect((await admin.agent.delete(`/v1/api-keys/${id}`).expect(200)).body).toEqual(revoked.body);
  });

  it('with the same id and another body is refused', async () => {
    const id = newId();
    await put(admin.agent, {}, id).expect(200);
    expect((await put(admin.agent, { name: 'Other' }, id).expect(409)).body.code).toBe('request.id_reused');
  });

  it.each([
    ['moving money', 'windows:write'],
    ['reading mails', 'mails:read'],
    ['a person’s profile', 'profile:write'],
  ])('is never for %s', async (_what, permission) => {
    const { body: refused } = await put(admin.agent, { permissions: [permission] }).expect(422);
    expect(refused).toMatchObject({ code: 'api_key.permission_unfit', permissions: [permission] });
  });

  it('of another network is neither made, nor listed, nor revoked', async () => {
    const id = newId();
    await put(admin.agent, {}, id).expect(200);
    expect((await put(stranger.agent).expect(403)).body.code).toBe('access.denied');
    await stranger.agent.get(`/v1/organisations/${network.id}/api-keys`).expect(403);
    const { body: refused } = await stranger.agent.delete(`/v1/api-keys/${id}`).expect(404);
    expect(refused.code).toBe('api_key.not_found');
    expect((await put(stranger.agent, { organisationId: newId() }).expect(404)).body.code).toBe(
      'organisation.not_found',
    );
  });

  it('is listed without its secret', async () => {
    const { items } = (await admin.agent.get(`/v1/organisations/${network.id}/api-keys`).expect(200)).body;
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) expect(item.key).toBeNull();
  });
});

describe('a door device', () => {
  const put = (agent: Agent, change = {}, id = newId()) =>
    agent
      .put(`/v1/devices/${id}`)
      .send({ organisationId: operator.id, spaceId, name: 'Front door', ...change });
  const enrol = (id: string, code: string) => http().put(`/v1/devices/${id}/enrolment`).send({ code });
  const asDevice = (token: string) =>
    http().get(`/v1/organisations/${operator.id}/devices`).set('authorization', `Bearer ${token}`);

  it('is enrolled once, by a code as a person types it', async () => {
    const id = newId();
    const { enrolmentCode: code } = (await put(manager.agent, {}, id).expect(200)).body;
    const typed = `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase();
    const { token, ...where } = (await enrol(id, typed).expect(200)).body;
    expect(token).toMatch(/^esd_[\w-]{43}$/);
    expect(where).toEqual({ deviceId: id, spaceId });
    expect((await enrol(id, code).expect(403)).body.code).toBe('device.code_refused');
    expect((await put(manager.agent, {}, id).expect(200)).body).toMatchObject({
      enrolmentCode: null,
      enrolledAt: '2026-12-01T08:00:00Z',
    });
    // It is somebody (403, not 401), but no administrator.
    expect((await asDevice(token).expect(403)).body.code).toBe('access.denied');
  });

  it('reads about itself, which a person cannot', async () => {
    const { id, token } = await makeDevice(app, { organisationId: operator.id, spaceId });
    const current = http().get('/v1/devices/current').set('authorization', `Bearer ${token}`);
    const { body } = await current.expect(200);
    expect(body).toMatchObject({ id, organisationId: operator.id, spaceId, enrolmentCode: null });
    const refused = await manager.agent.get('/v1/devices/current').expect(403);
    expect(refused.body.code).toBe('access.denied');
  });

  it('gets a fresh code when asked again, and the one before stops', async () => {
    const id = newId();
    const first = (await put(manager.agent, {}, id).expect(200)).body.enrolmentCode;
    const second = (await put(manager.agent, {}, id).expect(200)).body.enrolmentCode;
    expect((await enrol(id, first).expect(403)).body.code).toBe('device.code_refused');
    expect((await enrol(id, second).expect(200)).body.token).toMatch(/^esd_/);
  });

  it('is not enrolled by an old code, nor by guessing', async () => {
    const id = newId();
    const { enrolmentCode: code } = (await put(manager.agent, {}, id).expect(200)).body;
    await ownerSql('UPDATE identity.devices SET enrolment_expires_at = now() WHERE id = $1', [id]);
    expect((await enrol(id, code).expect(403)).body.code).toBe('device.code_refused');
    for (let attempt = 2; attempt <= 5; attempt += 1) await enrol(id, '00000000').expect(403);
    expect((await enrol(id, code).expect(429)).body.code).toBe('http.too_many_requests');
  });

  it('lives ten minutes as a code', async () => {
    const id = newId();
    await put(manager.agent, {}, id).expect(200);
    const [row] = await ownerSql<{ minutes: number }>(
      `SELECT round(extract(epoch FROM enrolment_expires_at - now()) / 60)::int AS minutes
       FROM identity.devices WHERE id = $1`,
      [id],
    );
    expect(row).toEqual({ minutes: 10 });
  });

  it('stops at once when it is revoked, and cannot be enrolled again', async () => {
    const { id, token } = await makeDevice(app, { organisationId: operator.id, spaceId });
    await asDevice(token).expect(403);
    await manager.agent.delete(`/v1/devices/${id}`).expect(200);
    expect((await asDevice(token).expect(401)).body.code).toBe('device.revoked'); // so that the tablet can say it plainly
    expect((await asDevice(`${token}x`).expect(401)).body.code).toBe('access.unauthenticated');
    const { body } = await put(manager.agent, {}, id).expect(200);
    expect(body).toMatchObject({ enrolmentCode: null, revokedAt: '2026-12-01T08:00:00Z' });
  });

  it('is seen whenever it asks, and paired anew its old token stops', async () => {
    const { id, token } = await makeDevice(app, { organisationId: operator.id, spaceId });
    const seen = async () => {
      const { body } = await manager.agent.get(`/v1/organisations/${operator.id}/devices`).expect(200);
      return body.items.find((item: { id: string }) => item.id === id).lastSeenAt as string | null;
    };
    expect(await seen()).toBeNull();
    await asDevice(token).expect(403);
    expect(await seen()).not.toBeNull();
    const renew = (agent: Agent) => agent.put(`/v1/devices/${id}/renewal`);
    expect((await renew(stranger.agent).expect(404)).body.code).toBe('device.not_found');
    const { body } = await renew(manager.agent).expect(200);
    expect(body.enrolledAt).toBeNull();
    await asDevice(token).expect(401);
    expect((await enrol(id, body.enrolmentCode).expect(200)).body.token).toMatch(/^esd_/);
    await manager.agent.delete(`/v1/devices/${id}`).expect(200);
    expect((await renew(manager.agent).expect(200)).body.enrolmentCode).toBeNull();
  });

  it('renews its secret, and an answer that is lost on the way locks it out of nothing', async () => {
    const { id, token } = await makeDevice(app, { organisationId: operator.id, spaceId });
    const roll = (secret: string, of = id) =>
      http().put(`/v1/devices/${of}/token`).set('authorization', `Bearer ${secret}`);
    const { token: lost } = (await roll(token).expect(200)).body;
    const { token: next } = (await roll(token).expect(200)).body; // asked again with the old one
    await asDevice(lost).expect(401);
    await asDevice(token).expect(403); // known, and may not do this
    await asDevice(next).expect(403);
    expect((await asDevice(token).expect(401)).body.code).toBe('access.unauthenticated'); // the new one was used
    expect((await roll(next, newId()).expect(403)).body.code).toBe('access.denied');
    const byPerson = await manager.agent.put(`/v1/devices/${id}/token`).expect(403);
    expect(byPerson.body.code).toBe('access.denied');
  });

  it('stands at a space that its operator runs', async () => {
    expect((await put(manager.agent, { spaceId: newId() }).expect(422)).body.code).toBe('device.space_unfit');
    const next = await makeOrganisation(app, { kind: 'operator', parentId: network.id });
    expect((await put(admin.agent, { organisationId: next.id }).expect(422)).body.code).toBe(
      'device.space_unfit',
    );
  });

  it('with the same id and another body is refused', async () => {
    const id = newId();
    await put(manager.agent, {}, id).expect(200);
    expect((await put(manager.agent, { name: 'Back door' }, id).expect(409)).body.code).toBe(
      'request.id_reused',
    );
  });

  it('of another network is neither made, nor listed, nor revoked', async () => {
    const id = newId();
    await put(manager.agent, {}, id).expect(200);
    expect((await put(stranger.agent).expect(403)).body.code).toBe('access.denied');
    await stranger.agent.get(`/v1/organisations/${operator.id}/devices`).expect(403);
    expect((await stranger.agent.delete(`/v1/devices/${id}`).expect(404)).body.code).toBe('device.not_found');
    const { items } = (await manager.agent.get(`/v1/organisations/${operator.id}/devices`).expect(200)).body;
    expect(items.map((item: { id: string }) => item.id)).toContain(id);
  });
});

it('no key, token or code that was handed out is stored as it is', async () => {
  const key = (
    await admin.agent
      .put(`/v1/api-keys/${newId()}`)
      .send({ organisationId: network.id, name: 'Partner', permissions: ['spaces:write'] })
      .expect(200)
  ).body.key;
  const { token } = await makeDevice(app, { organisationId: operator.id, spaceId });
  const { enrolmentCode } = (
    await manager.agent
      .put(`/v1/devices/${newId()}`)
      .send({ organisationId: operator.id, spaceId, name: 'Side door' })
      .expect(200)
  ).body;
  for (const table of ['api_keys', 'devices', 'sessions', 'links', 'invitations']) {
    const rows = await ownerSql<{ text: string }>(`SELECT t::text AS text FROM identity.${table} t`);
    const all = rows.map((row) => row.text).join('\n');
    for (const secret of [key, token, enrolmentCode]) {
      expect({ table, holdsIt: all.includes(secret) }).toEqual({ table, holdsIt: false });
    }
  }
});
