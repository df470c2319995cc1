import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useMemo, useState } from 'react';
import { problemText } from '../../api/problem-text';
import { SeaMapLater } from '../../components/sea-map-later';
import { QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import { fewest } from './find-rules';
import { SeenLast } from './seen-last';
import { SearchBar } from './search-bar';
import { SpaceCard } from './space-card';
import { useDirectory } from './use-directory';
import './find-page.css';

const MAP_HEIGHT = { phone: 320, desk: 640 } as const;

const StoppedSpaces = lazy(() =>
  import('./stopped-spaces').then((module) => ({ default: module.StoppedSpaces })),
);
const NothingFits = lazy(() => import('./nothing-fits').then((module) => ({ default: module.NothingFits })));

/** List and map of the same spaces. On a phone the map lies above and the list is a sheet over it. */
export function FindPage() {
  const { t } = useLingui();
  useTitle(t`Find a space`);
  const { all, found, days, search, nowMs, spaces, isLooking, freeFault } = useDirectory();
  const [near, setNear] = useState<string>();
  const isPhone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const points = useMemo(
    () =>
      found.map(({ space, free }) => ({
        ...space,
        mark: free === null ? null : String(fewest({ free }, search)),
      })),
    [found, search],
  );
  if (spaces.error && !spaces.data) {
    return (
      <QuietPage title={<Trans>The spaces could not be loaded</Trans>}>
        <p>{problemText(spaces.error)}</p>
      </QuietPage>
    );
  }
  return (
    <div className="find">
      <h1 className="find-title">
        <Trans>Where next?</Trans>
      </h1>
      <div className="find-map">
        <SeaMapLater
          points={points}
          selected={near}
          label={t`Map of spaces`}
          height={isPhone ? MAP_HEIGHT.phone : MAP_HEIGHT.desk}
          over={isPhone ? 56 : 0}
          under={isPhone ? 22 : 0}
        />
      </div>
      <SearchBar all={all} isPhone={isPhone} />
      <section className="find-sheet" aria-label={t`Spaces`}>
        <SeenLast at={spaces.dataUpdatedAt} />
        {freeFault && (
          <p className="form-fault" role="alert">
            {problemText(freeFault)}
          </p>
        )}
        <p className="find-count" role="status">
          {isLooking ? (
            <Trans>Looking…</Trans>
          ) : (
            <Plural value={found.length} _0="No space fits" one="# space" other="# spaces" />
          )}
        </p>
        {!isLooking && found.length === 0 && (
          <Suspense fallback={null}>
            <NothingFits all={all} search={search} nowMs={nowMs} />
          </Suspense>
        )}
        <ul className="find-list">
          {found.map((each) => (
            <li
              key={each.space.id}
              onPointerEnter={() => setNear(each.space.id)}
              onFocus={() => setNear(each.space.id)}
            >
              <SpaceCard found={each} search={search} days={days.length} />
            </li>
          ))}
        </ul>
        {!isLooking && all.some(({ space }) => space.hostingStop && days.length > 0) && (
          <Suspense fallback={null}>
            <StoppedSpaces all={all} />
          </Suspense>
        )}
      </section>
    </div>
  );
}
