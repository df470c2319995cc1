/** Bookings as iCalendar (RFC 5545), with wall times in the space's zone and the zone's own rules. Pure. */
import { escape, foldLines } from 'ical-generator';
import { Temporal, type Instant } from '../kernel/time.js';
import type { BookingState } from './booking.js';

/** What a calendar shows of a booking: nothing of a person. */
export type CalendarEntry = {
  readonly id: string;
  readonly state: BookingState;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly timeZone: string;
  readonly bookedAt: Instant;
  readonly stateAt: Instant;
  readonly title: string;
  readonly place: string;
  readonly lat: number;
  readonly lon: number;
  readonly description: string;
  readonly url: string;
};

const LIVE = new Set<BookingState>(['PENDING', 'RESERVED', 'FULFILLED', 'NO_SHOW']);
const MS_PER_SECOND = 1000;

export function calendarText(entries: readonly CalendarEntry[], name: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Escale//Bookings//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escape(name, false)}`,
    ...zonesOf(entries),
    ...entries.flatMap(eventLines),
    'END:VCALENDAR',
    '',
  ];
  return foldLines(lines.join('\r\n'));
}

function eventLines(entry: CalendarEntry): string[] {
  const { timeZone, startsAt, endsAt, stateAt } = entry;
  const at = (moment: Instant) => `TZID=${timeZone}:${wallTime(moment.toZonedDateTimeISO(timeZone))}`;
  return [
    'BEGIN:VEVENT',
    `UID:${entry.id}@escale`,
    `SEQUENCE:${sequenceOf(entry)}`,
    `DTSTAMP:${utc(stateAt)}`,
    `DTSTART;${at(startsAt)}`,
    `DTEND;${at(endsAt)}`,
    `SUMMARY:${escape(entry.title, false)}`,
    `LOCATION:${escape(entry.place, false)}`,
    `GEO:${entry.lat};${entry.lon}`,
    ...(entry.description ? [`DESCRIPTION:${escape(entry.description, false)}`] : []),
    `URL:${entry.url}`,
    `STATUS:${statusOf(entry.state)}`,
    'TRANSP:OPAQUE',
    'END:VEVENT',
  ];
}

/** Grows with each change, so that a calendar takes the newer of two: seconds since booking, and one for its end. */
export function sequenceOf({ state, stateAt, bookedAt }: CalendarEntry): number {
  const seconds = Math.floor((stateAt.epochMilliseconds - bookedAt.epochMilliseconds) / MS_PER_SECOND);
  return Math.max(0, seconds) + (LIVE.has(state) ? 0 : 1);
}

function statusOf(state: BookingState): string {
  if (!LIVE.has(state)) return 'CANCELLED';
  return state === 'PENDING' ? 'TENTATIVE' : 'CONFIRMED';
}

/** Each zone once, with every change of its offset from the year before the first day to the year after the last. */
function zonesOf(entries: readonly CalendarEntry[]): string[] {
  return [...new Set(entries.map(({ timeZone }) => timeZone))].flatMap((timeZone) => {
    const times = entries
      .filter((entry) => entry.timeZone === timeZone)
      .flatMap(({ startsAt, endsAt }) => [startsAt, endsAt])
      .toSorted((a, b) => Temporal.Instant.compare(a, b));
    const from = times[0]!.toZonedDateTimeISO(timeZone).subtract({ years: 1 });
    const until = times.at(-1)!.toZonedDateTimeISO(timeZone).add({ years: 1 });
    return ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...observances(from, until), 'END:VTIMEZONE'];
  });
}

function observances(from: Temporal.ZonedDateTime, until: Temporal.ZonedDateTime): string[] {
  const first = from.getTimeZoneTransition('previous') ?? from;
  const lines: string[] = [];
  let at: Temporal.ZonedDateTime | null = first;
  while (at && Temporal.ZonedDateTime.compare(at, until) <= 0) {
    const before: Temporal.ZonedDateTime = at.subtract({ nanoseconds: 1 });
    const kind = at.offsetNanoseconds > before.offsetNanoseconds ? 'DAYLIGHT' : 'STANDARD';
    lines.push(
      `BEGIN:${kind}`,
      // an observance begins at the wall time of the offset that ends
      `DTSTART:${wallTime(at.toInstant().toZonedDateTimeISO(before.offset))}`,
      `TZOFFSETFROM:${offset(before)}`,
      `TZOFFSETTO:${offset(at)}`,
      `TZNAME:${at.offset}`,
      `END:${kind}`,
    );
    at = at.getTimeZoneTransition('next');
  }
  return lines;
}

function offset({ offset: text }: Temporal.ZonedDateTime): string {
  return text.replace(':', '');
}

function wallTime(at: Temporal.ZonedDateTime): string {
  return at.toPlainDateTime().toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
}

function utc(moment: Instant): string {
  return `${wallTime(moment.toZonedDateTimeISO('UTC'))}Z`;
}
