import { queryOptions, useQuery } from '@tanstack/react-query';
import { AcceptedView } from '@wire/identity/person.schema.js';
import { SessionEndView, SessionView } from '@wire/identity/session.schema.js';
import { forgetAnswers, queries } from '../app/queries';
import { forgetPasses } from '../pass/pass-store';
import { ApiProblem, call } from './call';

/** Who is signed in, or null. Kept on the device, so that an offline start still knows. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 60_000,
  meta: { offline: true },
  queryFn: async (): Promise<SessionView | null> => {
    try {
      return await call('/v1/sessions/current', { returns: SessionView });
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
});

export function useSession() {
  return useQuery(sessionQuery);
}

export type SignIn = { readonly email: string; readonly password: string; readonly code?: string };

export async function signIn(body: SignIn): Promise<SessionView | null> {
  await call('/v1/sessions', { method: 'POST', body, returns: AcceptedView });
  return freshSession();
}

export function freshSession(): Promise<SessionView | null> {
  return queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
}

/** The caller has made sure that no scan is waiting on this device. */
export async function signOut(): Promise<void> {
  await call('/v1/sessions/current', { method: 'DELETE', returns: SessionEndView });
  await forgetAnswers();
  await forgetPasses();
  queries.setQueryData(sessionQuery.queryKey, null);
}

const ADMIN_ROLES = ['network_admin', 'platform_admin'];
const DESK_ROLES = ['space_staff', 'space_manager'];

/** A space's team is its operator's; a network's administrators may stand in at any of its doors. */
export function worksAt(
  session: SessionView,
  space: { readonly operatorId: string; readonly networkId: string },
): boolean {
  return session.grants.some(({ role, organisationId, organisationKind, networkIds }) =>
    organisationKind === 'operator'
      ? DESK_ROLES.includes(role) && organisationId === space.operatorId
      : ADMIN_ROLES.includes(role) && networkIds.includes(space.networkId),
  );
}

/** Do they work at a door? The server decides what they may do; this only chooses what to offer. */
export function worksAtDoor(session: SessionView | null | undefined): boolean {
  return session?.grants.some(({ role }) => [...DESK_ROLES, ...ADMIN_ROLES].includes(role)) ?? false;
}

const SETTLING_ROLES = ['network_treasurer', 'network_admin', 'space_manager'];

/** Do they settle for a network, or belong to one that shows them how it does? */
export function settles(session: SessionView | null | undefined): boolean {
  return session?.grants.some(({ role }) => SETTLING_ROLES.includes(role)) ?? false;
}
