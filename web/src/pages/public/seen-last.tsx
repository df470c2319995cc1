import { Trans } from '@lingui/react/macro';
import { Temporal } from '@wire/kernel/time.js';
import { Figures } from '../../components/figures';
import { clockAt, dayText } from '../../i18n/days';
import { useOnline } from '../../shell/online';

/** Without a network a list is a memory: it says how old it is. */
export function SeenLast({ at }: { at: number }) {
  const isOnline = useOnline();
  if (isOnline || at === 0) return null;
  const seen = Temporal.Instant.fromEpochMilliseconds(at);
  const zone = Temporal.Now.timeZoneId();
  const day = dayText(seen.toZonedDateTimeISO(zone).toPlainDate().toString());
  const time = <Figures>{clockAt(seen.toString(), zone)}</Figures>;
  return (
    <p className="find-seen">
      <Trans>
        As this device saw it on {day}, {time}. Desks may have been taken since.
      </Trans>
    </p>
  );
}
