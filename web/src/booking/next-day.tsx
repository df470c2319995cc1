import { Trans } from '@lingui/react/macro';
import type { NextDayView } from '@wire/bookings/booking.schema.js';
import { Money } from '../components/money';
import { dayText } from '../i18n/days';

/** What one day more would cost, so that nobody learns it at the counter. */
export function NextDay({ next }: { next: NextDayView }) {
  const day = dayText(next.day);
  const price = next.guestPrice && <Money amount={next.guestPrice} />;
  return (
    <p className="space-note">
      <Sentence funding={next.funding} day={day} price={price} />
    </p>
  );
}

function Sentence({
  funding,
  day,
  price,
}: Pick<NextDayView, 'funding'> & { day: string; price: React.ReactNode }) {
  switch (funding) {
    case 'SPONSOR_VOUCHER':
      return <Trans>Your sponsor would pay for the next day, {day}, too.</Trans>;
    case 'VISA_QUOTA':
      return <Trans>The next day, {day}, would come from your free days too.</Trans>;
    case 'PASS_UNITS':
      return <Trans>The next day, {day}, would come from your pass.</Trans>;
    case 'PAY_AS_YOU_GO':
      return (
        <Trans>
          The next day, {day}, would cost you {price}.
        </Trans>
      );
    case null:
      return <Trans>Nothing of yours would pay for the next day, {day}.</Trans>;
  }
}
