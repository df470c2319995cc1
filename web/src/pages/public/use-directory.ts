import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { serverNowMs } from '../../api/call';
import { freeDesksQuery, visitCostsQuery } from '../../api/directory';
import { useSession } from '../../api/session';
import { spacesQuery } from '../../api/spaces';
import { todayAt } from '../../i18n/days';
import { daysOf, inOrder, isFound, type Found } from './find-rules';

const MINUTE_MS = 60_000;

/** The whole directory, what fits of it, and what is known of each space for these days and this person. */
export function useDirectory() {
  const search = useSearch({ from: '/page/spaces' });
  const { data: session } = useSession();
  const spaces = useQuery(spacesQuery);
  const days = useMemo(() => daysOf(search), [search]);
  const part = search.part ?? 'DAY';
  const free = useQuery(freeDesksQuery(days, part));
  const ids = useMemo(() => (session ? (spaces.data ?? []).map(({ id }) => id) : []), [session, spaces.data]);
  const costs = useQuery(visitCostsQuery(ids, days[0] ?? todayAt('UTC').toString(), part));
  // By the minute: "open now" may change while somebody looks, but not from one key to the next.
  const nowMs = Math.floor(serverNowMs() / MINUTE_MS) * MINUTE_MS;
  const all = useMemo(
    (): Found[] =>
      (spaces.data ?? []).map((space) => ({
        space,
        free: free.data?.get(space.id) ?? null,
        cost: costs.data?.get(space.id) ?? null,
      })),
    [spaces.data, free.data, costs.data],
  );
  const found = useMemo(
    () =>
      inOrder(
        search,
        all.filter((each) => isFound(search, each, nowMs)),
      ),
    [all, search, nowMs],
  );
  const isLooking = spaces.isPending || (days.length > 0 && free.isPending);
  return {
    all,
    found,
    days,
    search,
    nowMs,
    spaces,
    isLooking,
    freeFault: days.length > 0 ? free.error : null,
  };
}
