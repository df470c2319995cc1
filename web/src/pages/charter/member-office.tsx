import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { actOnMember, memberQuery, type Member } from '../../api/charter';
import { problemText } from '../../api/problem-text';
import { dayText } from '../../i18n/days';
import { useTitle } from '../../shell/title';
import { NetLink } from '../network/here';
import { AppealAnswer, LeaveForm, SettleForm, SuspendForm } from './discipline-forms';
import { Fault } from './joining-forms';
import { commandText, groundText, stateText, topicText } from './words';

const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const IN_FORCE = ['PROVISIONAL', 'ACTIVE', 'RENEWAL_DUE', 'CHARTER_LAPSED'];

/** One member: what it says of itself, what others say, and what its network may do now. */
export function MemberOffice({ id }: { id: string }) {
  const { data: member, error } = useQuery(memberQuery(id));
  const name = member?.space?.name ?? member?.organisation.name;
  useTitle(name);
  if (error) return <p role="alert">{problemText(error)}</p>;
  if (!member) return null;
  return (
    <>
      <p>
        <NetLink to="charter">
          <Trans>All members</Trans>
        </NetLink>
      </p>
      <h1>{name}</h1>
      <p className="office-lead">
        {stateText(member.state)}
        {member.deadline && <Until day={member.deadline} />}
      </p>
      <Acts member={member} />
      <Assessment member={member} />
      <Story member={member} />
    </>
  );
}

function Until({ day }: { day: string }) {
  const until = dayText(day, DATE);
  return (
    <>
      {' · '}
      <Trans>until {until}</Trans>
    </>
  );
}

function Acts({ member }: { member: Member }) {
  const { id, state, appeals } = member;
  const open = appeals.find(({ outcome }) => outcome === null);
  return (
    <>
      {open && <AppealAnswer appeal={open} />}
      <div className="charter-acts">
        {state === 'ASSESSED' && (
          <Act memberId={id} what="foundings">
            <Trans>Vouch for it as a founder</Trans>
          </Act>
        )}
        {state === 'PROVISIONAL' && (
          <Act memberId={id} what="confirmations">
            <Trans>Confirm</Trans>
          </Act>
        )}
      </div>
      {IN_FORCE.includes(state) && <SuspendForm memberId={id} />}
      {(IN_FORCE.includes(state) || state === 'SUSPENDED') && <LeaveForm memberId={id} />}
      {(state === 'TERMINATING' || state === 'CLOSING') && <SettleForm memberId={id} />}
    </>
  );
}

function Act({ memberId, what, children }: { memberId: string; what: string; children: ReactNode }) {
  const act = useMutation({ mutationFn: () => actOnMember(memberId, what) });
  return (
    <div>
      <Button color="tomette" loading={act.isPending} onClick={() => act.mutate()}>
        {children}
      </Button>
      <Fault error={act.error} />
    </div>
  );
}

function Assessment({ member: { assessment, reviews } }: { member: Member }) {
  if (!assessment) return null;
  const day = dayText(assessment.at.slice(0, 10), DATE);
  return (
    <>
      <h2>
        <Trans>Self-assessment of {day}</Trans>
      </h2>
      <ul className="charter-list">
        {assessment.answers.map(({ topic, score, evidence }) => (
          <li key={topic}>
            <strong>
              {topicText(topic)}: {score}
            </strong>{' '}
            <span dir="auto">{evidence}</span>
          </li>
        ))}
        {reviews.map(({ id, reviewer, verdict, reasons }) => (
          <li key={id}>
            <strong>{reviewer.name}</strong>:{' '}
            {verdict === 'RECOMMENDED' ? <Trans>recommends it</Trans> : <Trans>sends it back</Trans>}{' '}
            <span dir="auto">{reasons}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Story({ member: { steps, signatures } }: { member: Member }) {
  return (
    <>
      <h2>
        <Trans>What has happened</Trans>
      </h2>
      <ol className="charter-list">
        {steps.map(({ id, command, at, ground, reasons }) => (
          <li key={id}>
            {dayText(at.slice(0, 10), DATE)} · {commandText(command)}
            {ground && ` · ${groundText(ground)}`}
            {reasons && <p dir="auto">{reasons}</p>}
          </li>
        ))}
      </ol>
      <ul className="charter-list">
        {signatures.map(({ id, number, signerName, signerRole, at }) => {
          const day = dayText(at.slice(0, 10), DATE);
          return (
            <li key={id}>
              <Trans>
                Version {number} was signed by {signerName}, {signerRole}, on {day}.
              </Trans>
            </li>
          );
        })}
      </ul>
    </>
  );
}
