import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { emptyDatabase, startApp } from '../support/app.js';
import { makeOrganisation, makePerson } from '../support/make-identity.js';

let app: NestFastifyApplication;
const http = () => request(app.getHttpServer());

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
});
afterAll(() => app.close());

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
    expect(body.person).toEqual({ id: person.id, email: person.email, name: person.name, language: 'en' });
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
    const { body } = await http().get('/v1/sessions/current').expect(401);
    expect(body.code).toBe('access.unauthenticated');
  });
});
