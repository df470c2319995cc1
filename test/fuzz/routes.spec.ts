import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc from 'fast-check';
import { JUNE, playMonth, World } from '../../src/demo/index.js';
import { DemoLoader } from '../../src/demo/demo-loader.js';
import { Identity } from '../../src/identity/index.js';
import { newId } from '../../src/kernel/ids.js';
import { MovableClock } from '../../src/platform/clock.js';
import { Db } from '../../src/platform/db.js';
import { openApiDocument } from '../../src/platform/http/openapi.js';
import { namedScope } from '../../src/platform/scope.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';
import { proveAsTheirRolesAsk } from '../support/prove.js';
import { deliverAll } from '../support/deliver.js';
import { makeOrganisation } from '../support/make-identity.js';
import { BROKEN_BODIES, BROKEN_IDS, oneBroken } from './broken.js';
import { valid, type Known, type Schema } from './from-schema.js';

/** Of each route, a third each: all as the contract has it, one thing broken, no request at all. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 12);
/** The same requests in each run, unless another seed is given: a run that failed is repeated with its own. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_201);
const WORD_MAX = 4_000;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const OPERATOR = namedScope('operator');
/** What only a machine that is out of order would show: a stack, a statement, the driver's words. */
const LEAKS =
  /\bat \S+ \(|node_modules|\.ts:\d|\bSELECT\b.*\bFROM\b|\bsyntax error\b|QueryFailed|invalid input syntax/;
/** The truth here: neither the provider's sandbox nor the background runs beside this test. */
const HONEST = new Set(['payment.provider_silent', 'http.unavailable']);

type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
};
type Operation = {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
};
type Route = { readonly method: string; readonly path: string; readonly operation: Operation };
type Sent = { method: string; url: string; headers: Record<string, string>; payload?: string };

const agent = new Agent({ keepAlive: true });
let app: NestFastifyApplication;
let known: Known;
let networkId: string;

beforeAll(async () => {
  await emptyDatabase();
  app = await startApp({ clock: new MovableClock() });
  await app.listen(0, '127.0.0.1');
  const address = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  await app.get(DemoLoader, { strict: false }).load(address);
  await delivered(playMonth(new World(address), JUNE.slice(0, 6), '2026-07-01T08:00:00Z'));
  networkId = (await makeOrganisation(app)).id;
  known = { ids: await idsOfEverything(), parts: documentOf().components.schemas };
}, 120_000);
afterAll(async () => {
  agent.destroy();
  await app.close();
});

it(`answers ${RUNS} strange requests to each route with a sentence, never with what is inside`, async () => {
  const faults: string[] = [];
  for (const route of routes()) faults.push(...(await faultsOf(route)));
  expect(faults).toEqual([]);
}, 1_200_000);

it('an id that stands for nothing, where only the database can know, is refused by name', async () => {
  const rate = { networkId: newId(), quote: 'TND', rate: '3.38', source: 'By hand', day: '2026-06-30' };
  const headers = { cookie: await newAdministrator(), 'content-type': 'application/json' };
  const url = `/v1/exchange-rates/${newId()}`;
  const answer = await ask({ method: 'PUT', url, headers, payload: JSON.stringify(rate) });
  expect([answer.statusCode, JSON.parse(answer.body)]).toMatchObject([
    422,
    { code: 'request.unknown_reference' },
  ]);
});

it('is still there afterwards, and nobody has become an administrator', async () => {
  expect((await ask({ method: 'GET', url: '/healthz', headers: {} })).statusCode).toBe(200);
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
});

/** What is announced meanwhile is acted on, as the background would. */
async function delivered(playing: Promise<unknown>): Promise<void> {
  const month = { isOver: false };
  const over = playing.finally(() => (month.isOver = true));
  while (!month.isOver) await deliverAll(app);
  await over;
}

function documentOf() {
  return openApiDocument(app) as unknown as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema> };
  };
}

