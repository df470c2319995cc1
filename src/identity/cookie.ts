import type { FastifyRequest } from 'fastify';
import { SESSION_SECONDS_MAX } from './session.rules.js';

/** A token is base64url (RFC 4648), so the cookie needs no encoding. */
const SESSION_COOKIE = /(?:^|;\s*)escale_session=([\w-]+)/;

export function sessionToken(request: FastifyRequest): string | null {
  return SESSION_COOKIE.exec(request.headers.cookie ?? '')?.[1] ?? null;
}

export function sessionCookie(token: string, secure: boolean): string {
  return cookie(token, SESSION_SECONDS_MAX, secure);
}

export function endedCookie(secure: boolean): string {
  return cookie('', 0, secure);
}

/** Scripts cannot read it, and other sites cannot have it sent along with a write. */
function cookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  const always = `escale_session=${token}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax`;
  return secure ? `${always}; Secure` : always;
}
