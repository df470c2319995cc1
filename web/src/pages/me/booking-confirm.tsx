import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { confirmBooking } from '../../api/booking';
import type { Booking } from '../../api/mine';
import { problemText } from '../../api/problem-text';
import { awaitsHost } from '../../booking/booking-state';
import { PlaceTime } from '../../components/place-time';

/** Not booked yet: who has to say something, and until when. */
export function Confirm({ booking, city }: { booking: Booking; city: string }) {
  const until = booking.heldUntil && (
    <PlaceTime instant={booking.heldUntil} zone={booking.timeZone} city={city} />
  );
  if (awaitsHost(booking)) {
    return (
      <p className="visit-waiting">
        <Trans>
          The space answers until {until}. The desk is kept for you meanwhile, and if no answer comes,
          everything comes back.
        </Trans>
      </p>
    );
  }
  return <Held booking={booking} until={until} />;
}

function Held({ booking, until }: { booking: Booking; until: React.ReactNode }) {
  const confirmation = useMutation({ mutationFn: () => confirmBooking(booking.id) });
  return (
    <div className="visit-waiting">
      <p>
        <Trans>The desk is kept for you until {until}. Confirm it, or it is free again.</Trans>
      </p>
      {confirmation.error && (
        <p className="form-fault" role="alert">
          {problemText(confirmation.error)}
        </p>
      )}
      <Button color="tomette" loading={confirmation.isPending} onClick={() => confirmation.mutate()}>
        <Trans>Confirm booking</Trans>
      </Button>
    </div>
  );
}
