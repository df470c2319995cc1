import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { checksQuery, memberQuery, type Member } from '../../api/charter';
import { problemText } from '../../api/problem-text';
import { dayText } from '../../i18n/days';
import { Appeal } from './appeal';
import { ApplicationForm, AssessmentForm } from './joining-forms';
import { SignCharter } from './sign-charter';
import { commandText, missingText, stateText, topicText } from './words';
import './charter.css';

const DATE = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** Where a member stands, what it has to do next, and what has happened. */
export function MemberStanding({
  id,
  mayAct,
  children,
}: {
  id: string;
  mayAct: boolean;
  children?: ReactNode;
}) {
  const { data: member, error } = useQuery(memberQuery(id));
  if (error) return <p role="alert">{problemText(error)}</p>;
  if (!member) return null;
  return (
    <>
      <Now member={member} />
      {mayAct && <NextStep member={member} />}
      {mayAct && <Appeal member={member} />}
      {member.kind === 'SPACE' && <Promises id={id} />}
      {children}
      <Story member={member} />
    </>
  );
}

function Now({ member: { state, deadline, supportedBy, assessment } }: { member: Member }) {
  const day = deadline && dayText(deadline, DATE);
  const zero = assessment?.atZero.map(topicText).join(', ');
  return (
    <div className="charter-state">
      <p>
        <strong className="es-flare">{stateText(state)}</strong>
        {day && (
          <>
            {' · '}
            <Trans>until {day}</Trans>
          </>
        )}
      </p>
      {supportedBy && state !== 'ACTIVE' && (
        <p>
          <Trans>{supportedBy} helps you.</Trans>
        </p>
      )}
      {zero && (
        <p className="form-fault">
          <Trans>At zero: {zero}. Nothing can be signed before it is one at least.</Trans>
        </p>
      )}
    </div>
  );
}

/** One thing at a time: what the space itself has to do now. */
function NextStep({ member }: { member: Member }) {
  const { state, current, assessment } = member;
  if (state === 'INTERESTED') return <ApplicationForm member={member} />;
  const mustAssess = !assessment?.isStillGood || assessment.atZero.length > 0;
  const mustSign = ['REVIEWED', 'RENEWAL_DUE', 'CHARTER_LAPSED'].includes(state);
  if (state === 'APPLIED' || state === 'RETURNED' || (mustSign && mustAssess))
    return <AssessmentForm member={member} />;
  if (mustSign && current) return <SignCharter member={member} versionId={current.versionId} />;
  if (state === 'ASSESSED')
    return (
      <p>
        <Trans>Two member spaces look at your assessment, one of them from another country.</Trans>
      </p>
    );
  return null;
}

function Promises({ id }: { id: string }) {
  const { data } = useQuery(checksQuery(id));
  if (!data || data.items.length === 0) return null;
  return (
    <>
      <h2>
        <Trans>What can be seen of your promises</Trans>
      </h2>
      <ul className="charter-list">
        {data.items.map(({ code, state, missing }) => (
          <li key={code}>
            <PromiseName code={code} /> {state === 'KEPT' && <Trans>kept</Trans>}
            {state === 'NOT_SEEN' && <Trans>cannot be seen here; your peers ask about it</Trans>}
            {state === 'NOT_KEPT' && <MissingText what={missing.map(missingText).join(', ')} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function MissingText({ what }: { what: string }) {
  return <Trans>missing: {what}</Trans>;
}

function PromiseName({ code }: { code: string }) {
  const { t } = useLingui();
  const names: Record<string, string> = {
    COMMUNITY: t`Community:`,
    OPENNESS: t`Openness:`,
    COLLABORATION: t`Collaboration:`,
    ACCESSIBILITY: t`Accessibility:`,
    SUSTAINABILITY: t`Sustainability:`,
    PUBLIC_INTEREST_BRIDGE: t`Bridge to the public interest:`,
    DATA_COMMONS: t`Data commons:`,
  };
  return <strong>{names[code] ?? code}</strong>;
}

function Story({ member: { steps } }: { member: Member }) {
  if (steps.length === 0) return null;
  return (
    <>
      <h2>
        <Trans>What has happened</Trans>
      </h2>
      <ol className="charter-list">
        {steps.map(({ id, command, at, reasons }) => (
          <li key={id}>
            {dayText(at.slice(0, 10), DATE)} · {commandText(command)}
            {reasons && <p dir="auto">{reasons}</p>}
          </li>
        ))}
      </ol>
    </>
  );
}
