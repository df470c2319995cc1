import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { StayView } from '@wire/stays/stay.schema.js';
import type { ReactNode } from 'react';
import { Money } from '../../components/money';
import { FormFault } from '../../components/say-form';
import { dayText } from '../../i18n/days';
import { useTitle } from '../../shell/title';
import { stayQuery, useStep } from './api';
import { Mark } from './fields';
import { NextStep } from './next-step';
import { Checklist, Payments, Story } from './stay-parts';
import { actText, basisText, directionText, instalmentText, sideText, stateText } from './words';

/** A stay as each of its parties sees it: what comes next on top, what was done at the bottom. */
export function StayRoom({ id }: { id: string }) {
  const { t } = useLingui();
  useTitle(t`Immersion stay`);
  const { data: stay, error } = useQuery(stayQuery(id));
  const step = useStep(id);
  return (
    <section className="stays">
      <FormFault error={error} />
      {stay && (
        <>
          <Head stay={stay} />
          <NextStep stay={stay} step={step} />
          {stay.agreement && <Agreement stay={stay} />}
          <Checklist stay={stay} step={step} />
          <Days stay={stay} />
          <Statements stay={stay} />
          <Grant stay={stay} />
          <Payments stay={stay} step={step} />
          <Story stay={stay} step={step} />
          <Timeline stay={stay} />
        </>
      )}
    </section>
  );
}

function Head({ stay }: { stay: StayView }) {
  const { participant, employer, stayPlace, legalHost, tutorName, fromDay, untilDay } = stay;
  const isOfOthers = !stay.mySides.includes('PARTICIPANT');
  return (
    <>
      <p>
        <span className="stays-state">{stateText(stay.state)}</span>
      </p>
      <h1>{isOfOthers ? participant : stay.call.title}</h1>
      <p className="stays-lead">
        {directionText(stay.direction)} · {basisText(stay.legalBasis)}
      </p>
      <dl className="stays-facts">
        <dt>{sideText('EMPLOYER')}</dt>
        <dd>{employer.name}</dd>
        <dt>
          <Trans>Days</Trans>
        </dt>
        <dd>
          <Plural value={stay.days} one="# day" other="# days" /> · {dayText(fromDay)} – {dayText(untilDay)}
        </dd>
        {stayPlace && (
          <>
            <dt>
              <Trans>Stay place</Trans>
            </dt>
            <dd>
              {stayPlace.name}, {stayPlace.city}
            </dd>
          </>
        )}
        {legalHost && (
          <>
            <dt>{sideText('LEGAL_HOST')}</dt>
            <dd>
              {legalHost.name} · {tutorName}
            </dd>
          </>
        )}
        <dt>
          <Trans>Why</Trans>
        </dt>
        <dd>{stay.motivation}</dd>
        <dt>
          <Trans>Questions</Trans>
        </dt>
        <dd>{stay.questions}</dd>
      </dl>
    </>
  );
}

function Agreement({ stay }: { stay: StayView }) {
  const { hash, number, signatures, functionsObserved } = stay.agreement!;
  return (
    <article className="stays-card">
      <h2>
        <Trans>Agreement {number}</Trans>
      </h2>
      <p>{functionsObserved}</p>
      <ul className="stays-check">
        {signatures.map(({ side, name, signedAt }) => (
          <li key={side}>
            <Mark isDone={signedAt !== null} />
            <span>
              {name} <small>{sideText(side)}</small>
            </span>
            <small>{signedAt ? dayText(signedAt.slice(0, 10)) : <Trans>not signed yet</Trans>}</small>
          </li>
        ))}
      </ul>
      <p className="stays-acts">
        <a href={`/v1/stays/${stay.id}/agreement.pdf`} className="pill" target="_blank" rel="noreferrer">
          <Trans>Read the PDF</Trans>
        </a>
        <bdi dir="ltr" className="stays-hash">
          {hash}
        </bdi>
      </p>
    </article>
  );
}

function Days({ stay }: { stay: StayView }) {
  if (stay.attestedDays.length === 0) return null;
  return (
    <>
      <h2>
        <Trans>Days attested at the door</Trans>
      </h2>
      <ul className="stays-days">
        {stay.attestedDays.map((day) => (
          <li key={day}>{dayText(day)}</li>
        ))}
      </ul>
    </>
  );
}

function Statements({ stay }: { stay: StayView }) {
  if (stay.statements.length === 0) return null;
  return (
    <>
      <h2>
        <Trans>What was learnt</Trans>
      </h2>
      <div className="stays-two">
        {stay.statements.map(({ side, learnt, changes }) => (
          <article key={side} className="stays-card">
            <h3>{sideText(side)}</h3>
            <p>{learnt}</p>
            {changes && <p className="stays-mute">{changes}</p>}
          </article>
        ))}
      </div>
    </>
  );
}

function Grant({ stay }: { stay: StayView }) {
  const { planned, final, instalments, kilometres, grantBody, source, hostEvent } = stay.grant;
  if (!planned) return null;
  return (
    <article className="stays-card">
      <h2>
        <Trans>Grant</Trans>
      </h2>
      <dl className="stays-facts">
        <dt>
          <Trans>Planned</Trans>
        </dt>
        <dd>
          <Money amount={planned} />
        </dd>
        {final && (
          <>
            <dt>
              <Trans>By attested days</Trans>
            </dt>
            <dd>
              <Money amount={final} />
            </dd>
          </>
        )}
        {instalments.map(({ id, kind, amount, paidOn }) => (
          <Instalment key={id} name={instalmentText(kind)}>
            <Money amount={amount} /> ·{' '}
            {paidOn ? <Trans>paid {dayText(paidOn)}</Trans> : <Trans>ordered</Trans>}
          </Instalment>
        ))}
        {hostEvent.minor > 0 && (
          <Instalment name={<Trans>For the host’s public event</Trans>}>
            <Money amount={hostEvent} />
          </Instalment>
        )}
      </dl>
      <small>
        {grantBody.name} · <bdi dir="ltr">{kilometres} km</bdi> · {source}
      </small>
    </article>
  );
}

function Instalment({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Timeline({ stay }: { stay: StayView }) {
  return (
    <>
      <h2>
        <Trans>What happened</Trans>
      </h2>
      <ol className="stays-time">
        {stay.moves.toReversed().map(({ act, side, toState, reason, at }, index) => (
          <li key={`${at}-${index}`}>
            <strong>{stateText(toState)}</strong>
            <small>
              {dayText(at.slice(0, 10))} · {isKnown(side) ? sideText(side) : <Trans>by the calendar</Trans>}
              {isAct(act) && <> · {actText(act)}</>}
            </small>
            {reason && !SIDE_WORD.test(reason) && <span>{reason}</span>}
          </li>
        ))}
      </ol>
    </>
  );
}

/** A side or a document's kind noted with a move says nothing more than the move itself. */
const SIDE_WORD = /^[A-Z0-9_-]+$/;
const CLOCK_ACTS = new Set(['EXPIRE', 'BEGIN', 'END', 'FALL_DUE']);

function isKnown(side: string): side is Parameters<typeof sideText>[0] {
  return side !== 'CLOCK';
}

function isAct(act: string): act is Parameters<typeof actText>[0] {
  return !CLOCK_ACTS.has(act);
}
