import { Trans } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { SessionEndView } from '@wire/identity/session.schema.js';
import { Temporal } from '@wire/kernel/time.js';
import { useEffect } from 'react';
import { forgetAnswers } from '../../app/queries';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { clockAt } from '../../i18n/days';
import './looking-banner.css';

/** What was seen was somebody's: nothing of it stays. */
async function leave(): Promise<void> {
  await forgetAnswers();
  location.assign('/admin');
}

/** Stands on every page for as long as an operator looks with somebody's eyes. */
export function LookingBanner({ name, reason, endsAt }: { name: string; reason: string; endsAt: string }) {
  const stopping = useMutation({
    mutationFn: () => call('/v1/impersonations/current', { method: 'DELETE', returns: SessionEndView }),
    onSuccess: leave,
  });
  useEffect(() => {
    const left = Temporal.Now.instant().until(Temporal.Instant.from(endsAt)).total('milliseconds');
    const timer = setTimeout(() => void leave(), Math.max(0, left));
    return () => clearTimeout(timer);
  }, [endsAt]);
  return (
    <aside className="looking" role="alert">
      <p>
        <strong>
          <Trans>
            You look with the eyes of <bdi>{name}</bdi>. You can change nothing.
          </Trans>
        </strong>{' '}
        <Trans>Until {clockAt(endsAt, Temporal.Now.timeZoneId())}.</Trans> <bdi>{reason}</bdi>
      </p>
      <button type="button" className="pill" disabled={stopping.isPending} onClick={() => stopping.mutate()}>
        <Trans>Stop looking</Trans>
      </button>
      {stopping.error && <p role="alert">{problemText(stopping.error)}</p>}
    </aside>
  );
}
