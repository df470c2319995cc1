import { Trans } from '@lingui/react/macro';
import type { Booking } from '../../api/mine';
import { DaysText } from '../../booking/days-text';
import { Money } from '../../components/money';
import { bookedText } from '../../i18n/parts';

/** Which entitlement pays, or what is still to pay. */
export function WhoPaid({ booking }: { booking: Booking }) {
  return (
    <section className="visit-part">
      <h2>
        <Trans>Who pays</Trans>
      </h2>
      <p className="visit-paid">
        <Payer booking={booking} />
      </p>
      <p className="visit-small">
        {bookedText(booking)}
        {booking.part !== 'HOURS' && (
          <>
            {' · '}
            <DaysText halfDays={booking.halfDays} />
          </>
        )}
      </p>
      {booking.fee && <Fee fee={booking.fee} />}
    </section>
  );
}

function Payer({ booking: { funding, guestPrice } }: { booking: Booking }) {
  switch (funding) {
    case 'SPONSOR_VOUCHER':
      return <Trans>Your sponsor pays, with a voucher of a day.</Trans>;
    case 'VISA_QUOTA':
      return (
        <Trans>Your home space: it comes from your free days here. You pay nothing at the counter.</Trans>
      );
    case 'PASS_UNITS':
      return <Trans>Your pass. You pay nothing at the counter.</Trans>;
    case 'PAY_AS_YOU_GO':
      return (
        <Trans>
          You: <Money amount={guestPrice} /> at the counter.
        </Trans>
      );
  }
}

/** After it was given up or missed: did anything come back? */
export function Fee({ fee: { halfDays, amount } }: { fee: NonNullable<Booking['fee']> }) {
  if (halfDays > 0) {
    return (
      <p className="booking-deadline">
        <Trans>
          It was too late for anything to come back: <DaysText halfDays={halfDays} /> used up.
        </Trans>
      </p>
    );
  }
  if (amount.minor > 0) {
    return (
      <p className="booking-deadline">
        <Trans>
          It was too late to give it back for nothing: <Money amount={amount} /> are due.
        </Trans>
      </p>
    );
  }
  return (
    <p className="booking-deadline">
      <Trans>Everything came back to you.</Trans>
    </p>
  );
}
