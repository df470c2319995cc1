import { Trans } from '@lingui/react/macro';
import type { Booking } from '../../api/mine';
import { awaitsHost } from '../../booking/booking-state';
import { Cancel } from '../../booking/cancel';
import { PlaceTime } from '../../components/place-time';
import { Fee } from './who-paid';

/** What can be done with a booking without opening it. */
export function RowActs({ booking, city }: { booking: Booking; city: string }) {
  switch (booking.state) {
    case 'PENDING':
      return (
        <>
          <Deadline booking={booking} city={city} />
          <Cancel booking={booking} city={city} />
        </>
      );
    case 'RESERVED':
      return <Cancel booking={booking} city={city} />;
    default:
      return booking.fee && <Fee fee={booking.fee} />;
  }
}

function Deadline({ booking, city }: { booking: Booking; city: string }) {
  if (!booking.heldUntil) return null;
  const until = <PlaceTime instant={booking.heldUntil} zone={booking.timeZone} city={city} />;
  return (
    <p className="booking-deadline">
      {awaitsHost(booking) ? (
        <Trans>The space answers until {until}; the desk is kept for you meanwhile.</Trans>
      ) : (
        <Trans>Kept for you until {until}: confirm it, or it is free again.</Trans>
      )}
    </p>
  );
}
