import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OrganisationRowsView } from '@wire/identity/impersonation.schema.js';
import { DeviceView } from '@wire/identity/organisation.schema.js';
import { useState } from 'react';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { Moment } from '../../components/moment';
import { Fault } from '../security/proof-dialog';
import { devicesQuery, organisationsQuery, useAdminAct } from './api';

type Row = OrganisationRowsView['items'][number];

/** Networks and all that is below them, each with the devices at its doors. */
export function Organisations() {
  const { data, error } = useQuery(organisationsQuery);
  return (
    <section className="security-part">
      <h2>
        <Trans>Networks and doors</Trans>
      </h2>
      {error && <Fault text={problemText(error)} />}
      {data?.items.length === 0 && (
        <p className="security-note">
          <Trans>There is no organisation yet.</Trans>
        </p>
      )}
      {data && data.items.length > 0 && (
        <ul className="security-rows">
          {data.items.map((row) => (
            <Organisation key={row.id} row={row} parent={data.items.find(({ id }) => id === row.parentId)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Organisation({
  row: { id, kind, name, country, members, devices },
  parent,
}: {
  row: Row;
  parent: Row | undefined;
}) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const kinds = { network: t`network`, operator: t`operator of spaces`, institution: t`institution` };
  return (
    <li>
      <div>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <small>
          {kinds[kind]} · {country}
          {parent && (
            <>
              {' · '}
              <bdi>{parent.name}</bdi>
            </>
          )}
          {' · '}
          <Plural value={members} one="# role" other="# roles" />
        </small>
      </div>
      {devices > 0 && (
        <Button variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Plural value={devices} one="# device" other="# devices" />
        </Button>
      )}
      {isOpen && <Devices organisationId={id} />}
    </li>
  );
}

function Devices({ organisationId }: { organisationId: string }) {
  const { data, error } = useQuery(devicesQuery(organisationId));
  return (
    <div className="admin-wide security-part">
      {error && <Fault text={problemText(error)} />}
      {data?.items
        .filter(({ revokedAt }) => revokedAt === null)
        .map((device) => (
          <Device key={device.id} device={device} />
        ))}
    </div>
  );
}

function Device({ device: { id, name, lastSeenAt } }: { device: DeviceView }) {
  const { t } = useLingui();
  const revoking = useAdminAct(() => call(`/v1/devices/${id}`, { method: 'DELETE', returns: DeviceView }));
  return (
    <div className="admin-acts">
      <span>
        <bdi>{name}</bdi>
        {lastSeenAt && (
          <small>
            {' · '}
            <Trans>last seen</Trans> <Moment at={lastSeenAt} />
          </small>
        )}
      </span>
      <Button
        variant="default"
        loading={revoking.isPending}
        onClick={() => revoking.mutate()}
        aria-label={t`Unpair ${name}`}
      >
        <Trans>Unpair</Trans>
      </Button>
      {revoking.error && <Fault text={problemText(revoking.error)} />}
    </div>
  );
}
