import { partyAt, type Directory } from '../directory/index.js';
import { demand, may, type Actor } from '../identity/index.js';
import type { Reader } from '../platform/db.js';
import { WindowProblems } from './window.problems.js';
import { windowRow } from './window.queries.js';
import type { WindowPage } from './window.schema.js';

type WindowRow = WindowPage['items'][number];
type Of = {
  readonly networkId: string;
  readonly partyIds: readonly string[];
  /** What a stranger is told. */
  readonly notFound: () => Error;
};

/** Those of the parties whose books the actor may read: its own people, and those above it. */
export async function partiesReadBy(
  on: Reader,
  directory: Directory,
  actor: Actor,
  partyIds: readonly string[],
): Promise<string[]> {
  const read: string[] = [];
  for (const id of new Set(partyIds)) {
    const at = await partyAt(on, directory, await directory.party(on, id));
    if (may(actor, 'windows:read', at)) read.push(id);
  }
  return read;
}

/**
 * What was settled between some parties is for each of them and for the treasurer of the window; to everybody else
 * it is not there. Gives the parties that the actor reads, of all when it is the treasurer.
 */
export async function demandParty(
  on: Reader,
  directory: Directory,
  actor: Actor,
  { networkId, partyIds, notFound }: Of,
): Promise<readonly string[]> {
  const treasurer = { organisationId: networkId, networkId };
  if (may(actor, 'windows:read', treasurer)) return partyIds;
  const read = await partiesReadBy(on, directory, actor, partyIds);
  if (read.length > 0) return read;
  if (!actor.scope.networks.includes(networkId)) throw notFound();
  demand(actor, 'windows:read', treasurer);
  return partyIds;
}

/** A closed window, and a party whose statement of it the actor may read. */
export async function reachStatement(
  on: Reader,
  directory: Directory,
  actor: Actor,
  { windowId, partyId }: { readonly windowId: string; readonly partyId: string },
): Promise<{ window: WindowRow & { untilDay: string }; party: { id: string; name: string } }> {
  const { id, name } = await directory.party(on, partyId);
  const window = await windowRow(on, windowId);
  if (!window) throw noWindow();
  await demandParty(on, directory, actor, {
    networkId: window.networkId,
    partyIds: [id],
    notFound: noWindow,
  });
  const { untilDay } = window;
  if (untilDay === null) throw WindowProblems.notClosed('Statements are written when the window closes.');
  return { window: { ...window, untilDay }, party: { id, name } };
}

function noWindow() {
  return WindowProblems.notFound('Check the id; your networks have no such window.');
}
