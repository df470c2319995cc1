import { Temporal, type PlainDate } from '@wire/kernel/time.js';
import { serverNowMs } from '../api/call';
import { intlTag } from './activate';

/** The place's own day, by the server's clock: what "today" means at a door. */
export function todayAt(timeZone: string): PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(serverNowMs()).toZonedDateTimeISO(timeZone).toPlainDate();
}

/** A day is a day at its place, so it is written without any zone. */
export function dayText(day: string, options: Intl.DateTimeFormatOptions = {}): string {
  const noon = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: 'UTC', plainTime: '12:00' });
  const usual = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  const format = new Intl.DateTimeFormat(intlTag(), {
    ...(Object.keys(options).length > 0 ? options : usual),
    timeZone: 'UTC',
  });
  return format.format(noon.epochMilliseconds);
}

/** Wall time at a place, for instance "18:00". */
export function clockAt(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(timeZone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
}
