import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { WebhookDeliveryView, type WebhookLogPage } from '@wire/hooks/hooks.schema.js';
import { ProviderEventView } from '@wire/payments/payment.schema.js';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { Moment } from '../../components/moment';
import { Fault } from '../security/proof-dialog';
import { providerEventsQuery, useAdminAct, webhookLogQuery } from './api';

/** What was told to others, and what the provider of payments told us; each once more at the touch of a button. */
export function WebhookRoom() {
  const out = useQuery(webhookLogQuery);
  const into = useQuery(providerEventsQuery);
  return (
    <>
      <section className="security-part">
        <h2>
          <Trans>Told to partners</Trans>
        </h2>
        {out.error && <Fault text={problemText(out.error)} />}
        {out.data?.items.length === 0 && <Nothing />}
        {out.data && out.data.items.length > 0 && (
          <ul className="security-rows">
            {out.data.items.map((entry) => (
              <Out key={entry.id} entry={entry} />
            ))}
          </ul>
        )}
      </section>
      <section className="security-part">
        <h2>
          <Trans>Told by the provider of payments</Trans>
        </h2>
        {into.error && <Fault text={problemText(into.error)} />}
        {into.data?.items.length === 0 && <Nothing />}
        {into.data && into.data.items.length > 0 && (
          <ul className="security-rows">
            {into.data.items.map((event) => (
              <Into key={event.id} event={event} />
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Nothing() {
  return (
    <p className="security-note">
      <Trans>Nothing was told yet.</Trans>
    </p>
  );
}

function Out({
  entry: { id, url, event, state, attempts, status, error, createdAt },
}: {
  entry: WebhookLogPage['items'][number];
}) {
  const { t } = useLingui();
  const replaying = useAdminAct(() =>
    call(`/v1/webhook-deliveries/${id}/replay`, { method: 'PUT', returns: WebhookDeliveryView }),
  );
  const states = { PENDING: t`on its way`, DELIVERED: t`arrived`, FAILED: t`failed` };
  return (
    <li>
      <div>
        <strong dir="ltr">{event}</strong>
        <small dir="ltr">{url}</small>
        <small>
          <span className={state === 'FAILED' ? 'admin-state admin-bad' : 'admin-state'}>
            {states[state]}
          </span>
          {' · '}
          <Plural value={attempts} one="tried # time" other="tried # times" />
          {' · '}
          <Moment at={createdAt} />
        </small>
        {(status !== null || error !== null) && <small dir="ltr">{error ?? status}</small>}
        {replaying.error && <Fault text={problemText(replaying.error)} />}
      </div>
      {state !== 'PENDING' && (
        <Button variant="default" loading={replaying.isPending} onClick={() => replaying.mutate()}>
          <Trans>Send again</Trans>
        </Button>
      )}
    </li>
  );
}

function Into({ event: { id, type, state, createdAt } }: { event: ProviderEventView }) {
  const { t } = useLingui();
  const replaying = useAdminAct(() =>
    call(`/v1/provider-events/${id}/replay`, { method: 'PUT', returns: ProviderEventView }),
  );
  const states = { RECEIVED: t`not acted on yet`, PROCESSED: t`acted on`, KEPT: t`of no use to us` };
  return (
    <li>
      <div>
        <strong dir="ltr">{type}</strong>
        <small>
          <span className="admin-state">{states[state]}</span> · <Moment at={createdAt} />
        </small>
        {replaying.error && <Fault text={problemText(replaying.error)} />}
      </div>
      {state !== 'RECEIVED' && (
        <Button variant="default" loading={replaying.isPending} onClick={() => replaying.mutate()}>
          <Trans>Act on it again</Trans>
        </Button>
      )}
    </li>
  );
}
