import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ACCESS_MARK, OPEN, PUBLIC } from '../platform/http/access-mark.js';
import { denied } from './access.js';
import { may } from './access.rules.js';
import type { Actor } from './actor.js';
import { Authentication } from './authentication.service.js';
import { sessionToken } from './cookie.js';
import { AccessProblems } from './identity.problems.js';
import { isForeign } from './origin.rules.js';
import type { Permission } from './permissions.js';

const BEARER = /^Bearer ([\w-]+)$/;

/** Every route passes here: it is public, or its actor holds the permission it declares. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const mark = this.reflector.getAllAndOverride<Permission | typeof PUBLIC | typeof OPEN | undefined>(
      ACCESS_MARK,
      [context.getHandler(), context.getClass()],
    );
    if (mark === undefined) throw AccessProblems.denied('This route says nobody may call it.');
    const bearer = request.headers.authorization;
    if (bearer === undefined && isForeign(request.method, request.headers)) {
      throw AccessProblems.foreignOrigin('Send this request from the same site as the service.');
    }
    if (mark === PUBLIC) return true;
    if (mark === OPEN) {
      // A session that ended makes a stranger; a bearer secret was sent on purpose, so a dead one is refused.
      const known = bearer === undefined ? await this.bySession(request) : await this.actor(request, bearer);
      if (known) request.actor = known;
      return true;
    }
    request.actor = await this.actor(request, bearer);
    if (!may(request.actor, mark, {})) throw denied();
    return true;
  }

  /** A bearer secret wins over a cookie: it was sent on purpose. */
  private async actor(request: FastifyRequest, bearer: string | undefined): Promise<Actor> {
    const actor = bearer === undefined ? await this.bySession(request) : await this.byBearer(bearer);
    if (!actor) throw AccessProblems.unauthenticated('Sign in, or send a valid key, and try again.');
    return actor;
  }

  private async bySession(request: FastifyRequest): Promise<Actor | null> {
    const token = sessionToken(request);
    return token ? this.authentication.bySession(token) : null;
  }

  private async byBearer(header: string): Promise<Actor | null> {
    const secret = BEARER.exec(header)?.[1];
    return secret ? this.authentication.byBearer(secret) : null;
  }
}
