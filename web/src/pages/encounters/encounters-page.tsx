import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { EncounterView } from '@wire/encounters/encounter.schema.js';
import { useSession } from '../../api/session';
import { Money } from '../../components/money';
import { PlaceTime } from '../../components/place-time';
import { dayText } from '../../i18n/days';
import { useTitle } from '../../shell/title';
import { encountersQuery, initiativesQuery, servicesQuery, workstreamsQuery } from './api';
import { Coming } from './coming';
import { encounterKind, perText, proposition, serviceKind, workstreamState } from './words';

const LEADERS = new Set(['facilitator', 'space_manager', 'network_admin', 'platform_admin']);

/** What spaces and people do together: meetings, initiatives, services they share, working groups. */
export function EncountersPage() {
  const { t } = useLingui();
  useTitle(t`Connected places`);
  const { data: session } = useSession();
  const { data: encounters = [] } = useQuery(encountersQuery);
  const leads = session?.grants.some(({ role }) => LEADERS.has(role)) ?? false;
  return (
    <div className="meet">
      <header>
        <h1>
          <Trans>Connected places</Trans>
        </h1>
        <p>
          <Trans>
            Spaces share more than desks: meetings, workshops, know-how, and people who bring others together.
          </Trans>
        </p>
        {leads && (
          <p>
            <Link to="/encounters/{-$part}" params={{ part: 'lead' }} className="pill pill-strong">
              <Trans>Facilitate</Trans>
            </Link>
          </p>
        )}
      </header>
      <section>
        <h2>
          <Trans>Encounters and study visits</Trans>
        </h2>
        {encounters.length === 0 && (
          <p className="meet-mute">
            <Trans>No encounter is announced at the moment.</Trans>
          </p>
        )}
        <ul className="meet-cards">
          {encounters.map((encounter) => (
            <li key={encounter.id} className="meet-card">
              <EncounterHead encounter={encounter} />
            </li>
          ))}
        </ul>
      </section>
      {session && <Coming />}
      <Initiatives />
      <Services />
      <Workstreams />
    </div>
  );
}

export function EncounterHead({ encounter }: { encounter: EncounterView }) {
  const { space, kind, title, startsAt } = encounter;
  return (
    <>
      <p className="meet-mute">{encounterKind(kind)}</p>
      <h3>{title}</h3>
      <p>
        <PlaceTime instant={startsAt} zone={space.timeZone} city={space.city} />
      </p>
      <p>
        <Link to="/spaces/$spaceId" params={{ spaceId: space.id }}>
          {space.name}
        </Link>
      </p>
    </>
  );
}

function Initiatives() {
  const { data: initiatives = [] } = useQuery(initiativesQuery);
  if (initiatives.length === 0) return null;
  return (
    <section>
      <h2>
        <Trans>Initiatives across borders</Trans>
      </h2>
      <ul className="meet-cards">
        {initiatives.map(({ id, title, summary, partners, fromDay, untilDay, budget, state }) => (
          <li key={id} className="meet-card">
            <h3>{title}</h3>
            <p>{summary}</p>
            <p>{partners.map(({ space }) => `${space.name} (${space.country})`).join(' · ')}</p>
            <p className="meet-mute">
              {dayText(fromDay)} – {dayText(untilDay)} · <Money amount={budget} />
              {state === 'PREPARED' && (
                <>
                  {' · '}
                  <Trans>in preparation</Trans>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Services() {
  const { data: services = [] } = useQuery(servicesQuery);
  if (services.length === 0) return null;
  return (
    <section>
      <h2>
        <Trans>Services that spaces share</Trans>
      </h2>
      <p className="meet-mute">
        <Trans>The price is what one space owes the other.</Trans>
      </p>
      <ul className="meet-rows">
        {services.map(({ id, space, kind, title, per, price, isBookable }) => (
          <li key={id}>
            <span>
              <strong>{serviceKind(kind)}</strong> {title}
              <br />
              <span className="meet-mute">
                {space.name}, {space.city}
              </span>
            </span>
            <span>
              <Money amount={price} /> {perText(per)}
              {isBookable && (
                <>
                  {' '}
                  <Link to="/spaces/$spaceId" params={{ spaceId: space.id }}>
                    <Trans>Book</Trans>
                  </Link>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Workstreams() {
  const { data: workstreams = [] } = useQuery(workstreamsQuery);
  return (
    <section>
      <h2>
        <Trans>Five propositions of 2018</Trans>
      </h2>
      <p className="meet-mute">
        <Trans>A workshop in Marseille proposed them; working groups carry them on.</Trans>
      </p>
      <ol className="meet-rows">
        {workstreams.map(({ workstream, state, entries, answeredAt }) => (
          <li key={workstream}>
            <span>
              <a href={answeredAt}>{proposition(workstream)}</a>
              {entries.slice(0, 2).map(({ id, text, day, network }) => (
                <span key={id} className="meet-mute meet-entry">
                  {dayText(day)}, {network}: {text}
                </span>
              ))}
            </span>
            <span>{workstreamState(state)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
