import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { invariant } from '../kernel/problem.js';
import { Permitted } from '../platform/http/access-mark.js';
import { may, type At } from './access.rules.js';
import type { Actor } from './actor.js';
import { AccessProblems } from './identity.problems.js';
import type { Permission } from './permissions.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard on every route that is not public. */
    actor?: Actor;
  }
}

/**
 * Who may call this route: whoever is signed in and holds the permission at all. The use case then
 * demands it where the row is.
 */
export function Access(permission: Permission): MethodDecorator & ClassDecorator {
  return Permitted(permission);
}

/** The actor of a route that declares @Access. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<FastifyRequest>();
  invariant(actor !== undefined, 'a route with @CurrentActor declares @Access');
  return actor;
});

/** The actor of a route that declares @Open; null for a stranger. */
export const CurrentVisitor = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Actor | null =>
    context.switchToHttp().getRequest<FastifyRequest>().actor ?? null,
);

/** Refuses with 403 what the actor may not do there. */
export function demand(actor: Actor, permission: Permission, at: At): void {
  if (!may(actor, permission, at)) throw denied();
}

/** For what only a person has: a profile, a membership, a pass. */
export function demandPerson(actor: Actor): string {
  if (!actor.personId) throw AccessProblems.denied('Only a person can do this, not a key or a device.');
  return actor.personId;
}

export function denied() {
  return AccessProblems.denied('Your roles do not allow this. Ask an administrator of the organisation.');
}
