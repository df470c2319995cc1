import { Trans } from '@lingui/react/macro';
import type { Booking } from '../../api/mine';

/** In words, never by colour alone. */
export function BookingState({ state }: { state: Booking['state'] }) {
  return (
    <span className={`booking-state booking-${state.toLowerCase()}`}>
      <Word state={state} />
    </span>
  );
}

function Word({ state }: { state: Booking['state'] }) {
  switch (state) {
    case 'PENDING':
      return <Trans>Held, not confirmed</Trans>;
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
  }
}
