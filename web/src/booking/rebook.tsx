import { Trans } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { rebook, takeBack } from '../api/rebook';
import type { Booking } from '../api/mine';
import { problemText } from '../api/problem-text';
import { When } from './when';

/** The same space, the next same weekday with a desk: one tap, and one to take it back. */
export function Rebook({ booking }: { booking: Booking }) {
  const again = useMutation({ mutationFn: () => rebook(booking) });
  const undo = useMutation({ mutationFn: takeBack });
  const fault = again.error ?? undo.error;
  if (undo.data) {
    return (
      <p className="booking-again" role="status">
        <Trans>Taken back. Everything came back to you.</Trans>
      </p>
    );
  }
  if (again.data) {
    const made = again.data;
    return (
      <p className="booking-again" role="status">
        <Link to="/me/bookings/$bookingId" params={{ bookingId: made.id }}>
          {made.state === 'PENDING' ? <Trans>Asked for</Trans> : <Trans>Booked again</Trans>}:{' '}
          <When of={made} />
        </Link>
        <button
          type="button"
          className="text-button"
          disabled={undo.isPending}
          onClick={() => undo.mutate(made)}
        >
          <Trans>Undo</Trans>
        </button>
      </p>
    );
  }
  return (
    <>
      {fault && (
        <p className="form-fault" role="alert">
          {problemText(fault)}
        </p>
      )}
      <button type="button" className="text-button" disabled={again.isPending} onClick={() => again.mutate()}>
        <Trans>Book again</Trans>
      </button>
    </>
  );
}
