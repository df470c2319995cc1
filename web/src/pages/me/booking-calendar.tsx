import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { CalendarPlus } from '@phosphor-icons/react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { feedsQuery, makeFeed, revokeFeed } from '../../api/calls';
import { problemText } from '../../api/problem-text';
import type { BookingSection } from './booking-section';
import './booking-proposal.css';

/** Into a calendar: this booking as a file, or all of them as a feed that follows each change. */
export const BookingCalendar: BookingSection = ({ booking }) => (
  <section className="visit-part">
    <h2>
      <Trans>In your calendar</Trans>
    </h2>
    <Button
      component="a"
      href={`/v1/bookings/${booking.id}/calendar.ics`}
      download="escale.ics"
      variant="default"
      leftSection={<CalendarPlus size={20} aria-hidden="true" />}
    >
      <Trans>Add to calendar</Trans>
    </Button>
    {(booking.state === 'RESERVED' || booking.state === 'FULFILLED') && (
      <p>
        <a
          href={`/v1/bookings/${booking.id}/invitation-letter.pdf`}
          download="invitation.pdf"
          className="letter-link"
        >
          <Trans>Letter of invitation for a visa (PDF)</Trans>
        </a>
      </p>
    )}
    <Feed />
  </section>
);

function Feed() {
  const { data: feeds } = useQuery(feedsQuery);
  const making = useMutation({ mutationFn: () => makeFeed(null) });
  const ending = useMutation({ mutationFn: revokeFeed, onSuccess: () => making.reset() });
  const mine = feeds?.find(({ spaceId, revokedAt }) => spaceId === null && revokedAt === null);
  const fault = making.error ?? ending.error;
  return (
    <>
      <p className="visit-small">
        <Trans>A private feed keeps all your bookings in your calendar, with every change.</Trans>
      </p>
      {making.data?.url && (
        <p role="status">
          <Trans>Give your calendar this address. It is shown once, and is for you alone:</Trans>{' '}
          <code dir="ltr" className="calendar-address">
            {making.data.url}
          </code>
        </p>
      )}
      {fault && (
        <p className="form-fault" role="alert">
          {problemText(fault)}
        </p>
      )}
      {mine ? (
        <button type="button" className="text-button" onClick={() => ending.mutate(mine.id)}>
          <Trans>End the feed</Trans>
        </button>
      ) : (
        <button type="button" className="text-button" onClick={() => making.mutate()}>
          <Trans>Make a private feed</Trans>
        </button>
      )}
    </>
  );
}
