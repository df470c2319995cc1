import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { denied } from './access.js';
import { may } from './access.rules.js';
import { Authentication } from './authentication.service.js';
import { SessionCookies, sessionToken } from './cookie.js';
import { AccessProblems } from './identity.problems.js';
import { demandReadOnly } from './looking.js';
import { isForeign } from './origin.rules.js';
import { StepUps } from './step-ups.service.js';

/** For pages that are no route of ours: lets in whoever runs the platform and has proved it, to read alone. */
@Injectable()
export class PlatformDoor {
  constructor(
    private readonly authentication: Authentication,
    private readonly stepUps: StepUps,
    private readonly cookies: SessionCookies,
  ) {}

  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (isForeign(request.method, request.headers))
      throw AccessProblems.foreignOrigin('Open it from the same site.');
    const token = sessionToken(request);
    const known = token ? await this.authentication.bySession(token) : null;
    if (!known) throw AccessProblems.unauthenticated('Sign in, and open this page again.');
    if (known.newToken) this.cookies.set(reply, known.newToken);
    if (!may(known.actor, 'platform:write', {}) || request.method !== 'GET') throw denied();
    demandReadOnly(known.actor, { method: request.method, isAllowed: false, isStepUp: true });
    await this.stepUps.demand(known.actor, 'PLATFORM');
  }
}
