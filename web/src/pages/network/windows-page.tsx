import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { WindowView } from '@wire/settlement/window.schema.js';
import type { FormEvent } from 'react';
import { call } from '../../api/call';
import { useAct, windowsQuery } from '../../api/network';
import { Figures } from '../../components/figures';
import { formText } from '../../components/form-text';
import { useTitle } from '../../shell/title';
import { NetLink, useHere } from './here';
import { Fault } from './parts/act';
import { longDay } from './parts/net';
import { Empty } from './parts/table';
import { StatementPage } from './statement-page';
import { WindowPage } from './window/window-page';
import { windowState } from './words';

/** windows, windows/<id>, windows/<id>/statements/<party> */
export function WindowsPage() {
  const {
    path: [windowId, room, partyId],
  } = useHere();
  if (windowId && room === 'statements' && partyId)
    return <StatementPage key={partyId} windowId={windowId} partyId={partyId} />;
  return windowId ? <WindowPage key={windowId} id={windowId} /> : <WindowList />;
}

function WindowList() {
  const { t } = useLingui();
  useTitle(t`Windows`);
  const { networkId, mayAct } = useHere();
  const { data, error } = useQuery(windowsQuery(networkId));
  return (
    <>
      <h1>
        <Trans>Windows</Trans>
      </h1>
      <p className="office-lead">
        <Trans>
          A window gathers the visits of a period, says who owes whom, and is closed, announced, called and
          settled in this order.
        </Trans>
      </p>
      <Fault error={error} />
      <ul className="window-list">
        {data?.items.toReversed().map((window) => (
          <li key={window.id}>
            <NetLink to={`windows/${window.id}`}>
              <strong>
                <Trans>
                  Window <Figures>{window.number}</Figures>
                </Trans>
              </strong>
              <span>
                {window.untilDay ? (
                  <Trans>
                    {longDay(window.fromDay)} to {longDay(window.untilDay)}
                  </Trans>
                ) : (
                  <Trans>since {longDay(window.fromDay)}</Trans>
                )}
              </span>
              <span className={`state-mark state-${window.state.toLowerCase()}`}>
                {windowState(window.state)}
              </span>
            </NetLink>
          </li>
        ))}
      </ul>
      {data?.items.length === 0 &&
        (mayAct ? (
          <FirstWindow />
        ) : (
          <Empty>
            <Trans>No window was opened yet.</Trans>
          </Empty>
        ))}
    </>
  );
}

/** The first one is opened by hand; every later one opens when the one before closes. */
function FirstWindow() {
  const { networkId } = useHere();
  const opening = useAct((fromDay: string) =>
    call(`/v1/windows/${newId()}`, { method: 'PUT', body: { networkId, fromDay }, returns: WindowView }),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    opening.mutate(formText(new FormData(event.currentTarget), 'from'));
  };
  return (
    <form className="panel net-form" onSubmit={submit}>
      <h2>
        <Trans>Open the first window</Trans>
      </h2>
      <label>
        <Trans>First day</Trans>
        <input name="from" type="date" className="control" required />
      </label>
      <Fault error={opening.error} />
      <Button type="submit" color="tomette" loading={opening.isPending}>
        <Trans>Open it</Trans>
      </Button>
    </form>
  );
}
