import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import {
  enterSpace,
  makeNomad,
  makeScene,
  showAt,
  type Door,
  type Nomad,
  type Scene,
} from '../support/make-checkin.js';
import { lastMail, makePerson } from '../support/make-identity.js';

const MORNING = '2026-12-01T08:00:00Z';

let app: NestFastifyApplication;
let scene: Scene;
let host: Door;
const clock = () => app.get<TestClock>(Clock);

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  scene = await makeScene(app);
  ({ host } = scene);
});
beforeEach(() => clock().travelTo(MORNING));
afterAll(() => app.close());

async function visited(): Promise<Nomad & { visitId: string }> {
  const nomad = await makeNomad(app, scene);
  const { visitId } = await enterSpace(app, { door: host, spaceId: host.id, phone: nomad.phone });
  return { ...nomad, visitId };
}

describe('an incident', () => {
  it('that a space reports is answered by the guest, and closed by the space', async () => {
    const nomad = await visited();
    const id = newId();
    const body = { spaceId: host.id, visitId: nomad.visitId, kind: 'NOISE', text: 'Loud calls at the desk' };
    const told = await host.staff.put(`/v1/incidents/${id}`).send(body).expect(200);
    expect(told.body).toMatchObject({ state: 'OPEN', reportedBy: 'SPACE', firstName: 'Inès' });
    expect((await host.staff.put(`/v1/incidents/${id}`).send(body).expect(200)).body).toEqual(told.body);
    const other = await host.staff
      .put(`/v1/incidents/${id}`)
      .send({ ...body, text: 'Other' })
      .expect(409);
    expect(other.body.code).toBe('request.id_reused');

    const own = await nomad.agent.get('/v1/incidents').expect(200);
    expect(own.body.items).toMatchObject([{ id, spaceName: 'Atelier du Vieux-Port', firstName: null }]);
    const answer = newId();
    const words = { incidentId: id, text: 'I am sorry, it was an emergency' };
    const answered = await nomad.agent.put(`/v1/incident-answers/${answer}`).send(words).expect(200);
    expect(answered.body).toMatchObject({ state: 'ANSWERED', answers: [{ by: 'GUEST', text: words.text }] });
    expect((await nomad.agent.put(`/v1/incident-answers/${answer}`).send(words).expect(200)).body).toEqual(
      answered.body,
    );
    const reused = await nomad.agent.put(`/v1/incident-answers/${answer}`).send({ ...words, text: 'x' });
    expect(reused.body.code).toBe('request.id_reused');
    const foreign = await nomad.agent.put(`/v1/incidents/${id}/closure`).expect(409);
    expect(foreign.body.code).toBe('incident.not_yours');
    expect((await host.staff.put(`/v1/incidents/${id}/closure`).expect(200)).body.state).toBe('CLOSED');
    const late = await nomad.agent.put(`/v1/incident-answers/${newId()}`).send(words).expect(409);
    expect(late.body.code).toBe('incident.closed');
    await expect(ownerSql('DELETE FROM checkin.incident_answers WHERE id = $1', [answer])).rejects.toThrow(
      'append-only',
    );
  });

  it('that a guest reports is answered by the space, and hidden from everybody else', async () => {
    const nomad = await makeNomad(app, scene); // who found the door closed, so there is no visit
    const id = newId();
    const body = { spaceId: host.id, kind: 'CLOSED_DOOR', text: 'Nobody opened' };
    const told = await nomad.agent.put(`/v1/incidents/${id}`).send(body).expect(200);
    expect(told.body).toMatchObject({ state: 'OPEN', reportedBy: 'GUEST' });
    const { body: list } = await host.manager.get(`/v1/incidents?spaceId=${host.id}`).expect(200);
    expect(list.items[0]).toMatchObject({ id, kind: 'CLOSED_DOOR' });
    const answer = { incidentId: id, text: 'We are sorry: the bell is mended' };
    const answered = await host.manager.put(`/v1/incident-answers/${newId()}`).send(answer).expect(200);
    expect(answered.body.state).toBe('ANSWERED');
    const stranger = await makePerson(app);
    const hidden = await stranger.agent.put(`/v1/incidents/${id}/closure`).expect(404);
    expect(hidden.body.code).toBe('incident.not_found');
    const away = await scene.home.staff.get(`/v1/incidents?spaceId=${host.id}`).expect(403);
    expect(away.body.code).toBe('access.denied');
  });

  it('of a space names a visit there: incident.visit_missing, visit.not_found', async () => {
    const body = { spaceId: host.id, kind: 'OTHER', text: 'x' };
    const none = await host.staff.put(`/v1/incidents/${newId()}`).send(body).expect(422);
    expect(none.body.code).toBe('incident.visit_missing');
    const nomad = await visited();
    const elsewhere = { ...body, spaceId: scene.home.id, visitId: nomad.visitId };
    const wrong = await scene.home.staff.put(`/v1/incidents/${newId()}`).send(elsewhere).expect(404);
    expect(wrong.body.code).toBe('visit.not_found');
  });
});

