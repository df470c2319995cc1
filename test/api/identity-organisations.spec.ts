import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';
import { lastMail, makeOrganisation, makePerson, type Agent } from '../support/make-identity.js';

type Person = Awaited<ReturnType<typeof makePerson>>;

let app: NestFastifyApplication;
let network: { id: string };
let operator: { id: string };
let foreign: { id: string };
let admin: Person;
let manager: Person;
let stranger: Person;
let platform: Person;

const withRole = (role: 'network_admin' | 'space_manager' | 'platform_admin', { id }: { id: string }) =>
  makePerson(app, { grants: [{ organisationId: id, role }] });

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  network = await makeOrganisation(app);
  operator = await makeOrganisation(app, { kind: 'operator', parentId: network.id });
  foreign = await makeOrganisation(app, { name: 'Rete Sud', country: 'IT' });
  admin = await withRole('network_admin', network);
  manager = await withRole('space_manager', operator);
  stranger = await withRole('network_admin', foreign);
  platform = await withRole('platform_admin', foreign);
});
afterAll(() => app.close());

const chapter = (parentId: string | null) => ({
  kind: 'network',
  name: 'CoMed Tunis',
  country: 'TN',
  parentId,
});

function putMembership(agent: Agent, personId: string, role: string, at = operator, id = newId()) {
  return agent.put(`/v1/memberships/${id}`).send({ personId, organisationId: at.id, role });
}

describe('an organisation', () => {
  it('is added below a network by its administrator, who then runs it too', async () => {
    const id = newId();
    const body = chapter(network.id);
    const stored = await admin.agent.put(`/v1/organisations/${id}`).send(body).expect(200);
    expect(stored.body).toEqual({ id, ...body });
    const again = await admin.agent.put(`/v1/organisations/${id}`).send(body).expect(200);
    expect(again.body).toEqual(stored.body);
    expect((await admin.agent.get(`/v1/organisations/${id}`).expect(200)).body).toEqual(stored.body);

    const space = { kind: 'operator', name: 'Le 15', country: 'TN', parentId: id };
    await admin.agent.put(`/v1/organisations/${newId()}`).send(space).expect(200);
  });

  it('with the same id and another body is refused', async () => {
    const { body } = await admin.agent
      .put(`/v1/organisations/${operator.id}`)
      .send({ kind: 'operator', name: 'Renamed', country: 'FR', parentId: network.id })
      .expect(409);
    expect(body.code).toBe('request.id_reused');
  });

  it('is added as a root by the platform only', async () => {
    const body = chapter(null);
    const refused = await admin.agent.put(`/v1/organisations/${newId()}`).send(body).expect(403);
    expect(refused.body.code).toBe('access.denied');
    await platform.agent.put(`/v1/organisations/${newId()}`).send(body).expect(200);
    const institution = { kind: 'institution', name: 'Métropole', country: 'FR', parentId: null };
    await platform.agent.put(`/v1/organisations/${newId()}`).send(institution).expect(200);
  });

  it('is not added below somebody else’s network, nor below an operator', async () => {
    const below = (parentId: string) =>
      platform.agent.put(`/v1/organisations/${newId()}`).send(chapter(parentId));
    await stranger.agent.put(`/v1/organisations/${newId()}`).send(chapter(network.id)).expect(403);
    await manager.agent.put(`/v1/organisations/${newId()}`).send(chapter(operator.id)).expect(403);
    expect((await below(operator.id).expect(422)).body.code).toBe('organisation.parent_unfit');
    expect((await below(newId()).expect(422)).body.code).toBe('organisation.parent_unfit');
  });

  it.each([
    ['a country that does not exist', { country: 'XQ' }, '/country'],
    ['an operator outside every network', { kind: 'operator', parentId: null }, '/parentId'],
  ])('is refused with %s', async (_what, change, pointer) => {
    const wrong = { ...chapter(network.id), ...change };
    const { body } = await admin.agent.put(`/v1/organisations/${newId()}`).send(wrong).expect(422);
    expect(body).toMatchObject({ code: 'request.invalid', errors: [{ pointer }] });
  });

  it('that does not exist is not found', async () => {
    const { body } = await admin.agent.get(`/v1/organisations/${newId()}`).expect(404);
    expect(body.code).toBe('organisation.not_found');
  });
});

