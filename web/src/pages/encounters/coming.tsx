import { Trans } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IntroductionView, SharingView } from '@wire/encounters/people.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { Temporal } from '@wire/kernel/time.js';
import { useState } from 'react';
import { call } from '../../api/call';
import { spacesQuery } from '../../api/spaces';
import { dayText } from '../../i18n/days';
import { comersQuery, introductionsQuery, sharingsQuery } from './api';
import { encounterProblemText } from './words';

/** "I come": what I share of a stay, who else does, and whom I was introduced to. */
export function Coming() {
  const { data: sharings = [] } = useQuery(sharingsQuery);
  const { data: introductions = [] } = useQuery(introductionsQuery);
  const today = Temporal.Now.plainDateISO().toString();
  const shared = sharings.filter(({ state, untilDay }) => state === 'SHARED' && untilDay >= today);
  return (
    <section>
      <h2>
        <Trans>Who is coming</Trans>
      </h2>
      <p className="meet-mute">
        <Trans>Nobody sees that you come unless you say so here. Take it back, and it is gone at once.</Trans>
      </p>
      {shared.map((sharing) => (
        <Shared key={sharing.id} sharing={sharing} />
      ))}
      {introductions.map((introduction) => (
        <Introduction key={introduction.id} introduction={introduction} />
      ))}
      <Share />
    </section>
  );
}

function Shared({ sharing }: { sharing: SharingView }) {
  const queries = useQueryClient();
  const { data: comers = [] } = useQuery(comersQuery(sharing.spaceId));
  const withdrawing = useMutation({
    mutationFn: () => call(`/v1/sharings/${sharing.id}`, { method: 'DELETE', returns: SharingView }),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: ['comers', sharing.spaceId] });
      await queries.invalidateQueries({ queryKey: ['mine'] });
    },
  });
  const others = comers.filter(({ isMe }) => !isMe);
  return (
    <article className="meet-card">
      <h3>{sharing.spaceName}</h3>
      <p>
        {dayText(sharing.fromDay)} – {dayText(sharing.untilDay)}
      </p>
      <p>{sharing.skills}</p>
      {others.map(({ sharingId, firstName, skills }) => (
        <p key={sharingId} className="meet-entry">
          <strong>{firstName}</strong> {skills}
        </p>
      ))}
      {others.length === 0 && (
        <p className="meet-mute">
          <Trans>Nobody else has said so yet.</Trans>
        </p>
      )}
      <button className="pill" disabled={withdrawing.isPending} onClick={() => withdrawing.mutate()}>
        <Trans>Take it back</Trans>
      </button>
    </article>
  );
}

function Introduction({ introduction }: { introduction: IntroductionView }) {
  const queries = useQueryClient();
  const { id, other, note, spaceName, outcome } = introduction;
  const telling = useMutation({
    mutationFn: (said: string) =>
      call(`/v1/introductions/${id}/outcome`, {
        method: 'PUT',
        body: { outcome: said },
        returns: IntroductionView,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: introductionsQuery.queryKey }),
  });
  if (!other) return null;
  return (
    <article className="meet-card">
      <h3>
        <Trans>
          {spaceName} introduces you to {other.firstName}
        </Trans>
      </h3>
      <p>{other.skills}</p>
      <p>{note}</p>
      <p className="meet-acts">
        <button
          className="pill"
          aria-pressed={outcome === 'CONTACT'}
          onClick={() => telling.mutate('CONTACT')}
        >
          <Trans>We are in contact</Trans>
        </button>
        <button
          className="pill"
          aria-pressed={outcome === 'PROJECT'}
          onClick={() => telling.mutate('PROJECT')}
        >
          <Trans>We do something together</Trans>
        </button>
      </p>
    </article>
  );
}

function Share() {
  const queries = useQueryClient();
  const { data: spaces = [] } = useQuery(spacesQuery);
  const [id, renew] = useState(newId);
  const sharing = useMutation({
    mutationFn: (body: Record<string, unknown>) =>
      call(`/v1/sharings/${id}`, { method: 'PUT', body, returns: SharingView }),
    onSuccess: () => {
      renew(newId());
      return queries.invalidateQueries({ queryKey: sharingsQuery.queryKey });
    },
  });
  const today = Temporal.Now.plainDateISO().toString();
  return (
    <details className="meet-card">
      <summary>
        <Trans>Say that you come</Trans>
      </summary>
      <form
        className="meet-form"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const { space, from, until, skills } = Object.fromEntries(new FormData(form)) as Record<
            string,
            string
          >;
          const body = { spaceId: space, fromDay: from, untilDay: until, skills, consent: true };
          sharing.mutate(body, { onSuccess: () => form.reset() });
        }}
      >
        <label>
          <Trans>Space</Trans>
          <select name="space" required>
            {spaces
              .toSorted((a, b) => a.name.localeCompare(b.name))
              .map((space) => (
                <option key={space.id} value={space.id}>
                  {space.name}, {space.city}
                </option>
              ))}
          </select>
        </label>
        <label>
          <Trans>First day</Trans>
          <input type="date" name="from" required min={today} />
        </label>
        <label>
          <Trans>Last day</Trans>
          <input type="date" name="until" required min={today} />
        </label>
        <label>
          <Trans>What you do, and whom you would like to meet</Trans>
          <textarea name="skills" rows={2} required maxLength={500} />
        </label>
        <label className="meet-tick">
          <input type="checkbox" required />
          <Trans>
            Those who come on these days, and the facilitator of the space, may see this and my first name
          </Trans>
        </label>
        {sharing.error && (
          <p className="say-fault" role="alert">
            {encounterProblemText(sharing.error)}
          </p>
        )}
        <button className="pill pill-strong" disabled={sharing.isPending}>
          <Trans>Share it</Trans>
        </button>
      </form>
    </details>
  );
}
