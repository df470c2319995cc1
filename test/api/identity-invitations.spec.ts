import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';
import { lastMail, makeOrganisation, makePerson, type Agent } from '../support/make-identity.js';

let app: NestFastifyApplication;
let operatorId: string;
let manager: Agent;
let staff: Agent;
let stranger: Agent;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  const makeTeam = async () => {
    const network = await makeOrganisation(app);
    const { id } = await makeOrganisation(app, { kind: 'operator', parentId: network.id });
    const withRole = async (role: 'space_manager' | 'space_staff') =>
      (await makePerson(app, { grants: [{ organisationId: id, role }] })).agent;
    return { id, manager: await withRole('space_manager'), staff: await withRole('space_staff') };
  };
  const team = await makeTeam();
  ({ id: operatorId, manager, staff } = team);
  stranger = (await makeTeam()).manager;
});
afterAll(() => app.close());

const invite = (email: string, role = 'space_staff', id = newId()) =>
  manager.put(`/v1/invitations/${id}`).send({ organisationId: operatorId, email, role, language: 'it' });
const waiting = async (agent = manager) =>
  (await agent.get(`/v1/organisations/${operatorId}/invitations`).expect(200)).body.items as {
    id: string;
    email: string;
  }[];

describe('invitations that wait', () => {
  it('are listed for those who may invite, until they are accepted or too old', async () => {
    const [guest, late] = [await makePerson(app), await makePerson(app)];
    const { body } = await invite(guest.email).expect(200);
    const { body: old } = await invite(late.email).expect(200);
    expect((await waiting()).map(({ id }) => id)).toEqual([old.id, body.id]);
    await ownerSql('UPDATE identity.invitations SET expires_at = now() WHERE id = $1', [old.id]);
    expect((await waiting()).map(({ id }) => id)).toEqual([body.id]);
    const { token } = (await lastMail(guest.email))!;
    await guest.agent.put(`/v1/invitations/${body.id}/acceptance`).send({ token }).expect(200);
    expect(await waiting()).toEqual([]);
    await staff.get(`/v1/organisations/${operatorId}/invitations`).expect(403);
    await stranger.get(`/v1/organisations/${operatorId}/invitations`).expect(403);
  });

  it('can be withdrawn: the link in the mail is worth nothing from then on', async () => {
    const guest = await makePerson(app);
    const { body } = await invite(guest.email).expect(200);
    await staff.delete(`/v1/invitations/${body.id}`).expect(403);
    const hidden = await stranger.delete(`/v1/invitations/${body.id}`).expect(404);
    expect(hidden.body.code).toBe('invitation.not_found');
    const { body: gone } = await manager.delete(`/v1/invitations/${body.id}`).expect(200);
    expect(gone.withdrawnAt).not.toBeNull();
    expect((await manager.delete(`/v1/invitations/${body.id}`).expect(200)).body).toEqual(gone);
    expect(await waiting()).toEqual([]);
    const { token } = (await lastMail(guest.email))!;
    const refused = await guest.agent
      .put(`/v1/invitations/${body.id}/acceptance`)
      .send({ token })
      .expect(410);
    expect(refused.body.code).toBe('invitation.spent');
  });

  it('do not end a role by being withdrawn after they were accepted', async () => {
    const guest = await makePerson(app);
    const { body } = await invite(guest.email).expect(200);
    const { token } = (await lastMail(guest.email))!;
    await guest.agent.put(`/v1/invitations/${body.id}/acceptance`).send({ token }).expect(200);
    expect((await manager.delete(`/v1/invitations/${body.id}`).expect(200)).body.withdrawnAt).toBeNull();
    const { body: team } = await manager.get(`/v1/organisations/${operatorId}/memberships`).expect(200);
    expect(team.items.filter(({ email }: { email: string }) => email === guest.email)).toMatchObject([
      { role: 'space_staff', endedAt: null },
    ]);
  });
});
