import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { MagnifyingGlass } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { problemText } from '../../api/problem-text';
import { spacesQuery, type Space } from '../../api/spaces';
import { SeaMapLater } from '../../components/sea-map-later';
import { countryName } from '../../i18n/names';
import { QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import { isFound } from './find-search';
import { SpaceCard } from './space-card';
import './find-page.css';

const MAP_HEIGHT = { phone: 290, desk: 620 } as const;

/** List and map of the same spaces. On a phone the map lies above and the list is a sheet over it. */
export function FindPage() {
  const { t } = useLingui();
  useTitle(t`Find a space`);
  const search = useSearch({ from: '/page/spaces' });
  const { data, error, isPending } = useQuery(spacesQuery);
  const [near, setNear] = useState<string>();
  const isPhone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const found = useMemo(() => data?.filter((space) => isFound(search, space)) ?? [], [data, search]);
  const points = useMemo(() => found.map((space) => ({ ...space, mark: null })), [found]);
  const height = isPhone ? MAP_HEIGHT.phone : MAP_HEIGHT.desk;
  if (error && !data) {
    return (
      <QuietPage title={<Trans>The spaces could not be loaded</Trans>}>
        <p>{problemText(error)}</p>
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
          height={height}
          under={isPhone ? 22 : 0}
        />
      </div>
      <section className="find-sheet" aria-label={t`Spaces`}>
        <Narrow spaces={data ?? []} />
        <p className="find-count" role="status">
          {!isPending && <Plural value={found.length} _0="No space fits" one="# space" other="# spaces" />}
        </p>
        {!isPending && found.length === 0 && <NothingFits spaces={data ?? []} />}
        <ul className="find-list">
          {found.map((space) => (
            <li key={space.id} onPointerEnter={() => setNear(space.id)}>
              <SpaceCard space={space} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** What narrows the list lives in the address. */
function Narrow({ spaces }: { spaces: readonly Space[] }) {
  const { t } = useLingui();
  const search = useSearch({ from: '/page/spaces' });
  const navigate = useNavigate({ from: '/spaces' });
  const countries = [...new Set(spaces.map(({ country }) => country))].toSorted((a, b) =>
    countryName(a).localeCompare(countryName(b)),
  );
  const put = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false });
  return (
    <div className="find-narrow">
      <TextInput
        type="search"
        aria-label={t`City or space`}
        placeholder={t`City or space`}
        leftSection={<MagnifyingGlass size={20} aria-hidden="true" />}
        value={search.q ?? ''}
        onChange={({ currentTarget }) => put({ q: currentTarget.value || undefined })}
      />
      <div className="find-chips" role="group" aria-label={t`Countries`}>
        {countries.map((country) => (
          <button
            key={country}
            type="button"
            className="pill"
            aria-pressed={search.country === country}
            onClick={() => put({ country: search.country === country ? undefined : country })}
          >
            {countryName(country)}
          </button>
        ))}
      </div>
    </div>
  );
}

function NothingFits({ spaces }: { spaces: readonly Space[] }) {
  return (
    <p>
      {spaces.length === 0 ? (
        <Trans>No space has joined yet.</Trans>
      ) : (
        <>
          <Trans>Take a word away, or look at the whole sea.</Trans>{' '}
          <Link to="/spaces">
            <Trans>All spaces</Trans>
          </Link>
        </>
      )}
    </p>
  );
}
