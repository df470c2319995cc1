import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { FreeDay } from '@wire/bookings/space-days.schema.js';
import type { Part } from '../../api/booking';
import { problemText } from '../../api/problem-text';
import { useSession } from '../../api/session';
import { DAYS_AHEAD, freeDaysQuery, openDaysQuery, type OpenDay, type Space } from '../../api/spaces';
import { dayText, todayAt } from '../../i18n/days';
import { partText } from '../../i18n/parts';
import { daysOf } from './find-rules';
import './book.css';

const PARTS = ['DAY', 'MORNING', 'AFTERNOON'] as const satisfies readonly Part[];
const STRIPS_MAX = 6;

const Offer = lazy(() => import('./offer').then((module) => ({ default: module.Offer })));
const JoinWait = lazy(() => import('./join-wait').then((module) => ({ default: module.JoinWait })));
const Several = lazy(() => import('./several').then((module) => ({ default: module.Several })));

/** Days, a part of them, then the offer: nothing is booked before the terms have been shown. */
export function Book({ space }: { space: Space }) {
  const search = useSearch({ from: '/page/spaces/$spaceId' });
  const { data: first, error } = useQuery(freeDaysQuery(space));
  const [tapped, setTapped] = useState<readonly FreeDay[]>();
  const [strips, setStrips] = useState(1);
  const [wished, setPart] = useState<Part>(search.part ?? 'DAY');
  // Until a day is tapped, those are chosen that somebody has searched for.
  const searched = daysOf(search);
  const chosen = tapped ?? first?.filter(({ day, free }) => searched.includes(day) && free[wished] > 0) ?? [];
  const toggle = (free: FreeDay) =>
    setTapped(
      chosen.some(({ day }) => day === free.day)
        ? chosen.filter(({ day }) => day !== free.day)
        : seatsOf(free) === 0
          ? [free] // to wait for: not together with what can be booked
          : [...chosen.filter((one) => seatsOf(one) > 0), free].toSorted((a, b) =>
              a.day.localeCompare(b.day),
            ),
    );
  const today = todayAt(space.timeZone);
  return (
    <section className="book">
      <h2>
        <Trans>Desks free, next 14 days</Trans>
      </h2>
      <p className="space-note">
        <Trans>Choose one day, or several at once.</Trans>
      </p>
      {error && !first && <p className="form-fault">{problemText(error)}</p>}
      {Array.from({ length: strips }, (_, index) => today.add({ days: index * DAYS_AHEAD }).toString()).map(
        (from) => (
          <Strip key={from} space={space} from={from} chosen={chosen} onToggle={toggle} />
        ),
      )}
      {first && strips < STRIPS_MAX && (
        <button type="button" className="text-button book-later" onClick={() => setStrips(strips + 1)}>
          <Trans>Later days</Trans>
        </button>
      )}
      {chosen.length > 0 && <Chosen space={space} days={chosen} wished={wished} onPart={setPart} />}
    </section>
  );
}

/** A fortnight, day by day: closed days say why, full ones that they are. */
function Strip({
  space,
  from,
  chosen,
  onToggle,
}: {
  space: Space;
  from: string;
  chosen: readonly FreeDay[];
  onToggle: (free: FreeDay) => void;
}) {
  const { t } = useLingui();
  const { data: days = [] } = useQuery(freeDaysQuery(space, from));
  const { data: open = [] } = useQuery(openDaysQuery(space, from));
  return (
    <div className="day-strip" role="group" aria-label={t`Choose days`}>
      {days.map((free) => (
        <DayChoice
          key={free.day}
          free={free}
          isToday={free.day === todayAt(space.timeZone).toString()}
          open={open.find(({ day }) => day === free.day)}
          isChosen={chosen.some(({ day }) => day === free.day)}
          onToggle={onToggle}
        />
      ))}
    </div>
  );
}

function Chosen({
  space,
  days,
  wished,
  onPart,
}: {
  space: Space;
  days: readonly FreeDay[];
  wished: Part;
  onPart: (part: Part) => void;
}) {
  const { t } = useLingui();
  const { data: session } = useSession();
  const { href } = useLocation();
  const isFree = (part: Part) => days.every(({ free }) => free[part] > 0);
  // What no longer fits the days gives way to what does.
  const part = isFree(wished) ? wished : PARTS.find(isFree);
  const fullParts = PARTS.filter((each) => !isFree(each));
  return (
    <>
      <div className="part-choice" role="group" aria-label={t`Part of the day`}>
        {PARTS.map((each) => (
          <button
            key={each}
            type="button"
            className="pill"
            aria-pressed={each === part}
            disabled={!isFree(each)}
            onClick={() => onPart(each)}
          >
            {partText(each)}
          </button>
        ))}
      </div>
      {!part && days.length > 1 && (
        <p className="offer">
          <Trans>No part of the day is free on all of these days. Take one away.</Trans>
        </p>
      )}
      {part && session && (
        <Suspense fallback={null}>
          {days.length === 1 ? (
            <Offer key={`${days[0]!.day} ${part}`} wish={{ day: days[0]!.day, part }} space={space} />
          ) : (
            <Several
              key={days.map(({ day }) => `${day} ${part}`).join()}
              wishes={days.map(({ day }) => ({ day, part }))}
              space={space}
            />
          )}
        </Suspense>
      )}
      {days.length === 1 && fullParts.length > 0 && (
        <Suspense fallback={null}>
          <JoinWait key={days[0]!.day} space={space} day={days[0]!.day} parts={fullParts} />
        </Suspense>
      )}
      {part && !session && (
        <p className="offer">
          <Link to="/sign-in" search={{ next: href }}>
            <Trans>Sign in to see who pays and on what terms, and to book.</Trans>
          </Link>
        </p>
      )}
    </>
  );
}

function seatsOf({ free }: FreeDay): number {
  return Math.max(...PARTS.map((part) => free[part]));
}

function DayChoice({
  free,
  open,
  isToday,
  isChosen,
  onToggle,
}: {
  free: FreeDay;
  isToday: boolean;
  open: OpenDay | undefined;
  isChosen: boolean;
  onToggle: (free: FreeDay) => void;
}) {
  const seats = seatsOf(free);
  const canWait = seats === 0 && !isToday && open !== undefined && open.intervals.length > 0;
  return (
    <button
      type="button"
      className="day-choice"
      aria-pressed={isChosen}
      disabled={seats === 0 && !canWait}
      onClick={() => onToggle(free)}
    >
      <span>{dayText(free.day)}</span>
      <strong>
        {open && open.intervals.length === 0 ? (
          <ClosedText because={open.closedBecause} />
        ) : (
          <Plural value={seats} _0="no desk" one="# desk" other="# desks" />
        )}
      </strong>
    </button>
  );
}

function ClosedText({ because }: { because: OpenDay['closedBecause'] }) {
  return because === 'holiday' ? <Trans>holiday</Trans> : <Trans>closed</Trans>;
}
