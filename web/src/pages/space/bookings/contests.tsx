import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { OpenContestPage, PutContestAnswer } from '@wire/bookings/contest.schema.js';
import { useState } from 'react';
import { answerContest, openContestsQuery } from '../../../api/contests';
import { problemText } from '../../../api/problem-text';
import { PlaceTime } from '../../../components/place-time';
import { dayText } from '../../../i18n/days';
import { bookedText } from '../../../i18n/parts';
import { LineField } from '../form/fields';
import { useOffice } from '../rights';

/** Guests who say that they were wrongly counted as missing, the longest waiting first. */
export function Contests() {
  const { space, isManager } = useOffice();
  const { data, error } = useQuery({ ...openContestsQuery(space.id), enabled: isManager });
  if (error) return <p className="form-fault">{problemText(error)}</p>;
  if (!data || data.length === 0) return null;
  return (
    <section className="panel requests">
      <h2>
        <Plural
          value={data.length}
          one="# guest contests that they were missing"
          other="# guests contest that they were missing"
        />
      </h2>
      <ul>
        {data.map((contest) => (
          <Contest key={contest.booking.id} contest={contest} />
        ))}
      </ul>
    </section>
  );
}

function Contest({
  contest: { booking, reason, contestedAt },
}: {
  contest: OpenContestPage['items'][number];
}) {
  const { space } = useOffice();
  const name = booking.guest?.firstName ?? '…';
  return (
    <li aria-label={name}>
      <div className="request-who">
        <strong>{name}</strong>
        <span>
          {booking.guest?.homeSpaceName} ·{' '}
          {dayText(booking.day, { weekday: 'long', day: 'numeric', month: 'long' })} · {bookedText(booking)}
        </span>
        <q dir="auto">{reason}</q>
        <span>
          <PlaceTime instant={contestedAt} zone={booking.timeZone} city={space.city} />
        </span>
      </div>
      <ContestAnswer bookingId={booking.id} isContested />
    </li>
  );
}

/** Unasked, there is only to give back. */
export function ContestAnswer({
  bookingId,
  isContested,
  onDone,
}: {
  bookingId: string;
  isContested: boolean;
  onDone?: () => void;
}) {
  const { t } = useLingui();
  const [reason, setReason] = useState<string | null>(null);
  const answering = useMutation({
    mutationFn: (outcome: PutContestAnswer['outcome']) =>
      answerContest(bookingId, { outcome, reason: reason ?? '' }),
    onSuccess: () => onDone?.(),
  });
  return (
    <form
      className="request-decline"
      aria-label={t`Give back what it cost`}
      onSubmit={(event) => {
        event.preventDefault();
        answering.mutate('CREDITED');
      }}
    >
      <LineField
        label={<Trans>What the guest reads</Trans>}
        hint={<Trans>They get it by mail, with what came back to them.</Trans>}
        value={reason}
        onChange={setReason}
      />
      {answering.error && <p className="form-fault">{problemText(answering.error)}</p>}
      <div className="request-acts">
        <Button type="submit" color="tomette" loading={answering.isPending} disabled={reason === null}>
          <Trans>Give it back</Trans>
        </Button>
        {isContested && (
          <Button
            variant="default"
            disabled={reason === null || answering.isPending}
            onClick={() => answering.mutate('UPHELD')}
          >
            <Trans>Leave it as it is</Trans>
          </Button>
        )}
        {onDone && (
          <Button variant="default" onClick={onDone}>
            <Trans>Leave it</Trans>
          </Button>
        )}
      </div>
    </form>
  );
}
