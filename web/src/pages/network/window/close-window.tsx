import { Trans } from '@lingui/react/macro';
import { CheckCircle, Warning } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { ApprovalView } from '@wire/treasury/treasury.schema.js';
import { WindowView } from '@wire/settlement/window.schema.js';
import { useState, type ReactNode } from 'react';
import { call } from '../../../api/call';
import { approvalsQuery, reviewsQuery, rulesQuery, useAct } from '../../../api/network';
import { Figures } from '../../../components/figures';
import { todayAt } from '../../../i18n/days';
import { NetLink, useHere } from '../here';
import { ConfirmedAct, Fault } from '../parts/act';
import { longDay } from '../parts/net';

/** Before it is closed: what should be done, and the second person where the rules want one. */
export function CloseWindow({ window }: { window: WindowView }) {
  const { networkId } = useHere();
  const rules = useQuery(rulesQuery(networkId));
  const approvals = useQuery(approvalsQuery(networkId));
  if (!rules.data || !approvals.data) return <Fault error={rules.error ?? approvals.error} />;
  const [standing] = rules.data.items
    .filter(({ fromDay }) => fromDay <= window.fromDay)
    .toSorted((a, b) => (a.fromDay < b.fromDay ? 1 : -1));
  const isFourEyes = standing?.fourEyes ?? false;
  const approval = approvals.data.items.find(
    ({ act, subject }) => act === 'CLOSE_WINDOW' && subject === window.id,
  );
  return (
    <>
      <Checklist window={window} isApproved={!isFourEyes || Boolean(approval?.approvedAt)} />
      {isFourEyes && !approval?.approvedAt ? (
        <SecondPerson window={window} approval={approval} />
      ) : (
        <CloseNow window={window} />
      )}
    </>
  );
}

function Checklist({ window, isApproved }: { window: WindowView; isApproved: boolean }) {
  const { networkId } = useHere();
  const { data: waiting } = useQuery(reviewsQuery(networkId, 'PLAUSIBLE'));
  const { data: guests } = useQuery(reviewsQuery(networkId, 'AWAITS_GUEST'));
  const isOver = window.closesAfter === null || window.closesAfter < todayAt('UTC').toString();
  const undecided = waiting?.items.length ?? 0;
  const cards = guests?.items.length ?? 0;
  return (
    <ul className="checklist">
      <Check isDone={isOver}>
        {isOver ? (
          <Trans>The period is over.</Trans>
        ) : (
          <Trans>The period runs until {longDay(window.closesAfter!)}.</Trans>
        )}
      </Check>
      <Check isDone={undecided === 0}>
        <Trans>
          Visits whose debtor has said nothing yet: <Figures>{undecided}</Figures>. They are taken all the
          same.
        </Trans>
      </Check>
      <Check isDone={cards === 0}>
        <Trans>
          Visits by printed card that wait for their guest: <Figures>{cards}</Figures>. They stay for the next
          window.
        </Trans>
      </Check>
      <Check isDone={isApproved}>
        <Trans>Two people have said yes.</Trans>
      </Check>
      <li>
        <NetLink to="usage">
          <Trans>Look through the visits</Trans>
        </NetLink>
      </li>
    </ul>
  );
}

function Check({ isDone, children }: { isDone: boolean; children: ReactNode }) {
  return (
    <li className={isDone ? 'check-done' : 'check-open'}>
      {isDone ? <CheckCircle size={20} aria-hidden="true" /> : <Warning size={20} aria-hidden="true" />}
      <span>{children}</span>
    </li>
  );
}

function SecondPerson({ window, approval }: { window: WindowView; approval: ApprovalView | undefined }) {
  const { networkId, personId } = useHere();
  const proposing = useAct(() =>
    call(`/v1/approvals/${newId()}`, {
      method: 'PUT',
      body: { networkId, act: 'CLOSE_WINDOW', subject: window.id },
      returns: ApprovalView,
    }),
  );
  const signing = useAct(() =>
    call(`/v1/approvals/${approval?.id}/signature`, { method: 'PUT', returns: ApprovalView }),
  );
  if (!approval)
    return (
      <ConfirmedAct
        name={<Trans>Propose the closing</Trans>}
        consequence={<Trans>A colleague is asked to look at it and to approve it.</Trans>}
        act={proposing}
        isMain
      />
    );
  if (approval.proposedBy === `person:${personId}`)
    return (
      <p className="net-warn" role="status">
        <Trans>You proposed the closing. It waits for a colleague.</Trans>
      </p>
    );
  return (
    <ConfirmedAct
      name={<Trans>Approve the closing</Trans>}
      consequence={<Trans>A colleague proposed to close this window. With your yes it may be closed.</Trans>}
      act={signing}
      isMain
    />
  );
}

function CloseNow({ window }: { window: WindowView }) {
  const [until, setUntil] = useState('');
  const act = useAct(() =>
    call(`/v1/windows/${window.id}/closure`, {
      method: 'PUT',
      body: until === '' ? {} : { until },
      returns: WindowView,
    }),
  );
  return (
    <>
      <label className="field">
        <Trans>Last day it takes; empty takes every sealed visit</Trans>
        <input
          type="date"
          className="control"
          min={window.fromDay}
          max={todayAt('UTC').toString()}
          value={until}
          onChange={({ currentTarget }) => setUntil(currentTarget.value)}
        />
      </label>
      {act.isPending && (
        <p role="status">
          <Trans>Closing: visits are priced, grouped, netted and written…</Trans>
        </p>
      )}
      <ConfirmedAct
        name={<Trans>Close the window</Trans>}
        consequence={
          <Trans>Its visits, positions and payments are fixed for good. The next window opens.</Trans>
        }
        act={act}
        isMain
      />
    </>
  );
}
