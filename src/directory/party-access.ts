import { may, type Actor, type At } from '../identity/index.js';
import type { Reader } from '../platform/db.js';
import type { Directory } from './directory.service.js';
import type { Party } from './space.js';

/** Where a role must be held to see what a party owes and is owed: at its operator, or in its network. */
export async function partyAt(on: Reader, directory: Directory, party: Party): Promise<At> {
  const { id, kind, networkId } = party;
  const organisationId = kind === 'space' ? (await directory.space(on, id)).operatorId : id;
  return { organisationId, networkId };
}

/** Who commits a party in money matters: whoever runs the space, or settles for the network. */
export function speaksFor(actor: Actor, at: At): boolean {
  return may(actor, 'spaces:write', at) || may(actor, 'windows:write', at);
}
