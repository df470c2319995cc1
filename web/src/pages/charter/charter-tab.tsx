import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { newId } from '@wire/kernel/ids.js';
import { checksQuery, memberQuery, membersOfSpaceQuery, putMember, type Member } from '../../api/charter';
import { problemText } from '../../api/problem-text';
import { dayText } from '../../i18n/days';
import { useTitle } from '../../shell/title';
import { useOffice } from '../space/rights';
import { Appeal } from './appeal';
import { ApplicationForm, AssessmentForm } from './joining-forms';
import { PeersToReview } from './peers-to-review';
import { SignCharter } from './sign-charter';
import { commandText, missingText, stateText, topicText } from './words';
import './charter.css';

const DATE = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** Where the space stands under its charter, what comes next and by when. */
export function CharterTab() {
  const { t } = useLingui();
  const { space, isManager } = useOffice();
  useTitle(t`Charter`);
  const { data, error } = useQuery(membersOfSpaceQuery(space.id));
  const row = data?.items.find(({ state }) => state !== 'EXITED') ?? data?.items[0];
  return (
    <section>
      <h1>
        <Trans>Charter</Trans>
      </h1>
      {error && <p role="alert">{problemText(error)}</p>}
      {data && !row && isManager && <Begin />}
      {row && <Standing id={row.id} />}
    </section>
  );
}

function Begin() {
  const { space } = useOffice();
  const join = useMutation({ mutationFn: () => putMember(newId(), { kind: 'SPACE', spaceId: space.id }) });
  return (
    <div className="charter-state">
      <p className="office-lead">
        <Trans>
          Your space is under no charter. It hosts all the same; whoever signs is reviewed by two other spaces
          and stands on the public page.
        </Trans>
      </p>
      {join.error && (
        <p className="form-fault" role="alert">
          {problemText(join.error)}
        </p>
      )}
      <p>
        <Button color="tomette" loading={join.isPending} onClick={() => join.mutate()}>
          <Trans>Begin to join</Trans>
        </Button>
      </p>
    </div>
  );
}

function Standing({ id }: { id: string }) {
  const { isManager } = useOffice();
  const { data: member, error } = useQuery(memberQuery(id));
  if (error) return <p role="alert">{problemText(error)}</p>;
  if (!member) return null;
  return (
    <>
      <Now member={member} />
      {isManager && <NextStep member={member} />}
      {isManager && <Appeal member={member} />}
      <Promises id={id} />
      {isManager && <PeersToReview />}
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