describe('a block', () => {
  const wish = () => ({ poolId: host.pools[0]!.id, day: '2026-12-03', part: 'DAY' });
  const blockOf = (nomad: Nomad, more: object = {}) => ({
    spaceId: host.id,
    personId: nomad.id,
    reason: 'DAMAGE',
    statement: 'A screen was broken on purpose.',
    ...more,
  });
  async function blocked(nomad: Nomad, more: object = {}): Promise<string> {
    const id = newId();
    await host.manager.put(`/v1/blocks/${id}`).send(blockOf(nomad, more)).expect(200);
    return id;
  }

  it('keeps the guest out at the door and in booking, cancels what they booked, and tells them why', async () => {
    const nomad = await visited();
    await nomad.agent.put(`/v1/visits/${nomad.visitId}/check-out`).expect(200);
    const booking = newId();
    await nomad.agent.put(`/v1/bookings/${booking}`).send(wish()).expect(200);
    await blocked(nomad);
    const { body: canceled } = await nomad.agent.get(`/v1/bookings/${booking}`).expect(200);
    expect(canceled).toMatchObject({ state: 'CANCELED', fee: { halfDays: 0 } });
    const refused = await nomad.agent.put(`/v1/bookings/${newId()}`).send(wish()).expect(403);
    expect(refused.body.code).toBe('booking.blocked_member');
    expect(refused.body.detail).toContain('appeal');
    clock().travelTo('2026-12-02T08:00:00Z');
    const scan = await showAt(app, host, nomad.phone);
    expect(scan).toMatchObject({ state: 'REFUSED', reason: 'blocked_member', refusal: null });
    expect(scan.guestSentence).toContain('appeal');
    expect((await showAt(app, scene.second, nomad.phone)).state).toBe('ACCEPTED');
    await deliverAll(app);
    const mail = await lastMail(`${nomad.id}@example.org`);
    expect(mail!.text).toContain('A screen was broken on purpose.');
    expect(mail!.text).toContain('You may appeal');
  });

  it('ends with its last day, or when the space lifts it', async () => {
    const nomad = await visited();
    await nomad.agent.put(`/v1/visits/${nomad.visitId}/check-out`).expect(200);
    const id = await blocked(nomad, { until: '2026-12-02' });
    await nomad.agent
      .put(`/v1/bookings/${newId()}`)
      .send({ ...wish(), day: '2026-12-02' })
      .expect(403);
    const after = newId();
    await nomad.agent.put(`/v1/bookings/${after}`).send(wish()).expect(200);
    expect((await host.manager.delete(`/v1/blocks/${id}`).expect(200)).body.state).toBe('LIFTED');
    await host.manager.delete(`/v1/blocks/${id}`).expect(200);
    await nomad.agent
      .put(`/v1/bookings/${newId()}`)
      .send({ ...wish(), day: '2026-12-02' })
      .expect(200);
  });

  it('is appealed against once, and decided by an administrator of the network who did not impose it', async () => {
    const nomad = await visited();
    await nomad.agent.put(`/v1/visits/${nomad.visitId}/check-out`).expect(200);
    const id = newId();
    const grants = [{ organisationId: scene.networkId, role: 'network_admin' as const }];
    const author = await makePerson(app, { grants });
    await author.agent.put(`/v1/blocks/${id}`).send(blockOf(nomad)).expect(200);
    const decision = { outcome: 'LIFTED', statement: 'It was an accident.' };
    const decide = (agent: typeof host.manager, body: object = decision) =>
      agent.put(`/v1/blocks/${id}/decision`).send(body);
    expect((await decide(scene.admin).expect(409)).body.code).toBe('block.not_appealed');
    const appeal = { statement: 'The screen fell by itself.' };
    const other = await makePerson(app);
    expect((await other.agent.put(`/v1/blocks/${id}/appeal`).send(appeal).expect(404)).body.code).toBe(
      'block.not_found',
    );
    await nomad.agent.put(`/v1/blocks/${id}/appeal`).send(appeal).expect(200);
    const again = await nomad.agent.put(`/v1/blocks/${id}/appeal`).send({ statement: 'More' }).expect(409);
    expect(again.body.code).toBe('block.appealed');
    const { body: appeals } = await scene.admin.get(`/v1/blocks?networkId=${scene.networkId}`).expect(200);
    expect(appeals.items[0]).toMatchObject({ id, appeal, decision: null, firstName: 'Inès' });
    expect((await decide(author.agent).expect(403)).body.code).toBe('block.own_block');
    expect((await decide(host.manager).expect(403)).body.code).toBe('access.denied');
    const { body } = await decide(scene.admin).expect(200);
    expect(body).toMatchObject({ state: 'LIFTED', decision });
    expect((await decide(scene.admin).expect(200)).body).toEqual(body);
    const changed = await decide(scene.admin, { ...decision, outcome: 'UPHELD' }).expect(409);
    expect(changed.body.code).toBe('block.decided');
    await deliverAll(app);
    expect((await lastMail(`${nomad.id}@example.org`))!.text).toContain('It was an accident.');
    await nomad.agent.put(`/v1/bookings/${newId()}`).send(wish()).expect(200);
    const own = await nomad.agent.get('/v1/blocks').expect(200);
    expect(own.body.items).toMatchObject([{ id, firstName: null }]);
  });

  it('is for managers, about guests who were there, under an id of its own', async () => {
    const nomad = await makeNomad(app, scene);
    const put = (agent: typeof host.manager, id = newId(), more = {}) =>
      agent.put(`/v1/blocks/${id}`).send(blockOf(nomad, more));
    expect((await put(host.staff).expect(403)).body.code).toBe('access.denied');
    expect((await put(scene.home.manager).expect(403)).body.code).toBe('access.denied');
    expect((await put(host.manager).expect(422)).body.code).toBe('block.person_unknown');
    await nomad.agent.put(`/v1/bookings/${newId()}`).send(wish()).expect(200);
    const id = newId();
    await put(host.manager, id).expect(200);
    expect((await put(host.manager, id, { reason: 'SAFETY' }).expect(409)).body.code).toBe(
      'request.id_reused',
    );
    expect((await host.staff.get(`/v1/blocks?spaceId=${host.id}`).expect(403)).body.code).toBe(
      'access.denied',
    );
    const list = await host.manager.get(`/v1/blocks?spaceId=${host.id}`).expect(200);
    expect(list.body.items[0]).toMatchObject({ id, firstName: 'Inès', state: 'IN_FORCE' });
  });
});
