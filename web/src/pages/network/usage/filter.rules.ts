import type { Search } from '../here';

/** What the address may filter by; all of it is the server's own filter. */
export const FILTERS = [
  'fromDay',
  'untilDay',
  'debtorId',
  'hostId',
  'agreementId',
  'windowId',
  'evidence',
  'state',
] as const;

/** The filter of the address, for list, sums and files alike. */
export function filterOf(networkId: string, search: Search): Record<string, string> {
  const set = FILTERS.flatMap((key) => (search[key] ? [[key, search[key]] as const] : []));
  return { networkId, ...Object.fromEntries(set) };
}
