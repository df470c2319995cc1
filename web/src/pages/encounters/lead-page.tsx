import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { SessionView } from '@wire/identity/session.schema.js';
import { IntroductionMadeView, type ComerView } from '@wire/encounters/people.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useState } from 'react';
import { call } from '../../api/call';
import { spacesQuery, type ListedSpace } from '../../api/spaces';
import { dayText } from '../../i18n/days';
import { useTitle } from '../../shell/title';
import { comersQuery } from './api';
import { Meetings } from './meetings';
import { encounterProblemText } from './words';

const AT_SPACE = new Set(['facilitator', 'space_manager']);
const OF_NETWORK = new Set(['facilitator', 'network_admin']);

/** The facilitator's home: who comes, whom to bring together, the next encounters and their codes. */
export function LeadPage({ session }: { session: SessionView }) {
  const { t } = useLingui();
  useTitle(t`Facilitate`);
  const { data: all = [] } = useQuery(spacesQuery);
  const spaces = all.filter((space) => leadsAt(session, space));
  const [chosen, choose] = useState<string>();
  const space = spaces.find(({ id }) => id === chosen) ?? spaces[0];
  return (
    <div className="meet">
      <header>
        <h1>
          <Trans>Facilitate</Trans>
        </h1>
        {spaces.length > 1 && (
          <label className="meet-form">
            <Trans>Space</Trans>
            <select value={space?.id} onChange={(event) => choose(event.target.value)}>
              {spaces.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      {space ? (
        <>
          <WhoComes key={`comers-${space.id}`} space={space} />
          <Meetings key={`meetings-${space.id}`} space={space} />
        </>
      ) : (
        <p className="meet-mute">
          <Trans>You facilitate at no space. A manager of the space can appoint you.</Trans>
        </p>
      )}
    </div>
  );
}

function leadsAt(session: SessionView, space: ListedSpace): boolean {
  return session.grants.some(({ role, organisationId, organisationKind, networkIds }) => {
    if (role === 'platform_admin') return true;
    if (organisationKind === 'operator') return AT_SPACE.has(role) && organisationId === space.operatorId;
    return OF_NETWORK.has(role) && networkIds.includes(space.networkId);
  });
}

function WhoComes({ space }: { space: ListedSpace }) {
  const { data: comers = [], error } = useQuery(comersQuery(space.id));
  const [picked, pick] = useState<readonly string[]>([]);
  const toggle = (id: string) =>
    pick(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked.slice(-1), id]);
  return (
    <section>
      <h2>
        <Trans>Who is coming</Trans>
      </h2>
      {error && (
        <p className="say-fault" role="alert">
          {encounterProblemText(error)}
        </p>
      )}
      {comers.length === 0 && (
        <p className="meet-mute">
          <Trans>Nobody has said so yet. Only those who want it are seen here.</Trans>
        </p>
      )}
      <ul className="meet-cards">
        {comers.map((comer) => (
          <li key={comer.sharingId} className="meet-card">
            <h3>{comer.firstName}</h3>
            <p>
              {dayText(comer.fromDay)} – {dayText(comer.untilDay)}
            </p>
            <p>{comer.skills}</p>
            <button
              className="pill"
              aria-pressed={picked.includes(comer.sharingId)}
              onClick={() => toggle(comer.sharingId)}
            >
              <Trans>Introduce</Trans>
            </button>
          </li>
        ))}
      </ul>
      {picked.length === 2 && <Introduce picked={picked} comers={comers} onDone={() => pick([])} />}
    </section>
  );
}

type Pair = { picked: readonly string[]; comers: readonly ComerView[]; onDone: () => void };

function Introduce({ picked, comers, onDone }: Pair) {
  const [id] = useState(newId);
  const introducing = useMutation({
    mutationFn: (note: string) =>
      call(`/v1/introductions/${id}`, {
        method: 'PUT',
        body: { oneSharingId: picked[0], otherSharingId: picked[1], note },
        returns: IntroductionMadeView,
      }),
    onSuccess: onDone,
  });
  const [one, other] = picked.map(
    (key) => comers.find(({ sharingId }) => sharingId === key)?.firstName ?? '',
  );
  return (
    <form
      className="meet-form"
      onSubmit={(event) => {
        event.preventDefault();
        introducing.mutate(new FormData(event.currentTarget).get('note') as string);
      }}
    >
      <label>
        <Trans>
          A word for {one} and {other}
        </Trans>
        <textarea name="note" rows={2} required maxLength={2000} />
      </label>
      {introducing.error && (
        <p className="say-fault" role="alert">
          {encounterProblemText(introducing.error)}
        </p>
      )}
      <button className="pill pill-strong" disabled={introducing.isPending}>
        <Trans>Introduce them</Trans>
      </button>
    </form>
  );
}
