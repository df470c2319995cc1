import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Temporal } from '@wire/kernel/time.js';
import { isByTime } from '@wire/kernel/words.js';
import type { SpaceView } from '@wire/directory/directory.schema.js';
import { lazy, Suspense, useMemo } from 'react';
import { ApiProblem, serverNowMs } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { openDaysQuery, spaceQuery, type OpenDay, type Space } from '../../api/spaces';
import { Tile } from '../../brand/tile';
import { Figures } from '../../components/figures';
import { Hours } from '../../components/hours';
import { SeaMapLater } from '../../components/sea-map-later';
import { dayText, todayAt } from '../../i18n/days';
import { countryName } from '../../i18n/names';
import { NotFound, QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import { Book } from './book';
import { SeenLast } from './seen-last';
import { SpaceJsonLd } from './space-json-ld';
import './space-page.css';

const facts = () => import('./space-facts');
const GettingIn = lazy(() => facts().then((module) => ({ default: module.GettingIn })));
const Accessibility = lazy(() => facts().then((module) => ({ default: module.Accessibility })));
const Inside = lazy(() => facts().then((module) => ({ default: module.Inside })));
const SpaceTerms = lazy(() => import('./space-terms').then((module) => ({ default: module.SpaceTerms })));

const BookRoom = lazy(() => import('./book-room').then((module) => ({ default: module.BookRoom })));

const charter = () => import('../charter/space-charter');
const HostingStopNote = lazy(() => charter().then((module) => ({ default: module.HostingStopNote })));
const SpaceCharter = lazy(() => charter().then((module) => ({ default: module.SpaceCharter })));

const NANOSECONDS_PER_MINUTE = 60_000_000_000;

export function SpacePage() {
  const { spaceId } = useParams({ from: '/page/spaces/$spaceId' });
  const { data: space, error, isPending, dataUpdatedAt } = useQuery(spaceQuery(spaceId));
  useTitle(space && `${space.name}, ${space.city}`);
  if (isPending) return null;
  if (space) return <Facts space={space} seenAt={dataUpdatedAt} />;
  if (error instanceof ApiProblem && [404, 422].includes(error.status)) return <NotFound />;
  return (
    <QuietPage title={<Trans>This space could not be loaded</Trans>}>
      <p>{problemText(error)}</p>
    </QuietPage>
  );
}

function Facts({ space, seenAt }: { space: SpaceView; seenAt: number }) {
  const { t } = useLingui();
  const points = useMemo(() => [{ ...space, mark: null }], [space]);
  return (
    <article className="space">
      <SpaceJsonLd space={space} />
      <Link to="/spaces" className="space-back">
        <Trans>All spaces</Trans>
      </Link>
      <Tile id={space.id} className="space-banner" />
      <header className="space-head">
        <h1>{space.name}</h1>
        <p className="space-place">
          {space.city}, {countryName(space.country)}
        </p>
        <TodayHours space={space} />
      </header>
      <SeenLast at={seenAt} />
      {space.hostingStop ? (
        <Suspense fallback={null}>
          <HostingStopNote space={space} />
        </Suspense>
      ) : (
        <Book space={space} />
      )}
      {!space.hostingStop && space.pools.some(({ resourceKind }) => isByTime(resourceKind)) && (
        <Suspense fallback={null}>
          <BookRoom space={space} />
        </Suspense>
      )}
      <div className="space-columns">
        <Suspense fallback={null}>
          <SpaceTerms space={space} />
          <GettingIn space={space} />
          <Inside space={space} />
          <Accessibility space={space} />
          <SpaceCharter space={space} />
        </Suspense>
        <Week space={space} />
        <section className="space-part space-map" aria-label={t`Where it is`}>
          <h2>
            <Trans>Where it is</Trans>
          </h2>
          <SeaMapLater points={points} selected={space.id} label={t`Where it is`} height={300} />
        </section>
      </div>
    </article>
  );
}

function TodayHours({ space }: { space: Space }) {
  const { data: days } = useQuery(openDaysQuery(space));
  const today = days?.find(({ day }) => day === todayAt(space.timeZone).toString());
  if (!today) return null;
  const hours = <Hours day={today} />;
  return (
    <p className="space-today">
      <OpenNow space={space} today={today} />{' '}
      <span>
        <Trans>
          Today: {hours} in {space.city}
        </Trans>
      </span>
    </p>
  );
}

function OpenNow({ space: { timeZone }, today }: { space: Space; today: OpenDay }) {
  const at = Temporal.Instant.fromEpochMilliseconds(serverNowMs()).toZonedDateTimeISO(timeZone);
  const now = at.toPlainTime().toString({ smallestUnit: 'minute' });
  const isOpen = today.intervals.some(
    ({ from, until }) => from.slice(0, 5) <= now && (until === null || now < until.slice(0, 5)),
  );
  return isOpen ? (
    <strong className="space-open">
      <Trans>Open now</Trans>
    </strong>
  ) : (
    <strong>
      <Trans>Closed now</Trans>
    </strong>
  );
}

function Week({ space }: { space: Space }) {
  const { data: days = [] } = useQuery(openDaysQuery(space));
  return (
    <section className="space-part space-week">
      <h2>
        <Trans>Opening hours</Trans>
      </h2>
      <p className="space-note">
        <Trans>In {space.city} time, holidays counted in.</Trans> <ZoneDifference space={space} />
      </p>
      <dl>
        {days.slice(0, 7).map((day) => (
          <div key={day.day}>
            <dt>{dayText(day.day)}</dt>
            <dd>
              <Hours day={day} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** For whoever reads this in another zone than the space's. */
function ZoneDifference({ space: { timeZone, city } }: { space: Space }) {
  const here = Temporal.Now.zonedDateTimeISO();
  const there = here.withTimeZone(timeZone);
  const minutes = (there.offsetNanoseconds - here.offsetNanoseconds) / NANOSECONDS_PER_MINUTE;
  if (minutes === 0) return null;
  const apart = Math.abs(minutes);
  const hours = `${Math.floor(apart / 60)}:${String(apart % 60).padStart(2, '0')}`;
  const difference = <Figures>{hours}</Figures>;
  return minutes > 0 ? (
    <Trans>
      Clocks in {city} are {difference} ahead of yours.
    </Trans>
  ) : (
    <Trans>
      Clocks in {city} are {difference} behind yours.
    </Trans>
  );
}
