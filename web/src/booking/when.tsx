import type { Booking } from '../api/mine';
import { Figures } from '../components/figures';
import { clockAt, dayText } from '../i18n/days';

const LONG = { weekday: 'long', day: 'numeric', month: 'long' } as const;

/** The day and its hours, at the place. */
export function When({
  of: { day, startsAt, endsAt, timeZone },
  isLong = false,
}: {
  of: Pick<Booking, 'day' | 'startsAt' | 'endsAt' | 'timeZone'>;
  isLong?: boolean;
}) {
  return (
    <>
      {dayText(day, isLong ? LONG : {})},{' '}
      <Figures>{`${clockAt(startsAt, timeZone)}–${clockAt(endsAt, timeZone)}`}</Figures>
    </>
  );
}
