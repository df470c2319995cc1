import { queryOptions, useMutation } from '@tanstack/react-query';
import { WebhookLogPage } from '@wire/hooks/hooks.schema.js';
import { FoundPeopleView, OrganisationRowsView } from '@wire/identity/impersonation.schema.js';
import { DeviceView } from '@wire/identity/organisation.schema.js';
import { wirePage } from '@wire/kernel/wire.js';
import { ProviderEventPage } from '@wire/payments/payment.schema.js';
import { DeadLetterPage, QueueCountsPage } from '@wire/platform/queue/dead-letter.schema.js';
import { queries } from '../../app/queries';
import { call } from '../../api/call';

const KEY = 'admin';
/** Old enough to be asked for again whenever somebody looks, young enough to walk between the rooms. */
const STALE_MS = 10_000;

const query = <Out>(name: readonly string[], ask: () => Promise<Out>) =>
  queryOptions({ queryKey: [KEY, ...name], queryFn: ask, staleTime: STALE_MS });

export const organisationsQuery = query(['organisations'], () =>
  call('/v1/organisations', { returns: OrganisationRowsView }),
);
export const devicesQuery = (organisationId: string) =>
  query(['devices', organisationId], () =>
    call(`/v1/organisations/${organisationId}/devices`, { returns: wirePage(DeviceView) }),
  );
export const peopleQuery = (text: string) =>
  queryOptions({
    ...query(['people', text], () =>
      call('/v1/people-searches', { method: 'POST', body: { text }, returns: FoundPeopleView }),
    ),
    enabled: text.length > 1,
  });
export const queuesQuery = query(['queues'], () => call('/v1/queues', { returns: QueueCountsPage }));
export const deadLettersQuery = query(['dead-letters'], () =>
  call('/v1/dead-letters', { returns: DeadLetterPage }),
);
export const webhookLogQuery = query(['webhooks'], () =>
  call('/v1/webhook-deliveries', { returns: WebhookLogPage }),
);
export const providerEventsQuery = query(['provider-events'], () =>
  call('/v1/provider-events', { returns: ProviderEventPage }),
);

/** What the operator does; all that is shown is asked for again. */
export function useAdminAct<Given = void, Out = unknown>(run: (given: Given) => Promise<Out>) {
  return useMutation({
    mutationFn: run,
    onSettled: () => queries.invalidateQueries({ queryKey: [KEY] }),
  });
}
