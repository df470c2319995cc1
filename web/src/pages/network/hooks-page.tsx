import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { WebhookDeliveryView, WebhookEndpointView, WebhookSecretView } from '@wire/hooks/hooks.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { useRef, type FormEvent } from 'react';
import { call } from '../../api/call';
import { useAct } from '../../api/network';
import { deliveriesQuery, endpointsQuery, hookEventsQuery } from '../../api/network-office';
import { Figures } from '../../components/figures';
import { formText } from '../../components/form-text';
import { useTitle } from '../../shell/title';
import { NetLink, useHere } from './here';
import { ConfirmedAct, Fault } from './parts/act';
import { Moment } from '../../components/moment';
import { Empty, WideTable } from './parts/table';
import './documents.css';

/** Which systems of partners are told of what, and everything they were told. */
export function HooksPage() {
  const { t } = useLingui();
  useTitle(t`Webhooks`);
  const {
    mayAgree,
    path: [endpointId],
  } = useHere();
  return (
    <>
      <h1>
        <Trans>Webhooks</Trans>
      </h1>
      <p className="office-lead">
        <Trans>
          Your own systems are told of what happens, signed, as the Standard Webhooks specification has it.
        </Trans>
      </p>
      {!mayAgree ? (
        <Empty>
          <Trans>Whoever runs the network sets these up.</Trans>
        </Empty>
      ) : endpointId ? (
        <Log endpointId={endpointId} />
      ) : (
        <Endpoints />
      )}
    </>
  );
}

function Endpoints() {
  const { networkId } = useHere();
  const { data, error } = useQuery(endpointsQuery(networkId));
  return (
    <>
      <Fault error={error} />
      {data?.items.length === 0 && (
        <Empty>
          <Trans>Nobody is told of anything yet.</Trans>
        </Empty>
      )}
      <ul className="batch-list">
        {data?.items.map((endpoint) => (
          <Endpoint key={endpoint.id} endpoint={endpoint} />
        ))}
      </ul>
      <NewEndpoint />
    </>
  );
}

function Endpoint({
  endpoint: { id, url, events, disabledReason, createdAt },
}: {
  endpoint: WebhookEndpointView;
}) {
  const path = `/v1/webhook-endpoints/${id}` as const;
  const removing = useAct(() => call(path, { method: 'DELETE', returns: WebhookEndpointView }));
  const testing = useAct(() =>
    call(`${path}/tests/${newId()}`, { method: 'PUT', returns: WebhookDeliveryView }),
  );
  const rotating = useAct(() =>
    call(`${path}/secrets/${newId()}`, { method: 'PUT', returns: WebhookSecretView }),
  );
  return (
    <li>
      <p>
        <strong>
          <bdi dir="ltr" className="hook-url">
            {url}
          </bdi>
        </strong>{' '}
        {disabledReason && (
          <span className="state-mark">
            {disabledReason === 'GONE' ? (
              <Trans>off: it answered that it is gone</Trans>
            ) : (
              <Trans>removed</Trans>
            )}
          </span>
        )}
      </p>
      <p className="field-hint">
        <Moment at={createdAt} /> · <bdi dir="ltr">{events.join(', ')}</bdi>
      </p>
      {rotating.data && (
        <p role="status">
          <Trans>The secret of this endpoint. The one before it signs for another day.</Trans>
          <bdi dir="ltr" className="net-code hook-secret">
            {rotating.data.secret}
          </bdi>
        </p>
      )}
      <p className="statement-views">
        <NetLink to={`hooks/${id}`} className="pill">
          <Trans>What it was told</Trans>
        </NetLink>
      </p>
      {!disabledReason && (
        <div className="statement-views">
          <Button variant="default" loading={testing.isPending} onClick={() => testing.mutate()}>
            <Trans>Send a test</Trans>
          </Button>
          <ConfirmedAct
            name={<Trans>Give a new secret</Trans>}
            consequence={<Trans>Both secrets sign for a day, so that you can change over in between.</Trans>}
            act={rotating}
          />
          <ConfirmedAct
            name={<Trans>Remove it</Trans>}
            consequence={<Trans>Nothing is sent there any more. What it was told stays to be read.</Trans>}
            act={removing}
          />
        </div>
      )}
      <Fault error={testing.error} />
    </li>
  );
}

