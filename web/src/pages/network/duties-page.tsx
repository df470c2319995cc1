import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { VolumeView } from '@wire/duties/duties.schema.js';
import { lazy, Suspense, type ReactNode } from 'react';
import { networkQuery } from '../../api/network';
import { retentionQuery, volumesQuery } from '../../api/network-office';
import { Figures } from '../../components/figures';
import { countryName } from '../../i18n/names';
import { useTitle } from '../../shell/title';
import { NetLink, useHere } from './here';
import { Fault } from './parts/act';
import { Amount, longDay } from './parts/net';
import { WideTable } from './parts/table';
import { recordText } from './duty-words';
import './documents.css';

const later = (load: () => Promise<Record<string, unknown>>, name: string) =>
  lazy(async () => ({ default: (await load())[name] as () => ReactNode }));
const Sellers = later(() => import('./duties/sellers'), 'Sellers');
const Report = later(() => import('./duties/report'), 'Report');

/** What the law asks of whoever runs a platform: who sells, what is reported, which limits come near, what is kept. */
export function DutiesPage() {
  const { t } = useLingui();
  useTitle(t`Duties`);
  const { path, mayAct, mayAgree } = useHere();
  const isReader = mayAct || mayAgree;
  const tab = isReader ? (path[0] ?? 'sellers') : 'sellers';
  const tabs = [
    ['sellers', <Trans key="sellers">Sellers</Trans>],
    ['report', <Trans key="report">Yearly report</Trans>],
    ['volume', <Trans key="volume">Volume of passes</Trans>],
    ['kept', <Trans key="kept">How long records are kept</Trans>],
  ] as const;
  return (
    <>
      <h1>
        <Trans>Duties</Trans>
      </h1>
      {isReader && (
        <nav className="statement-views" aria-label={t`Duties`}>
          {tabs.map(([key, name]) => (
            <NetLink
              key={key}
              to={`duties/${key}`}
              className="pill"
              aria-current={key === tab ? 'page' : undefined}
            >
              {name}
            </NetLink>
          ))}
        </nav>
      )}
      <Suspense fallback={<div className="origin-wait" aria-hidden="true" />}>
        {tab === 'report' ? (
          <Report />
        ) : tab === 'volume' ? (
          <Volumes />
        ) : tab === 'kept' ? (
          <Kept />
        ) : (
          <Sellers />
        )}
      </Suspense>
    </>
  );
}

function Volumes() {
  const { networkId } = useHere();
  const { data, error } = useQuery(volumesQuery(networkId));
  return (
    <>
      <p className="office-lead">
        <Trans>
          Whoever sells passes for more than a million euros in twelve months tells its authority (Directive
          (EU) 2015/2366, art. 37). Each network counts for its own country, from the day of sale.
        </Trans>
      </p>
      <Fault error={error} />
      <ul className="batch-list">
        {data?.items.map((volume) => (
          <Volume key={volume.network.id} volume={volume} />
        ))}
      </ul>
    </>
  );
}

function Volume({ volume: { network, volume, limit, percent, level, warnedOn } }: { volume: VolumeView }) {
  return (
    <li>
      <p>
        <strong>{network.name}</strong> {network.country && countryName(network.country)}
      </p>
      <progress className="duty-bar" max={100} value={Math.min(percent, 100)} aria-hidden="true" />
      <p>
        <Trans>
          <Amount {...volume} /> of <Amount {...limit} />: <Figures>{percent}</Figures> %
        </Trans>
      </p>
      {level !== 'BELOW' && (
        <p className="net-warn">
          {level === 'OVER' ? (
            <Trans>Above the limit: notify your authority.</Trans>
          ) : (
            <Trans>Near the limit: prepare the notice to your authority.</Trans>
          )}{' '}
          {warnedOn && <Trans>Told on {longDay(warnedOn)}.</Trans>}
        </p>
      )}
    </li>
  );
}

function Kept() {
  const { t } = useLingui();
  const { networkId } = useHere();
  const { data: volumes } = useQuery(volumesQuery(networkId));
  const { data: network } = useQuery(networkQuery(networkId));
  const country = volumes?.items.find(({ network: { id } }) => id === networkId)?.network.country ?? 'FR';
  const { data, error } = useQuery({ ...retentionQuery(country), enabled: volumes !== undefined });
  return (
    <>
      <p className="office-lead">
        <Trans>
          {network?.name ?? ''}, {countryName(country)}: on being forgotten, a person’s visits lose the name;
          documents stay as long as the law says. No adviser has confirmed these periods yet.
        </Trans>
      </p>
      <Fault error={error} />
      {data && (
        <WideTable label={t`How long records are kept`}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Record</Trans>
              </th>
              <th scope="col">
                <Trans>Kept for</Trans>
              </th>
              <th scope="col">
                <Trans>Source</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.map(({ record, years, months, keptYears, ref }) => (
              <tr key={record}>
                <th scope="row">{recordText(record)}</th>
                <td>
                  {months !== null ? (
                    <Trans>months: {months}</Trans>
                  ) : (
                    <Trans>years: {String(keptYears)}</Trans>
                  )}
                  {months === null && years === null && (
                    <small>
                      <Trans>not established here: the longest known</Trans>
                    </small>
                  )}
                </td>
                <td>
                  <bdi>{ref}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </>
  );
}
