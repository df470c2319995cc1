import { queryOptions } from '@tanstack/react-query';
import { SearchPage } from '@wire/bookings/search.schema.js';
import type { FreeDay } from '@wire/bookings/space-days.schema.js';
import { VisitCostPage, type VisitCost } from '@wire/bookings/visit-costs.schema.js';
import { call } from './call';
import type { Part } from './booking';

const SEARCH_LIMIT = 50;
const PAGES_MAX = 8;
const COSTS_MAX = 50;
const STALE_MS = 60_000;
/** Somewhere in the middle of the sea: every space is near enough. */
const THE_SEA = { lat: 38, lon: 15 };

/** Desks free on these days, by space; a space without any is not there. */
export const freeDesksQuery = (days: readonly string[], part: Part) =>
  queryOptions({
    queryKey: ['spaces', 'directory', 'free', ...days, part],
    staleTime: STALE_MS,
    enabled: days.length > 0,
    queryFn: async () => {
      const found = new Map<string, FreeDay[]>();
      let after: string | null = null;
      for (let pages = 0; pages < PAGES_MAX; pages += 1) {
        const body = { near: THE_SEA, days, part, fits: 'SOME', limit: SEARCH_LIMIT };
        const page: SearchPage = await call('/v1/search', {
          method: 'POST',
          body: after ? { ...body, after } : body,
          returns: SearchPage,
        });
        for (const { spaceId, pools } of page.items) found.set(spaceId, together(pools));
        after = page.next;
        if (after === null) break;
      }
      return found;
    },
  });

/** All pools of a space as one. */
function together(pools: SearchPage['items'][number]['pools']): FreeDay[] {
  const days = new Map<string, FreeDay>();
  for (const { day, free } of pools.flatMap((pool) => pool.days)) {
    const sum = days.get(day)?.free ?? { DAY: 0, MORNING: 0, AFTERNOON: 0 };
    days.set(day, {
      day,
      free: {
        DAY: sum.DAY + free.DAY,
        MORNING: sum.MORNING + free.MORNING,
        AFTERNOON: sum.AFTERNOON + free.AFTERNOON,
      },
    });
  }
  return [...days.values()];
}

/** Who would pay at each of these spaces: for somebody signed in. */
export const visitCostsQuery = (spaceIds: readonly string[], day: string, part: Part) =>
  queryOptions({
    queryKey: ['visit-costs', day, part, ...spaceIds],
    staleTime: STALE_MS,
    enabled: spaceIds.length > 0,
    queryFn: async () => {
      const costs = new Map<string, VisitCost>();
      for (let first = 0; first < spaceIds.length; first += COSTS_MAX) {
        const some = spaceIds.slice(first, first + COSTS_MAX);
        const path: `/v1/${string}` = `/v1/visit-costs?${some.map((id) => `spaceId=${id}`).join('&')}&day=${day}&part=${part}`;
        const { items } = await call(path, { returns: VisitCostPage });
        for (const cost of items) costs.set(cost.spaceId, cost);
      }
      return costs;
    },
  });
