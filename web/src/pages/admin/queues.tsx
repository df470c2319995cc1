import { Plural, Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { DeadLetterView } from '@wire/platform/queue/dead-letter.schema.js';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { Moment } from '../../components/moment';
import { Fault } from '../security/proof-dialog';
import { deadLettersQuery, queuesQuery, useAdminAct } from './api';

/** How the background is doing, and what it could not do. */
export function QueueRoom() {
  const counts = useQuery(queuesQuery);
  const letters = useQuery(deadLettersQuery);
  return (
    <>
      <section className="security-part">
        <h2>
          <Trans>Queues</Trans>
        </h2>
        {counts.error && <Fault text={problemText(counts.error)} />}
        <ul className="security-rows">
          {counts.data?.items.map(({ name, waiting, active, delayed, failed }) => (
            <li key={name}>
              <strong dir="ltr">{name}</strong>
              <div className="admin-acts">
                <span>
                  <Trans>{waiting} waiting</Trans> · <Trans>{active} in work</Trans> ·{' '}
                  <Trans>{delayed} later</Trans>
                </span>
                <span className={failed > 0 ? 'admin-state admin-bad' : 'admin-state'}>
                  <Plural value={failed} one="# failed" other="# failed" />
                </span>
              </div>
            </li>
          ))}
        </ul>
        <p>
          <a className="pill" href="/v1/queue-board/" target="_blank" rel="noreferrer">
            <Trans>Open the board of all jobs</Trans>
          </a>
        </p>
      </section>
      <section className="security-part">
        <h2>
          <Trans>Work that failed for good</Trans>
        </h2>
        {letters.error && <Fault text={problemText(letters.error)} />}
        {letters.data?.items.length === 0 && (
          <p className="security-note">
            <Trans>Nothing has failed for good.</Trans>
          </p>
        )}
        {letters.data && letters.data.items.length > 0 && (
          <ul className="security-rows">
            {letters.data.items.map((letter) => (
              <Letter key={`${letter.queue}/${letter.id}`} letter={letter} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Letter({ letter: { queue, id, name, cause, attempts, failedAt } }: { letter: DeadLetterView }) {
  const replaying = useAdminAct(() =>
    call(`/v1/dead-letters/${queue}/${id}/replay`, { method: 'PUT', returns: DeadLetterView }),
  );
  return (
    <li>
      <div>
        <strong dir="ltr">
          {queue} · {name}
        </strong>
        <small>
          <Plural value={attempts} one="tried # time" other="tried # times" />
          {failedAt && (
            <>
              {' · '}
              <Moment at={failedAt} />
            </>
          )}
        </small>
        <small dir="ltr">{cause}</small>
        {replaying.error && <Fault text={problemText(replaying.error)} />}
      </div>
      <Button variant="default" loading={replaying.isPending} onClick={() => replaying.mutate()}>
        <Trans>Try again</Trans>
      </Button>
    </li>
  );
}
