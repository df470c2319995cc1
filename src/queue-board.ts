/**
 * The board of the queues, for whoever runs the platform: BullMQ's own, behind our sign-in and for looking only. Letting
 * a job run again goes through our dead letters, where it is written down who did it.
 */
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PlatformDoor } from './identity/index.js';
import { Problem } from './kernel/problem.js';
import { sendProblem } from './platform/http/problem-json.js';
import { Queues } from './platform/queue/queues.js';

export const BOARD = '/v1/queue-board';
/** Its page styles itself in place and asks a foreign host for a typeface: the one is let, the other taken out. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'self'",
  "form-action 'none'",
].join('; ');
const FOREIGN_FONT = /<link href="https:\/\/fonts[^>]*>/;

/** Call before `init`: the queues it shows are those there are when it is first opened. */
export function serveQueueBoard(app: NestFastifyApplication): void {
  const door = () => app.get(PlatformDoor);
  const adapter = new FastifyAdapter();
  const board = createBullBoard({
    queues: [],
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Escale', hideRedisDetails: true } },
  });
  adapter.setBasePath(BOARD);
  let isOpen = false;
  const open = () => {
    if (isOpen) return;
    isOpen = true;
    const queues = app.get(Queues).boardQueues();
    board.setQueues(queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })));
  };
  const fastify = app.getHttpAdapter().getInstance();
  void fastify.register(
    async (inside) => {
      inside.addHook('onRequest', async (request, reply) => {
        try {
          await door().admit(request, reply);
          open();
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          sendProblem(reply, error, request.id);
          return reply;
        }
      });
      inside.addHook('onSend', async (_request, reply, payload: unknown) => {
        void reply.header('content-security-policy', POLICY);
        void reply.header('cache-control', 'private, no-store');
        return typeof payload === 'string' ? payload.replace(FOREIGN_FONT, '') : payload;
      });
      await inside.register(adapter.registerPlugin(), { prefix: '' });
    },
    { prefix: BOARD },
  );
}
