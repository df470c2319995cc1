import { Trans, useLingui } from '@lingui/react/macro';
import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { DeviceView } from '@wire/identity/organisation.schema.js';
import { newId } from '@wire/kernel/ids.js';
import { wirePage } from '@wire/kernel/wire.js';
import { useState } from 'react';
import { call } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { queries } from '../../app/queries';
import { PlaceTime } from '../../components/place-time';
import { QrCode } from '../../components/qr-code';
import { useOffice } from './rights';
import './devices-tab.css';

type Device = DeviceView;
const DevicesPage = wirePage(DeviceView);

const devicesQuery = (operatorId: string) => ({
  queryKey: ['devices', operatorId],
  queryFn: () => call(`/v1/organisations/${operatorId}/devices`, { returns: DevicesPage }),
});

/** The tablets that may scan passes at this space's door. */
export function DevicesTab() {
  const { space } = useOffice();
  const { data, error } = useQuery(devicesQuery(space.operatorId));
  const devices =
    data?.items.filter(({ spaceId, revokedAt }) => spaceId === space.id && revokedAt === null) ?? [];
  return (
    <section>
      <h1>
        <Trans>Tablets at the door</Trans>
      </h1>
      <p className="office-lead">
        <Trans>
          A paired tablet scans passes here without anybody signed in. Revoke one that is lost: it scans
          nothing more.
        </Trans>
      </p>
      {error && <p className="form-fault">{problemText(error)}</p>}
      <div className="panel">
        {data && devices.length === 0 && (
          <p className="device-none">
            <Trans>No tablet yet. Pair the first one below.</Trans>
          </p>
        )}
        <ul className="device-list">
          {devices.map((device) => (
            <DeviceRow key={device.id} device={device} />
          ))}
        </ul>
        <NewDevice />
      </div>
    </section>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const { space } = useOffice();
  const [code, setCode] = useState<string | null>(null);
  const renewal = useMutation({
    mutationFn: () => call(`/v1/devices/${device.id}/renewal`, { method: 'PUT', returns: DeviceView }),
    onSuccess: async ({ enrolmentCode }) => {
      setCode(enrolmentCode);
      await queries.invalidateQueries({ queryKey: ['devices'] });
    },
  });
  const revocation = useMutation({
    mutationFn: () => call(`/v1/devices/${device.id}`, { method: 'DELETE', returns: DeviceView }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['devices'] }),
  });
  return (
    <li>
      <strong>{device.name}</strong>
      <span>
        {device.enrolledAt ? <Trans>paired</Trans> : <Trans>waiting for its tablet</Trans>}
        {device.lastSeenAt && (
          <>
            {' · '}
            <Trans>
              last seen <PlaceTime instant={device.lastSeenAt} zone={space.timeZone} city={space.city} />
            </Trans>
          </>
        )}
      </span>
      <button type="button" className="pill" onClick={() => renewal.mutate()}>
        <Trans>Pair anew</Trans>
      </button>
      <button type="button" className="pill" onClick={() => revocation.mutate()}>
        <Trans>Revoke</Trans>
      </button>
      {code && <PairingCode device={device} code={code} />}
      {(renewal.error ?? revocation.error) && (
        <p className="form-fault">{problemText(renewal.error ?? revocation.error)}</p>
      )}
    </li>
  );
}

function NewDevice() {
  const { t } = useLingui();
  const { space } = useOffice();
  const [made, setMade] = useState<Device>();
  const form = useForm({ initialValues: { name: '' } });
  const creation = useMutation({
    mutationFn: (name: string) =>
      call(`/v1/devices/${newId()}`, {
        method: 'PUT',
        body: { organisationId: space.operatorId, spaceId: space.id, name },
        returns: DeviceView,
      }),
    onSuccess: (device) => {
      setMade(device);
      form.reset();
      void queries.invalidateQueries({ queryKey: ['devices'] });
    },
  });
  return (
    <>
      <form className="device-new" onSubmit={form.onSubmit(({ name }) => creation.mutate(name))}>
        <TextInput
          label={t`Name of the tablet`}
          required
          withAsterisk={false}
          {...form.getInputProps('name')}
        />
        <Button type="submit" color="tomette" loading={creation.isPending}>
          <Trans>Pair a tablet</Trans>
        </Button>
      </form>
      {creation.error && <p className="form-fault">{problemText(creation.error)}</p>}
      {made?.enrolmentCode && <PairingCode device={made} code={made.enrolmentCode} />}
    </>
  );
}

/** The code is in the fragment, so it never reaches a server's log. */
function PairingCode({ device, code }: { device: Device; code: string }) {
  const { t } = useLingui();
  const address = `${location.origin}/desk#pair=${device.id}.${code}`;
  return (
    <div className="device-pairing">
      <div className="device-code">
        <QrCode text={address} label={t`Pairing code for ${device.name}`} />
      </div>
      <p>
        <Trans>
          Scan this with the tablet's camera, or open the link there. It works once, for ten minutes.
        </Trans>{' '}
        <a href={address}>
          <Trans>Pair this very device</Trans>
        </a>
      </p>
    </div>
  );
}
