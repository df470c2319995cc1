import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { bookingsQuery, type Booking } from '../../api/mine';
import { problemText } from '../../api/problem-text';
import { spaceQuery } from '../../api/spaces';
import { Tile } from '../../brand/tile';
import { Figures } from '../../components/figures';
import { clockAt, dayText, todayAt } from '../../i18n/days';
import { BookingState } from './booking-state';
import { Cancel } from './cancel';
import { QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import './bookings-page.css';
import { LinkButton } from '../../components/link-button';

export function BookingsPage() {
  const { t } = useLingui();
  useTitle(t`Bookings`);
  const { data, error, isPending } = useQuery(bookingsQuery);
  if (isPending) return null;
  if (!data) {
    return (
      <QuietPage title={<Trans>Your bookings could not be loaded</Trans>}>
        <p>{problemText(error)}</p>
      </QuietPage>
    );
  }
  if (data.length === 0) return <NoBookings />;
  const isAhead = (booking: Booking) =>
    booking.day >= todayAt(booking.timeZone).toString() && ['PENDING', 'RESERVED'].includes(booking.state);
  const ahead = data.filter(isAhead).toSorted((a, b) => a.startsAt.localeCompare(b.startsAt));
  const past = data
    .filter((booking) => !isAhead(booking))
    .toSorted((a, b) => b.startsAt.localeCompare(a.startsAt));
  return (
    <div className="bookings">
      <h1>
        <Trans>Bookings</Trans>
      </h1>
      <List bookings={ahead} title={t`Coming up`} />
      <List bookings={past} title={t`Before`} />
    </div>
  );
}

function NoBookings() {
  return (
    <QuietPage title={<Trans>No bookings yet</Trans>}>
      <p>
        <Trans>Find a space by the sea and choose your days. You can also walk in with your pass.</Trans>
      </p>
      <LinkButton to="/spaces" color="tomette">
        <Trans>Find a space</Trans>
      </LinkButton>
    </QuietPage>
  );
}

function List({ bookings, title }: { bookings: readonly Booking[]; title: string }) {
  if (bookings.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul className="booking-list">
        {bookings.map((booking) => (
          <Row key={booking.id} booking={booking} />
        ))}
      </ul>
    </section>
  );
}

function Row({ booking }: { booking: Booking }) {
  const { data: space } = useQuery(spaceQuery(booking.spaceId));
  const from = clockAt(booking.startsAt, booking.timeZone);
  const until = clockAt(booking.endsAt, booking.timeZone);
  return (
    <li className="booking-row">
      <Tile id={booking.spaceId} className="booking-tile" />
      <div>
        <h3>
          <Link to="/spaces/$spaceId" params={{ spaceId: booking.spaceId }}>
            {space?.name ?? '…'}
          </Link>
        </h3>
        <p>
          {space?.city}
          {space && ' · '}
          {dayText(booking.day)}, <Figures>{`${from}–${until}`}</Figures>
        </p>
        {booking.state === 'RESERVED' && space && <Cancel booking={booking} city={space.city} />}
        {booking.fee && (
          <p className="booking-deadline">
            <Trans>It was used up: it was too late for it to come back.</Trans>
          </p>
        )}
      </div>
      <BookingState state={booking.state} />
    </li>
  );
}