describe('a membership', () => {
  it('acts from the next request on, and ends from the next request on', async () => {
    const { id, agent } = await makePerson(app);
    const membershipId = newId();
    await putMembership(admin.agent, id, 'space_manager', operator, membershipId).expect(200);
    await agent.get(`/v1/organisations/${operator.id}/memberships`).expect(200);
    const ended = await admin.agent.delete(`/v1/memberships/${membershipId}`).expect(200);
    expect(ended.body).toMatchObject({ id: membershipId, endedAt: '2026-12-01T08:00:00Z' });
    const again = await admin.agent.delete(`/v1/memberships/${membershipId}`).expect(200);
    expect(again.body).toEqual(ended.body);
    const { body } = await agent.get(`/v1/organisations/${operator.id}/memberships`).expect(403);
    expect(body.code).toBe('access.denied');
  });

  it('several of them act in one session', async () => {
    const both = await makePerson(app, {
      grants: [
        { organisationId: operator.id, role: 'space_manager' },
        { organisationId: foreign.id, role: 'network_admin' },
      ],
    });
    for (const { id } of [operator, foreign]) {
      const { body } = await both.agent.get(`/v1/organisations/${id}/memberships`).expect(200);
      expect(body.items.map((item: { personId: string }) => item.personId)).toContain(both.id);
    }
  });

  it('is one per person, organisation and role', async () => {
    const { id } = await makePerson(app);
    const membershipId = newId();
    const first = await putMembership(manager.agent, id, 'space_staff', operator, membershipId).expect(200);
    const same = await putMembership(manager.agent, id, 'space_staff', operator, membershipId).expect(200);
    expect(same.body).toEqual(first.body);
    const held = await putMembership(manager.agent, id, 'space_staff').expect(409);
    expect(held.body).toMatchObject({ code: 'membership.held', id: membershipId });
    const reused = await putMembership(manager.agent, id, 'facilitator', operator, membershipId).expect(409);
    expect(reused.body.code).toBe('request.id_reused');
  });

  it('is given by nobody to a role above their own', async () => {
    const { id } = await makePerson(app);
    expect((await putMembership(manager.agent, id, 'platform_admin').expect(403)).body.code).toBe(
      'access.denied',
    );
    await putMembership(admin.agent, id, 'platform_admin', network).expect(403);
    await putMembership(admin.agent, id, 'network_treasurer', network).expect(200);
    await putMembership(platform.agent, id, 'platform_admin', network).expect(200);
  });

  it('has a role that such an organisation has', async () => {
    const { id } = await makePerson(app);
    const { body } = await putMembership(admin.agent, id, 'network_treasurer', operator).expect(422);
    expect(body.code).toBe('membership.role_unfit');
  });

  it('needs somebody who exists', async () => {
    expect((await putMembership(manager.agent, newId(), 'nomad').expect(404)).body.code).toBe(
      'person.not_found',
    );
    const nowhere = await putMembership(platform.agent, manager.id, 'nomad', { id: newId() }).expect(404);
    expect(nowhere.body.code).toBe('organisation.not_found');
  });

  it('of another network can neither be made, nor seen, nor ended', async () => {
    const membershipId = newId();
    const { id } = await makePerson(app);
    await putMembership(stranger.agent, id, 'nomad').expect(403);
    await putMembership(manager.agent, id, 'nomad', operator, membershipId).expect(200);
    await stranger.agent.get(`/v1/organisations/${operator.id}/memberships`).expect(403);
    const { body } = await stranger.agent.delete(`/v1/memberships/${membershipId}`).expect(404);
    expect(body.code).toBe('membership.not_found');
  });

  it('of the same operator is not ended by a colleague who may not', async () => {
    const { id } = await makePerson(app);
    const staff = await makePerson(app, { grants: [{ organisationId: operator.id, role: 'space_staff' }] });
    const membershipId = newId();
    await putMembership(manager.agent, id, 'nomad', operator, membershipId).expect(200);
    expect((await staff.agent.delete(`/v1/memberships/${membershipId}`).expect(403)).body.code).toBe(
      'access.denied',
    );
  });

  it('lists members page by page with the names an administrator needs', async () => {
    const quiet = await makeOrganisation(app, { kind: 'operator', parentId: network.id });
    const { id, name, email } = await makePerson(app, {
      grants: [{ organisationId: quiet.id, role: 'nomad' }],
    });
    const { body } = await admin.agent.get(`/v1/organisations/${quiet.id}/memberships`).expect(200);
    expect(body).toMatchObject({ items: [{ personId: id, name, email, role: 'nomad' }], next: null });
    const after = body.items[0].id;
    const rest = await admin.agent
      .get(`/v1/organisations/${quiet.id}/memberships?after=${after}`)
      .expect(200);
    expect(rest.body).toEqual({ items: [], next: null });
  });
});

