import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Temporal } from '@wire/kernel/time.js';
import { useState } from 'react';
import { cancelBooking } from '../../api/booking';
import { serverNowMs } from '../../api/call';
import type { Booking } from '../../api/mine';
import { problemText } from '../../api/problem-text';
import { PlaceTime } from '../../components/place-time';

/** Says what comes back before anything is given up. */
export function Cancel({ booking, city }: { booking: Booking; city: string }) {
  const { cancelUntil, lateCancellation } = booking.terms;
  const [isAsking, setAsking] = useState(false);
  const isFree =
    lateCancellation === 'FREE' || serverNowMs() <= Temporal.Instant.from(cancelUntil).epochMilliseconds;
  return (
    <>
      {isFree && lateCancellation !== 'FREE' && (
        <p className="booking-deadline">
          <Trans>
            Free to cancel until <PlaceTime instant={cancelUntil} zone={booking.timeZone} city={city} />.
          </Trans>
        </p>
      )}
      {isAsking ? (
        <Ask booking={booking} isFree={isFree} onKeep={() => setAsking(false)} />
      ) : (
        <button type="button" className="text-button" onClick={() => setAsking(true)}>
          <Trans>Cancel booking</Trans>
        </button>
      )}
    </>
  );
}

function Ask({ booking, isFree, onKeep }: { booking: Booking; isFree: boolean; onKeep: () => void }) {
  const { t } = useLingui();
  const cancellation = useMutation({
    mutationFn: () => cancelBooking(booking.id, 'Canceled by the guest in the app'),
  });
  return (
    <div className="booking-ask" role="group" aria-label={t`Cancel booking`}>
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
        <Button variant="default" onClick={onKeep}>
          <Trans>Keep it</Trans>
        </Button>
      </div>
    </div>
  );
}

function ComesBack({ funding }: Pick<Booking, 'funding'>) {
  switch (funding) {
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
