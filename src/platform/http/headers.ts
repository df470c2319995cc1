import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** JSON needs nothing. */
const API_POLICY = {
  defaultSrc: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
};

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

export function protectiveHeaders(fastify: FastifyInstance): void {
  void fastify.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: API_POLICY },
    referrerPolicy: { policy: 'no-referrer' },
  });
  fastify.addHook('onSend', async (request, reply) => {
    const isDocs = /^\/docs(\/|$)/.test(request.routeOptions.url ?? '');
    if (isDocs) void reply.header('content-security-policy', DOCS_POLICY);
  });
}
