import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { HourglassMedium } from '@phosphor-icons/react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { BookingPage, BookingView } from '@wire/bookings/booking.schema.js';
import { Temporal } from '@wire/kernel/time.js';
import { useState } from 'react';
import { call, serverNowMs } from '../../../api/call';
import { problemText } from '../../../api/problem-text';
import { queries } from '../../../app/queries';
import { PlaceTime } from '../../../components/place-time';
import { dayText } from '../../../i18n/days';
import { bookedText } from '../../../i18n/parts';
import { LineField } from '../form/fields';
import { useOffice } from '../rights';

type Booking = BookingView;
const REFRESH_MS = 20_000;
const MINUTE_MS = 60_000;

/** Those who wait for a yes or a no, the most urgent first. */
export function Requests() {
  const { space } = useOffice();
  const { data, error } = useQuery({
    queryKey: ['office', space.id, 'requests'],
    refetchInterval: REFRESH_MS,
    queryFn: () => call(`/v1/spaces/${space.id}/booking-requests`, { returns: BookingPage }),
  });
  if (error) return <p className="form-fault">{problemText(error)}</p>;
  if (!data || data.items.length === 0) return null;
  return (
    <section className="panel requests">
      <h2>
        <Plural
          value={data.items.length}
          one="# guest waits for your answer"
          other="# guests wait for your answer"
        />
      </h2>
      <ul>
        {data.items.map((booking) => (
          <Request key={booking.id} booking={booking} />
        ))}
      </ul>
    </section>
  );
}

function Request({ booking }: { booking: Booking }) {
  const { space } = useOffice();
  const [isDeclining, setDeclining] = useState(false);
  const acceptance = useAnswer(`/v1/bookings/${booking.id}/acceptance`);
  const name = booking.guest?.firstName ?? '…';
  return (
    <li aria-label={name}>
      <div className="request-who">
        <strong>{name}</strong>
        <span>
          {booking.guest?.homeSpaceName} ·{' '}
          {dayText(booking.day, { weekday: 'long', day: 'numeric', month: 'long' })} · {bookedText(booking)}
        </span>
        {booking.heldUntil && (
          <span className="request-clock">
            <HourglassMedium size={16} aria-hidden="true" />
            <Left until={booking.heldUntil} /> (
            <PlaceTime instant={booking.heldUntil} zone={booking.timeZone} city={space.city} />)
          </span>
        )}
      </div>
      {isDeclining ? (
        <Decline booking={booking} onKeep={() => setDeclining(false)} />
      ) : (
        <div className="request-acts">
          <Button color="tomette" loading={acceptance.isPending} onClick={() => acceptance.mutate(undefined)}>
            <Trans>Accept</Trans>
          </Button>
          <Button variant="default" onClick={() => setDeclining(true)}>
            <Trans>Decline</Trans>
          </Button>
        </div>
      )}
      {acceptance.error && <p className="form-fault">{problemText(acceptance.error)}</p>}
    </li>
  );
}

function Left({ until }: { until: string }) {
  const minutes = Math.max(
    0,
    Math.round((Temporal.Instant.from(until).epochMilliseconds - serverNowMs()) / MINUTE_MS),
  );
  return minutes < 120 ? (
    <Plural value={minutes} one="# minute left to answer" other="# minutes left to answer" />
  ) : (
    <Plural value={Math.floor(minutes / 60)} one="# hour left to answer" other="# hours left to answer" />
  );
}

/** The reason is read by the guest, who is shown other spaces beside it. */
function Decline({ booking, onKeep }: { booking: Booking; onKeep: () => void }) {
  const { t } = useLingui();
  const reasons = [
    t`We are full that day.`,
    t`A private event takes the room that day.`,
    t`We are closed that day.`,
  ];
  const [reason, setReason] = useState<string | null>(null);
  const decline = useAnswer(`/v1/bookings/${booking.id}/decline`);
  return (
    <form
      className="request-decline"
      onSubmit={(event) => {
        event.preventDefault();
        decline.mutate({ reason });
      }}
    >
      <div className="request-reasons">
        {reasons.map((each) => (
          <button
            key={each}
            type="button"
            className="pill"
            aria-pressed={each === reason}
            onClick={() => setReason(each)}
          >
            {each}
          </button>
        ))}
      </div>
      <LineField
        label={<Trans>What the guest reads</Trans>}
        hint={<Trans>They are shown the nearest other spaces with it.</Trans>}
        value={reason}
        onChange={setReason}
      />
      {decline.error && <p className="form-fault">{problemText(decline.error)}</p>}
      <div className="request-acts">
        <Button type="submit" color="tomette" loading={decline.isPending} disabled={reason === null}>
          <Trans>Decline the request</Trans>
        </Button>
        <Button variant="default" onClick={onKeep}>
          <Trans>Not yet</Trans>
        </Button>
      </div>
    </form>
  );
}

function useAnswer(path: `/v1/${string}`) {
  return useMutation({
    mutationFn: (body: unknown) =>
      call(path, { method: 'PUT', ...(body === undefined ? {} : { body }), returns: BookingView }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['office'] }),
  });
}
