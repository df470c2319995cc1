import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { Booking } from '../../api/mine';
import { awaitsHost } from '../../booking/booking-state';
import { PlaceTime } from '../../components/place-time';

type Step = { readonly key: string; readonly at: string; readonly isDone: boolean; readonly text: ReactNode };

/** What happened, and what comes. */
export function Timeline({ booking, city }: { booking: Booking; city: string }) {
  const { t } = useLingui();
  const steps = [...happened(booking), ...comes(booking)];
  return (
    <section className="visit-part">
      <h2>
        <Trans>Step by step</Trans>
      </h2>
      <ol className="timeline" aria-label={t`Step by step`}>
        {steps.map(({ key, at, isDone, text }) => (
          <li key={key} data-done={isDone}>
            <strong>{text}</strong>
            <PlaceTime instant={at} zone={booking.timeZone} city={city} />
          </li>
        ))}
      </ol>
      <Reason booking={booking} />
    </section>
  );
}

function happened(booking: Booking): Step[] {
  const { bookedAt, stateAt, terms, state } = booking;
  const isAsked = terms.bookingMode === 'ON_REQUEST';
  const made = { key: 'made', at: bookedAt, isDone: true };
  if (state === 'PENDING' && !isAsked) return [{ ...made, text: <Trans>Held for you</Trans> }];
  const first = {
    ...made,
    text: isAsked ? <Trans>You asked the space</Trans> : <Trans>You booked</Trans>,
  };
  const then = stateText(booking);
  if (!then || (state === 'RESERVED' && stateAt === bookedAt)) return [first];
  return [first, { key: state, at: stateAt, isDone: true, text: then }];
}

function stateText({ state, stateBy, personId }: Booking): ReactNode {
  const isMine = stateBy === `person:${personId}`;
  switch (state) {
    case 'PENDING':
      return null;
    case 'RESERVED':
      return isMine ? <Trans>You confirmed</Trans> : <Trans>The space said yes</Trans>;
    case 'FULFILLED':
      return <Trans>You came in</Trans>;
    case 'CANCELED':
      return isMine ? <Trans>You cancelled</Trans> : <Trans>The space cancelled</Trans>;
    case 'NO_SHOW':
      return <Trans>Nobody came</Trans>;
    case 'EXPIRED':
      return <Trans>It lapsed: no answer came in time</Trans>;
    case 'REJECTED':
      return <Trans>The space said no</Trans>;
    case 'REPLACED':
      return <Trans>It became another booking</Trans>;
  }
}

function comes(booking: Booking): Step[] {
  const { state, terms, startsAt, endsAt, heldUntil } = booking;
  const steps: Step[] = [];
  const next = (key: string, at: string, text: ReactNode) => steps.push({ key, at, isDone: false, text });
  if (state === 'PENDING' && heldUntil) {
    const text = awaitsHost(booking) ? <Trans>The space answers by</Trans> : <Trans>Confirm by</Trans>;
    next('answer', heldUntil, text);
  }
  if (state !== 'PENDING' && state !== 'RESERVED') return steps;
  if (terms.lateCancellation !== 'FREE') {
    next('cancel', terms.cancelUntil, <Trans>Free to cancel until</Trans>);
  }
  next('start', startsAt, <Trans>It is yours from</Trans>);
  next('end', endsAt, <Trans>until</Trans>);
  return steps.toSorted((a, b) => a.at.localeCompare(b.at));
}

function Reason({ booking: { cancelReason, declineReason, stateBy, personId } }: { booking: Booking }) {
  const isMine = stateBy === `person:${personId}`;
  const reason = declineReason ?? (isMine ? null : cancelReason);
  if (!reason) return null;
  return (
    <p className="visit-small">
      <Trans>
        The reason given: <q>{reason}</q>
      </Trans>
    </p>
  );
}
