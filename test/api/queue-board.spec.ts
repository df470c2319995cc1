import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { serveBoard } from '../../src/board.js';
import { emptyDatabase, startApp } from '../support/app.js';
import { makePerson } from '../support/make-identity.js';
import { placeNetwork } from '../support/place-rows.js';

let app: NestFastifyApplication;
beforeAll(async () => {
  app = await startApp({ prepare: serveBoard });
  await emptyDatabase();
});
afterAll(() => app.close());

it('the board of the queues is for the operator of the platform, under a policy of its own', async () => {
  const { id } = await placeNetwork(app);
  const admin = await makePerson(app, { grants: [{ organisationId: id, role: 'network_admin' }] });
  const operator = await makePerson(app, { grants: [{ organisationId: id, role: 'platform_admin' }] });
  for (const agent of [request(app.getHttpServer()), admin.agent]) {
    const { body } = await agent.get('/admin/queues').expect(403);
    expect(body.code).toBe('access.denied');
    await agent.get('/admin/queues/api/queues').expect(403);
  }
  const page = await operator.agent.get('/admin/queues').expect(200);
  expect(page.headers['content-security-policy']).toContain("script-src 'self'");
  const { body } = await operator.agent.get('/admin/queues/api/queues').expect(200);
  expect(body.queues.map(({ name }: { name: string }) => name)).toEqual([
    'events',
    'mails',
    'payments',
    'sweeps',
  ]);
});
