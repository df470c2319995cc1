import { Temporal } from '@wire/kernel/time.js';
import { Figures } from './figures';
import { clockAt, dayText } from '../i18n/days';

/** When something happened, in the reader's own zone: it is about where they were. */
export function Moment({ at }: { at: string }) {
  const zone = Temporal.Now.timeZoneId();
  const day = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString();
  return (
    <time dateTime={at}>
      {dayText(day, { day: 'numeric', month: 'short', year: 'numeric' })},{' '}
      <Figures>{clockAt(at, zone)}</Figures>
    </time>
  );
}
