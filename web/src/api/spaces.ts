import { queryOptions } from '@tanstack/react-query';
import { DayPage, SpacePage, SpaceView } from '@wire/directory/directory.schema.js';
import { FreeDayPage } from '@wire/bookings/space-days.schema.js';
import { SpaceTermsView } from '@wire/bookings/space-terms.schema.js';
import type { z } from 'zod';
import { todayAt } from '../i18n/days';
import { call } from './call';

/** What lists and pages of a space have in common. */
export type Space = Omit<SpaceView, 'pools' | 'profile' | 'completeness' | 'missing'>;
/** What a list says more. */
export type ListedSpace = SpacePage['items'][number];
export type OpenDay = z.infer<typeof DayPage>['items'][number];

const MINUTES_MS = 60_000;
export const DAYS_AHEAD = 14;

/** Every member space, on the device too: pass and door name their spaces without a network. */
export const spacesQuery = queryOptions({
  queryKey: ['spaces'],
  staleTime: 10 * MINUTES_MS,
  meta: { offline: true },
  queryFn: async () => {
    const spaces: ListedSpace[] = [];
    let after: string | null = null;
    do {
      const path: `/v1/${string}` = after ? `/v1/spaces?after=${encodeURIComponent(after)}` : '/v1/spaces';
      const page: SpacePage = await call(path, { returns: SpacePage });
      spaces.push(...page.items);
      after = page.next;
    } while (after !== null);
    return spaces;
  },
});

export const spaceQuery = (id: string) =>
  queryOptions({
    queryKey: ['spaces', id],
    staleTime: MINUTES_MS,
    meta: { offline: true },
    queryFn: () => call(`/v1/spaces/${id}`, { returns: SpaceView }),
  });

/** On what terms one books there, for everybody to read. */
export const spaceTermsQuery = (id: string) =>
  queryOptions({
    queryKey: ['spaces', id, 'terms'],
    staleTime: MINUTES_MS,
    queryFn: () => call(`/v1/spaces/${id}/terms`, { returns: SpaceTermsView }),
  });

/** When it is open, day by day, in its own zone, holidays and exceptions counted in. */
export const openDaysQuery = (space: Space, from = todayAt(space.timeZone).toString()) =>
  queryOptions({
    queryKey: ['spaces', space.id, 'days', from],
    staleTime: MINUTES_MS,
    queryFn: async () => {
      return (await call(`/v1/spaces/${space.id}/days?from=${from}&days=${DAYS_AHEAD}`, { returns: DayPage }))
        .items;
    },
  });

/** Desks free on each of some days, all pools together; from today on unless told otherwise. */
export const freeDaysQuery = (space: Space, from = todayAt(space.timeZone).toString()) =>
  queryOptions({
    queryKey: ['spaces', space.id, 'free', from],
    staleTime: MINUTES_MS,
    queryFn: async () => {
      const path: `/v1/${string}` = `/v1/spaces/${space.id}/free-days?from=${from}&days=${DAYS_AHEAD}`;
      return (await call(path, { returns: FreeDayPage })).items;
    },
  });
