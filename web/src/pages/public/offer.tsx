import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { CheckCircle } from '@phosphor-icons/react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { useEffect, useRef, useState } from 'react';
import { bookQuote, quoteQuery, type Quote, type RoomWish, type Wish } from '../../api/booking';
import { ApiProblem } from '../../api/call';
import type { Booking } from '../../api/mine';
import { problemText } from '../../api/problem-text';
import type { Space } from '../../api/spaces';
import { TariffText } from '../../booking/tariff-text';
import { FundingText } from '../../booking/funding-text';
import { NextDay } from '../../booking/next-day';
import { TermsText } from '../../booking/terms-text';
import { When } from '../../booking/when';
import { LinkButton } from '../../components/link-button';
import { Money } from '../../components/money';

/** Who pays and why, on what terms, then one tap. */
export function Offer({ wish, space }: { wish: Wish | RoomWish; space: Space }) {
  const quote = useQuery(quoteQuery(space, wish));
  const [id] = useState(newId);
  const booking = useMutation({
    mutationFn: ({ quoteId }: { quoteId: string }) => bookQuote(id, quoteId),
    // An old quote is no fault of who reads slowly: they see the new one and decide again.
    onError: (error) => error instanceof ApiProblem && error.code === 'quote.expired' && quote.refetch(),
  });
  if (booking.data) return <Booked booking={booking.data} space={space} />;
  if (quote.isPending) return <div className="offer offer-waiting" aria-busy="true" />;
  if (!quote.data) {
    return (
      <p className="offer form-fault" role="alert">
        {problemText(quote.error)}
      </p>
    );
  }
  return (
    <div className="offer">
      <h3>
        <When of={quote.data} isLong />
      </h3>
      <WhoPays quote={quote.data} />
      {quote.data.terms.tariff.per === 'HOUR' && (
        <p className="space-note">
          <TariffText tariff={quote.data.terms.tariff} />
        </p>
      )}
      {quote.data.next && <NextDay next={quote.data.next} />}
      <TermsText terms={quote.data.terms} timeZone={quote.data.timeZone} city={space.city} />
      {booking.error && (
        <p className="form-fault" role="alert">
          {problemText(booking.error)}
        </p>
      )}
      <Button
        color="tomette"
        size="lg"
        fullWidth
        loading={booking.isPending}
        onClick={() => booking.mutate({ quoteId: quote.data.id })}
      >
        <ActText quote={quote.data} />
      </Button>
    </div>
  );
}

function ActText({ quote: { terms, part } }: { quote: Quote }) {
  const isAsked = terms.bookingMode === 'ON_REQUEST';
  if (part === 'HOURS') return isAsked ? <Trans>Ask for this time</Trans> : <Trans>Book this time</Trans>;
  return isAsked ? <Trans>Ask for this desk</Trans> : <Trans>Book this desk</Trans>;
}

function WhoPays({ quote }: { quote: Quote }) {
  const { t } = useLingui();
  return (
    <>
      <p className="offer-price">
        <span>
          <Trans>You pay at the counter</Trans>
        </span>
        <strong>{quote.guestPrice.minor === 0 ? t`nothing` : <MoneyOf quote={quote} />}</strong>
      </p>
      <ul className="offer-ways" aria-label={t`Who pays`}>
        {quote.options.map((option) => (
          <li key={`${option.funding} ${option.passId}`} data-outcome={option.outcome}>
            <FundingText option={option} />
          </li>
        ))}
      </ul>
    </>
  );
}

function MoneyOf({ quote: { guestPrice } }: { quote: Quote }) {
  return <Money amount={guestPrice} />;
}

function Booked({ booking, space }: { booking: Booking; space: Space }) {
  const isAsked = booking.state === 'PENDING';
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="offer offer-booked">
      <h3 ref={heading} tabIndex={-1}>
        <CheckCircle size={28} weight="bold" aria-hidden="true" />
        {isAsked ? (
          <Trans>Your request is with {space.name}</Trans>
        ) : booking.part === 'HOURS' ? (
          <Trans>Your time at {space.name} is booked</Trans>
        ) : (
          <Trans>Your desk at {space.name} is booked</Trans>
        )}
      </h3>
      <p>
        <When of={booking} isLong />
      </p>
      <p>
        {isAsked ? (
          <Trans>The answer will stand among your bookings.</Trans>
        ) : (
          <Trans>Show your pass at the door. It works without a network too.</Trans>
        )}
      </p>
      <div className="offer-next">
        <LinkButton to="/me/bookings" color="tomette">
          <Trans>My bookings</Trans>
        </LinkButton>
        <LinkButton to="/me/pass" variant="default">
          <Trans>My pass</Trans>
        </LinkButton>
      </div>
    </div>
  );
}
