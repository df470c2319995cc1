import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ENTRY_FORMATS, ENTRY_LABELS } from '@wire/data-bank/catalogue.schema.js';
import { lazy, Suspense, useState } from 'react';
import { useTitle } from '../../shell/title';
import { filtersText, entriesQuery, sourcesQuery, type DataSearch } from './api';
import { Corrections } from './corrections';
import { Entries } from './entries';
import { Taxonomy } from './taxonomy';
import { dataProblemText, labelName } from './words';
import './data.css';

const Demand = lazy(async () => ({ default: (await import('./demand')).Demand }));
const PAGE_SIZE = 20;
const SHOWN_MAX = 100;

/** All that is known of places and spaces, to read and to take along; what is wrong in it; where one is missing. */
export function DataPage() {
  const { t } = useLingui();
  useTitle(t`Data bank`);
  const search = useSearch({ from: '/page/data' });
  const [shown, setShown] = useState(PAGE_SIZE);
  const { data: page, error } = useQuery(entriesQuery(search, shown));
  return (
    <div className="data">
      <header className="data-head">
        <h1>
          <Trans>Data bank</Trans>
        </h1>
        <p>
          <Trans>
            Coworking spaces and third places around the Mediterranean. Each field says where it comes from.
            No name of a person, no e-mail address is in it.
          </Trans>
        </p>
        <Downloads search={search} />
      </header>
      <Filters search={search} />
      {error && (
        <p className="say-fault" role="alert">
          {dataProblemText(error)}
        </p>
      )}
      {page && <Entries page={page} />}
      {page?.next && shown < SHOWN_MAX && (
        <button className="pill data-more" onClick={() => setShown(Math.min(SHOWN_MAX, shown + PAGE_SIZE))}>
          <Trans>Show more</Trans>
        </button>
      )}
      <Sources />
      <Taxonomy />
      <Corrections />
      <Suspense>
        <Demand />
      </Suspense>
    </div>
  );
}

const FORMAT_NAMES = { csv: 'CSV', geojson: 'GeoJSON', json: 'JSON' } as const;

function Downloads({ search }: { search: DataSearch }) {
  return (
    <p className="data-files">
      {ENTRY_FORMATS.map((format) => (
        <a
          key={format}
          className="pill pill-strong"
          download
          href={`/v1/data-bank/entries.${format}?${filtersText(search)}`}
        >
          <bdi dir="ltr">{FORMAT_NAMES[format]}</bdi>
        </a>
      ))}
      <a className="pill" href="/v1/data-bank/catalogue.jsonld">
        <bdi dir="ltr">DCAT-AP</bdi>
      </a>
    </p>
  );
}

function Filters({ search }: { search: DataSearch }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { data: sources = [] } = useQuery(sourcesQuery);
  const set = (more: DataSearch) =>
    void navigate({ to: '/data', search: { ...search, ...more }, replace: true });
  const names = [...new Set(sources.map(({ source }) => source))];
  return (
    <form
      className="data-filters"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const q = (new FormData(event.currentTarget).get('q') as string).trim();
        set({ q: q || undefined });
      }}
    >
      <input
        name="q"
        type="search"
        aria-label={t`Name or city`}
        placeholder={t`Name or city`}
        defaultValue={search.q}
        maxLength={100}
      />
      <select
        aria-label={t`Kind`}
        value={search.label ?? ''}
        onChange={(event) => set({ label: event.target.value || undefined })}
      >
        <option value="">{t`All kinds`}</option>
        {ENTRY_LABELS.map((label) => (
          <option key={label} value={label}>
            {labelName(label)}
          </option>
        ))}
      </select>
      <select
        aria-label={t`Source`}
        value={search.source ?? ''}
        onChange={(event) => set({ source: event.target.value || undefined })}
      >
        <option value="">{t`All sources`}</option>
        {names.map((source) => (
          <option key={source}>{source}</option>
        ))}
      </select>
      <button className="pill pill-strong">
        <Trans>Find</Trans>
      </button>
    </form>
  );
}

function Sources() {
  const { data: sources = [] } = useQuery(sourcesQuery);
  if (sources.length === 0) return null;
  return (
    <details className="data-fold">
      <summary>
        <Trans>Sources and licences</Trans>
      </summary>
      <p>
        <Trans>
          Records keep the licence of their source, and each source is a dataset of its own: take one without
          the others when a licence asks for it.
        </Trans>
      </p>
      <div className="data-scroll" tabIndex={0} role="group">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Source</Trans>
              </th>
              <th scope="col">
                <Trans>Licence</Trans>
              </th>
              <th scope="col">
                <Trans>As of</Trans>
              </th>
              <th scope="col">
                <Trans>Records</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {sources.map(({ source, licence, asOf, records }) => (
              <tr key={`${source}/${licence}`}>
                <td>{source}</td>
                <td>{licence}</td>
                <td>
                  <bdi dir="ltr">{asOf}</bdi>
                </td>
                <td>{records}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
