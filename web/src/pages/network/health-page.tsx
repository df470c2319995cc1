import { Trans, useLingui } from '@lingui/react/macro';
import { CheckCircle, XCircle } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import type { SettlementHealthView } from '@wire/settlement/usage.schema.js';
import { healthQuery, qualityQuery } from '../../api/network';
import { Figures } from '../../components/figures';
import { useTitle } from '../../shell/title';
import { AgeingTable } from './ageing';
import { useHere } from './here';
import { Fault } from './parts/act';
import { Amount, longDay } from './parts/net';
import { Moment } from '../../components/moment';
import { Empty, WideTable } from './parts/table';
import { windowState } from './words';

/** What every member may see: that windows add up, how much is owed, how long disputes lie, how good records are. */
export function HealthPage() {
  const { t } = useLingui();
  useTitle(t`Settlement health`);
  const { networkId } = useHere();
  const { data, error } = useQuery(healthQuery(networkId));
  return (
    <>
      <h1>
        <Trans>Settlement health</Trans>
      </h1>
      <p className="office-lead">
        <Trans>Every member of the network sees this page.</Trans>
      </p>
      <Fault error={error} />
      {data && <Windows windows={data.windows} />}
      {data && <Exposure exposure={data.exposure} />}
      <h2>
        <Trans>Age of what is disputed</Trans>
      </h2>
      <AgeingTable />
      <Quality />
    </>
  );
}

function Windows({ windows }: Pick<SettlementHealthView, 'windows'>) {
  return (
    <section>
      <h2>
        <Trans>Zero-sum proof</Trans>
      </h2>
      <ul className="batch-list">
        {windows.map(({ id, number, state, fromDay, holds, closedAt, settledAt }) => (
          <li key={id}>
            <p>
              <strong>
                <Trans>
                  Window <Figures>{number}</Figures>
                </Trans>
              </strong>{' '}
              {longDay(fromDay)}{' '}
              <span className={`state-mark state-${state.toLowerCase()}`}>{windowState(state)}</span>
            </p>
            {holds !== null && (
              <p className={holds ? 'seal' : 'seal seal-broken'}>
                {holds ? (
                  <CheckCircle size={20} aria-hidden="true" />
                ) : (
                  <XCircle size={20} aria-hidden="true" />
                )}
                {holds ? (
                  <Trans>Computed again just now: it adds up to zero.</Trans>
                ) : (
                  <Trans>Computed again just now: it does not add up yet.</Trans>
                )}
              </p>
            )}
            <p className="field-hint">
              {closedAt && (
                <Trans>
                  closed <Moment at={closedAt} />
                </Trans>
              )}{' '}
              {settledAt && (
                <Trans>
                  settled <Moment at={settledAt} />
                </Trans>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Exposure({ exposure }: Pick<SettlementHealthView, 'exposure'>) {
  return (
    <section>
      <h2>
        <Trans>What is owed at the moment</Trans>
      </h2>
      {exposure.length === 0 && (
        <Empty>
          <Trans>Nobody owes anything at the moment.</Trans>
        </Empty>
      )}
      {exposure.map(({ unit, owedMinor, members, warned, over }) => (
        <dl key={unit} className="key-figures">
          <div>
            <dt>
              <Trans>Owed</Trans>
            </dt>
            <dd>
              <Amount unit={unit} minor={owedMinor} />
            </dd>
          </div>
          <div>
            <dt>
              <Trans>Members who owe</Trans>
            </dt>
            <dd>
              <Figures>{members}</Figures>
            </dd>
          </div>
          <div>
            <dt>
              <Trans>near or over their limit</Trans>
            </dt>
            <dd>
              <Figures>{warned + over}</Figures>
            </dd>
          </div>
        </dl>
      ))}
    </section>
  );
}

/** Of a hundred records that a host sends, how many stand. */
function Quality() {
  const { t } = useLingui();
  const { networkId } = useHere();
  const { data } = useQuery(qualityQuery(networkId));
  if (!data || data.items.length === 0) return null;
  return (
    <section>
      <h2>
        <Trans>How well records stand</Trans>
      </h2>
      <WideTable label={t`How well records stand`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Host</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>of a hundred</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Records</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>bounced or declined</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>by hand</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map(({ host, score, records, bounced, declined, byHand }) => (
            <tr key={host.id}>
              <th scope="row">{host.name}</th>
              {[score, records, bounced + declined, byHand].map((count, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- a column is its place
                <td key={index} className="es-amount-column">
                  <Figures>{count}</Figures>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}
