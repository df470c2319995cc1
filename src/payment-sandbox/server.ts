import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Faults, type EventMode } from './faults.js';
import { parseForm, textAt, type Form } from './form.js';
import { methodIn, pageOf, type PageState } from './page.js';
import { Refusal } from './refusal.js';
import { Api } from './routes.js';
import { Store, type Answer } from './store.js';

const TICK_MS = 500;
const BODY_CHARS_MAX = 200_000;

export type Sandbox = {
  readonly url: string;
  readonly store: Store;
  readonly faults: Faults;
  readonly api: Api;
  /** Lets so much time pass at once, and does what falls due in it, in order. */
  advance: (seconds: number) => void;
  close: () => Promise<void>;
};

type Settings = { readonly port?: number; readonly host?: string; readonly file?: string | null };

/** Listens; with port 0 on any free one. */
export async function startSandbox({
  port = 0,
  host = '127.0.0.1',
  file = null,
}: Settings = {}): Promise<Sandbox> {
  const store = new Store(file);
  const faults = new Faults();
  let url = '';
  const api = new Api(store, faults, () => url);
  const advance = (seconds: number) => {
    store.hidden.aheadSeconds += seconds;
    api.tick();
  };
  const desk = new FrontDesk(store, faults, api, advance);
  const server = createServer((request, response) => void desk.receive(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  url = `http://${host}:${(server.address() as AddressInfo).port}`;
  const ticking = setInterval(() => {
    api.tick();
    store.save();
  }, TICK_MS);
  ticking.unref();
  return { url, store, faults, api, advance, close: () => close(server, api, store, ticking) };
}

async function close(server: Server, api: Api, store: Store, ticking: NodeJS.Timeout): Promise<void> {
  clearInterval(ticking);
  api.events.close();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  store.save();
}

/** Who comes in: Stripe's client under /v1, a browser under /pay, a test under /_sandbox. */
class FrontDesk {
  constructor(
    private readonly store: Store,
    private readonly faults: Faults,
    private readonly api: Api,
    private readonly advance: (seconds: number) => void,
  ) {}

  async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? '/', 'http://sandbox');
    const method = request.method ?? 'GET';
    const body = await bodyOf(request).catch(() => null);
    if (body === null) return void response.destroy();
    if (pathname.startsWith('/pay/')) return this.page(method, pathname, parseForm(body), response);
    if (pathname.startsWith('/_sandbox/')) return this.control(pathname, body, response);
    const fault = this.faults.take(method, pathname);
    if (fault === 'timeout') return; // never answers: the client gives up
    if (fault === 'error') return send(response, failure(500, 'api_error', 'Something went wrong.'));
    const form = parseForm(method === 'GET' ? search.slice(1) : body);
    const answer = this.once(request, `${method} ${pathname} ${hashOf(body)}`, () =>
      this.act(method, pathname, form),
    );
    if (fault === 'drop') return void response.destroy();
    response.setHeader('request-id', `req_${hashOf(`${method}${pathname}${this.store.now()}`).slice(0, 14)}`);
    send(response, answer);
  }

  /** The same key with the same words gives the same answer, failures included; with other words it is refused. */
  private once(request: IncomingMessage, words: string, act: () => Answer): Answer {
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || typeof key !== 'string') return act();
    const known = this.store.hidden.answers[key];
    if (known?.request === words && known.answer) return known.answer;
    if (known) {
      const message = `Keys for idempotent requests can only be used with the same parameters. Key: ${key}`;
      return failure(400, 'idempotency_error', message);
    }
    const answer = act();
    this.store.hidden.answers[key] = { request: words, answer };
    return answer;
  }

  private act(method: string, path: string, form: Form): Answer {
    try {
      return { status: 200, body: JSON.stringify(this.api.answer(method, path, form)) };
    } catch (error) {
      if (error instanceof Refusal)
        return { status: error.status, body: JSON.stringify({ error: error.error }) };
      return failure(500, 'api_error', error instanceof Error ? error.message : String(error));
    }
  }

  private page(method: string, path: string, form: Form, response: ServerResponse): void {
    const [, , id = '', step] = path.split('/');
    const found = this.store.find('checkout.session', id);
    if (!found) return send(response, { status: 404, body: 'There is no such page.' }, 'text/plain');
    const { session, cart } = this.api.checkout.find(id);
    const show = (state: PageState) =>
      send(response, { status: 200, body: pageOf(session, cart, state) }, 'text/html; charset=utf-8');
    if (method !== 'POST') return show(session.status === 'open' ? 'open' : 'over');
    const isAnswer = step === 'authentication';
    const given = isAnswer ? null : methodIn(form);
    if (!isAnswer && !given) return show('declined');
    const isRefused = isAnswer && textAt(form, 'answer') !== 'confirm';
    const next = isRefused ? this.api.checkout.refuse(id) : this.api.checkout.pay(id, given, isAnswer);
    if (next.at !== 'done') return show(next.at);
    response.writeHead(303, { location: next.url }).end();
  }

  /** POST /_sandbox/faults, /events, /advance, /disputes: how a test says what goes wrong, and when it is. */
  private control(path: string, body: string, response: ServerResponse): void {
    const given = JSON.parse(body || '{}') as Record<string, unknown>;
    if (path === '/_sandbox/faults') this.faults.plan(given);
    if (path === '/_sandbox/events') this.faults.events.mode = given['mode'] as EventMode;
    if (path === '/_sandbox/release') this.api.events.release();
    if (path === '/_sandbox/advance') this.advance(Number(given['seconds']));
    if (path === '/_sandbox/clear') this.faults.clear();
    if (path === '/_sandbox/disputes') this.api.disputes.open(String(given['charge']));
    send(response, { status: 200, body: '{}' });
  }
}

function send(response: ServerResponse, { status, body }: Answer, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}

function failure(status: number, type: string, message: string): Answer {
  return { status, body: JSON.stringify({ error: { type, message } }) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > BODY_CHARS_MAX) throw new Error('too large');
  }
  return body;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
