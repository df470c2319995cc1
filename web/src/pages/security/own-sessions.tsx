import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { OwnSessionsView } from '@wire/identity/factor.schema.js';
import { SessionEndView } from '@wire/identity/session.schema.js';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { ownSessionsQuery, signInActsQuery, useSecurityAct } from './api';
import { Moment } from '../../components/moment';
import { Fault } from './proof-dialog';
import { useActText } from './words';

/** Where somebody is signed in, each to be ended. */
export function OwnSessions() {
  const { data, error } = useQuery(ownSessionsQuery);
  const leaving = useMutation({
    mutationFn: () => call('/v1/sessions', { method: 'DELETE', returns: SessionEndView }),
    // Nothing of them stays on this device either: the page begins anew, signed out.
    onSuccess: async () => {
      const { forgetAnswers } = await import('../../app/queries');
      const { forgetPasses } = await import('../../pass/pass-store');
      await forgetAnswers();
      await forgetPasses();
      location.assign('/sign-in');
    },
  });
  return (
    <section className="security-part">
      <h2>
        <Trans>Where you are signed in</Trans>
      </h2>
      {error && <Fault text={problemText(error)} />}
      <ul className="security-rows">
        {data?.items.map((session) => (
          <OwnSession key={session.id} session={session} />
        ))}
      </ul>
      {leaving.error && <Fault text={problemText(leaving.error)} />}
      <Button variant="default" loading={leaving.isPending} onClick={() => leaving.mutate()}>
        <Trans>Sign out everywhere</Trans>
      </Button>
    </section>
  );
}

function OwnSession({
  session: { id, device, lastSeenAt, isCurrent },
}: {
  session: OwnSessionsView['items'][number];
}) {
  const { t } = useLingui();
  const ending = useSecurityAct(() =>
    call(`/v1/sessions/${id}`, { method: 'DELETE', returns: SessionEndView }),
  );
  const name = device || t`Unknown device`;
  return (
    <li>
      <div>
        <bdi>{name}</bdi>
        <small>
          {isCurrent ? (
            <Trans>this device</Trans>
          ) : (
            <>
              <Trans>last used</Trans> <Moment at={lastSeenAt} />
            </>
          )}
        </small>
        {ending.error && <Fault text={problemText(ending.error)} />}
      </div>
      {!isCurrent && (
        <Button
          variant="default"
          loading={ending.isPending}
          onClick={() => ending.mutate()}
          aria-label={t`End it: ${name}`}
        >
          <Trans>End it</Trans>
        </Button>
      )}
    </li>
  );
}

/** So that somebody sees what they did not do themselves. */
export function Acts() {
  const { data, error } = useQuery(signInActsQuery);
  const textOf = useActText();
  return (
    <section className="security-part">
      <h2>
        <Trans>What happened</Trans>
      </h2>
      {error && <Fault text={problemText(error)} />}
      {data?.items.length === 0 && (
        <p className="security-note">
          <Trans>Nothing has changed here yet.</Trans>
        </p>
      )}
      {data && data.items.length > 0 && (
        <ul className="security-rows">
          {data.items.map(({ id, kind, device, reason, at }) => (
            <li key={id}>
              <div>
                {textOf(kind)}
                <small>
                  <Moment at={at} />
                  {device && (
                    <>
                      {' · '}
                      <bdi>{device}</bdi>
                    </>
                  )}
                </small>
                {reason && (
                  <small>
                    <bdi>{reason}</bdi>
                  </small>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
