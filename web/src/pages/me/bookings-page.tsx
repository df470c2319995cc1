import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { bookingsQuery, type Booking } from '../../api/mine';
import { problemText } from '../../api/problem-text';
import { spaceQuery } from '../../api/spaces';
import { BookingState } from '../../booking/booking-state';
import { When } from '../../booking/when';
import { Tile } from '../../brand/tile';
import { LinkButton } from '../../components/link-button';
import { todayAt } from '../../i18n/days';
import { QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import './bookings-page.css';

const Waits = lazy(() => import('./waits').then((module) => ({ default: module.Waits })));
const Acts = lazy(() => import('./booking-row-acts').then((module) => ({ default: module.RowActs })));

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
  if (data.length === 0) {
    return (
      <>
        <Lines />
        <NoBookings />
      </>
    );
  }
  const early = data.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt));
  const waiting = early.filter(({ state }) => state === 'PENDING');
  const ahead = early.filter((booking) => booking.state === 'RESERVED' && !isOver(booking));
  const past = early.filter((booking) => !waiting.includes(booking) && !ahead.includes(booking));
  return (
    <div className="bookings">
      <h1>
        <Trans>Bookings</Trans>
      </h1>
      <Lines />
      <List bookings={waiting} title={t`Not certain yet`} />
      <List bookings={ahead} title={t`Coming up`}>
        {waiting.length === 0 && <NothingAhead />}
      </List>
      <List bookings={past.toReversed()} title={t`Before`} />
    </div>
  );
}

function Lines() {
  return (
    <Suspense fallback={null}>
      <Waits />
    </Suspense>
  );
}

function isOver({ day, timeZone }: Booking): boolean {
  return day < todayAt(timeZone).toString();
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

function NothingAhead() {
  return (
    <p className="booking-none">
      <Trans>Nothing is booked ahead.</Trans>{' '}
      <Link to="/spaces">
        <Trans>Find a space</Trans>
      </Link>
    </p>
  );
}

/** With nothing in it, what is said instead; without that, no heading either. */
function List({
  bookings,
  title,
  children: none = null,
}: {
  bookings: readonly Booking[];
  title: string;
  children?: ReactNode;
}) {
  if (bookings.length === 0 && !none) return null;
  return (
    <section>
      <h2>{title}</h2>
      {bookings.length === 0 && none}
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
  return (
    <li className="booking-row">
      <Tile id={booking.spaceId} className="booking-tile" />
      <div>
        <h3>
          <Link to="/me/bookings/$bookingId" params={{ bookingId: booking.id }}>
            {space?.name ?? '…'}
          </Link>
        </h3>
        <p>
          {space?.city}
          {space && ' · '}
          <When of={booking} />
        </p>
        {space && (
          <Suspense fallback={null}>
            <Acts booking={booking} city={space.city} />
          </Suspense>
        )}
      </div>
      <BookingState booking={booking} />
    </li>
  );
}