function NewEndpoint() {
  const { networkId } = useHere();
  const form = useRef<HTMLFormElement>(null);
  const { data: events } = useQuery(hookEventsQuery);
  const making = useAct(async (data: FormData) => {
    const made = await call(`/v1/webhook-endpoints/${newId()}`, {
      method: 'PUT',
      body: {
        organisationId: networkId,
        url: formText(data, 'url').trim(),
        events: data.getAll('event').filter((name) => typeof name === 'string'),
      },
      returns: WebhookEndpointView,
    });
    form.current?.reset();
    return made;
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    making.mutate(new FormData(event.currentTarget));
  };
  return (
    <form ref={form} className="panel net-form" onSubmit={submit}>
      <h2>
        <Trans>Tell another system</Trans>
      </h2>
      <label>
        <Trans>Address, beginning with https</Trans>
        <input name="url" type="url" className="control" required placeholder="https://" dir="ltr" />
      </label>
      <fieldset>
        <legend>
          <Trans>Of which events</Trans>
        </legend>
        <div className="hook-events">
          {events?.items.map(({ name }) => (
            <label key={name}>
              <input type="checkbox" name="event" value={name} />
              <bdi dir="ltr" className="net-code">
                {name}
              </bdi>
            </label>
          ))}
        </div>
      </fieldset>
      <Button type="submit" loading={making.isPending}>
        <Trans>Add the endpoint</Trans>
      </Button>
      <Fault error={making.error} />
    </form>
  );
}

function Log({ endpointId }: { endpointId: string }) {
  const { t } = useLingui();
  const { data, error } = useQuery(deliveriesQuery(endpointId));
  return (
    <>
      <p>
        <NetLink to="hooks">
          <Trans>All endpoints</Trans>
        </NetLink>
      </p>
      <Fault error={error} />
      {data?.items.length === 0 && (
        <Empty>
          <Trans>It was told nothing yet.</Trans>
        </Empty>
      )}
      {data && data.items.length > 0 && (
        <WideTable label={t`What it was told`}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Event</Trans>
              </th>
              <th scope="col">
                <Trans>When</Trans>
              </th>
              <th scope="col">
                <Trans>How it went</Trans>
              </th>
              <th scope="col">
                <Trans>Again</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((delivery) => (
              <Delivery key={delivery.id} delivery={delivery} />
            ))}
          </tbody>
        </WideTable>
      )}
    </>
  );
}

function Delivery({
  delivery: { id, event, state, attempts, nextAt, createdAt },
}: {
  delivery: WebhookDeliveryView;
}) {
  const replaying = useAct(() =>
    call(`/v1/webhook-deliveries/${id}/replay`, { method: 'PUT', returns: WebhookDeliveryView }),
  );
  const last = attempts.at(-1);
  return (
    <tr>
      <th scope="row">
        <bdi dir="ltr" className="net-code">
          {event}
        </bdi>
      </th>
      <td>
        <Moment at={createdAt} />
      </td>
      <td>
        {state === 'DELIVERED' ? (
          <Trans>arrived</Trans>
        ) : state === 'FAILED' ? (
          <Trans>given up</Trans>
        ) : nextAt ? (
          <Trans>
            waits until <Moment at={nextAt} />
          </Trans>
        ) : null}
        {last && (
          <small>
            {' '}
            <Figures>{attempts.length}</Figures> × <bdi dir="ltr">{last.status ?? last.error}</bdi>
          </small>
        )}
      </td>
      <td>
        {state !== 'PENDING' && (
          <Button
            variant="default"
            size="compact-md"
            loading={replaying.isPending}
            onClick={() => replaying.mutate()}
          >
            <Trans>Send it again</Trans>
          </Button>
        )}
        <Fault error={replaying.error} />
      </td>
    </tr>
  );
}
