import { Trans } from '@lingui/react/macro';
import type { Booking } from '../../api/mine';
import { awaitsHost } from '../../booking/booking-state';
import { Cancel } from '../../booking/cancel';
import { Rebook } from '../../booking/rebook';
import { PlaceTime } from '../../components/place-time';
import { Fee } from './who-paid';

/** What can be done with a booking without opening it. */
export function RowActs({ booking, city }: { booking: Booking; city: string }) {
  const { state, fee } = booking;
  if (state === 'RESERVED') return <Cancel booking={booking} city={city} />;
  if (state !== 'PENDING') {
    return (
      <>
        {fee && <Fee fee={fee} />}
        <Rebook booking={booking} />
      </>
    );
  }
  return (
    <>
      <Deadline booking={booking} city={city} />
      <Cancel booking={booking} city={city} />
    </>
  );
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
