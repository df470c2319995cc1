import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FailedPaymentPage } from '@wire/payments/payment.schema.js';
import { DeadLetterPage, DeadLetterView } from '@wire/platform/queue/dead-letter.schema.js';
import { call } from '../../api/call';
import { useSession } from '../../api/session';
import { Money } from '../../components/money';
import { FormFault } from '../../components/say-form';
import { dayText } from '../../i18n/days';
import { useTitle } from '../../shell/title';

/** What went wrong with money and in the background, for whoever looks after it. */
export function OfficePage() {
  const { t } = useLingui();
  useTitle(t`Payments that failed`);
  const { data: session } = useSession();
  const grants = session?.grants ?? [];
  const network = grants.find(({ role }) => role === 'network_admin' || role === 'network_treasurer');
  return (
    <section className="money">
      {network && <Failed networkId={network.organisationId} />}
      {grants.some(({ role }) => role === 'platform_admin') && <DeadLetters />}
    </section>
  );
}

export function Failed({ networkId }: { networkId: string }) {
  const { data: failed, error } = useQuery({
    queryKey: ['failed-payments', networkId],
    queryFn: async () =>
      (await call(`/v1/failed-payments?networkId=${networkId}`, { returns: FailedPaymentPage })).items,
  });
  return (
    <>
      <h1>
        <Trans>Payments that failed</Trans>
      </h1>
      <FormFault error={error} />
      {failed?.length === 0 && (
        <p className="money-none">
          <Trans>None. Payments that nobody knows about yet would be here as well.</Trans>
        </p>
      )}
      <ul className="money-rows">
        {failed?.map(({ id, name, personFirstName, amount, state, failureCode, createdAt }) => (
          <li key={id} className="money-method">
            <span>
              {personFirstName}: {name}
            </span>
            <Money amount={amount} />
            <small>
              {dayText(createdAt.slice(0, 10))} ·{' '}
              {state === 'UNKNOWN' ? <Trans>unknown: the provider is asked again</Trans> : failureCode}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}

export function DeadLetters() {
  const queries = useQueryClient();
  const { data: letters, error } = useQuery({
    queryKey: ['dead-letters'],
    queryFn: async () => (await call('/v1/dead-letters', { returns: DeadLetterPage })).items,
  });
  const replaying = useMutation({
    mutationFn: ({ queue, id }: DeadLetterView) =>
      call(`/v1/dead-letters/${queue}/${id}/replay`, { method: 'PUT', returns: DeadLetterView }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['dead-letters'] }),
  });
  return (
    <>
      <h2>
        <Trans>Work that failed for good</Trans>
      </h2>
      <FormFault error={error ?? replaying.error} />
      {letters?.length === 0 && (
        <p className="money-none">
          <Trans>All work is done or still being tried.</Trans>
        </p>
      )}
      <ul className="money-rows">
        {letters?.map((letter) => (
          <li key={`${letter.queue} ${letter.id}`} className="money-method">
            <bdi dir="ltr">
              {letter.queue} · {letter.name}
            </bdi>
            <small dir="ltr">{letter.cause}</small>
            <button className="pill" disabled={replaying.isPending} onClick={() => replaying.mutate(letter)}>
              <Trans>Run it again</Trans>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
