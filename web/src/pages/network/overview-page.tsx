import { Trans, useLingui } from '@lingui/react/macro';
import { CalendarCheck } from '@phosphor-icons/react';
import { useQueries, useQuery } from '@tanstack/react-query';
import type { WindowView } from '@wire/settlement/window.schema.js';
import { exposuresQuery, windowQuery, windowsQuery } from '../../api/network';
import { Figures } from '../../components/figures';
import { useTitle } from '../../shell/title';
import { NetLink, useHere } from './here';
import { NeedsYou } from './needs-you';
import { Fault } from './parts/act';
import { Amount, longDay, Net } from './parts/net';
import { Moment } from '../../components/moment';
import { Empty, WideTable } from './parts/table';
import { windowState } from './words';

const SHOWN_WINDOWS = 6;

/** What waits, when the next deadline is, and how the months compare. */
export function OverviewPage() {
  const { t } = useLingui();
  useTitle(t`Overview`);
  const { networkId } = useHere();
  const list = useQuery(windowsQuery(networkId));
  const recent = list.data?.items.slice(-SHOWN_WINDOWS).toReversed() ?? [];
  const windows = useQueries({ queries: recent.map(({ id }) => windowQuery(id)) }).flatMap(
    ({ data }) => data ?? [],
  );
  return (
    <>
      <h1>
        <Trans>Overview</Trans>
      </h1>
      <Fault error={list.error} />
      <NextDeadline windows={windows} />
      <NeedsYou windows={windows} />
      <Months windows={windows} />
      <Members />
    </>
  );
}

function NextDeadline({ windows }: { windows: readonly WindowView[] }) {
  const called = windows.find(({ state, settleBy }) => state === 'CALLED' && settleBy);
  const advised = windows.find(({ state, callFrom }) => state === 'ADVISED' && callFrom);
  const open = windows.find(({ state, closesAfter }) => state === 'OPEN' && closesAfter);
  const window = called ?? advised ?? open;
  if (!window) return null;
  return (
    <p className="next-deadline">
      <CalendarCheck size={24} aria-hidden="true" />
      <span>
        <Trans>Next deadline:</Trans>{' '}
        <NetLink to={`windows/${window.id}`}>
          {window === called ? (
            <Trans>
              settle window <Figures>{window.number}</Figures> by <Moment at={window.settleBy!} />
            </Trans>
          ) : window === advised ? (
            <Trans>
              call window <Figures>{window.number}</Figures> from <Moment at={window.callFrom!} />
            </Trans>
          ) : (
            <Trans>
              close window <Figures>{window.number}</Figures> after {longDay(window.closesAfter!)}
            </Trans>
          )}
        </NetLink>
      </span>
    </p>
  );
}

/** Gross against net, window by window, per currency. */
function Months({ windows }: { windows: readonly WindowView[] }) {
  const { t } = useLingui();
  if (windows.length === 0) return null;
  return (
    <section>
      <h2>
        <Trans>Windows, gross and net</Trans>
      </h2>
      <WideTable label={t`Windows, gross and net`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Window</Trans>
            </th>
            <th scope="col">
              <Trans>State</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Owed before netting</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Paid after netting</Trans>
            </th>
            <th scope="col" className="es-amount-column">
              <Trans>Saved</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {windows.map((window) => (
            <tr key={window.id}>
              <th scope="row">
                <NetLink to={`windows/${window.id}`}>
                  <Figures>{window.number}</Figures> · {longDay(window.fromDay)}
                </NetLink>
              </th>
              <td>
                <span className={`state-mark state-${window.state.toLowerCase()}`}>
                  {windowState(window.state)}
                </span>
              </td>
              <td className="es-amount-column">
                {window.totals.map(({ unit, grossMinor }) => (
                  <div key={unit}>
                    <Amount unit={unit} minor={grossMinor} />
                  </div>
                ))}
              </td>
              <td className="es-amount-column">
                {window.totals.map(({ unit, paymentsMinor }) => (
                  <div key={unit}>
                    <Amount unit={unit} minor={paymentsMinor} />
                  </div>
                ))}
              </td>
              <td className="es-amount-column">
                {window.totals.map(({ unit, reductionPercent }) => (
                  <div key={unit}>
                    <Figures>{`${reductionPercent} %`}</Figures>
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

/** What each member owes or is owed right now, settled windows left out. */
function Members() {
  const { t } = useLingui();
  const { networkId } = useHere();
  const { data } = useQuery(exposuresQuery(networkId));
  if (!data) return null;
  return (
    <section>
      <h2>
        <Trans>Members by net</Trans>
      </h2>
      {data.items.length === 0 ? (
        <Empty>
          <Trans>Nobody owes anything at the moment.</Trans>
        </Empty>
      ) : (
        <WideTable label={t`Members by net`}>
          <tbody>
            {data.items.map(({ party, unit, owesMinor, ceilingMinor, state }) => (
              <tr key={`${party.id}${unit}`}>
                <th scope="row">{party.name}</th>
                <td className="es-amount-column">
                  <Net unit={unit} minor={-owesMinor} />
                </td>
                <td>
                  {state === 'WARNED' && (
                    <span className="state-mark state-open">
                      <Trans>near its limit</Trans>
                    </span>
                  )}
                  {state === 'OVER' && (
                    <span className="state-mark state-failed">
                      <Trans>over its limit</Trans>
                    </span>
                  )}{' '}
                  {ceilingMinor !== null && (
                    <small>
                      <Trans>
                        limit <Amount unit={unit} minor={ceilingMinor} />
                      </Trans>
                    </small>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </section>
  );
}
