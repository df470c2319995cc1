import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { ApiProblem } from '../../api/call';
import { bookingQuery, type Booking } from '../../api/mine';
import { problemText } from '../../api/problem-text';
import { spaceQuery } from '../../api/spaces';
import { BookingState } from '../../booking/booking-state';
import { Cancel } from '../../booking/cancel';
import { Rebook } from '../../booking/rebook';
import { TermsText } from '../../booking/terms-text';
import { When } from '../../booking/when';
import { Tile } from '../../brand/tile';
import { LinkButton } from '../../components/link-button';
import { todayAt } from '../../i18n/days';
import { NotFound, QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import { Arrival } from './booking-arrival';
import { Confirm } from './booking-confirm';
import type { BookingSection } from './booking-section';
import { SECTIONS, URGENT_SECTIONS } from './booking-sections';
import { Timeline } from './booking-timeline';
import { WhoPaid } from './who-paid';
import './booking-page.css';

const OPEN_STATES = ['PENDING', 'RESERVED'];

export function BookingPage() {
  const { bookingId } = useParams({ from: '/page/me/bookings/$bookingId' });
  const { data: booking, error, isPending } = useQuery(bookingQuery(bookingId));
  if (isPending) return null;
  if (booking) return <Facts booking={booking} />;
  if (error instanceof ApiProblem && [404, 422].includes(error.status)) return <NotFound />;
  return (
    <QuietPage title={<Trans>This booking could not be loaded</Trans>}>
      <p>{problemText(error)}</p>
    </QuietPage>
  );
}

/** Everything somebody needs on the way to the door, and what they agreed to. */
function Facts({ booking }: { booking: Booking }) {
  const { data: space } = useQuery(spaceQuery(booking.spaceId));
  useTitle(space && `${space.name}, ${space.city}`);
  const isOpen = OPEN_STATES.includes(booking.state);
  return (
    <article className="visit">
      <Link to="/me/bookings" className="visit-back">
        <Trans>All bookings</Trans>
      </Link>
      <header className="visit-head">
        <Tile id={booking.spaceId} className="visit-tile" />
        <div>
          <BookingState booking={booking} />
          <h1>{space?.name ?? '…'}</h1>
          <p className="visit-when">
            <When of={booking} isLong />
          </p>
          <p className="visit-place">{space?.city}</p>
        </div>
      </header>
      <Extras sections={URGENT_SECTIONS} booking={booking} />
      {booking.state === 'PENDING' && space && <Confirm booking={booking} city={space.city} />}
      {booking.state === 'RESERVED' && <AtTheDoor booking={booking} />}
      <div className="visit-columns">
        <WhoPaid booking={booking} />
        {isOpen && space && <Arrival space={space} />}
        {space && <Timeline booking={booking} city={space.city} />}
        {isOpen && space && <Agreed booking={booking} city={space.city} />}
      </div>
      <Extras sections={SECTIONS} booking={booking} />
      <footer className="visit-foot">
        {!isOpen && <Rebook booking={booking} />}
        <LinkButton to="/spaces/$spaceId" params={{ spaceId: booking.spaceId }} variant="default">
          <Trans>About the space</Trans>
        </LinkButton>
      </footer>
    </article>
  );
}

function AtTheDoor({ booking }: { booking: Booking }) {
  const isToday = booking.day === todayAt(booking.timeZone).toString();
  return (
    <p className="visit-door">
      <span>
        {isToday ? (
          <Trans>It is today. Show your pass at the door; it works without a network too.</Trans>
        ) : (
          <Trans>Your place is kept. On the day you show your pass at the door.</Trans>
        )}
      </span>
      <LinkButton to="/me/pass" {...(isToday ? { color: 'tomette' } : { variant: 'default' })}>
        <Trans>My pass</Trans>
      </LinkButton>
    </p>
  );
}

function Agreed({ booking, city }: { booking: Booking; city: string }) {
  return (
    <section className="visit-part visit-agreed">
      <h2>
        <Trans>What was agreed</Trans>
      </h2>
      <TermsText terms={booking.terms} timeZone={booking.timeZone} city={city} />
      <Cancel booking={booking} city={city} />
    </section>
  );
}

/** They come on their own, and the page does not wait for any of them. */
function Extras({ sections, booking }: { sections: readonly BookingSection[]; booking: Booking }) {
  const { t } = useLingui();
  if (sections.length === 0) return null;
  return (
    <div className="visit-extras" aria-label={t`More about this booking`} role="group">
      {sections.map((Section, place) => (
        // Fixed lists: the place is the identity.
        <Suspense key={place} fallback={null}>
          <Section booking={booking} />
        </Suspense>
      ))}
    </div>
  );
}
