import { useQuery } from '@tanstack/react-query';
import { exposuresQuery, matrixQuery } from '../../api/network';
import { spacesQuery } from '../../api/spaces';
import { todayAt } from '../../i18n/days';
import { useHere } from './here';

export type Party = { readonly id: string; readonly name: string };

/** Whoever may owe or be owed: hosts of the agreements, spaces of the network, and whoever has a balance. */
export function useParties(): Party[] {
  const { networkId, name } = useHere();
  const { data: exposures } = useQuery(exposuresQuery(networkId));
  const { data: matrix } = useQuery(matrixQuery(networkId, todayAt('UTC').toString()));
  const { data: spaces } = useQuery(spacesQuery);
  const all = new Map<string, string>();
  for (const cell of matrix?.items ?? []) all.set(cell.hostSpaceId, cell.hostSpaceName);
  for (const space of spaces ?? []) if (space.networkId === networkId) all.set(space.id, space.name);
  for (const { party } of exposures?.items ?? []) all.set(party.id, party.name);
  all.set(networkId, name);
  return [...all].map(([id, text]) => ({ id, name: text })).toSorted((a, b) => a.name.localeCompare(b.name));
}
