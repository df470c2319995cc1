import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { stopText } from '../charter/words';
import type { Found } from './find-rules';

/** Somebody may miss them in the list: why they take no bookings for these days. */
export function StoppedSpaces({ all }: { all: readonly Found[] }) {
  const { t } = useLingui();
  const stopped = all.filter(({ space }) => space.hostingStop);
  if (stopped.length === 0) return null;
  return (
    <section className="find-stopped" aria-label={t`Not bookable now`}>
      <h2>
        <Trans>Not bookable now</Trans>
      </h2>
      <ul>
        {stopped.map(({ space: { id, name, city, hostingStop } }) => (
          <li key={id}>
            <Link to="/spaces/$spaceId" params={{ spaceId: id }}>
              {name}
            </Link>
            , {city}: {stopText(hostingStop!.code)}
          </li>
        ))}
      </ul>
    </section>
  );
}
