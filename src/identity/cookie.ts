import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../platform/config.js';
import { SESSION_SECONDS_MAX } from './session.rules.js';

/** A token is base64url (RFC 4648), so the cookie needs no encoding. */
const SESSION_COOKIE = /(?:^|;\s*)escale_session=([\w-]+)/;

export function sessionToken(request: FastifyRequest): string | null {
  return SESSION_COOKIE.exec(request.headers.cookie ?? '')?.[1] ?? null;
}

/** What a browser carries from now on. Over https it never sends the cookie in the clear. */
@Injectable()
export class SessionCookies {
  private readonly secure: boolean;

  constructor(@Inject(CONFIG) config: Config) {
    this.secure = config.PUBLIC_URL?.startsWith('https:') ?? false;
  }

  set(reply: FastifyReply, token: string): void {
    void reply.header('set-cookie', cookie(token, SESSION_SECONDS_MAX, this.secure));
  }

  end(reply: FastifyReply): void {
    void reply.header('set-cookie', cookie('', 0, this.secure));
  }
}

/** Scripts cannot read it, and other sites cannot have it sent along with a write. */
function cookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  const always = `escale_session=${token}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax`;
  return secure ? `${always}; Secure` : always;
}

const TRIP_COOKIE = /(?:^|;\s*)escale_trip=([\w-]+)/;
const TRIP_SECONDS = 600;

export function tripSecret(request: FastifyRequest): string | null {
  return TRIP_COOKIE.exec(request.headers.cookie ?? '')?.[1] ?? null;
}

/** By which a browser that left for an institution is known again; no other route sees it. */
@Injectable()
export class TripCookies {
  private readonly secure: boolean;

  constructor(@Inject(CONFIG) config: Config) {
    this.secure = config.PUBLIC_URL?.startsWith('https:') ?? false;
  }

  set(reply: FastifyReply, secret: string): void {
    this.write(reply, secret, TRIP_SECONDS);
  }

  end(reply: FastifyReply): void {
    this.write(reply, '', 0);
  }

  private write(reply: FastifyReply, secret: string, seconds: number): void {
    const always = `escale_trip=${secret}; Path=/v1/institution-sign-ins; Max-Age=${seconds}; HttpOnly; SameSite=Lax`;
    void reply.header('set-cookie', this.secure ? `${always}; Secure` : always);
  }
}
