import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { Identity, type OrganisationKind, type Role } from '../../src/identity/index.js';
import { newId } from '../../src/kernel/ids.js';
import { Db } from '../../src/platform/db.js';
import { namedScope } from '../../src/platform/scope.js';
import { ownerSql } from './app.js';
import { proveAsTheirRolesAsk } from './prove.js';

const OPERATOR = namedScope('operator');

export type Agent = ReturnType<typeof request.agent>;

/** A person who is signed in already: `agent` sends their cookie with every request. */
export async function makePerson(
  app: NestFastifyApplication,
  { name = 'Inès Trabelsi', grants = [] }: PersonToMake = {},
): Promise<{ id: string; email: string; name: string; agent: Agent }> {
  const id = newId();
  const email = `${id}@example.org`;
  const identity = app.get(Identity);
  const token = await app.get(Db).tx(OPERATOR, async (tx) => {
    await identity.registerPerson(tx, { id, email, name, language: 'en' });
    for (const grant of grants) await identity.grant(tx, { personId: id, ...grant });
    return identity.createSession(tx, id);
  });
  await proveAsTheirRolesAsk(app, { id, grants });
  return { id, email, name, agent: agentWith(app, token) };
}
type PersonToMake = { name?: string; grants?: { organisationId: string; role: Role }[] };

/** A browser that holds a session. */
export function agentWith(app: NestFastifyApplication, token: string): Agent {
  const agent = request.agent(app.getHttpServer());
  agent.set('cookie', `escale_session=${token}`);
  return agent;
}

/** A root network unless told otherwise. */
export async function makeOrganisation(
  app: NestFastifyApplication,
  { kind = 'network', parentId = null, name = 'CoMed', country = 'FR' }: OrganisationToMake = {},
): Promise<{ id: string }> {
  const id = newId();
  await app
    .get(Db)
    .tx(OPERATOR, (tx) => app.get(Identity).registerOrganisation(tx, { id, kind, parentId, name, country }));
  return { id };
}
type OrganisationToMake = {
  kind?: OrganisationKind;
  parentId?: string | null;
  name?: string;
  country?: string;
};

/** A door scanner of one space, enrolled: send its token as `Authorization: Bearer <token>`. */
export async function makeDevice(
  app: NestFastifyApplication,
  { organisationId, spaceId }: { organisationId: string; spaceId: string },
): Promise<{ id: string; token: string }> {
  const id = newId();
  const manager = await makePerson(app, { grants: [{ organisationId, role: 'space_manager' }] });
  const { body } = await manager.agent
    .put(`/v1/devices/${id}`)
    .send({ organisationId, spaceId, name: 'Front door' })
    .expect(200);
  const enrolment = await request(app.getHttpServer())
    .put(`/v1/devices/${id}/enrolment`)
    .send({ code: body.enrolmentCode })
    .expect(200);
  return { id, token: enrolment.body.token };
}

/** The newest mail to an address, and the id and the secret of the link in it, if there is one. */
export async function lastMail(
  email: string,
): Promise<{ subject: string; text: string; language: string; id?: string; token?: string } | undefined> {
  const [mail] = await ownerSql<{ subject: string; text: string; language: string }>(
    'SELECT subject, text, language FROM platform.mails WHERE to_address = $1 ORDER BY id DESC LIMIT 1',
    [email],
  );
  const link = mail && /#id=(?<id>[\w-]+)&token=(?<token>[\w-]+)/.exec(mail.text)?.groups;
  return mail && { ...mail, ...link };
}
