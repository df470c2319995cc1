/** Who may do what, as pure decisions over the tables of permissions.ts. */
import type { Actor, Grant } from './actor.js';
import { APPOINTS, OWN_PERMISSIONS, ROLE_PERMISSIONS, type Permission, type Role } from './permissions.js';

/** Whose things a request is about. Name the organisation whenever the thing has one. */
export type At = { readonly organisationId?: string; readonly networkId?: string };

/**
 * At a place, roles decide; nowhere in particular (`{}`), it is enough to hold the permission at all,
 * over one's own things or somewhere: the question a route asks before it knows the row.
 */
export function may(actor: Actor, permission: Permission, at: At): boolean {
  if (actor.permissions && !actor.permissions.includes(permission)) return false;
  const holding = actor.grants.filter((grant) => permissionsOf(grant).includes(permission));
  if (at.organisationId ?? at.networkId) {
    const reaching = holding.filter((grant) => reaches(grant, permission, at));
    if (reaching.length > 0) noteDelegation(actor, reaching);
    return reaching.length > 0;
  }
  return holding.length > 0 || (actor.kind === 'person' && isOwn(permission));
}

/** May this actor give somebody this role in that organisation? */
export function mayAppoint(actor: Actor, role: Role, at: At): boolean {
  return actor.grants.some(
    (grant) =>
      !grant.delegation &&
      reaches(grant, 'memberships:write', at) &&
      (APPOINTS[grant.role]?.includes(role) ?? false),
  );
}

/**
 * A network's role reaches the whole network and everything below. An operator's role reaches its own
 * organisation, and what may be read about its network. A nomad's reaches nobody else's things.
 */
function reaches(grant: Grant, permission: Permission, at: At): boolean {
  if (grant.role === 'platform_admin') return true;
  if (grant.role === 'nomad') return false;
  if (grant.organisationId === at.organisationId) return true;
  const inNetwork = at.networkId !== undefined && grant.networkIds.includes(at.networkId);
  if (grant.organisationKind === 'network') return inNetwork;
  return inNetwork && at.organisationId === undefined && permission.endsWith(':read');
}

function permissionsOf({ delegation, role }: Grant): readonly Permission[] {
  return delegation?.permissions ?? ROLE_PERMISSIONS[role];
}

/** Only what one's own roles would not have allowed is done in the name of somebody else. */
function noteDelegation(actor: Actor, reaching: readonly Grant[]): void {
  if (reaching.every(({ delegation }) => delegation)) actor.actedFor.add(reaching[0]!.delegation!.id);
}

function isOwn(permission: Permission): boolean {
  return (OWN_PERMISSIONS as readonly Permission[]).includes(permission);
}
