import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { openApiDocument } from '../../src/platform/http/openapi.js';
import { serveWeb } from '../../src/platform/http/web.js';
import { session } from '../authz/principals.js';
import { emptyDatabase, startApp } from '../support/app.js';
import { ask, codeOf, type Answer } from '../support/ask.js';
import { makePerson } from '../support/make-identity.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-web-'));
let app: NestFastifyApplication;
const get = (url: string, headers: Record<string, string> = {}) => ask(app, { method: 'GET', url, headers });

beforeAll(async () => {
  await emptyDatabase();
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Escale</title>');
  writeFileSync(path.join(folder, 'app.js'), 'export {};');
  app = await startApp({
    prepare: (made) => serveWeb(made, folder),
  });
  await app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

/** One of each kind: data, refusals of every layer, files, the page and its scripts. */
const ANSWERS: readonly [string, number][] = [
  ['/healthz', 200],
  ['/v1/networks', 200],
  ['/v1/bookings', 401],
  [`/v1/places/${newId()}`, 404],
  ['/v1/places/x', 422],
  ['/%zz', 400],
  ['/nowhere.png', 404],
  ['/metrics', 200],
  ['/', 200],
  ['/app.js', 200],
  ['/space/any', 200],
];

describe.each(ANSWERS)('the answer to %s', (url, status) => {
  let answer: Answer;
  let policy: string[];
  beforeAll(async () => {
    answer = await get(url, { origin: 'https://evil.example' });
    policy = String(answer.headers['content-security-policy']).split(/; ?/);
  });

  it('is what it should be', () => expect(answer.statusCode).toBe(status));
  it('runs nothing from elsewhere or in place, and is framed by nobody', () => {
    expect(policy).toEqual(expect.arrayContaining(["frame-ancestors 'none'", "base-uri 'none'"]));
    expect(policy.find((one) => one.startsWith('default-src'))).toMatch(/^default-src '(none|self)'$/);
    const scripts = policy.find((one) => one.startsWith('script-src')) ?? '';
    expect(scripts).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|https?:|\*/);
  });
  it('is taken for what it says, tells no address, comes over https', () => {
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': expect.stringMatching(/^(no-referrer|same-origin)$/),
      'strict-transport-security': expect.stringMatching(/^max-age=31536000; ?includeSubDomains$/),
    });
    if (String(answer.headers['content-type']).startsWith('text/'))
      expect(answer.headers['content-type']).toMatch(/charset=utf-8/i);
  });
  it('is readable by no other site, and says nothing of the machine', () => {
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(answer.headers).not.toHaveProperty('x-powered-by');
    expect(answer.headers).not.toHaveProperty('server');
  });
});

it('what the service tells is kept by nobody on the way, unless the route says how', async () => {
  for (const url of ['/v1/networks', '/v1/bookings', `/v1/places/${newId()}`])
    expect((await get(url)).headers['cache-control']).toBe('private, no-store');
});

it('folders are not listed, and methods that echo or ask for leave get nothing', async () => {
  for (const url of ['/assets/', '/docs/../', '/.git/config', '/.env'])
    expect((await get(url)).body).not.toMatch(/app\.js|\[core\]/);
  for (const method of ['OPTIONS', 'PATCH', 'TRACE'])
    expect((await ask(app, { method, url: '/v1/networks', headers: {} })).statusCode).toBeGreaterThanOrEqual(
      400,
    );
});

describe('a write with a cookie', () => {
  /** How a browser says that another site makes it write. */
  const FOREIGN: readonly Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
  ];

  it('that another site makes is refused by every route, whatever it carries', async () => {
    const cookie = await cookieOf();
    const open: string[] = [];
    let asked = 0;
    for (const [url, operations] of Object.entries(openApiDocument(app).paths))
      for (const method of Object.keys(operations).filter((one) => one !== 'get'))
        for (const foreign of FOREIGN) {
          asked += 1;
          const headers = { ...JSON_TYPE, ...foreign, cookie };
          const address = url.replaceAll(/\{\w+\}/g, newId());
          const answer = await ask(app, {
            method: method.toUpperCase(),
            url: address,
            headers,
            payload: '{}',
          });
          if (codeOf(answer) !== 'access.foreign_origin')
            open.push(`${method} ${url} ${JSON.stringify(foreign)}: ${answer.statusCode}`);
        }
    expect(open).toEqual([]);
    expect(asked).toBeGreaterThan(1_000);
  });

  it.each([
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=x', 415],
    ['text/plain', 422], // read as a text, and no schema takes one
  ])('of the kind %s, which needs no leave, is not understood', async (type, status) => {
    const headers = { 'content-type': type, cookie: await cookieOf() };
    const payload = '{"email":"a@b.example","password":"a-long-password"}';
    const answer = await ask(app, { method: 'POST', url: '/v1/sessions', headers, payload });
    expect(answer.statusCode).toBe(status);
  });
});

describe('what limits tries', () => {
  /** Whatever a caller may write of where it comes from. */
  const elsewhere = (number: number) => ({
    ...JSON_TYPE,
    'x-forwarded-for': `203.0.113.${number}`,
    'x-real-ip': `203.0.113.${number}`,
    'cf-connecting-ip': `203.0.113.${number}`,
    forwarded: `for=203.0.113.${number}`,
    'user-agent': `browser ${number}`,
  });
  const signIn = (number: number, email: string) =>
    ask(app, {
      method: 'POST',
      url: '/v1/sessions',
      headers: elsewhere(number),
      payload: JSON.stringify({ email, password: `guess-number-${number}` }),
    });

  it('counts by account, wherever a caller claims to be', async () => {
    const { email } = await makePerson(app);
    const statuses: number[] = [];
    for (let number = 1; number <= 6; number += 1)
      statuses.push((await signIn(number, number % 2 ? email : email.toUpperCase())).statusCode);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('counts by the address that connects, whatever is asked for', async () => {
    const statuses: number[] = [];
    for (let number = 1; number <= 51; number += 1) {
      const payload = JSON.stringify({ email: `nobody-${number}@example.org` });
      const sent = { method: 'POST', url: '/v1/password-resets', headers: elsewhere(number), payload };
      statuses.push((await ask(app, sent)).statusCode);
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect(statuses.at(-1)).toBe(429);
  });
});

async function cookieOf(): Promise<string> {
  const { id } = await makePerson(app);
  return (await session(app, id))['cookie']!;
}
