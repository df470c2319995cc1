import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Queue } from 'bullmq';
import { AccessProblems, SignedIn } from './identity/index.js';
import { sendProblem } from './platform/http/problem-json.js';
import { Queues } from './platform/queue/queues.js';

const PATH = '/admin/queues';
const QUEUES = ['events', 'mails', 'payments', 'sweeps'];

/** Its page comes from our own origin; it styles elements in place, and does without the fonts of others. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'self'",
].join('; ');

/** The queues as pictures, to look at only: for whoever operates the platform, behind the same sign-in. Before `listen`. */
export function serveBoard(app: NestFastifyApplication): void {
  const adapter = new FastifyAdapter();
  adapter.setBasePath(PATH);
  const queues = QUEUES.map(
    (name) => new BullMQAdapter(app.get(Queues).queue(name) as Queue, { readOnlyMode: true }),
  );
  createBullBoard({ queues, serverAdapter: adapter });
  const signedIn = app.get(SignedIn, { strict: false });
  void app
    .getHttpAdapter()
    .getInstance()
    .register(async (scope) => {
      scope.addHook('onRequest', async (request, reply) => {
        if (await signedIn.may(request, 'queues:write')) return;
        sendProblem(reply, AccessProblems.denied('Sign in as an operator of the platform.'), request.id);
        return reply;
      });
      scope.addHook('onSend', async (_request, reply) => {
        void reply.header('content-security-policy', POLICY);
      });
      await scope.register(adapter.registerPlugin(), { prefix: PATH });
    });
}
