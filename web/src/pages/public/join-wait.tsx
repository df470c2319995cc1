import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import type { Part } from '../../api/booking';
import { problemText } from '../../api/problem-text';
import { useSession } from '../../api/session';
import { openDaysQuery, type OpenDay, type Space } from '../../api/spaces';
import { isWaiting, joinWait, waitsQuery, type Wait } from '../../api/waits';
import { Figures } from '../../components/figures';
import { LinkButton } from '../../components/link-button';
import { dayText, todayAt } from '../../i18n/days';
import { partText } from '../../i18n/parts';

const LONG = { weekday: 'long', day: 'numeric', month: 'long' } as const;

type Props = { readonly space: Space; readonly day: string; readonly parts: readonly Part[] };

/** Where every desk is taken: a place in line instead. */
export function JoinWait({ space, day, parts }: Props) {
  const { data: session } = useSession();
  const { href } = useLocation();
  const { data: days } = useQuery(openDaysQuery(space, day));
  const opens = openParts(days?.[0], space.halfDayBoundary);
  const waitable = parts.filter((part) => opens.includes(part));
  if (waitable.length === 0 || day === todayAt(space.timeZone).toString()) return null;
  if (session) return <Line space={space} day={day} parts={waitable} />;
  return (
    <p className="offer">
      <Link to="/sign-in" search={{ next: href }}>
        <Trans>Every desk is taken then. Sign in to join the waitlist.</Trans>
      </Link>
    </p>
  );
}

function openParts(day: OpenDay | undefined, boundary: string): Part[] {
  const intervals = day?.intervals ?? [];
  const parts: Part[] = intervals.length > 0 ? ['DAY'] : [];
  if (intervals.some(({ from }) => from < boundary)) parts.push('MORNING');
  if (intervals.some(({ until }) => until === null || until > boundary)) parts.push('AFTERNOON');
  return parts;
}

function Line({ space, day, parts }: Props) {
  const { t } = useLingui();
  const { data: waits } = useQuery(waitsQuery);
  const [id] = useState(newId);
  const [wished, setPart] = useState<Part>();
  const part = wished && parts.includes(wished) ? wished : parts[0]!;
  const join = useMutation({ mutationFn: () => joinWait(id, { spaceId: space.id, day, part }) });
  const own = waits?.find((wait) => wait.spaceId === space.id && wait.day === day && isWaiting(wait));
  if (own) return <InLine wait={own} />;
  return (
    <section className="offer" aria-label={t`Waitlist`}>
      <h3>
        <Trans>Wait for a desk on {dayText(day, LONG)}</Trans>
      </h3>
      <p>
        <Trans>
          When a desk comes free it is kept for whoever is first in line, who then has time to say yes.
          Waiting costs nothing.
        </Trans>
      </p>
      {parts.length > 1 && (
        <div className="part-choice" role="group" aria-label={t`What you wait for`}>
          {parts.map((each) => (
            <button
              key={each}
              type="button"
              className="pill"
              aria-pressed={each === part}
              onClick={() => setPart(each)}
            >
              {partText(each)}
            </button>
          ))}
        </div>
      )}
      {join.error && (
        <p className="form-fault" role="alert">
          {problemText(join.error)}
        </p>
      )}
      <Button color="tomette" size="lg" fullWidth loading={join.isPending} onClick={() => join.mutate()}>
        <Trans>Join the waitlist</Trans>
      </Button>
    </section>
  );
}

function InLine({ wait: { position, part } }: { wait: Wait }) {
  const place = <Figures>{String(position)}</Figures>;
  return (
    <section className="offer" role="status">
      <h3>
        {position === null ? (
          <Trans>A desk is kept for you</Trans>
        ) : (
          <Trans>You are number {place} in line</Trans>
        )}
      </h3>
      <p>{partText(part)}</p>
      <LinkButton to="/me/bookings" variant="default">
        <Trans>My bookings</Trans>
      </LinkButton>
    </section>
  );
}
