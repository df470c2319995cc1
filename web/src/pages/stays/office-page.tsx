import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSession } from '../../api/session';
import { Money } from '../../components/money';
import { FormFault } from '../../components/say-form';
import { useTitle } from '../../shell/title';
import { callsQuery, staysQuery } from './api';
import { StayRows } from './stay-rows';
import { isTurnOf } from './words';

/** For whoever sends, hosts, grants or coordinates: first what waits for them. */
export function StaysOffice() {
  const { t } = useLingui();
  useTitle(t`Stays of my organisations`);
  const { data: session } = useSession();
  const { data, error } = useQuery(staysQuery);
  const others = data?.filter(({ mySides }) => mySides.some((side) => side !== 'PARTICIPANT')) ?? [];
  const mine = others.filter(isTurnOf);
  const rest = others.filter((stay) => !isTurnOf(stay));
  const coordinates = session?.grants.some(({ role }) => COORDINATES.has(role));
  return (
    <section className="stays">
      <h1>
        <Trans>Stays of my organisations</Trans>
      </h1>
      <FormFault error={error} />
      {data && others.length === 0 && (
        <p className="stays-mute">
          <Trans>No stay concerns your organisations yet.</Trans>
        </p>
      )}
      {mine.length > 0 && (
        <h2>
          <Trans>Your turn</Trans>
        </h2>
      )}
      <StayRows stays={mine} at="/stays/$" />
      {rest.length > 0 && (
        <h2>
          <Trans>Under way with others, and ended</Trans>
        </h2>
      )}
      <StayRows stays={rest} at="/stays/$" />
      {coordinates && <Calls />}
    </section>
  );
}

const COORDINATES = new Set(['network_admin', 'platform_admin']);

function Calls() {
  const { data = [] } = useQuery(callsQuery);
  return (
    <>
      <h2>
        <Trans>Calls</Trans>
      </h2>
      {data.map(({ id, title, committed, budget, slots, slotsTaken }) => (
        <article key={id} className="stays-card">
          <h3>{title}</h3>
          <dl className="stays-facts">
            <dt>
              <Trans>Places taken</Trans>
            </dt>
            <dd>
              <bdi dir="ltr">
                {slotsTaken} / {slots}
              </bdi>
            </dd>
            <dt>
              <Trans>Committed</Trans>
            </dt>
            <dd>
              <Money amount={committed} /> / <Money amount={budget} />
            </dd>
          </dl>
        </article>
      ))}
      <p className="stays-acts">
        <Link to="/stays/$" params={{ _splat: 'office/new-call' }} className="pill pill-strong">
          <Trans>Open a call</Trans>
        </Link>
      </p>
    </>
  );
}
