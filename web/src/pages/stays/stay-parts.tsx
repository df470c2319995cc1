import { Trans, useLingui } from '@lingui/react/macro';
import type { StayView } from '@wire/stays/stay.schema.js';
import type { FormEvent } from 'react';
import { formText } from '../../components/form-text';
import { todayAt } from '../../i18n/days';
import { currentLocale } from '../../i18n/activate';
import type { OfStay, TakeStep } from './api';
import { Fault, Line, Mark, Text, Tick } from './fields';
import { Do, Reasoned } from './next-step';
import { documentText, instalmentText } from './words';

/** Each document is shown, or waived with a reason. */
export function Checklist({ stay, step }: OfStay) {
  if (stay.documents.length === 0) return null;
  const mayFill = stay.state === 'SIGNED' && stay.mySides.includes('COORDINATOR');
  return (
    <article className="stays-card">
      <h2>
        <Trans>Checklist</Trans>
      </h2>
      <ul className="stays-check">
        {stay.documents.map((document) => (
          <li key={document.kind}>
            <Mark isDone={document.isSettled} />
            <span>
              {documentText(document.kind)} <small>{document.ground}</small>
            </span>
            <small>{document.reference ?? document.waiver ?? <Trans>missing</Trans>}</small>
            {mayFill && !document.isSettled && <Fill stay={stay} step={step} document={document} />}
          </li>
        ))}
      </ul>
      <Fault error={mayFill ? step.error : null} />
    </article>
  );
}

function Fill({ stay, step, document }: OfStay & { document: StayView['documents'][number] }) {
  const at = `documents/${document.kind}`;
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const names = ['reference', 'issuer', 'validFrom', 'validUntil'];
    step.mutate({ at, body: Object.fromEntries(names.map((name) => [name, formText(form, name)])) });
  };
  return (
    <>
      <details>
        <summary>
          <Trans>Show it</Trans>
        </summary>
        <form onSubmit={show}>
          <Line name="reference" label={<Trans>Number</Trans>} />
          <Line name="issuer" label={<Trans>Issued by</Trans>} />
          <Line name="validFrom" type="date" label={<Trans>Holds from</Trans>} value={stay.fromDay} />
          <Line name="validUntil" type="date" label={<Trans>Holds until</Trans>} value={stay.untilDay} />
          <button type="submit" className="pill pill-strong">
            <Trans>Keep it</Trans>
          </button>
        </form>
      </details>
      <Reasoned name={<Trans>Waive it</Trans>} onSay={(waiver) => step.mutate({ at, body: { waiver } })} />
    </>
  );
}

/** Whoever grants says what has been paid. */
export function Payments({ stay, step }: OfStay) {
  if (!stay.mySides.includes('GRANT_BODY')) return null;
  const due = stay.grant.instalments.filter(({ isOrdered, paidOn }) => isOrdered && !paidOn);
  if (due.length === 0) return null;
  const paidOn = todayAt('UTC').toString();
  return (
    <p className="stays-acts">
      {due.map(({ id, kind }) => (
        <Do key={id} step={step} at={`/v1/stay-instalments/${id}/payment`} body={{ paidOn }}>
          <Trans>Paid today: {instalmentText(kind)}</Trans>
        </Do>
      ))}
    </p>
  );
}

const TELLABLE = new Set(['AWAITING_REPORTS', 'OVERDUE', 'REPORTS_ACCEPTED', 'BALANCE_DUE', 'CLOSED']);

/** The participant's to tell and to take back; the coordinator's to publish. */
export function Story({ stay, step }: OfStay) {
  const isMine = stay.mySides.includes('PARTICIPANT');
  if (!TELLABLE.has(stay.state) || (!isMine && !stay.story)) return null;
  const isTold = stay.story && stay.story.state !== 'WITHDRAWN';
  return (
    <article className="stays-card">
      <h2>
        <Trans>Public story</Trans>
      </h2>
      {isTold && (
        <>
          <h3>{stay.story!.title}</h3>
          <p className="stays-story">{stay.story!.text}</p>
          <small>
            {stay.story!.signedAs} ·{' '}
            {stay.story!.state === 'PUBLISHED' ? <Trans>public</Trans> : <Trans>waits to be published</Trans>}
          </small>
        </>
      )}
      {isMine && isTold && <Withdraw step={step} />}
      {isMine && !isTold && <Tell stay={stay} step={step} />}
      {stay.mySides.includes('COORDINATOR') && stay.story?.state === 'TOLD' && (
        <p>
          <Do step={step} at="story/publication">
            <Trans>Publish it</Trans>
          </Do>
        </p>
      )}
    </article>
  );
}

function Withdraw({ step }: { step: TakeStep }) {
  return (
    <p>
      <button type="button" className="pill" onClick={() => step.mutate({ at: 'story', method: 'DELETE' })}>
        <Trans>Withdraw it</Trans>
      </button>
    </p>
  );
}

function Tell({ stay, step }: OfStay) {
  const { t } = useLingui();
  const tell = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const names = ['title', 'text', 'signedAs'];
    const told = Object.fromEntries(names.map((name) => [name, formText(form, name)]));
    const body = { ...told, language: currentLocale(), hasConsented: form.has('hasConsented') };
    step.mutate({ at: 'story', body });
  };
  return (
    <details>
      <summary>
        <Trans>Tell what others should know</Trans>
      </summary>
      <form onSubmit={tell}>
        <Line name="title" label={<Trans>Title</Trans>} />
        <Text name="text" label={<Trans>Story</Trans>} />
        <Line name="signedAs" label={t`Signed as`} value={stay.participant.split(' ')[0] ?? ''} />
        <Tick
          name="hasConsented"
          label={<Trans>It may be published; I can withdraw it at any time.</Trans>}
        />
        <p>
          <button type="submit" className="pill pill-strong">
            <Trans>Tell it</Trans>
          </button>
        </p>
      </form>
    </details>
  );
}
