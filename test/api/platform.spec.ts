/** The operator's rooms: who comes in, what is done there, and looking with somebody's eyes. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { newId } from '../../src/kernel/ids.js';
import { Temporal } from '../../src/kernel/time.js';
import { JOB_OPTIONS, Queues } from '../../src/platform/queue/queues.js';
import { BOARD, serveQueueBoard } from '../../src/queue-board.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';
import { makeOrganisation, makePerson, type Agent } from '../support/make-identity.js';
import { proveMinutesAgo } from '../support/prove.js';

let app: NestFastifyApplication;
let operator: Awaited<ReturnType<typeof makePerson>>;
let networkId: string;

beforeAll(async () => {
  app = await startApp({ prepare: serveQueueBoard });
  await emptyDatabase();
  networkId = (await makeOrganisation(app)).id;
});
afterAll(() => app.close());

beforeEach(async () => {
  operator = await makePerson(app, {
    name: 'Olga Petrou',
    grants: [{ organisationId: networkId, role: 'platform_admin' }],
  });
});

const admin = () => makePerson(app, { grants: [{ organisationId: networkId, role: 'network_admin' }] });
const search = (agent: Agent, text: string) => agent.post('/v1/people-searches').send({ text });

describe('the rooms', () => {
  it.each([
    ['GET', '/v1/organisations'],
    ['POST', '/v1/people-searches'],
    ['GET', '/v1/webhook-deliveries'],
    ['GET', '/v1/provider-events'],
    ['PUT', `/v1/impersonations/${newId()}`],
    ['GET', BOARD],
  ])('%s %s is for the operator who has proved who they are, and for nobody else', async (method, path) => {
    const ask = (agent: Agent) =>
      method === 'GET' ? agent.get(path) : method === 'POST' ? agent.post(path) : agent.put(path);
    await ask(request.agent(app.getHttpServer())).expect(401);
    const { agent } = await admin();
    expect((await ask(agent).expect(403)).body.code).toBe('access.denied');
    await proveMinutesAgo(operator.id, 30);
    expect((await ask(operator.agent).expect(403)).body.code).toBe('access.step_up_required');
  });

  it('find somebody by a part of their name or address, with their roles', async () => {
    const treasurer = await makePerson(app, {
      name: 'Ximena 100% Ortega',
      grants: [{ organisationId: networkId, role: 'network_treasurer' }],
    });
    const { body } = await search(operator.agent, 'xIMENA 100% o').expect(200);
    expect(body.items).toMatchObject([
      {
        id: treasurer.id,
        email: treasurer.email,
        hasFactor: true,
        memberships: [{ role: 'network_treasurer', organisationId: networkId }],
      },
    ]);
    expect((await search(operator.agent, '%%').expect(200)).body.items).toEqual([]);
    const rows = await operator.agent.get('/v1/organisations').expect(200);
    expect(rows.body.items.find(({ id }: { id: string }) => id === networkId)).toMatchObject({
      kind: 'network',
    });
  });
});

describe('what the provider told', () => {
  it('is listed, and acted on once more at the operator’s wish', async () => {
    const id = newId();
    await ownerSql(
      `INSERT INTO payments.provider_events (id, source, message_ref, type, object_kind, object_ref, occurred_at,
         state, state_at, created_at)
       VALUES ($1, 'stripe', $2, 'charge.updated', 'charge', 'ch_1', now(), 'KEPT', now(), now())`,
      [id, id],
    );
    const list = async () => (await operator.agent.get('/v1/provider-events').expect(200)).body.items;
    expect(await list()).toMatchObject([{ id, type: 'charge.updated', state: 'KEPT' }]);
    await operator.agent.put(`/v1/provider-events/${id}/replay`).expect(200);
    expect(await list()).toMatchObject([{ id, state: 'RECEIVED' }]);
    const told = await ownerSql<{ actor: string }>(
      `SELECT actor FROM platform.outbox WHERE payload ->> 'providerEventId' = $1`,
      [id],
    );
    expect(told).toEqual([{ actor: `person:${operator.id}` }]);
    const unknown = await operator.agent.put(`/v1/provider-events/${newId()}/replay`).expect(404);
    expect(unknown.body.code).toBe('provider_event.not_found');
    expect((await operator.agent.get('/v1/webhook-deliveries').expect(200)).body).toEqual({
      items: [],
      next: null,
    });
  });
});

describe('the board of the queues', () => {
  it('is shown to the operator under its own policy, asks no foreign host, and lets nothing be changed', async () => {
    await app
      .get(Queues)
      .queue('probes')
      .addBulk([{ name: 'probe', data: { id: 'x' }, opts: JOB_OPTIONS }]);
    const page = await operator.agent.get(BOARD).expect(200);
    expect(page.text).toContain('Escale');
    expect(page.text).not.toMatch(/https:\/\/fonts/);
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    const script = /src="(static\/js\/main[^"]+)"/.exec(page.text)![1];
    await operator.agent.get(`${BOARD}/${script}`).expect(200);
    await request(app.getHttpServer()).get(`${BOARD}/${script}`).expect(401);
    const { body } = await operator.agent
      .get(`${BOARD}/api/queues?activeQueue=probes&status=waiting`)
      .expect(200);
    expect(body.queues.map(({ name }: { name: string }) => name)).toContain('probes');
    await operator.agent.put(`${BOARD}/api/queues/probes/pause`).expect(404); // no such route is there
    expect((await operator.agent.get('/v1/queues').expect(200)).body.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'events', failed: 0 })]),
    );
  });
});

describe('looking with somebody’s eyes', () => {
  const reason = 'Their booking of Monday is not shown';
  const look = (personId: string, id = newId()) =>
    operator.agent.put(`/v1/impersonations/${id}`).send({ personId, reason });
  const current = async () => (await operator.agent.get('/v1/sessions/current').expect(200)).body;

  it('shows what they see, says so, refuses every change, and is told to them', async () => {
    const person = await admin();
    const { body } = await look(person.id).expect(200);
    const left = Temporal.Now.instant().until(Temporal.Instant.from(body.endsAt)).total('minutes');
    expect(left).toBeLessThan(15.1);
    expect(await current()).toMatchObject({ person: { id: person.id }, seenBy: { reason } });
    const writes = [
      operator.agent.put(`/v1/people/${person.id}/profile`).send({ name: 'Mallory', language: 'en' }),
      operator.agent.delete(`/v1/sessions`),
      operator.agent.post('/v1/sessions/current/proof').send({ code: '000000' }),
      operator.agent.put(`/v1/memberships/${newId()}`).send({}),
    ];
    for (const write of writes) expect((await write.expect(403)).body.code).toBe('access.read_only');
    const bank = await operator.agent.get(`/v1/payment-batches/${newId()}/credit-transfers.xml`).expect(403);
    expect(bank.body.code).toBe('access.read_only');
    await operator.agent.get('/v1/organisations').expect(403); // not theirs to see
    await operator.agent.get(BOARD).expect(403);
    const acts = await person.agent.get('/v1/sign-in-acts').expect(200);
    expect(acts.body.items).toMatchObject([{ kind: 'LOOKED_AT', reason }]);

    await operator.agent.delete('/v1/impersonations/current').expect(200);
    expect(await current()).toMatchObject({ person: { id: operator.id } });
    expect((await operator.agent.delete('/v1/impersonations/current').expect(404)).body.code).toBe(
      'impersonation.not_found',
    );
  });

  it('ends by itself, and with the operator’s own role', async () => {
    const person = await admin();
    await look(person.id).expect(200);
    await ownerSql(
      `UPDATE identity.impersonations SET created_at = created_at - interval '16 minutes',
         ends_at = ends_at - interval '16 minutes' WHERE person_id = $1`,
      [person.id],
    );
    expect((await current()).person.id).toBe(operator.id);
    await look(person.id).expect(200);
    await ownerSql('UPDATE identity.memberships SET ended_at = now() WHERE person_id = $1', [operator.id]);
    expect((await current()).person.id).toBe(operator.id);
  });

  it('is for a reason, and never at oneself, another operator or somebody who is gone', async () => {
    const other = await makePerson(app, { grants: [{ organisationId: networkId, role: 'platform_admin' }] });
    const gone = await makePerson(app);
    await gone.agent.delete(`/v1/people/${gone.id}`).expect(200);
    for (const id of [operator.id, other.id, gone.id])
      expect((await look(id).expect(409)).body.code).toBe('impersonation.refused');
    expect((await look(newId()).expect(404)).body.code).toBe('impersonation.not_found');
    const person = await makePerson(app);
    const silent = { personId: person.id, reason: ' ' };
    await operator.agent.put(`/v1/impersonations/${newId()}`).send(silent).expect(422);
  });
});
