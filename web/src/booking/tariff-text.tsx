import { Plural, Trans } from '@lingui/react/macro';
import type { WireTariff } from '@wire/kernel/wire.js';
import { Money } from '../components/money';
import { minutesText } from '../i18n/minutes';
import './tariff-text.css';

/** What a host asks, in words. Rates are kept per half-day; people think in days. */
export function TariffText({ tariff }: { tariff: WireTariff }) {
  const { per, rate } = tariff;
  if (rate.unit === 'HALF_DAY') {
    return <Plural value={rate.minor} one="# day in kind per day" other="# days in kind per day" />;
  }
  if (per === 'HALF_DAY') {
    const price = <Money amount={{ ...rate, minor: 2 * rate.minor }} />;
    return <Trans>{price} a day, half of it for half a day</Trans>;
  }
  const price = <Money amount={rate} />;
  if (per === 'DAY') return <Trans>{price} a day, however long</Trans>;
  return (
    <span className="tariff-text">
      <Trans>{price} an hour</Trans>
      <ByTheHour tariff={tariff} />
    </span>
  );
}

function ByTheHour({
  tariff: { stepMinutes, minimumMinutes, dayMax, graceMinutes },
}: {
  tariff: WireTariff;
}) {
  const step = minutesText(stepMinutes ?? 60);
  const least = minutesText(minimumMinutes);
  const grace = minutesText(graceMinutes ?? 0);
  const most = dayMax && <Money amount={dayMax} />;
  return (
    <small>
      <Trans>in steps of {step}</Trans>
      {minimumMinutes > 0 && (
        <>
          {' · '}
          <Trans>{least} at least</Trans>
        </>
      )}
      {most && (
        <>
          {' · '}
          <Trans>{most} a day at most</Trans>
        </>
      )}
      {' · '}
      {graceMinutes === null ? (
        <Trans>leaving late costs nothing</Trans>
      ) : (
        <Trans>leaving more than {grace} late costs each step begun</Trans>
      )}
    </small>
  );
}
