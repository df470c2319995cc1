import { Trans } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { StayView } from '@wire/stays/stay.schema.js';
import { lazy, Suspense, type ReactNode } from 'react';
import { dayText } from '../../i18n/days';
import type { OfStay, TakeStep } from './api';
import { Fault, Text } from './fields';
import { formText } from '../../components/form-text';
import { actText, sideText } from './words';

const MatchForm = lazy(async () => ({ default: (await import('./office-forms')).MatchForm }));
const AgreementForm = lazy(async () => ({ default: (await import('./office-forms')).AgreementForm }));
const StatementForm = lazy(async () => ({ default: (await import('./office-forms')).StatementForm }));

/** One thing at a time: whose turn it is, until when, and the form for it when it is mine. */
export function NextStep({ stay, step }: OfStay) {
  const { nextAct, nextBy, dueAt, isOverdue, mySides } = stay;
  if (!nextAct) return <Waiting stay={stay} step={step} />;
  const isMine = nextBy.some((side) => mySides.includes(side));
  return (
    <div className="stays-next" data-late={isOverdue || undefined}>
      <h2>{actText(nextAct)}</h2>
      <p>
        {nextBy.map(sideText).join(', ')}
        {dueAt && (
          <>
            {' · '}
            {isOverdue ? (
              <Trans>was due {dayText(dueAt.slice(0, 10))}</Trans>
            ) : (
              <Trans>due {dayText(dueAt.slice(0, 10))}</Trans>
            )}
          </>
        )}
      </p>
      {isMine && (
        <Suspense>
          <Act stay={stay} step={step} />
        </Suspense>
      )}
      <Fault error={step.error} />
      <Leave stay={stay} step={step} />
    </div>
  );
}

function Waiting({ stay, step }: OfStay) {
  const canStop = stay.state === 'IN_PROGRESS' && stay.mySides.some((side) => STOPS.has(side));
  if (stay.state !== 'READY' && !canStop) return stay.state === 'CLOSED' ? <Certificate stay={stay} /> : null;
  return (
    <div className="stays-next">
      <h2>
        {stay.state === 'READY' ? (
          <Trans>All set: show your pass at the door</Trans>
        ) : (
          <Trans>Under way</Trans>
        )}
      </h2>
      {canStop && (
        <Reasoned
          name={<Trans>Interrupt the stay</Trans>}
          onSay={(reasons) => step.mutate({ at: 'interruption', body: { reasons, isForceMajeure: true } })}
        />
      )}
      <Fault error={step.error} />
      <Leave stay={stay} step={step} />
    </div>
  );
}

const STOPS = new Set(['PARTICIPANT', 'HOST', 'COORDINATOR']);

function Certificate({ stay }: { stay: StayView }) {
  return (
    <p className="stays-acts">
      <a
        href={`/v1/stays/${stay.id}/certificate.pdf`}
        className="pill pill-strong"
        target="_blank"
        rel="noreferrer"
      >
        <Trans>Certificate (PDF)</Trans>
      </a>
    </p>
  );
}

function Act(props: OfStay) {
  const { stay, step } = props;
  const act: string = stay.nextAct ?? '';
  switch (act) {
    case 'SUBMIT':
      return (
        <p className="stays-acts">
          <Do step={step} at="submission">
            <Trans>Hand it in</Trans>
          </Do>
          <Link to="/me/stays/$" params={{ _splat: `apply/${stay.call.id}` }} hash={stay.id} className="pill">
            <Trans>Change it</Trans>
          </Link>
        </p>
      );
    case 'DECIDE':
      return <Decide {...props} />;
    case 'PROPOSE_MATCH':
      return <MatchForm {...props} />;
    case 'ANSWER_MATCH':
      return (
        <div className="stays-acts">
          <Do step={step} at="match-answer" body={{ answer: 'ACCEPTED' }}>
            <Trans>Yes, I accept</Trans>
          </Do>
          <Reasoned
            name={<Trans>No</Trans>}
            onSay={(reasons) => step.mutate({ at: 'match-answer', body: { answer: 'DECLINED', reasons } })}
          />
        </div>
      );
    case 'DRAFT_AGREEMENT':
      return <AgreementForm {...props} />;
    case 'SIGN':
      return <Sign {...props} />;
    case 'MAKE_READY':
      return (
        <Do step={step} at="readiness">
          <Trans>Ready: order the first part of the grant</Trans>
        </Do>
      );
    case 'FILE_STATEMENT':
      return <StatementForm {...props} />;
    case 'ACCEPT_REPORTS':
      return (
        <Do step={step} at="reports-acceptance">
          <Trans>Accept both statements</Trans>
        </Do>
      );
    case 'ORDER_BALANCE':
      return (
        <Do step={step} at="balance">
          <Trans>Order the balance</Trans>
        </Do>
      );
    case null:
    default:
      return null;
  }
}

type Doing = {
  readonly step: TakeStep;
  readonly at: string;
  readonly body?: object;
  readonly children: ReactNode;
};

export function Do({ step, at, body = {}, children }: Doing) {
  return (
    <button
      type="button"
      className="pill pill-strong"
      disabled={step.isPending}
      onClick={() => step.mutate({ at, body })}
    >
      {children}
    </button>
  );
}

function Decide({ step }: OfStay) {
  const say = (decision: string) => (reasons: string) =>
    step.mutate({ at: 'decision', body: { decision, reasons } });
  return (
    <div className="stays-acts">
      <Do step={step} at="decision" body={{ decision: 'AGREED' }}>
        <Trans>Agree</Trans>
      </Do>
      <Reasoned name={<Trans>Defer</Trans>} onSay={say('DEFERRED')} />
      <Reasoned name={<Trans>Refuse</Trans>} onSay={say('REFUSED')} />
    </div>
  );
}

/** Everybody signs for the side that is theirs, on the text as it is shown. */
function Sign({ stay, step }: OfStay) {
  const { hash, signatures } = stay.agreement!;
  const mine = signatures.filter(({ side, signedAt }) => !signedAt && stay.mySides.includes(side));
  return (
    <p className="stays-acts">
      {mine.map(({ side, name }) => (
        <Do key={side} step={step} at="signature" body={{ hash, side }}>
          <Trans>Sign as {name}</Trans>
        </Do>
      ))}
    </p>
  );
}

/** A no, with its reasons. */
export function Reasoned({ name, onSay }: { name: ReactNode; onSay: (reasons: string) => void }) {
  return (
    <details>
      <summary>{name}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSay(formText(new FormData(event.currentTarget), 'reasons'));
        }}
      >
        <Text name="reasons" label={<Trans>Reasons</Trans>} />
        <button type="submit" className="pill">
          {name}
        </button>
      </form>
    </details>
  );
}

const BEFORE = new Set([
  'DRAFT',
  'EMPLOYER_REVIEW',
  'DEFERRED',
  'MATCHING',
  'MATCHED',
  'AGREEMENT_DRAFT',
  'SIGNING',
  'SIGNED',
  'READY',
]);

function Leave({ stay, step }: OfStay) {
  const mayLeave = stay.mySides.some((side) => side === 'PARTICIPANT' || side === 'COORDINATOR');
  if (!BEFORE.has(stay.state) || !mayLeave) return null;
  return (
    <Reasoned
      name={<Trans>Cancel the stay</Trans>}
      onSay={(reasons) => step.mutate({ at: 'cancellation', body: { reasons } })}
    />
  );
}
