import { Trans, useLingui } from '@lingui/react/macro';
import { DownloadSimple, Printer } from '@phosphor-icons/react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { PaymentBatchView } from '@wire/banking/banking.schema.js';
import { newId } from '@wire/kernel/ids.js';
import type { PaymentView } from '@wire/settlement/window.schema.js';
import { useState } from 'react';
import { call } from '../../../api/call';
import { batchesQuery, paymentsQuery, useAct, windowsQuery } from '../../../api/network';
import { Figures } from '../../../components/figures';
import { useHere } from '../here';
import { ConfirmedAct } from '../parts/act';
import { Amount, longDay, Who } from '../parts/net';
import { Moment } from '../../../components/moment';
import { Empty } from '../parts/table';
import { batchState } from '../words';
import { downloadProven } from '../parts/download-proven';

const SHOWN_WINDOWS = 3;

/** Each payer pays its own lines: proposed by one, approved by two others, then a file for its bank. */
export function Batches() {
  const { networkId } = useHere();
  const { data: windows } = useQuery(windowsQuery(networkId));
  const called = (windows?.items ?? [])
    .filter(({ state }) => state === 'CALLED' || state === 'SETTLED')
    .slice(-SHOWN_WINDOWS)
    .toReversed();
  if (windows && called.length === 0)
    return (
      <Empty>
        <Trans>Once the payments of a window are called, they are batched here for the banks.</Trans>
      </Empty>
    );
  return called.map(({ id, number }) => <OfWindow key={id} windowId={id} number={number} />);
}

function OfWindow({ windowId, number }: { windowId: string; number: number }) {
  const [payments, batches] = useQueries({ queries: [paymentsQuery(windowId), batchesQuery(windowId)] });
  if (!payments.data || !batches.data) return null;
  const live = batches.data.items.filter(({ state }) => state !== 'REJECTED');
  const taken = new Set(live.flatMap((batch) => batch.payments.map(({ id }) => id)));
  const open = payments.data.items.filter(
    ({ id, executedAt, failedAt }) => !executedAt && !failedAt && !taken.has(id),
  );
  return (
    <section>
      <h2>
        <Trans>
          Window <Figures>{number}</Figures>
        </Trans>
      </h2>
      <ul className="batch-list">
        {payersOf(open).map((order) => (
          <ToPropose key={`${order.payer.id}${order.unit}`} windowId={windowId} order={order} />
        ))}
        {batches.data.items.map((batch) => (
          <Batch key={batch.id} batch={batch} />
        ))}
      </ul>
    </section>
  );
}

type Order = Pick<PaymentView['amount'], 'unit'> & {
  payer: PaymentView['from'];
  minor: number;
  count: number;
};

function payersOf(payments: readonly PaymentView[]): Order[] {
  const orders = new Map<string, Order>();
  for (const { from, amount } of payments) {
    const key = `${from.id}${amount.unit}`;
    const order = orders.get(key) ?? { payer: from, unit: amount.unit, minor: 0, count: 0 };
    orders.set(key, { ...order, minor: order.minor + amount.minor, count: order.count + 1 });
  }
  return [...orders.values()];
}

function ToPropose({ windowId, order: { payer, unit, minor, count } }: { windowId: string; order: Order }) {
  const act = useAct(() =>
    call(`/v1/payment-batches/${newId()}`, {
      method: 'PUT',
      body: { windowId, payerPartyId: payer.id, unit },
      returns: PaymentBatchView,
    }),
  );
  return (
    <li aria-label={payer.name}>
      <p>
        <strong>{payer.name}</strong>{' '}
        <Trans>
          pays <Amount unit={unit} minor={minor} /> in <Figures>{count}</Figures> payments
        </Trans>
      </p>
      <ConfirmedAct
        name={<Trans>Propose the batch</Trans>}
        consequence={<Trans>Two others have to approve it before it becomes a file for the bank.</Trans>}
        act={act}
        isMain
      />
    </li>
  );
}

