import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { may } from './access.rules.js';
import { Authentication } from './authentication.service.js';
import { sessionToken } from './cookie.js';
import type { Permission } from './permissions.js';

/** For pages that are not routes of ours, such as a board of somebody else's making: who is at the browser? */
@Injectable()
export class SignedIn {
  constructor(private readonly authentication: Authentication) {}

  async may(request: FastifyRequest, permission: Permission): Promise<boolean> {
    const token = sessionToken(request);
    const actor = token ? await this.authentication.bySession(token) : null;
    return actor !== null && may(actor, permission, {});
  }
}
