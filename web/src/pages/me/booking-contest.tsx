import { Trans } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ContestView } from '@wire/bookings/contest.schema.js';
import { Temporal } from '@wire/kernel/time.js';
import type { ReactNode } from 'react';
import { serverNowMs } from '../../api/call';
import { contestQuery, putContest } from '../../api/contests';
import type { Booking } from '../../api/mine';
import { spaceQuery } from '../../api/spaces';
import { DaysText } from '../../booking/days-text';
import { Money } from '../../components/money';
import { PlaceTime } from '../../components/place-time';
import { SayForm } from '../../components/say-form';
import type { BookingSection } from './booking-section';
import './booking-contest.css';

/** Somebody who was counted as missing says that it was otherwise, and reads what the space answers. */
export const BookingContest: BookingSection = ({ booking }) =>
  booking.state === 'NO_SHOW' ? <Contest booking={booking} /> : null;

function Contest({ booking }: { booking: Booking }) {
  const { data: contest } = useQuery(contestQuery(booking.id));
  const { data: space } = useQuery(spaceQuery(booking.spaceId));
  const { fee } = booking;
  if (!contest || !space || !fee || (fee.halfDays === 0 && fee.amount.minor === 0)) return null;
  const isOpen = Temporal.Instant.from(contest.until).epochMilliseconds > serverNowMs();
  if (!contest.reason && !contest.answer && !isOpen) return null;
  return (
    <section className="visit-part" aria-labelledby="contest-title">
      <h2 id="contest-title">
        <Trans>Was it otherwise?</Trans>
      </h2>
      {contest.reason && (
        <Said by={<Trans>You contest it</Trans>} words={contest.reason}>
          <PlaceTime instant={contest.contestedAt!} zone={booking.timeZone} city={space.city} />
        </Said>
      )}
      {contest.answer && <Answer answer={contest.answer} />}
      {contest.reason && !contest.answer && (
        <p role="status">
          <Trans>The space answers you by mail and here.</Trans>
        </p>
      )}
      {!contest.reason && !contest.answer && (
        <>
          <p>
            <Trans>
              The space can give back what it cost you. You can contest it until{' '}
              <PlaceTime instant={contest.until} zone={booking.timeZone} city={space.city} />.
            </Trans>
          </p>
          <Ask bookingId={booking.id} />
        </>
      )}
    </section>
  );
}

/** What one side wrote, in a frame of its own. */
function Said({ by, words, children }: { by: ReactNode; words: string; children: ReactNode }) {
  return (
    <div className="contest-said">
      <strong>{by}</strong>
      <blockquote dir="auto">{words}</blockquote>
      <small>{children}</small>
    </div>
  );
}

function Answer({ answer }: { answer: NonNullable<ContestView['answer']> }) {
  const { outcome, reason, halfDays, amount } = answer;
  if (outcome === 'UPHELD') {
    return (
      <Said by={<Trans>The space leaves it as it is</Trans>} words={reason}>
        <Trans>Nothing comes back.</Trans>
      </Said>
    );
  }
  return (
    <Said by={<Trans>The space gives it back</Trans>} words={reason}>
      {halfDays > 0 ? (
        <Trans>
          <DaysText halfDays={halfDays} /> came back to you.
        </Trans>
      ) : (
        <Trans>
          <Money amount={amount} /> are no longer due.
        </Trans>
      )}
    </Said>
  );
}

function Ask({ bookingId }: { bookingId: string }) {
  const asking = useMutation({ mutationFn: (reason: string) => putContest(bookingId, reason) });
  return (
    <SayForm
      label={<Trans>What happened</Trans>}
      submit={<Trans>Contest it</Trans>}
      isBusy={asking.isPending}
      error={asking.error}
      onSay={asking.mutate}
    />
  );
}
