import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Booking } from '../../api/mine';
import { spaceQuery } from '../../api/spaces';
import { Figures } from '../../components/figures';
import { clockAt } from '../../i18n/days';

/** Where one is expected today, and until when. */
export function TodayBooking({ booking }: { booking: Booking }) {
  const { data: space } = useQuery(spaceQuery(booking.spaceId));
  if (!space) return null;
  const { name, city } = space;
  const from = <Figures>{clockAt(booking.startsAt, booking.timeZone)}</Figures>;
  const until = <Figures>{clockAt(booking.endsAt, booking.timeZone)}</Figures>;
  return (
    <article className="pass-veil">
      <h2>
        <Trans>
          Today: {name}, {city}
        </Trans>
      </h2>
      <p>
        <Trans>
          It is yours from {from} to {until}, in {city} time.
        </Trans>{' '}
        <Link to="/spaces/$spaceId" params={{ spaceId: booking.spaceId }}>
          <Trans>How to get in</Trans>
        </Link>
      </p>
    </article>
  );
}
