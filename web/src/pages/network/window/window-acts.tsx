import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Temporal } from '@wire/kernel/time.js';
import { WindowView } from '@wire/settlement/window.schema.js';
import { useState, type ReactNode } from 'react';
import { call, serverNowMs } from '../../../api/call';
import { disputesQuery, paymentsQuery, useAct } from '../../../api/network';
import { Figures } from '../../../components/figures';
import { useHere } from '../here';
import { ConfirmedAct } from '../parts/act';
import { Moment } from '../../../components/moment';
import { CloseWindow } from './close-window';

const put = (window: WindowView, step: string, body: object = {}) =>
  call(`/v1/windows/${window.id}/${step}`, { method: 'PUT', body, returns: WindowView });

/** What is to be done with the window now, and what it needs. */
export function WindowActs({ window }: { window: WindowView }) {
  const { mayAct } = useHere();
  if (!mayAct || window.state === 'SETTLED' || window.state === 'ABORTED') return null;
  return (
    <section className="panel next-act no-print">
      <h2>
        <Trans>What comes next</Trans>
      </h2>
      {window.state === 'OPEN' && <CloseWindow window={window} />}
      {window.state === 'CLOSED' && <Advise window={window} />}
      {window.state === 'ADVISED' && <Call window={window} />}
      {window.state === 'CALLED' && <Settle window={window} />}
      {(window.state === 'CLOSED' || window.state === 'ADVISED') && <Abort window={window} />}
    </section>
  );
}

function Advise({ window }: { window: WindowView }) {
  const act = useAct(() => put(window, 'advice'));
  return (
    <>
      <p>
        <Trans>
          The window is closed. Send every party its statement; from then on lines may be disputed.
        </Trans>
      </p>
      <ConfirmedAct
        name={<Trans>Send the statements</Trans>}
        consequence={<Trans>Every party sees its statement, and the clock for disputes starts.</Trans>}
        act={act}
        isMain
      />
    </>
  );
}

function Call({ window }: { window: WindowView }) {
  const { networkId } = useHere();
  const act = useAct(() => put(window, 'call'));
  const { data: disputes } = useQuery(disputesQuery(networkId));
  const open =
    disputes?.items.filter((each) => each.windowId === window.id && each.endedAt === null).length ?? 0;
  const isTooEarly =
    window.callFrom !== null && Temporal.Instant.from(window.callFrom).epochMilliseconds > serverNowMs();
  return (
    <>
      <p>
        <Trans>
          The statements are out. Disputed lines: <Figures>{open}</Figures>. They wait, and everything else is
          paid.
        </Trans>
      </p>
      {isTooEarly && (
        <p className="net-warn">
          <Trans>
            Lines may be disputed until <Moment at={window.callFrom!} />. The payments can be called after
            that.
          </Trans>
        </p>
      )}
      <ConfirmedAct
        name={<Trans>Call the payments</Trans>}
        consequence={<Trans>Every payment falls due, and its instruction goes to the payer.</Trans>}
        act={act}
        isMain
        isDisabled={isTooEarly}
      />
    </>
  );
}

function Settle({ window }: { window: WindowView }) {
  const act = useAct(() => put(window, 'settlement'));
  const { data: payments } = useQuery(paymentsQuery(window.id));
  const open = payments?.items.filter(({ executedAt, failedAt }) => !executedAt && !failedAt).length ?? 0;
  return (
    <>
      <p>
        {open > 0 ? (
          <Trans>
            Payments still to be made: <Figures>{open}</Figures>. Batch them under Bank; the bank statement
            shows what has arrived.
          </Trans>
        ) : (
          <Trans>Every payment is made. The window can be settled.</Trans>
        )}
      </p>
      <ConfirmedAct
        name={<Trans>Settle the window</Trans>}
        consequence={<Trans>The window is done. Nothing of it changes any more.</Trans>}
        act={act}
        isMain={open === 0}
        isDisabled={open > 0}
      />
    </>
  );
}

/** Everything it held becomes due again in the open window; so it asks why. */
function Abort({ window }: { window: WindowView }) {
  const [reason, setReason] = useState('');
  const act = useAct(() => put(window, 'abort', { reason }));
  return (
    <Folded name={<Trans>Abort this window</Trans>}>
      <label className="field">
        <Trans>Why</Trans>
        <input
          className="control"
          value={reason}
          maxLength={300}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </label>
      <ConfirmedAct
        name={<Trans>Abort it</Trans>}
        consequence={<Trans>Nothing of it is paid; all its visits fall due in the open window.</Trans>}
        act={act}
        isDisabled={reason.trim() === ''}
      />
    </Folded>
  );
}

export function Folded({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <details className="folded">
      <summary>{name}</summary>
      {children}
    </details>
  );
}
