import OsmHours from 'opening_hours';
import { Temporal, type PlainDate, type PlainTime } from '../kernel/time.js';
import { inWallTime, minutesBetween, wallTime } from './wall-date.js';

export const SLOTS_PER_DAY = 48;
const SLOT_MINUTES = 30;
const DAY_MINUTES = SLOTS_PER_DAY * SLOT_MINUTES;

export type ClosedBecause = 'weekly' | 'holiday' | 'exception';
export type OpenDay = {
  readonly day: PlainDate;
  /** Why nothing is open on that day; null when something is. */
  readonly closedBecause: ClosedBecause | null;
  /** Wall times of the day; `until` null is midnight. */
  readonly intervals: readonly { readonly from: PlainTime; readonly until: PlainTime | null }[];
  /** For each half-hour of the wall clock: open all of it? A half-hour that daylight saving skips is closed. */
  readonly slots: readonly boolean[];
};

/** Minutes since midnight of the day, `from` included, `until` not; past 1440 it is the next day. */
type Span = { readonly from: number; readonly until: number };

/** What decides about one day: the weekly hours, unless it is a holiday, unless an exception says otherwise. */
export type DayHours = {
  readonly weekly: string;
  readonly holiday: boolean;
  /** undefined: no exception; null: closed. */
  readonly exception: string | null | undefined;
};

/** Words whose meaning would depend on a calendar or a sun of the library's own. */
const FOREIGN_WORDS = /\b(PH|SH|sunrise|sunset|dawn|dusk)\b/i;
const TIME_SPAN = /(\d{1,2}:\d{2})-(\d{1,2}:\d{2})/g;

