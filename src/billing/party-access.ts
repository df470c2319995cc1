import type { Directory, Party } from '../directory/index.js';
import type { At } from '../identity/index.js';
import type { Reader } from '../platform/db.js';

/** Where a role must be held to see what a party owes and is owed: at its operator, or in its network. */
export async function partyAt(on: Reader, directory: Directory, party: Party): Promise<At> {
  const { id, kind, networkId } = party;
  const organisationId = kind === 'space' ? (await directory.space(on, id)).operatorId : id;
  return { organisationId, networkId };
}
