import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { signatoriesQuery, versionsQuery, type CharterVersion, type Signatory } from '../../api/charter';
import { problemText } from '../../api/problem-text';
import { SeaMapLater } from '../../components/sea-map-later';
import { currentLocale } from '../../i18n/activate';
import { dayText } from '../../i18n/days';
import { countryName } from '../../i18n/names';
import { useTitle } from '../../shell/title';
import { CharterChanges, CharterText } from './charter-text';
import { stateText } from './words';
import './charter.css';

const DATE = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** The charter of each network that has one, for everybody to read. */
export function CharterPage() {
  const { t } = useLingui();
  const { data, error } = useQuery(versionsQuery());
  const published = data?.items.filter(({ number }) => number !== null) ?? [];
  const networks = [...new Map(published.map(({ networkId, network }) => [networkId, network])).entries()];
  const [chosen, choose] = useState<string | null>(null);
  const networkId = chosen ?? networks[0]?.[0];
  const versions = published.filter((version) => version.networkId === networkId);
  const [current] = versions;
  useTitle(current ? current.texts[currentLocale()].title : t`Charter`);
  if (error) return <p role="alert">{problemText(error)}</p>;
  if (!data) return null;
  if (!current)
    return (
      <article className="charter">
        <h1>
          <Trans>Charter</Trans>
        </h1>
        <p className="charter-none">
          <Trans>No network has published a charter yet.</Trans>
        </p>
      </article>
    );
  return (
    <article className="charter">
      {networks.length > 1 && (
        <nav className="charter-networks" aria-label={t`Networks`}>
          {networks.map(([id, name]) => (
            <button
              key={id}
              type="button"
              className="pill"
              aria-pressed={id === networkId}
              onClick={() => choose(id)}
            >
              {name}
            </button>
          ))}
        </nav>
      )}
      <Current version={current} />
      <Versions versions={versions} />
      <Signatories networkId={current.networkId} />
    </article>
  );
}

function Current({ version }: { version: CharterVersion }) {
  const day = dayText(version.publishedAt!.slice(0, 10), DATE);
  return (
    <section>
      <p className="charter-kicker">
        <Trans>
          {version.network}, version {version.number} of {day}
        </Trans>
      </p>
      <h1>{version.texts[currentLocale()].title}</h1>
      <CharterText charter={version} />
    </section>
  );
}

function Versions({ versions }: { versions: readonly CharterVersion[] }) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section>
      <h2>
        <Trans>Versions</Trans>
      </h2>
      <ol className="charter-versions" reversed>
        {versions.map((version, at) => {
          const before = versions[at + 1];
          const day = dayText(version.publishedAt!.slice(0, 10), DATE);
          const isOpen = open === version.id;
          return (
            <li key={version.id} value={version.number!}>
              <span>
                <Trans>Published on {day}</Trans>
              </span>
              {before && (
                <button
                  type="button"
                  className="text-button"
                  aria-expanded={isOpen}
                  onClick={() => setOpen(isOpen ? null : version.id)}
                >
                  <Trans>What has changed</Trans>
                </button>
              )}
              {before && isOpen && <CharterChanges version={version} against={before} />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Signatories({ networkId }: { networkId: string }) {
  const { t } = useLingui();
  const { data } = useQuery(signatoriesQuery(networkId));
  const points = useMemo(
    () =>
      (data?.items ?? [])
        .filter(({ lat, spaceId, state }) => lat !== null && spaceId !== null && state !== 'EXITED')
        .map(({ spaceId, name, city, lat, lon }) => ({
          id: spaceId!,
          name,
          city: city ?? '',
          lat: lat!,
          lon: lon!,
          mark: null,
        })),
    [data],
  );
  if (!data) return null;
  return (
    <section>
      <h2>
        <Trans>Who has signed</Trans>
      </h2>
      {data.items.length === 0 ? (
        <p className="charter-none">
          <Trans>Nobody has signed yet. Members have until the day of the notice.</Trans>
        </p>
      ) : (
        <>
          <SeaMapLater points={points} label={t`Who has signed`} height={280} />
          <ul className="charter-signatories">
            {data.items.map((signatory) => (
              <SignatoryRow key={signatory.memberId} signatory={signatory} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function SignatoryRow({
  signatory: { name, spaceId, city, country, state, signatures, endedAt },
}: {
  signatory: Signatory;
}) {
  const [last] = signatures;
  const day = last && dayText(last.at.slice(0, 10), DATE);
  const ended = endedAt && dayText(endedAt.slice(0, 10), DATE);
  return (
    <li data-state={state}>
      <span className="charter-who">
        {spaceId ? (
          <Link to="/spaces/$spaceId" params={{ spaceId }}>
            {name}
          </Link>
        ) : (
          <strong>{name}</strong>
        )}
        <small>{[city, countryName(country)].filter(Boolean).join(', ')}</small>
      </span>
      <span className="charter-when">
        {last && (
          <Trans>
            Version {last.number}, {day}
          </Trans>
        )}
        <small>{ended ? <Trans>Ended on {ended}</Trans> : stateText(state)}</small>
      </span>
    </li>
  );
}
