import type { Space } from '../directory/index.js';
import { AccessProblems, demand, type Actor, type Permission } from '../identity/index.js';

/** Staff act at the spaces of their operator, a door device at its own space alone. */
export function demandAtSpace(actor: Actor, permission: Permission, space: Space): void {
  demand(actor, permission, { organisationId: space.operatorId, networkId: space.networkId });
  if (isAnotherDoor(actor, space.id))
    throw AccessProblems.denied('This device stands at the door of another space.');
}

function isAnotherDoor(actor: Actor, spaceId: string): boolean {
  return actor.spaceId !== null && actor.spaceId !== spaceId;
}