function Batch({ batch }: { batch: PaymentBatchView }) {
  const { t } = useLingui();
  return (
    <li aria-label={batch.payer.name}>
      <p>
        <strong>{batch.payer.name}</strong> <Amount {...batch.sum} />{' '}
        <span className={`state-mark state-${batch.state.toLowerCase()}`}>{batchState(batch.state)}</span>
      </p>
      <p className="field-hint">
        <Trans>
          Proposed by <Who by={batch.proposedBy} />, to be carried out on {longDay(batch.executionDay)}; due{' '}
          {longDay(batch.dueDay)}.
        </Trans>
      </p>
      <ul className="why-list" aria-label={t`Payments`}>
        {batch.payments.map(({ id, payee, amount, account, bank, documents, endToEndId }) => (
          <li key={id}>
            <span>
              {payee.name}{' '}
              <small>
                <bdi dir="ltr">{account}</bdi> {bank && <bdi>{bank}</bdi>} · <bdi dir="ltr">{endToEndId}</bdi>
              </small>
              {documents.length > 0 && (
                <small className="batch-documents">
                  <Trans>
                    Pays <bdi dir="ltr">{documents.join(', ')}</bdi>
                  </Trans>
                </small>
              )}
            </span>
            <Amount {...amount} />
          </li>
        ))}
      </ul>
      {batch.approvals.map(({ approvedBy, approvedAt }) => (
        <p key={approvedBy} className="field-hint">
          <Trans>
            Approved by <Who by={approvedBy} />, <Moment at={approvedAt} />
          </Trans>
        </p>
      ))}
      {batch.rejectReason && <p className="field-hint">{batch.rejectReason}</p>}
      <BatchActs batch={batch} />
    </li>
  );
}

function BatchActs({ batch }: { batch: PaymentBatchView }) {
  const { personId, mayAct } = useHere();
  const put = (step: string, body?: object) => () =>
    call(`/v1/payment-batches/${batch.id}/${step}`, {
      method: 'PUT',
      ...(body ? { body } : {}),
      returns: PaymentBatchView,
    });
  const [reason, setReason] = useState('');
  const approving = useAct(put('approval'));
  const sending = useAct(put('sending'));
  const rejecting = useAct(put('rejection', { reason }));
  if (!mayAct) return null;
  const isMine =
    batch.proposedBy === personId || batch.approvals.some(({ approvedBy }) => approvedBy === personId);
  return (
    <div className="batch-acts">
      {batch.state === 'PROPOSED' &&
        (isMine ? (
          <p className="net-warn">
            <Trans>It waits for others: two people who did not propose it.</Trans>
          </p>
        ) : (
          <ConfirmedAct
            name={<Trans>Approve the batch</Trans>}
            consequence={<Trans>With two approvals it becomes a file for the bank.</Trans>}
            act={approving}
            isMain
          />
        ))}
      {(batch.state === 'APPROVED' || batch.state === 'SENT') && <Files batch={batch} />}
      {batch.state === 'APPROVED' && (
        <ConfirmedAct
          name={<Trans>Mark as sent to the bank</Trans>}
          consequence={<Trans>From now on the bank statement shows what has left.</Trans>}
          act={sending}
          isMain
        />
      )}
      {(batch.state === 'PROPOSED' || batch.state === 'APPROVED') && (
        <details className="folded">
          <summary>
            <Trans>Reject it</Trans>
          </summary>
          <label className="field">
            <Trans>Why</Trans>
            <input
              className="control"
              value={reason}
              onChange={({ currentTarget }) => setReason(currentTarget.value)}
            />
          </label>
          <ConfirmedAct
            name={<Trans>Reject the batch</Trans>}
            consequence={<Trans>Its payments are free for another batch.</Trans>}
            act={rejecting}
            isDisabled={reason.trim() === ''}
          />
        </details>
      )}
    </div>
  );
}

function Files({ batch }: { batch: PaymentBatchView }) {
  if (!batch.isSepa)
    return (
      <>
        <p className="net-warn">
          <Trans>Not all of it can go as SEPA transfers: hand the bank this list as a payment order.</Trans>
        </p>
        <button type="button" className="pill no-print" onClick={() => globalThis.print()}>
          <Printer size={20} aria-hidden="true" />
          <Trans>Print</Trans>
        </button>
      </>
    );
  return (
    <p className="head-acts">
      {['09', '03'].map((version) => (
        <a
          key={version}
          className="pill"
          href={`/v1/payment-batches/${batch.id}/credit-transfers.xml?version=${version}`}
          download
          onClick={downloadProven}
        >
          <DownloadSimple size={20} aria-hidden="true" />
          <bdi dir="ltr">{`pain.001.001.${version}`}</bdi>
        </a>
      ))}
    </p>
  );
}