function routes(): Route[] {
  return Object.entries(documentOf().paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}

/** Each route is asked by an administrator of its own, whom the requests to it may rob of everything. */
async function faultsOf(route: Route): Promise<string[]> {
  const session = await newAdministrator();
  const faults: string[] = [];
  for (const strange of fc.sample(requestTo(route), { numRuns: RUNS, seed: SEED })) {
    const { headers, ...rest } = strange;
    const answer = await ask({ ...rest, headers: { ...headers, cookie: session } }).catch(String);
    const fault = typeof answer === 'string' ? answer : faultIn(answer);
    if (fault) faults.push(`${route.method} ${rest.url} ${(rest.payload ?? '').slice(0, 300)} → ${fault}`);
  }
  return faults.slice(0, 3);
}

type Answer = { statusCode: number; headers: IncomingHttpHeaders; body: string };

/** As it stands: a fetch would put addresses right before it sends them. */
function ask({ method, url, headers, payload = '' }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': Buffer.byteLength(payload) };
    const { port } = app.getHttpServer().address() as AddressInfo;
    const options = { agent, host: '127.0.0.1', port, method, path: url, headers: { ...headers, ...length } };
    const asked = request(options, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => (body += part));
      answer.on('end', () => resolve({ statusCode: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    asked.on('error', reject).end(payload);
  });
}

function faultIn({ statusCode, headers, body }: Answer): string | null {
  if (statusCode < 400) return null;
  const isProblem = String(headers['content-type']).startsWith('application/problem+json');
  const problem = isProblem ? (JSON.parse(body) as { code?: string }) : {};
  if (statusCode >= 500 && !HONEST.has(problem.code ?? '')) return `${statusCode} ${body.slice(0, 200)}`;
  if (!problem.code) return `${statusCode} without a code: ${body.slice(0, 200)}`;
  return LEAKS.test(body) ? `tells of the inside: ${body.slice(0, 300)}` : null;
}

function requestTo({ method, path, operation }: Route): fc.Arbitrary<Sent> {
  const { parameters = [], requestBody } = operation;
  const schema = requestBody?.content['application/json']?.schema;
  const inPath = parameters.filter((one) => one.in === 'path');
  const inQuery = parameters.filter((one) => one.in === 'query');
  const ids = fc.record(Object.fromEntries(inPath.map((one) => [one.name, anyOf(one).map(encoded)])));
  const query = fc.record(Object.fromEntries(inQuery.map((one) => [one.name, anyOf(one)])), {
    requiredKeys: inQuery.filter((one) => one.required).map((one) => one.name),
  });
  const body = schema ? valid(schema, known) : fc.constant(undefined);
  const fitting = fc.tuple(ids, query, body).map((parts) => sent(method, path, parts));
  const strangeQuery = query
    .chain((one) => oneBroken(one))
    .map((one) => (isRecord(one) ? one : { page: one }));
  const strangeIds = fc.record(
    Object.fromEntries(inPath.map((one) => [one.name, fc.constantFrom(...BROKEN_IDS)])),
  );
  const oneOff = fc.oneof(
    fc
      .tuple(
        ids,
        query,
        body.chain((one) => oneBroken(one)),
      )
      .map((parts) => sent(method, path, parts)),
    fc.tuple(ids, strangeQuery, body).map((parts) => sent(method, path, parts)),
    fc.tuple(strangeIds, query, body).map((parts) => sent(method, path, parts)),
  );
  const noRequest = fc
    .tuple(fitting, fc.constantFrom(...BROKEN_BODIES))
    .map(([one, { type, body: payload }]) => ({ ...one, headers: { 'content-type': type }, payload }));
  return fc.oneof(fitting, oneOff, method === 'GET' ? oneOff : noRequest);
}

function anyOf({ schema = {} }: Parameter): fc.Arbitrary<unknown> {
  return valid(schema, known);
}

type Parts = readonly [ids: Record<string, string>, query: object, body: unknown];

function sent(method: string, path: string, [ids, query, body]: Parts): Sent {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) words.append(name, asWord(value));
  const address = path.replace(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? 'none');
  const url = words.size > 0 ? `${address}?${words.toString()}` : address;
  if (body === undefined || method === 'GET') return { method, url, headers: {} };
  return { method, url, headers: { 'content-type': 'application/json' }, payload: JSON.stringify(body) };
}

/** Cut where Node itself would refuse the whole address, before any of ours. */
function asWord(value: unknown): string {
  const word =
    typeof value === 'string' ? value.replaceAll(LONE_SURROGATE, '?') : (JSON.stringify(value) ?? '');
  return word.slice(0, WORD_MAX);
}

function encoded(value: unknown): string {
  return encodeURIComponent(asWord(value));
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function newAdministrator(): Promise<string> {
  const id = newId();
  const identity = app.get(Identity);
  const token = await app.get(Db).tx(OPERATOR, async (tx) => {
    await identity.registerPerson(tx, { id, email: `${id}@example.org`, name: 'Ada', language: 'en' });
    await identity.grant(tx, { personId: id, organisationId: networkId, role: 'platform_admin' });
    return identity.createSession(tx, id);
  });
  await proveAsTheirRolesAsk(app, { id, grants: [{ role: 'platform_admin' }] });
  return `escale_session=${token}`;
}

/** Up to three of each table: enough that what asks for one finds it. */
async function idsOfEverything(): Promise<string[]> {
  const tables = await ownerSql<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.columns
     WHERE column_name = 'id' AND data_type = 'uuid' AND table_schema NOT IN ('pg_catalog', 'bullmq')`,
  );
  const found = await Promise.all(
    tables.map(({ name }) => ownerSql<{ id: string }>(`SELECT id::text FROM ${name} ORDER BY id LIMIT 3`)),
  );
  return found.flat().map(({ id }) => id);
}
