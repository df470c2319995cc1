/** What a product promises, as arithmetic on days and half-days. Pure: no database, no framework. */
import { Temporal, type PlainDate } from '../kernel/time.js';

export const PRODUCT_KINDS = ['DAYS', 'PERIOD', 'UNLIMITED'] as const;
export type ProductKind = (typeof PRODUCT_KINDS)[number];
export type PauseBy = 'HOLDER' | 'NETWORK';

/** How long a pass that starts with its first booked day waits for that day. */
export const START_WITHIN_DAYS = 365;
/** A product class says nothing about anybody when at least so many living passes of the issuer share it. */
export const CLASS_SIZE_MIN = 50;
/** What codes of rare products say instead. */
export const COMMON_CLASS = 0;
export const WARN_DAYS_BEFORE = [14, 3] as const;

type Periods = {
  readonly validFrom: PlainDate;
  readonly periodMonths: number | null;
  /** How many were bought. */
  readonly periods: number;
};

/** How many periods begin within the validity. */
export function periodCount({
  validFrom,
  validUntil,
  periodMonths,
}: Omit<Periods, 'periods'> & { validUntil: PlainDate }): number {
  if (periodMonths === null) return 1;
  let count = 1;
  while (isNotAfter(periodStart({ validFrom, periodMonths }, count), validUntil)) count += 1;
  return count;
}

/** Which period a day is in. What a pause adds belongs to the last one. */
export function periodOf(pass: Periods, day: PlainDate): number {
  let index = 0;
  while (index + 1 < pass.periods && isNotAfter(periodStart(pass, index + 1), day)) index += 1;
  return index;
}

/** The first day of a period: the day of the month of the purchase, or the month's last one. */
export function periodStart(
  { validFrom, periodMonths }: Pick<Periods, 'validFrom' | 'periodMonths'>,
  index: number,
): PlainDate {
  return validFrom.add({ months: (periodMonths ?? 0) * index });
}

/** What of a period's rest goes on into the next one: never more than one period's quota, never into nothing. */
export function carriedOver(
  left: number,
  { quota, rollOver, isLast }: { quota: number; rollOver: boolean; isLast: boolean },
): { carried: number; lapsed: number } {
  const carried = rollOver && !isLast ? Math.min(left, quota) : 0;
  return { carried, lapsed: left - carried };
}

type Pause = { readonly fromDay: PlainDate; readonly untilDay: PlainDate };

/** The days of a year that its holder's pauses have taken. A pause that is taken back on its day takes none. */
export function pausedDaysIn(year: number, pauses: readonly Pause[]): number {
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 });
  const next = first.add({ years: 1 });
  return pauses
    .map(({ fromDay, untilDay }) => daysBetween(later(fromDay, first), earlier(untilDay, next)))
    .reduce((sum, days) => sum + Math.max(0, days), 0);
}

/**
 * The day on which a holder's pause ends by itself. A new year brings new days, so a pause may run from one
 * into the next.
 */
export function pauseEnds(fromDay: PlainDate, pauses: readonly Pause[], daysPerYear: number): PlainDate {
  let day = fromDay;
  const isPaused = (candidate: PlainDate) =>
    pausedDaysIn(candidate.year, [...pauses, { fromDay, untilDay: candidate.add({ days: 1 }) }]) <=
    daysPerYear;
  // Two years are enough to run out of any allowance that is less than a whole year.
  const horizon = fromDay.add({ years: 2 });
  while (isPaused(day) && isNotAfter(day, horizon)) day = day.add({ days: 1 });
  return day;
}

type Lived = {
  readonly validUntil: PlainDate;
  readonly pausedOn: PlainDate | null;
  readonly pauseExtends: boolean;
};

/** The last day of a pass; while it is paused, and its rule says so, the end moves on with every day. */
export function lastDayOf({ validUntil, pausedOn, pauseExtends }: Lived, today: PlainDate): PlainDate {
  if (!pausedOn || !pauseExtends) return validUntil;
  return validUntil.add({ days: Math.max(0, daysBetween(pausedOn, today)) });
}

/** A class shared by few would tell their passes apart: then the code says the common one. */
export function shownClass(productClass: number, livingPasses: number): number {
  return livingPasses >= CLASS_SIZE_MIN ? productClass : COMMON_CLASS;
}

/** Half-days that one pass may still give: for a member of a team also by their own limit. */
export function leftWithin(left: number, limit: number | null, taken: number): number {
  return limit === null ? left : Math.max(0, Math.min(left, limit - taken));
}

function isNotAfter(a: PlainDate, b: PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) <= 0;
}

function daysBetween(from: PlainDate, until: PlainDate): number {
  return from.until(until, { largestUnit: 'days' }).days;
}

function later(a: PlainDate, b: PlainDate): PlainDate {
  return isNotAfter(a, b) ? b : a;
}

function earlier(a: PlainDate, b: PlainDate): PlainDate {
  return isNotAfter(a, b) ? a : b;
}
