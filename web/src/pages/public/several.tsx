import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { CheckCircle } from '@phosphor-icons/react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { useEffect, useRef, useState } from 'react';
import { bookDays, cancelBookings, quotesQuery, type Quote, type Wish } from '../../api/booking';
import type { Booking } from '../../api/mine';
import { problemText } from '../../api/problem-text';
import type { Space } from '../../api/spaces';
import { byFunding, planDays, totals, type Paid, type PlannedDay } from '../../booking/plan.rules';
import { TermsText } from '../../booking/terms-text';
import { LinkButton } from '../../components/link-button';
import { Money } from '../../components/money';
import { dayText } from '../../i18n/days';

type Plan = readonly PlannedDay<Quote>[];

/** Several days at one space: one summary of who pays for which, one tap. */
export function Several({ wishes, space }: { wishes: readonly Wish[]; space: Space }) {
  const quotes = useQuery(quotesQuery(space, wishes));
  const [ids] = useState(() => new Map(wishes.map(({ day }) => [day, newId()])));
  const booking = useMutation({
    mutationFn: (plan: Plan) =>
      bookDays(
        plan.map(({ quote: { poolId, day } }) => ({
          id: ids.get(day) ?? newId(),
          poolId,
          day,
          part: wishes.find((wish) => wish.day === day)!.part,
        })),
      ),
  });
  if (booking.data && booking.data.booked.length > 0) {
    return <Booked {...booking.data} wanted={wishes.length} space={space} />;
  }
  if (quotes.isPending) return <div className="offer offer-waiting" aria-busy="true" />;
  if (!quotes.data) return <Fault error={quotes.error} />;
  const plan = planDays(quotes.data);
  const paid = plan.filter(({ funding }) => funding !== null);
  const first = plan[0]!.quote;
  return (
    <div className="offer">
      <h3>
        <Plural value={plan.length} one="# day" other="# days" />
      </h3>
      <ToPay plan={plan} />
      <ul className="offer-ways">
        {byFunding(plan).map((group) => (
          <li key={group.funding ?? 'none'} data-outcome={group.funding === null ? 'SKIPPED' : 'TAKEN'}>
            <GroupText group={group} />
            <span className="offer-days">
              {group.days.map(({ quote }) => dayText(quote.day)).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <TermsText terms={first.terms} timeZone={first.timeZone} city={space.city} />
      <p className="space-note">
        <Trans>This is the deadline of the first day. Each day can be cancelled on its own.</Trans>
      </p>
      {(booking.error ?? booking.data?.refusal) && <Fault error={booking.error ?? booking.data?.refusal} />}
      <Button
        color="tomette"
        size="lg"
        fullWidth
        disabled={paid.length === 0}
        loading={booking.isPending}
        onClick={() => booking.mutate(paid)}
      >
        {first.terms.bookingMode === 'ON_REQUEST' ? (
          <Plural value={paid.length} one="Ask for # day" other="Ask for # days" />
        ) : (
          <Plural value={paid.length} one="Book # day" other="Book # days" />
        )}
      </Button>
    </div>
  );
}

function Fault({ error }: { error: unknown }) {
  return (
    <p className="form-fault" role="alert">
      {problemText(error)}
    </p>
  );
}

function ToPay({ plan }: { plan: Plan }) {
  const { t } = useLingui();
  const sums = totals(plan);
  return (
    <p className="offer-price">
      <span>
        <Trans>You pay at the counter</Trans>
      </span>
      <strong>
        {sums.length === 0
          ? t`nothing`
          : sums.map((sum, place) => (
              <span key={sum.unit}>
                {place > 0 && ' + '}
                <Money amount={sum} />
              </span>
            ))}
      </strong>
    </p>
  );
}

function GroupText({ group: { funding, days } }: { group: Paid }) {
  const count = days.length;
  switch (funding) {
    case 'SPONSOR_VOUCHER':
      return <Plural value={count} one="# day your sponsor pays." other="# days your sponsor pays." />;
    case 'VISA_QUOTA':
      return (
        <Plural
          value={count}
          one="# day from your free days here: your home space pays."
          other="# days from your free days here: your home space pays."
        />
      );
    case 'PASS_UNITS':
      return <Plural value={count} one="# day from your pass." other="# days from your pass." />;
    case 'PAY_AS_YOU_GO': {
      const each = <Money amount={days[0]!.guestPays} />;
      return (
        <>
          <Plural value={count} one="# day you pay yourself" other="# days you pay yourself" />
          {': '}
          <Trans>{each} a day</Trans>
        </>
      );
    }
    case null:
      return (
        <Plural
          value={count}
          one="# day that nothing of yours pays for: it will not be booked."
          other="# days that nothing of yours pays for: they will not be booked."
        />
      );
  }
}

function Booked({
  booked,
  refusal,
  wanted,
  space,
}: {
  booked: readonly Booking[];
  refusal: Error | null;
  wanted: number;
  space: Space;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const undo = useMutation({ mutationFn: () => cancelBookings(booked, 'Taken back right after booking') });
  if (undo.isSuccess) {
    return (
      <p className="offer" role="status">
        <Trans>All of it is taken back, and everything came back to you.</Trans>
      </p>
    );
  }
  return (
    <div className="offer offer-booked">
      <h3 ref={heading} tabIndex={-1}>
        <CheckCircle size={28} weight="bold" aria-hidden="true" />
        {booked[0]?.state === 'PENDING' ? (
          <Trans>Your request is with {space.name}</Trans>
        ) : (
          <Trans>Your desk at {space.name} is booked</Trans>
        )}
      </h3>
      <p>{booked.map(({ day }) => dayText(day)).join(' · ')}</p>
      {refusal && (
        <p className="form-fault" role="alert">
          <Trans>
            {booked.length} of {wanted} days went through.
          </Trans>{' '}
          {problemText(refusal)}
        </p>
      )}
      {undo.error && <Fault error={undo.error} />}
      <div className="offer-next">
        <LinkButton to="/me/bookings" color="tomette">
          <Trans>My bookings</Trans>
        </LinkButton>
        <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate()}>
          <Trans>Undo</Trans>
        </Button>
      </div>
    </div>
  );
}
