import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Temporal } from '@wire/kernel/time.js';
import { useState, type KeyboardEvent } from 'react';
import { cancelBooking } from '../api/booking';
import { serverNowMs } from '../api/call';
import type { Booking } from '../api/mine';
import { problemText } from '../api/problem-text';
import { PlaceTime } from '../components/place-time';

/** Nothing of a request or of a mere hold is ever used up. */
function isFreeNow({ state, terms }: Booking): boolean {
  const isEarly = serverNowMs() <= Temporal.Instant.from(terms.cancelUntil).epochMilliseconds;
  return state === 'PENDING' || terms.lateCancellation === 'FREE' || isEarly;
}

/** Says what comes back before anything is given up. */
export function Cancel({ booking, city }: { booking: Booking; city: string }) {
  const [isAsking, setAsking] = useState(false);
  const { state, terms, timeZone } = booking;
  const isFree = isFreeNow(booking);
  if (isAsking) return <Ask booking={booking} isFree={isFree} onKeep={() => setAsking(false)} />;
  return (
    <>
      {isFree && state === 'RESERVED' && terms.lateCancellation !== 'FREE' && (
        <p className="booking-deadline">
          <Trans>
            Free to cancel until <PlaceTime instant={terms.cancelUntil} zone={timeZone} city={city} />.
          </Trans>
        </p>
      )}
      <button type="button" className="text-button" onClick={() => setAsking(true)}>
        {state === 'PENDING' ? <Trans>Take it back</Trans> : <Trans>Cancel booking</Trans>}
      </button>
    </>
  );
}

function Ask({ booking, isFree, onKeep }: { booking: Booking; isFree: boolean; onKeep: () => void }) {
  const { t } = useLingui();
  const cancellation = useMutation({
    mutationFn: () => cancelBooking(booking.id, 'Canceled by the guest in the app'),
  });
  const onKeyDown = ({ key }: KeyboardEvent) => key === 'Escape' && onKeep();
  return (
    <div className="booking-ask" role="group" aria-label={t`Cancel booking`} onKeyDown={onKeyDown}>
      <p>{isFree ? <ComesBack funding={booking.funding} /> : <NothingBack />}</p>
      {cancellation.error && (
        <p className="form-fault" role="alert">
          {problemText(cancellation.error)}
        </p>
      )}
      <div>
        <Button color="tomette" loading={cancellation.isPending} onClick={() => cancellation.mutate()}>
          <Trans>Yes, cancel it</Trans>
        </Button>
        <Button variant="default" autoFocus onClick={onKeep}>
          <Trans>Keep it</Trans>
        </Button>
      </div>
    </div>
  );
}

function ComesBack({ funding }: Pick<Booking, 'funding'>) {
  switch (funding) {
    case 'SPONSOR_VOUCHER':
      return <Trans>Your voucher is yours again.</Trans>;
    case 'VISA_QUOTA':
      return <Trans>Your free days come back in full.</Trans>;
    case 'PASS_UNITS':
      return <Trans>What it took from your pass comes back in full.</Trans>;
    case 'PAY_AS_YOU_GO':
      return <Trans>You will not be charged.</Trans>;
  }
}

function NothingBack() {
  return <Trans>It is too late for anything to come back. Somebody else can still use the desk.</Trans>;
}
