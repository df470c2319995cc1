/**
 * Serves the built web application from the API's own origin, under a strict content security policy.
 * Promise: a page carries a fresh nonce, an unknown path is the shell, the API's own paths are never touched,
 * and nothing is readable but the files of the build: they are all in memory, by name.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../clock.js';
import { CONFIG, type Config } from '../config.js';
import { HTTPS_ONLY } from './headers.js';
import { PageHeads, withHead } from './page-heads.js';

/** The same list as in web/src/sw.ts. */
const NOT_THE_WEB = /^\/(v1|docs|problems|openapi\.json|metrics|healthz|readyz|version)(\/|$)/;
const NONCE_BYTES = 16;
const YEAR_SECONDS = 31_536_000;
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

type Asset = {
  readonly bytes: Buffer;
  /** The same, compressed by the build. */
  readonly brotli: Buffer | null;
  readonly type: string;
  readonly etag: string;
  /** Its name carries a hash of its content. */
  readonly isImmutable: boolean;
};

/** Call before `listen`. Without a build there is nothing to serve, and the API answers alone. */
export function serveWeb(app: NestFastifyApplication, folder: string): void {
  stampServerTime(app);
  if (!existsSync(path.join(folder, 'index.html'))) return;
  const html = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const assets = readAssets(folder);
  const heads = app.get(PageHeads);
  const { PUBLIC_URL, HOST, PORT } = app.get<Config>(CONFIG);
  const { origin } = new URL(PUBLIC_URL ?? `http://${HOST}:${PORT}`);
  // The first hook of all: what it answers never reaches the API's own headers and routes.
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request, reply) => {
      const { pathname } = new URL(request.url, 'http://web');
      if (!['GET', 'HEAD'].includes(request.method) || NOT_THE_WEB.test(pathname)) return;
      const asset = assets.get(pathname);
      if (asset) return sendAsset(request, reply, asset);
      if (path.extname(pathname) && pathname !== '/index.html') return; // a 404 of the API
      const head = await heads.of(pathname, origin).catch(() => null); // the page works without
      return sendShell(reply, head ? withHead(html, `${origin}${pathname}`, head) : html);
    });
}

function readAssets(folder: string): ReadonlyMap<string, Asset> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile() && path.extname(file) in MEDIA_TYPES);
  return new Map(
    files.map((file) => {
      const bytes = readFileSync(file);
      const url = `/${path.relative(folder, file).replaceAll(path.sep, '/')}`;
      const asset: Asset = {
        bytes,
        brotli: existsSync(`${file}.br`) ? readFileSync(`${file}.br`) : null,
        type: MEDIA_TYPES[path.extname(file)]!,
        etag: `"${createHash('sha256').update(bytes).digest('base64url')}"`,
        isImmutable: url.startsWith('/assets/'),
      };
      return [url, asset];
    }),
  );
}

function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  void reply
    .headers(pageHeaders("style-src 'self'")) // a worker obeys the policy its own file came with
    .headers({ etag: asset.etag, vary: 'accept-encoding' })
    .header('cache-control', asset.isImmutable ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
  if (request.headers['if-none-match'] === asset.etag) return reply.status(304).send();
  const takesBrotli = /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
  if (!asset.brotli || !takesBrotli) return reply.type(asset.type).send(asset.bytes);
  return reply.type(asset.type).header('content-encoding', 'br').send(asset.brotli);
}

function sendShell(reply: FastifyReply, html: string): FastifyReply {
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  return reply
    .headers(pageHeaders(`style-src 'self' 'nonce-${nonce}'`))
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(html.replaceAll('%CSP_NONCE%', nonce));
}

/** Phones make, and doors judge, codes in the server's time; `Date` would not follow a moved clock. */
function stampServerTime(app: NestFastifyApplication): void {
  const clock = app.get(Clock);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request, reply) => {
      if (request.url.startsWith('/v1/')) {
        void reply.header('x-server-time', String(clock.now().epochMilliseconds));
      }
    });
}

/**
 * One policy for every page: the service worker replays the policy that its copy of the shell was fetched
 * with, so a wider one for the door alone would be lost after the first visit elsewhere.
 */
function pageHeaders(styles: string): Record<string, string> {
  const policy = [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'", // the door's last decoder is WebAssembly
    styles,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'strict-transport-security': HTTPS_ONLY,
    'permissions-policy': 'camera=(self), geolocation=(self), microphone=()',
  };
}