/** Why these opening hours cannot be kept, as a sentence that says what to do; null when they can. */
export function openingHoursFault(text: string): string | null {
  if (FOREIGN_WORDS.test(text.replaceAll(/"[^"]*"/g, ''))) {
    return 'Write wall times only. Public holidays are the setting closesOnHolidays, other days are hour exceptions.';
  }
  try {
    return inWallTime(() => {
      const hours = parse(text);
      const unclear = hours
        .getOpenIntervals(wallTime('2026-01-01', 0), wallTime('2027-01-01', 0))
        .some(([, , unknown]) => unknown);
      return unclear ? 'Every time needs an end, and no condition such as "by appointment".' : null;
    });
  } catch (error) {
    return `Not opening hours in OSM syntax, such as "Mo-Fr 09:00-18:00": ${String(error)}`;
  }
}

/**
 * One local day of a space. Hours belong to the day they begin on: a holiday or an exception replaces
 * what begins on it, and a night that began the day before still ends after midnight.
 */
export function openDay(day: PlainDate, timeZone: string, before: DayHours, today: DayHours): OpenDay {
  const spans = merged([
    ...beginningOn(day.subtract({ days: 1 }), before).map((span) => shifted(span, -DAY_MINUTES)),
    ...beginningOn(day, today),
  ]);
  const skipped = skippedMinutes(day, timeZone);
  const open = spans.flatMap(withinDay).flatMap((span) => without(span, skipped));
  return {
    day,
    closedBecause: open.length > 0 ? null : reason(today),
    intervals: open.map(({ from, until }) => ({
      from: plainTime(from),
      until: until === DAY_MINUTES ? null : plainTime(until),
    })),
    slots: Array.from({ length: SLOTS_PER_DAY }, (_, slot) => {
      const from = slot * SLOT_MINUTES;
      return open.some((span) => span.from <= from && from + SLOT_MINUTES <= span.until);
    }),
  };
}

function reason(today: DayHours): ClosedBecause {
  if (today.exception !== undefined) return 'exception';
  return today.holiday ? 'holiday' : 'weekly';
}

function beginningOn(day: PlainDate, { weekly, holiday, exception }: DayHours): Span[] {
  if (exception === null) return [];
  if (exception !== undefined) return spansBeginningOn(day, exception);
  return holiday ? [] : spansBeginningOn(day, weekly);
}

/**
 * The library tells what is open on a day, whichever day it began on. To tell the two apart, the same
 * hours are read once more with every span cut at midnight: what only the whole text has open on the
 * next day is this day's night.
 */
function spansBeginningOn(day: PlainDate, text: string): Span[] {
  return inWallTime(() => {
    const whole = parse(text);
    const untilMidnight = cutAtMidnight(whole.prettifyValue());
    if (untilMidnight === whole.prettifyValue()) return spansOn(whole, day);
    const cut = parse(untilMidnight);
    const next = day.add({ days: 1 });
    const night = spansOn(cut, next).reduce(
      (left, own) => left.flatMap((span) => without(span, own)),
      spansOn(whole, next),
    );
    return merged([...spansOn(cut, day), ...night.map((span) => shifted(span, DAY_MINUTES))]);
  });
}

function cutAtMidnight(text: string): string {
  return text.replaceAll(TIME_SPAN, (span, from: string, until: string) =>
    until <= from || until > '24:00' ? `${from}-24:00` : span,
  );
}

function parse(text: string): OsmHours {
  return new OsmHours(text, null, { locale: 'en' } as ConstructorParameters<typeof OsmHours>[2]);
}

function spansOn(hours: OsmHours, day: PlainDate): Span[] {
  const midnight = wallTime(day.toString(), 0);
  const nextMidnight = wallTime(day.toString(), DAY_MINUTES);
  return hours.getOpenIntervals(midnight, nextMidnight).map(([from, until]) => ({
    from: minutesBetween(midnight, from),
    until: minutesBetween(midnight, until),
  }));
}

/** The part of the wall clock that daylight saving leaves out on this day, such as 02:00 to 03:00. */
function skippedMinutes(day: PlainDate, timeZone: string): Span {
  const midnight = day.toPlainDateTime();
  const start = midnight.toZonedDateTime(timeZone);
  const change = start.subtract({ nanoseconds: 1 }).getTimeZoneTransition('next');
  const none = { from: 0, until: 0 };
  if (!change) return none;
  const after = change.toPlainDateTime();
  const before = change.subtract({ nanoseconds: 1 }).toPlainDateTime().add({ nanoseconds: 1 });
  const skipped = {
    from: Math.max(0, minutesSince(midnight, before)),
    until: Math.min(DAY_MINUTES, minutesSince(midnight, after)),
  };
  return skipped.from < skipped.until && skipped.from < DAY_MINUTES ? skipped : none;
}

function minutesSince(midnight: Temporal.PlainDateTime, moment: Temporal.PlainDateTime): number {
  return midnight.until(moment, { largestUnit: 'minutes' }).minutes;
}

/** Sorted, and joined where they touch or overlap. */
function merged(spans: readonly Span[]): Span[] {
  const sorted = spans.toSorted((a, b) => a.from - b.from);
  return sorted.reduce<Span[]>((done, span) => {
    const last = done.at(-1);
    if (!last || last.until < span.from) return [...done, span];
    return [...done.slice(0, -1), { from: last.from, until: Math.max(last.until, span.until) }];
  }, []);
}

function shifted(span: Span, minutes: number): Span {
  return { from: span.from + minutes, until: span.until + minutes };
}

function withinDay({ from, until }: Span): Span[] {
  const cut = { from: Math.max(0, from), until: Math.min(DAY_MINUTES, until) };
  return cut.from < cut.until ? [cut] : [];
}

/** What is left of a span when another is taken out: none, one or two pieces. */
function without(span: Span, taken: Span): Span[] {
  return [
    { from: span.from, until: Math.min(span.until, taken.from) },
    { from: Math.max(span.from, taken.until), until: span.until },
  ].filter((piece) => piece.from < piece.until);
}

function plainTime(minutes: number): PlainTime {
  return Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
}
