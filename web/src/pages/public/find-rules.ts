/** Which spaces of the directory fit what somebody looks for: pure, so that a list, a map and a hint agree. */
import { Temporal } from '@wire/kernel/time.js';
import type { VisitCost } from '@wire/bookings/visit-costs.schema.js';
import type { FreeDay } from '@wire/bookings/space-days.schema.js';
import type { ListedSpace } from '../../api/spaces';
import type { FindSearch } from './find-search';

/** As many as one search may ask for. */
export const SEARCH_DAYS_MAX = 14;
const EARLY = '08:00';
const EVENING = '20:00';

export const ACCESS = ['stepFree', 'toilet', 'hearingLoop'] as const;
export type Access = (typeof ACCESS)[number];
export const HOURS = ['now', 'early', 'evening', 'weekend'] as const;

/** What is known of a space beside its entry; null: nobody asked, or no answer yet. */
export type Known = {
  readonly free: readonly FreeDay[] | null;
  readonly cost: VisitCost | null;
};
export type Found = { readonly space: ListedSpace } & Known;

/** The days asked for, first to last, as many as a search takes; none when no day is given. */
export function daysOf({ from, until }: Pick<FindSearch, 'from' | 'until'>): string[] {
  if (from === undefined) return [];
  const first = Temporal.PlainDate.from(from);
  const span = until === undefined ? 0 : first.until(Temporal.PlainDate.from(until)).days;
  const count = Math.min(SEARCH_DAYS_MAX, Math.max(0, span) + 1);
  return Array.from({ length: count }, (_, index) => first.add({ days: index }).toString());
}

/** On how many of the days asked for a desk is free. */
export function freeDaysOf({ free }: Pick<Known, 'free'>, { part }: FindSearch): number {
  return free?.filter((day) => day.free[part ?? 'DAY'] > 0).length ?? 0;
}

/** Each way the directory can be narrowed, on its own. */
export type Narrowing = Exclude<keyof FindSearch, 'sort' | 'until' | 'part'>;
type Test = (search: FindSearch, found: Found, nowMs: number) => boolean;

const TESTS: Record<Narrowing, Test> = {
  q: ({ q = '' }, { space }) => {
    const text = plain(`${space.name} ${space.city}`);
    return plain(q)
      .split(/\s+/)
      .every((word) => text.includes(word));
  },
  country: ({ country }, { space }) => space.country === country,
  from: (search, found) => freeDaysOf(found, search) > 0,
  every: (search, found) => freeDaysOf(found, search) === daysOf(search).length,
  hours: ({ hours }, { space }, nowMs) => hours === undefined || isOpenThen(hours, space, nowMs),
  access: ({ access }, { space }) => listOf(access).every((fact) => space[fact as Access] === 'yes'),
  has: ({ has }, { space: { amenities } }) => {
    const told: readonly string[] = amenities;
    return listOf(has).every((amenity) => told.includes(amenity));
  },
  speaks: ({ speaks }, { space }) =>
    listOf(speaks).every((language) =>
      space.languages.some((tag) => tag === language || tag.startsWith(`${language}-`)),
    ),
  pays: (_search, { cost }) => cost?.funding != null && cost.guestPrice?.minor === 0,
};

/** What narrows the list now. */
export function narrowings(search: FindSearch): Narrowing[] {
  return (Object.keys(TESTS) as Narrowing[]).filter((key) => search[key] !== undefined && search[key] !== '');
}

export function isFound(search: FindSearch, found: Found, nowMs: number): boolean {
  return narrowings(search).every((key) => TESTS[key](search, found, nowMs));
}

/** The same search without one of its conditions. */
export function without(search: FindSearch, key: Narrowing): FindSearch {
  const isDates = key === 'from';
  return {
    ...search,
    [key]: undefined,
    ...(isDates ? { until: undefined, part: undefined, every: undefined } : {}),
  };
}

/** What to give up when nothing fits: the conditions that alone keep spaces away, the most helpful first. */
export function hints(
  search: FindSearch,
  all: readonly Found[],
  nowMs: number,
): { key: Narrowing; count: number }[] {
  return narrowings(search)
    .map((key) => ({ key, count: countFound(without(search, key), all, nowMs) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
}

function countFound(search: FindSearch, all: readonly Found[], nowMs: number): number {
  return all.filter((found) => isFound(search, found, nowMs)).length;
}

/** Most days free first where days are asked for, then by city and name. */
export function inOrder(search: FindSearch, found: readonly Found[]): Found[] {
  const byDays = search.from !== undefined && search.sort !== 'name';
  return found.toSorted(
    (a, b) => (byDays ? desksOf(b, search) - desksOf(a, search) : 0) || byName(search, a, b),
  );
}

function desksOf(found: Found, search: FindSearch): number {
  const desks = fewest(found, search);
  // A desk on one day more outweighs any number of desks.
  return freeDaysOf(found, search) * 10_000 + (search.sort === 'desks' ? desks : 0);
}

/** Desks free at once on the fullest of the days that have any. */
export function fewest({ free }: Pick<Known, 'free'>, { part }: FindSearch): number {
  const desks = free?.map((day) => day.free[part ?? 'DAY']).filter((count) => count > 0) ?? [];
  return desks.length === 0 ? 0 : Math.min(...desks);
}

function byName(search: FindSearch, a: Found, b: Found): number {
  const key = ({ space: { city, name } }: Found) => (search.sort === 'name' ? name : `${city} ${name}`);
  return key(a).localeCompare(key(b));
}

export function listOf(text: string | undefined): string[] {
  return text?.split(',').filter(Boolean) ?? [];
}

/** One name more, or one less; nothing is left out of the address. */
export function toggled(text: string | undefined, name: string): string | undefined {
  const names = listOf(text);
  const next = names.includes(name) ? names.filter((each) => each !== name) : [...names, name];
  return next.length === 0 ? undefined : next.join(',');
}

/** Now by today's own hours; early, evening and weekend by what its opening hours say of a usual week. */
export function isOpenThen(
  when: NonNullable<FindSearch['hours']>,
  space: Pick<ListedSpace, 'openingHours' | 'timeZone' | 'today'>,
  nowMs: number,
): boolean {
  if (when === 'now') {
    const at = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(space.timeZone);
    const now = at.toPlainTime().toString({ smallestUnit: 'minute' });
    return space.today.intervals.some(
      ({ from, until }) => from.slice(0, 5) <= now && (until === null || now < until.slice(0, 5)),
    );
  }
  const rules = space.openingHours.split(';').filter((rule) => !/off|closed/i.test(rule));
  if (rules.some((rule) => rule.includes('24/7'))) return true;
  if (when === 'weekend') return rules.some((rule) => /S[au]/.test(rule) || !/[A-Z][a-z]/.test(rule));
  const times = [...rules.join(';').matchAll(/(\d\d:\d\d)-(\d\d:\d\d)/g)];
  return times.some(([, from = '', until = '']) =>
    when === 'early' ? from < EARLY : until >= EVENING || until < from,
  );
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .trim()
    .toLocaleLowerCase('en');
}
