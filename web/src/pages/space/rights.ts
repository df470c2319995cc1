import { createContext, use } from 'react';
import type { SessionView } from '@wire/identity/session.schema.js';
import type { SpaceView } from '@wire/directory/directory.schema.js';

const MANAGERS = ['space_manager', 'platform_admin'];
const ADMINS = ['network_admin', 'platform_admin'];

/** May they change what the space says and whom it appoints? The server decides; this chooses what to offer. */
export function manages(
  session: SessionView,
  space: { readonly operatorId: string; readonly networkId: string },
): boolean {
  return session.grants.some(({ role, organisationId, organisationKind, networkIds }) =>
    organisationKind === 'operator'
      ? MANAGERS.includes(role) && organisationId === space.operatorId
      : ADMINS.includes(role) && networkIds.includes(space.networkId),
  );
}

type Here = { readonly space: SpaceView; readonly isManager: boolean };

export const OfficeContext = createContext<Here | null>(null);

/** The space of the page, and what the person may do there. */
export function useOffice(): Here {
  return use(OfficeContext)!;
}
