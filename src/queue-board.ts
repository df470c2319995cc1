/**
 * The board of the queues, for whoever runs the platform: BullMQ's own, behind our sign-in and for looking only. Of its
 * routes only those that read are there; letting a job run again goes through our dead letters.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
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
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/** Call before `init`. The queues it shows are those there are when it is first opened. */
export function serveQueueBoard(app: NestFastifyApplication): void {
  const server = new BoardServer();
  const board = createBullBoard({
    queues: [],
    serverAdapter: server,
    options: { uiConfig: { boardTitle: 'Escale', hideRedisDetails: true } },
  });
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
        void reply.header('content-security-policy', POLICY).header('cache-control', 'private, no-store');
        try {
          await app.get(PlatformDoor).admit(request, reply);
          open();
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          sendProblem(reply, error, request.id);
          return reply;
        }
      });
      server.serve(inside);
    },
    { prefix: BOARD },
  );
}

type Server = Parameters<typeof createBullBoard>[0]['serverAdapter'];
type Given<Method extends keyof Server> = Parameters<Server[Method]>[0];

/** What the board asks of a server, by Fastify alone: its files are in memory, by name. */
class BoardServer implements Server {
  private queues!: Given<'setQueues'>;
  private views = '';
  private files: ReadonlyMap<string, Buffer> = new Map();
  private entry!: Given<'setEntryRoute'>;
  private routes: Given<'setApiRoutes'> = [];
  private config!: Given<'setUIConfig'>;

  setQueues(queues: Given<'setQueues'>): this {
    this.queues = queues;
    return this;
  }
  setViewsPath(folder: string): this {
    this.views = folder;
    return this;
  }
  setStaticPath(route: string, folder: string): this {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const files = names.filter((name) => statSync(path.join(folder, name)).isFile());
    this.files = new Map(files.map((name) => [`${route}/${name}`, readFileSync(path.join(folder, name))]));
    return this;
  }
  setEntryRoute(entry: Given<'setEntryRoute'>): this {
    this.entry = entry;
    return this;
  }
  setErrorHandler(): this {
    return this; // faults are answered as everywhere
  }
  setApiRoutes(routes: Given<'setApiRoutes'>): this {
    this.routes = routes;
    return this;
  }
  setUIConfig(config: Given<'setUIConfig'>): this {
    this.config = config;
    return this;
  }

  serve(inside: FastifyInstance): void {
    for (const url of [this.entry.route].flat())
      inside.get(url, (_request, reply) => reply.type('text/html; charset=utf-8').send(this.page()));
    inside.get('/static/*', (request, reply) => {
      const file = this.files.get(`/static/${(request.params as { '*': string })['*']}`);
      const type = MEDIA_TYPES[path.extname(request.url.split('?')[0]!)];
      return file && type ? reply.type(type).send(file) : reply.callNotFound();
    });
    for (const known of this.routes) {
      if (![known.method].flat().includes('get')) continue;
      for (const url of [known.route].flat())
        inside.get(url, async (request, reply) => {
          const { params, query, headers } = request as never as Record<string, Record<string, string>>;
          const asked = { queues: this.queues, uiConfig: this.config, params, query, headers, body: {} };
          const { status = 200, body } = await known.handler(asked as never);
          return reply.status(status).send(body);
        });
    }
  }

  private page(): string {
    const { name, params } = this.entry.handler({ basePath: BOARD, uiConfig: this.config });
    const template = readFileSync(path.join(this.views, name), 'utf8').replace(FOREIGN_FONT, '');
    return template.replaceAll(/<%[=-] (\w+) %>/g, (_all, word: string) => params[word] ?? '');
  }
}
