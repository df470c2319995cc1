import { Trans } from '@lingui/react/macro';
import { Temporal } from '@wire/kernel/time.js';
import { clockAt, dayText } from '../i18n/days';
import { Figures } from './figures';

/** A place's time in the place's zone, always with our city name: zone ids name the wrong city too often. */
export function PlaceTime({ instant, zone, city }: { instant: string; zone: string; city: string }) {
  const there = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  const here = there.withTimeZone(Temporal.Now.timeZoneId());
  const day = dayText(there.toPlainDate().toString());
  const thereClock = <Figures>{clockAt(instant, zone)}</Figures>;
  const hereClock = <Figures>{clockAt(instant, here.timeZoneId)}</Figures>;
  return (
    <time dateTime={instant}>
      <Trans>
        {day}, {thereClock} in {city}
      </Trans>
      {there.offsetNanoseconds !== here.offsetNanoseconds && (
        <small>
          {' '}
          (<Trans>{hereClock} where you are</Trans>)
        </small>
      )}
    </time>
  );
}
