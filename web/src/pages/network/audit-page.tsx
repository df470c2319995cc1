import { Trans, useLingui } from '@lingui/react/macro';
import { useQueries, useQuery } from '@tanstack/react-query';
import { ApprovalView } from '@wire/treasury/treasury.schema.js';
import type { ReactNode } from 'react';
import { call } from '../../api/call';
import { approvalsQuery, batchesQuery, useAct, windowQuery, windowsQuery } from '../../api/network';
import { Figures } from '../../components/figures';
import { useTitle } from '../../shell/title';
import { NetLink, useAddress, useHere } from './here';
import { ConfirmedAct } from './parts/act';
import { Moment, Who } from './parts/net';
import { Empty, WideTable } from './parts/table';
import { batchState, windowState } from './words';

type Act = {
  readonly key: string;
  readonly at: string;
  readonly kind: string;
  readonly who: ReactNode;
  readonly what: ReactNode;
};
const SHOWN_WINDOWS = 12;

/** Who did what and when, the latest first: closings, approvals, payments, rates. */
export function AuditPage() {
  const { t } = useLingui();
  useTitle(t`Audit`);
  const [{ kind }, setAddress] = useAddress();
  const acts = useActs();
  const kinds = [
    ['window', t`Windows`],
    ['approval', t`Approvals`],
    ['batch', t`Payment batches`],
  ] as const;
  const shown = acts.filter((act) => !kind || act.kind === kind);
  return (
    <>
      <h1>
        <Trans>Audit</Trans>
      </h1>
      <Waiting />
      <div className="statement-views">
        {kinds.map(([key, name]) => (
          <button
            key={key}
            type="button"
            className="pill"
            aria-pressed={kind === key}
            onClick={() => setAddress({ kind: kind === key ? undefined : key })}
          >
            {name}
          </button>
        ))}
      </div>
      {shown.length === 0 ? (
        <Empty>
          <Trans>Nothing was done yet.</Trans>
        </Empty>
      ) : (
        <WideTable label={t`Audit`}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>When</Trans>
              </th>
              <th scope="col">
                <Trans>Who</Trans>
              </th>
              <th scope="col">
                <Trans>What</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ key, at, who, what }) => (
              <tr key={key}>
                <th scope="row">
                  <Moment at={at} />
                </th>
                <td>{who}</td>
                <td>{what}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </>
  );
}

function useActs(): Act[] {
  const { networkId } = useHere();
  const { data: approvals } = useQuery(approvalsQuery(networkId));
  const { data: list } = useQuery(windowsQuery(networkId));
  const recent = list?.items.slice(-SHOWN_WINDOWS) ?? [];
  const windows = useQueries({ queries: recent.map(({ id }) => windowQuery(id)) }).flatMap(
    ({ data }) => data ?? [],
  );
  const batches = useQueries({ queries: recent.map(({ id }) => batchesQuery(id)) }).flatMap(
    ({ data }) => data?.items ?? [],
  );
  const acts: Act[] = [
    ...windows.flatMap((window) =>
      window.steps.map(({ state, takenAt }) => ({
        key: `${window.id}${state}`,
        at: takenAt,
        kind: 'window',
        who: '',
        what: (
          <NetLink to={`windows/${window.id}`}>
            <Trans>
              Window <Figures>{window.number}</Figures>
            </Trans>
            : {windowState(state)}
          </NetLink>
        ),
      })),
    ),
    ...(approvals?.items ?? []).flatMap(approvalActs),
    ...batches.map((batch) => ({
      key: batch.id,
      at: batch.stateAt,
      kind: 'batch',
      who: <Who by={batch.proposedBy} />,
      what: (
        <NetLink to="bank/batches">
          {batch.payer.name}: {batchState(batch.state)}
        </NetLink>
      ),
    })),
  ];
  return acts.toSorted((a, b) => (a.at < b.at ? 1 : -1));
}

function approvalActs(approval: ApprovalView): Act[] {
  const name = <ActName act={approval.act} />;
  const proposed = {
    key: `${approval.id}p`,
    at: approval.proposedAt,
    kind: 'approval',
    who: <Who by={approval.proposedBy} />,
    what: <Trans>proposed: {name}</Trans>,
  };
  if (!approval.approvedAt || !approval.approvedBy) return [proposed];
  return [
    proposed,
    {
      key: `${approval.id}a`,
      at: approval.approvedAt,
      kind: 'approval',
      who: <Who by={approval.approvedBy} />,
      what: <Trans>approved: {name}</Trans>,
    },
  ];
}

function ActName({ act }: Pick<ApprovalView, 'act'>) {
  const names: Record<ApprovalView['act'], ReactNode> = {
    CLOSE_WINDOW: <Trans>closing of a window</Trans>,
    CLOSE_PERIOD: <Trans>closing of a period</Trans>,
    PAY: <Trans>a payment</Trans>,
    RATE: <Trans>an exchange rate</Trans>,
    OPENING_BALANCE: <Trans>an opening balance</Trans>,
    COLLECT: <Trans>collecting before paying</Trans>,
  };
  return names[act];
}

/** What nobody has approved yet; whoever proposed it waits. */
function Waiting() {
  const { networkId } = useHere();
  const { data } = useQuery(approvalsQuery(networkId));
  const open = data?.items.filter(({ approvedAt, act }) => !approvedAt && act !== 'RATE') ?? [];
  if (open.length === 0) return null;
  return (
    <ul className="batch-list">
      {open.map((approval) => (
        <OpenApproval key={approval.id} approval={approval} />
      ))}
    </ul>
  );
}

function OpenApproval({ approval }: { approval: ApprovalView }) {
  const { personId, mayAct } = useHere();
  const signing = useAct(() =>
    call(`/v1/approvals/${approval.id}/signature`, { method: 'PUT', returns: ApprovalView }),
  );
  return (
    <li>
      <p>
        <strong>
          <ActName act={approval.act} />
        </strong>{' '}
        <small>
          <bdi>{approval.note || approval.subject}</bdi>
        </small>
      </p>
      {approval.proposedBy === `person:${personId}` || !mayAct ? (
        <p className="net-warn">
          <Trans>It waits for a second person.</Trans>
        </p>
      ) : (
        <ConfirmedAct
          name={<Trans>Approve it</Trans>}
          consequence={<Trans>With your yes it may be done.</Trans>}
          act={signing}
          isMain
        />
      )}
    </li>
  );
}
