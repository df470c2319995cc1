import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** JSON needs nothing. */
const API_POLICY = {
  defaultSrc: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
};

/** A year, with all names below ours. Browsers heed it only when it came over https. */
export const HTTPS_ONLY = 'max-age=31536000; includeSubDomains';

/** Swagger UI comes from our own origin, but styles its elements in place and draws its icons inline. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** What an answer carries that Fastify gives before any hook: to an address that nobody can read. */
export const BARE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': HTTPS_ONLY,
};

export function protectiveHeaders(fastify: FastifyInstance): void {
  void fastify.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: API_POLICY },
    referrerPolicy: { policy: 'no-referrer' },
  });
  fastify.addHook('onSend', async (request, reply) => {
    const isDocs = /^\/docs(\/|$)/.test(request.routeOptions.url ?? '');
    if (isDocs) void reply.header('content-security-policy', DOCS_POLICY);
    const saysHowToKeep = reply.hasHeader('cache-control') || reply.hasHeader('etag');
    // What an answer tells is for whoever asked: nothing on the way keeps it, unless the route says otherwise.
    if (request.url.startsWith('/v1/') && !saysHowToKeep)
      void reply.header('cache-control', 'private, no-store');
  });
}
