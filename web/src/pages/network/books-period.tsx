import { Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { PeriodView } from '@wire/books/books.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { ApprovalView } from '@wire/treasury/treasury.schema.js';
import type { ReactNode } from 'react';
import { call } from '../../api/call';
import { approvalsQuery, useAct } from '../../api/network';
import { Figures } from '../../components/figures';
import { dayText } from '../../i18n/days';
import { useHere } from './here';
import { ConfirmedAct } from './parts/act';
import { Who } from './parts/net';
import { Moment } from '../../components/moment';

/** A month of the books: closed softly by one person, for good by two, with the hash that binds it to those before. */
export function Period({ period }: { period: PeriodView }) {
  const { mayAct } = useHere();
  const states: Record<PeriodView['state'], ReactNode> = {
    OPEN: <Trans>open for entries</Trans>,
    SOFT_CLOSED: <Trans>closed softly</Trans>,
    CLOSED: <Trans>closed for good</Trans>,
  };
  return (
    <li>
      <p>
        <strong>{dayText(`${period.month}-01`, { month: 'long', year: 'numeric' })}</strong>{' '}
        <span className="state-mark">{states[period.state]}</span>{' '}
        <small>
          <Trans>
            Entries: <Figures>{period.entries}</Figures>
          </Trans>
        </small>
      </p>
      <p className="field-hint">
        <Trans>Head of the chain</Trans>{' '}
        <bdi dir="ltr" className="net-code">
          {period.closedHead ?? period.head}
        </bdi>
      </p>
      {period.steps.map(({ state, actor, takenAt }) => (
        <p key={state} className="field-hint">
          {states[state]}: <Who by={actor} />, <Moment at={takenAt} />
        </p>
      ))}
      {mayAct && <PeriodActs period={period} />}
    </li>
  );
}

function PeriodActs({ period: { month, state } }: { period: PeriodView }) {
  const { networkId, personId } = useHere();
  const { data: approvals } = useQuery(approvalsQuery(networkId));
  const approval = approvals?.items.find(({ act, subject }) => act === 'CLOSE_PERIOD' && subject === month);
  const put = (step: string) => () =>
    call(`/v1/books/${networkId}/periods/${month}/${step}`, { method: 'PUT', returns: PeriodView });
  const soft = useAct(put('soft-closure'));
  const closing = useAct(put('closure'));
  const proposing = useAct(() =>
    call(`/v1/approvals/${newId()}`, {
      method: 'PUT',
      body: { networkId, act: 'CLOSE_PERIOD', subject: month },
      returns: ApprovalView,
    }),
  );
  const signing = useAct(() =>
    call(`/v1/approvals/${approval?.id}/signature`, { method: 'PUT', returns: ApprovalView }),
  );
  if (state === 'OPEN')
    return (
      <ConfirmedAct
        name={<Trans>Close softly</Trans>}
        consequence={<Trans>From now on only a treasurer’s own entries go into this month.</Trans>}
        act={soft}
      />
    );
  if (state === 'CLOSED') return null;
  if (approval?.approvedAt)
    return (
      <ConfirmedAct
        name={<Trans>Close for good</Trans>}
        consequence={<Trans>Nothing goes into this month any more, and its hash is fixed.</Trans>}
        act={closing}
      />
    );
  if (approval?.proposedBy === `person:${personId}`)
    return (
      <p className="net-warn">
        <Trans>It waits for a second person.</Trans>
      </p>
    );
  return approval ? (
    <ConfirmedAct
      name={<Trans>Approve the closing</Trans>}
      consequence={<Trans>With your yes it may be done.</Trans>}
      act={signing}
    />
  ) : (
    <ConfirmedAct
      name={<Trans>Propose the closing</Trans>}
      consequence={<Trans>A colleague is asked to look at it and to approve it.</Trans>}
      act={proposing}
    />
  );
}
