import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACCESS_MARK, OPEN, PUBLIC } from '../platform/http/access-mark.js';
import { denied } from './access.js';
import { may } from './access.rules.js';
import type { Actor } from './actor.js';
import { Authentication } from './authentication.service.js';
import { SessionCookies, sessionToken } from './cookie.js';
import { AccessProblems } from './identity.problems.js';
import { demandReadOnly, LOOKING_MARK } from './looking.js';
import { isForeign } from './origin.rules.js';
import type { Permission } from './permissions.js';
import type { StepUpFor } from './step-up.rules.js';
import { STEP_UP_MARK, StepUps } from './step-ups.service.js';

type Places = Parameters<Reflector['getAllAndOverride']>[1];
const BEARER = /^Bearer ([\w-]+)$/;

/** Every route passes here: it is public, or its actor holds the permission it declares. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: Authentication,
    private readonly stepUps: StepUps,
    private readonly cookies: SessionCookies,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const places = [context.getHandler(), context.getClass()];
    const mark = this.reflector.getAllAndOverride<Permission | typeof PUBLIC | typeof OPEN | undefined>(
      ACCESS_MARK,
      places,
    );
    if (mark === undefined) throw AccessProblems.denied('This route says nobody may call it.');
    const bearer = request.headers.authorization;
    if (bearer === undefined && isForeign(request.method, request.headers)) {
      throw AccessProblems.foreignOrigin('Send this request from the same site as the service.');
    }
    if (mark === PUBLIC) return true;
    if (mark === OPEN) {
      // A session that ended makes a stranger; a bearer secret was sent on purpose, so a dead one is refused.
      const known = bearer === undefined ? await this.bySession(request, reply) : await this.byBearer(bearer);
      if (bearer !== undefined && !known) throw unauthenticated();
      if (!known) return true;
      request.actor = known;
      this.demandReadOnly(known, request.method, places);
      return true;
    }
    // A bearer secret wins over a cookie: it was sent on purpose.
    const actor = bearer === undefined ? await this.bySession(request, reply) : await this.byBearer(bearer);
    if (!actor) throw unauthenticated();
    request.actor = actor;
    if (!may(actor, mark, {})) throw denied();
    this.demandReadOnly(actor, request.method, places);
    const stepUp = this.reflector.getAllAndOverride<StepUpFor | undefined>(STEP_UP_MARK, places);
    if (stepUp) await this.stepUps.demand(actor, stepUp);
    return true;
  }

  private demandReadOnly(actor: Actor, method: string, places: Places): void {
    const isAllowed = this.reflector.getAllAndOverride<true | undefined>(LOOKING_MARK, places) ?? false;
    const isStepUp =
      this.reflector.getAllAndOverride<StepUpFor | undefined>(STEP_UP_MARK, places) !== undefined;
    demandReadOnly(actor, { method, isAllowed, isStepUp });
  }

  private async bySession(request: FastifyRequest, reply: FastifyReply): Promise<Actor | null> {
    const token = sessionToken(request);
    const known = token ? await this.authentication.bySession(token) : null;
    if (known?.newToken) this.cookies.set(reply, known.newToken);
    return known?.actor ?? null;
  }

  private async byBearer(header: string): Promise<Actor | null> {
    const secret = BEARER.exec(header)?.[1];
    return secret ? this.authentication.byBearer(secret) : null;
  }
}

function unauthenticated() {
  return AccessProblems.unauthenticated('Sign in, or send a valid key, and try again.');
}
