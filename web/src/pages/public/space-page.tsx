import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { ApiProblem } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { openDaysQuery, spaceQuery, type Space } from '../../api/spaces';
import { Tile } from '../../brand/tile';
import { Hours } from '../../components/hours';
import { SeaMapLater } from '../../components/sea-map-later';
import { dayText, todayAt } from '../../i18n/days';
import { countryName } from '../../i18n/names';
import { NotFound, QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import { Book } from './book';
import { SpaceJsonLd } from './space-json-ld';
import './space-page.css';

export function SpacePage() {
  const { spaceId } = useParams({ from: '/page/spaces/$spaceId' });
  const { data: space, error, isPending } = useQuery(spaceQuery(spaceId));
  useTitle(space && `${space.name}, ${space.city}`);
  if (isPending) return null;
  if (space) return <Facts space={space} />;
  if (error instanceof ApiProblem && [404, 422].includes(error.status)) return <NotFound />;
  return (
    <QuietPage title={<Trans>This space could not be loaded</Trans>}>
      <p>{problemText(error)}</p>
    </QuietPage>
  );
}

function Facts({ space }: { space: Space }) {
  const { t } = useLingui();
  const points = useMemo(() => [{ ...space, mark: null }], [space]);
  return (
    <article className="space">
      <SpaceJsonLd space={space} />
      <Tile id={space.id} className="space-banner" />
      <header className="space-head">
        <h1>{space.name}</h1>
        <p className="space-place">
          {space.city}, {countryName(space.country)}
        </p>
        <TodayHours space={space} />
      </header>
      <div className="space-columns">
        <Book space={space} />
        <Week space={space} />
      </div>
      <section className="space-map" aria-label={t`Where it is`}>
        <SeaMapLater points={points} selected={space.id} label={t`Where it is`} height={280} />
      </section>
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
      <Trans>
        Today: {hours} in {space.city}
      </Trans>
    </p>
  );
}

function Week({ space }: { space: Space }) {
  const { data: days = [] } = useQuery(openDaysQuery(space));
  return (
    <section className="space-week">
      <h2>
        <Trans>Opening hours</Trans>
      </h2>
      <p className="space-note">
        <Trans>In {space.city} time, holidays counted in.</Trans>
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
