import type { Scope } from '../platform/scope.js';
import type { OrganisationKind, Permission, Role } from './permissions.js';

/** A role in one organisation, and the networks it reaches: an operator's own, or a network and all below it. */
export type Grant = {
  readonly role: Role;
  readonly organisationId: string;
  readonly organisationKind: OrganisationKind;
  readonly networkIds: readonly string[];
  /** Acting for the organisation without being of it: narrowed to what was lent. */
  readonly delegation?: { readonly id: string; readonly permissions: readonly Permission[] };
};

/** How somebody proved who they are. */
export type ProofKind = 'PASSWORD' | 'PASSKEY' | 'AUTHENTICATOR' | 'RECOVERY_CODE' | 'INSTITUTION';

/** The session a request came in by. */
export type OwnSession = {
  readonly id: string;
  readonly device: string;
  /** The latest proof given in it, by the database's own clock. */
  readonly proof: { readonly by: ProofKind; readonly ageSeconds: number } | null;
};

/** An operator who looks with the actor's eyes. */
export type SeenBy = { readonly impersonationId: string; readonly reason: string; readonly endsAt: string };

/** Whoever makes a request. */
export type Actor = {
  readonly kind: 'person' | 'api_key' | 'device';
  readonly id: string;
  readonly personId: string | null;
  /** Of a person in a browser; null for keys, devices and seeds. */
  readonly session: OwnSession | null;
  readonly seenBy: SeenBy | null;
  /** The space whose door a device stands at. */
  readonly spaceId: string | null;
  readonly grants: readonly Grant[];
  /** What a key or a device is narrowed to; null leaves the grants as they are. */
  readonly permissions: readonly Permission[] | null;
  readonly scope: Scope;
  /** The delegations that this request has needed so far. */
  readonly actedFor: Set<string>;
  /** `person:<id>`, `api_key:<id>` or `device:<id>`: how events name who caused them. */
  readonly name: string;
};

export function actorOf(
  who: Pick<Actor, 'kind' | 'id' | 'grants'> &
    Partial<Pick<Actor, 'spaceId' | 'permissions' | 'session' | 'seenBy'>>,
): Actor {
  const personId = who.kind === 'person' ? who.id : null;
  const networks = [...new Set(who.grants.flatMap((grant) => grant.networkIds))];
  return {
    session: null,
    seenBy: null,
    spaceId: null,
    permissions: null,
    actedFor: new Set(),
    ...who,
    personId,
    scope: { networks, person: personId },
    name: `${who.kind}:${who.id}`,
  };
}

/** An institution outside every network is in no network's scope: only the platform reaches its rows. */
export function scopeOf(actor: Actor): Scope {
  const isPlatform = actor.grants.some((grant) => grant.role === 'platform_admin');
  return isPlatform ? { ...actor.scope, name: 'identity' } : actor.scope;
}
