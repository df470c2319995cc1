import { Trans } from '@lingui/react/macro';
import type { Booking } from '../api/mine';

/** Asked of the host, unlike a desk that is kept until its guest confirms. */
export function awaitsHost({ state, terms }: Pick<Booking, 'state' | 'terms'>): boolean {
  return state === 'PENDING' && terms.bookingMode === 'ON_REQUEST';
}

/** In words, never by colour alone. */
export function BookingState({ booking }: { booking: Pick<Booking, 'state' | 'terms'> }) {
  return (
    <span className={`booking-state booking-${booking.state.toLowerCase()}`}>
      <Word booking={booking} />
    </span>
  );
}

function Word({ booking }: { booking: Pick<Booking, 'state' | 'terms'> }) {
  switch (booking.state) {
    case 'PENDING':
      return awaitsHost(booking) ? <Trans>Waiting for the space</Trans> : <Trans>Held, not confirmed</Trans>;
    case 'RESERVED':
      return <Trans>Booked</Trans>;
    case 'FULFILLED':
      return <Trans>Visited</Trans>;
    case 'CANCELED':
      return <Trans>Cancelled</Trans>;
    case 'NO_SHOW':
      return <Trans>Not used</Trans>;
    case 'EXPIRED':
      return <Trans>Lapsed</Trans>;
    case 'REJECTED':
      return <Trans>Declined</Trans>;
    case 'REPLACED':
      return <Trans>Changed</Trans>;
  }
}
