/** Opening hours of one local day, as a door asks about them. Pure: the server and a tablet without a network agree. */
import { instantAt, Temporal, type Instant, type PlainDate, type PlainTime } from './time.js';

/** A guest may come in this long before what they booked begins, if the space is open. */
export const EARLY_MINUTES = 30;

/** `until` is null at midnight, the end of the day. */
export type Intervals = readonly { readonly from: PlainTime; readonly until: PlainTime | null }[];

/** Why nobody is let in now, or null when the space is open. */
export function refuseHours(
  intervals: Intervals,
  localTime: PlainTime,
): 'closed_today' | 'outside_hours' | null {
  if (intervals.length === 0) return 'closed_today';
  const isOpen = intervals.some(
    ({ from, until }) => isNotBefore(localTime, from) && isBefore(localTime, until),
  );
  return isOpen ? null : 'outside_hours';
}

/** When the last hours of the day end and the visit is over by itself. */
export function closesAt(intervals: Intervals, day: PlainDate, timeZone: string): Instant {
  const moments = intervals.map(({ until }) =>
    until === null ? endOfDay(day, timeZone) : instantAt(day, until, timeZone),
  );
  return moments.toSorted((a, b) => Temporal.Instant.compare(a, b)).at(-1) ?? endOfDay(day, timeZone);
}

export function endOfDay(day: PlainDate, timeZone: string): Instant {
  return day.add({ days: 1 }).toZonedDateTime({ timeZone }).toInstant();
}

function isNotBefore(time: PlainTime, other: PlainTime): boolean {
  return Temporal.PlainTime.compare(time, other) >= 0;
}

function isBefore(time: PlainTime, until: PlainTime | null): boolean {
  return until === null || Temporal.PlainTime.compare(time, until) < 0;
}