describe('leaving', () => {
  it('needs nobody’s permission', async () => {
    const { id, agent } = await makePerson(app);
    const membershipId = newId();
    await putMembership(manager.agent, id, 'nomad', operator, membershipId).expect(200);
    const { body } = await agent.delete(`/v1/memberships/${membershipId}`).expect(200);
    expect(body.endedAt).not.toBeNull();
    await putMembership(manager.agent, id, 'nomad').expect(200); // and back again, later
  });

  it('is refused to the last administrator of a network, and to one who switches off', async () => {
    const { agent, id } = await withRole('network_admin', await makeOrganisation(app));
    const [membership] = await ownerSql<{ id: string; organisation_id: string }>(
      'SELECT id, organisation_id FROM identity.memberships WHERE person_id = $1',
      [id],
    );
    const leave = () => agent.delete(`/v1/memberships/${membership!.id}`);
    expect((await leave().expect(409)).body.code).toBe('membership.last_admin');
    expect((await agent.delete(`/v1/people/${id}`).expect(409)).body.code).toBe('membership.last_admin');
    await agent.get('/v1/sessions/current').expect(200); // nothing of it happened

    const successor = await makePerson(app);
    await putMembership(agent, successor.id, 'network_admin', { id: membership!.organisation_id }).expect(
      200,
    );
    await leave().expect(200);
  });

  it('of two administrators at the same moment leaves one', async () => {
    for (let round = 0; round < 5; round += 1) {
      const shared = await makeOrganisation(app);
      const admins = [await withRole('network_admin', shared), await withRole('network_admin', shared)];
      const memberships = await ownerSql<{ id: string; person_id: string }>(
        'SELECT id, person_id FROM identity.memberships WHERE organisation_id = $1',
        [shared.id],
      );
      const answers = await Promise.all(
        admins.map(({ id, agent }) =>
          agent.delete(`/v1/memberships/${memberships.find((row) => row.person_id === id)!.id}`),
        ),
      );
      expect(answers.map((answer) => String(answer.status)).toSorted()).toEqual(['200', '409']);
    }
  });
});

describe('an invitation', () => {
  const invite = (email: string, role = 'space_staff', id = newId(), agent = manager.agent) =>
    agent.put(`/v1/invitations/${id}`).send({ organisationId: operator.id, email, role, language: 'es' });
  const accept = (agent: Agent, { id, token }: { id?: string; token?: string }) =>
    agent.put(`/v1/invitations/${id}/acceptance`).send({ token });

  it('is mailed in its reader’s language, once, and makes one membership', async () => {
    const guest = await makePerson(app);
    const id = newId();
    const { body } = await invite(guest.email, 'space_staff', id).expect(200);
    expect(body).toMatchObject({ id, email: guest.email, role: 'space_staff', acceptedAt: null });
    expect((await invite(guest.email, 'space_staff', id).expect(200)).body).toEqual(body);
    const mails = await ownerSql('SELECT FROM platform.mails WHERE to_address = $1', [guest.email]);
    expect(mails).toHaveLength(1);

    const mail = (await lastMail(guest.email))!;
    expect(mail).toMatchObject({ language: 'es', subject: 'Invitación de CoMed', id });
    const membership = await accept(guest.agent, mail).expect(200);
    expect(membership.body).toMatchObject({
      personId: guest.id,
      organisationId: operator.id,
      role: 'space_staff',
    });
    expect((await accept(guest.agent, mail).expect(200)).body).toEqual(membership.body);
    const thief = await makePerson(app);
    expect((await accept(thief.agent, mail).expect(410)).body.code).toBe('invitation.spent');
  });

  it('that is wrong or too old is refused', async () => {
    const guest = await makePerson(app);
    const id = newId();
    await invite(guest.email, 'nomad', id).expect(200);
    const mail = (await lastMail(guest.email))!;
    expect((await accept(guest.agent, { id, token: 'wrong' }).expect(410)).body.code).toBe(
      'invitation.spent',
    );
    await ownerSql('UPDATE identity.invitations SET expires_at = now() WHERE id = $1', [id]);
    expect((await accept(guest.agent, mail).expect(410)).body.code).toBe('invitation.spent');
  });

  it('changes nothing for somebody who has the role already', async () => {
    const id = newId();
    await invite(manager.email, 'space_manager', id).expect(200);
    const mail = (await lastMail(manager.email))!;
    const { body } = await accept(manager.agent, mail).expect(200);
    expect(body).toMatchObject({ personId: manager.id, role: 'space_manager' });
  });

  it('cannot offer more than its sender may give, nor somewhere else, nor be changed', async () => {
    const email = `${newId()}@example.org`;
    expect((await invite(email, 'network_admin').expect(422)).body.code).toBe('membership.role_unfit');
    expect((await invite(email, 'platform_admin').expect(403)).body.code).toBe('access.denied');
    await invite(email, 'nomad', newId(), stranger.agent).expect(403);
    const id = newId();
    await invite(email, 'nomad', id).expect(200);
    expect((await invite(email, 'space_staff', id).expect(409)).body.code).toBe('request.id_reused');
  });
});
