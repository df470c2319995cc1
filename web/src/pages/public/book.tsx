import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { FreeDay } from '@wire/bookings/space-days.schema.js';
import type { Part } from '../../api/booking';
import { problemText } from '../../api/problem-text';
import { useSession } from '../../api/session';
import { freeDaysQuery, type Space } from '../../api/spaces';
import { dayText } from '../../i18n/days';
import { partText } from '../../i18n/parts';
import './book.css';

const PARTS = ['DAY', 'MORNING', 'AFTERNOON'] as const satisfies readonly Part[];

const Offer = lazy(() => import('./offer').then((module) => ({ default: module.Offer })));

/** A day, a part of it, then the offer: nothing is booked before the terms have been shown. */
export function Book({ space }: { space: Space }) {
  const { data: days, error } = useQuery(freeDaysQuery(space));
  return (
    <section className="book">
      <h2>
        <Trans>Desks free, next 14 days</Trans>
      </h2>
      {error && !days && <p className="form-fault">{problemText(error)}</p>}
      {days && <Choice space={space} days={days} />}
    </section>
  );
}

function Choice({ space, days }: { space: Space; days: readonly FreeDay[] }) {
  const { t } = useLingui();
  const { data: session } = useSession();
  const [day, setDay] = useState<string>();
  const [wished, setPart] = useState<Part>('DAY');
  const chosen = days.find((each) => each.day === day);
  // What no longer fits the new day gives way to what does.
  const part = chosen && chosen.free[wished] === 0 ? PARTS.find((each) => chosen.free[each] > 0) : wished;
  return (
    <>
      <div className="day-strip" role="group" aria-label={t`Choose a day`}>
        {days.map((each) => (
          <DayChoice key={each.day} free={each} isChosen={each.day === day} onChoose={setDay} />
        ))}
      </div>
      {chosen && (
        <div className="part-choice" role="group" aria-label={t`Part of the day`}>
          {PARTS.map((each) => (
            <button
              key={each}
              type="button"
              className="pill"
              aria-pressed={each === part}
              disabled={chosen.free[each] === 0}
              onClick={() => setPart(each)}
            >
              {partText(each)}
            </button>
          ))}
        </div>
      )}
      {chosen && part && session && (
        <Suspense fallback={null}>
          <Offer key={`${chosen.day} ${part}`} wish={{ day: chosen.day, part }} space={space} />
        </Suspense>
      )}
      {chosen && !session && (
        <p className="offer">
          <Link to="/sign-in" search={{ next: `/spaces/${space.id}` }}>
            <Trans>Sign in to see who pays and on what terms, and to book.</Trans>
          </Link>
        </p>
      )}
    </>
  );
}

function DayChoice({
  free,
  isChosen,
  onChoose,
}: {
  free: FreeDay;
  isChosen: boolean;
  onChoose: (day: string) => void;
}) {
  const seats = Math.max(...PARTS.map((part) => free.free[part]));
  return (
    <button
      type="button"
      className="day-choice"
      aria-pressed={isChosen}
      disabled={seats === 0}
      onClick={() => onChoose(free.day)}
    >
      <span>{dayText(free.day)}</span>
      <strong>
        <Plural value={seats} _0="no desk" one="# desk" other="# desks" />
      </strong>
    </button>
  );
}
