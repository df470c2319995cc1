import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { StayCallView } from '@wire/stays/call.schema.js';
import { Money } from '../../components/money';
import { FormFault } from '../../components/say-form';
import { dayText } from '../../i18n/days';
import { useTitle } from '../../shell/title';
import { callsQuery, storiesQuery } from './api';
import { directionText } from './words';

/** Open calls in both directions, and what those who went have let be told. */
export function PublicStays() {
  const { t } = useLingui();
  useTitle(t`Immersion stays`);
  const { data: calls, error } = useQuery(callsQuery);
  const { data: stories = [] } = useQuery(storiesQuery);
  const open = calls?.filter(({ isOpen }) => isOpen);
  return (
    <section className="stays">
      <h1>
        <Trans>Immersion stays</Trans>
      </h1>
      <p className="stays-lead">
        <Trans>
          Officials work in a space for some days; coworkers spend some days inside an institution. Both say
          afterwards what they have learnt.
        </Trans>
      </p>
      <p className="stays-acts">
        <Link to="/me/stays/$" params={{ _splat: '' }} className="pill">
          <Trans>My stays</Trans>
        </Link>
        <Link to="/stays/$" params={{ _splat: 'office' }} className="pill">
          <Trans>Stays of my organisations</Trans>
        </Link>
      </p>
      <h2>
        <Trans>Open calls</Trans>
      </h2>
      <FormFault error={error} />
      {open?.length === 0 && (
        <p className="stays-mute">
          <Trans>No call is open now. New ones appear here.</Trans>
        </p>
      )}
      <div className="stays-two">
        {open?.map((one) => (
          <Call key={one.id} call={one} />
        ))}
      </div>
      {stories.length > 0 && (
        <h2>
          <Trans>Stories</Trans>
        </h2>
      )}
      <div className="stays-two">
        {stories.map(({ id, title, text, language, signedAs, place, employer, attestedDays, direction }) => (
          <article key={id} className="stays-card">
            <small>{directionText(direction)}</small>
            <h3 lang={language}>{title}</h3>
            <p className="stays-story" lang={language}>
              {text}
            </p>
            <small>
              {signedAs} · {employer} → {place.name}, {place.city} ·{' '}
              <Plural value={attestedDays} one="# day" other="# days" />
            </small>
          </article>
        ))}
      </div>
    </section>
  );
}

function Call({ call }: { call: StayCallView }) {
  const { id, title, programme, summary, direction, network, closesOn, fromDay, untilDay, slots } = call;
  const left = slots - call.slotsTaken;
  return (
    <article className="stays-card">
      <small>{directionText(direction)}</small>
      <h3>{title}</h3>
      <p>{summary}</p>
      <dl className="stays-facts">
        <dt>
          <Trans>Programme</Trans>
        </dt>
        <dd>
          {programme} · {network.name}
        </dd>
        <dt>
          <Trans>Period</Trans>
        </dt>
        <dd>
          {dayText(fromDay, LONG)} – {dayText(untilDay, LONG)}
        </dd>
        <dt>
          <Trans>Budget</Trans>
        </dt>
        <dd>
          <Money amount={call.budget} /> · {call.grantBody.name}
        </dd>
        <dt>
          <Trans>Places</Trans>
        </dt>
        <dd>
          <Plural value={left} _0="all taken" one="# left" other="# left" />
        </dd>
      </dl>
      <p className="stays-acts">
        <Link to="/me/stays/$" params={{ _splat: `apply/${id}` }} className="pill pill-strong">
          <Trans>Apply</Trans>
        </Link>
        <small>
          <Trans>until {dayText(closesOn, LONG)}</Trans>
        </small>
      </p>
    </article>
  );
}

const LONG = { day: 'numeric', month: 'short', year: 'numeric' } as const;
