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
import { useSession, worksAt } from '../../api/session';
import { spacesQuery, type Space } from '../../api/spaces';
import { queries } from '../../app/queries';
import { Tile } from '../../brand/tile';
import { QrCode } from '../../components/qr-code';
import { QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import './manage-page.css';
import { LinkButton } from '../../components/link-button';

type Device = DeviceView;
const DevicesPage = wirePage(DeviceView);

/** The spaces somebody works for: their doors so far. */
export function ManagePage() {
  const { t } = useLingui();
  useTitle(t`My space`);
  const { data: session } = useSession();
  const { data: spaces, isPending } = useQuery(spacesQuery);
  if (isPending) return null;
  const mine = (session && spaces?.filter((space) => worksAt(session, space))) ?? [];
  if (mine.length === 0) {
    return (
      <QuietPage title={<Trans>You manage no space yet</Trans>}>
        <p>
          <Trans>The operator of a space can invite you to its team.</Trans>
        </p>
      </QuietPage>
    );
  }
  return mine.map((space) => <SpaceDoors key={space.id} space={space} />);
}

const devicesQuery = (operatorId: string) => ({
  queryKey: ['devices', operatorId],
  queryFn: () => call(`/v1/organisations/${operatorId}/devices`, { returns: DevicesPage }),
});

function SpaceDoors({ space }: { space: Space }) {
  const { data, error } = useQuery(devicesQuery(space.operatorId));
  const devices =
    data?.items.filter(({ spaceId, revokedAt }) => spaceId === space.id && revokedAt === null) ?? [];
  return (
    <section className="manage">
      <header className="manage-head">
        <Tile id={space.id} className="manage-tile" />
        <div>
          <h1>{space.name}</h1>
          <p>{space.city}</p>
        </div>
        <LinkButton to="/desk" color="tomette">
          <Trans>Open the door here</Trans>
        </LinkButton>
      </header>
      <h2>
        <Trans>Tablets at the door</Trans>
      </h2>
      {error && <p className="form-fault">{problemText(error)}</p>}
      <ul className="manage-devices">
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} />
        ))}
      </ul>
      {!error && <NewDevice space={space} />}
    </section>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const revocation = useMutation({
    mutationFn: () => call(`/v1/devices/${device.id}`, { method: 'DELETE', returns: DeviceView }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['devices'] }),
  });
  return (
    <li>
      <strong>{device.name}</strong>
      <span>{device.enrolledAt ? <Trans>paired</Trans> : <Trans>waiting for its tablet</Trans>}</span>
      <button type="button" className="pill" onClick={() => revocation.mutate()}>
        <Trans>Revoke</Trans>
      </button>
    </li>
  );
}

function NewDevice({ space }: { space: Space }) {
  const { t } = useLingui();
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
      <form className="manage-new" onSubmit={form.onSubmit(({ name }) => creation.mutate(name))}>
        <TextInput
          label={t`Name of the tablet`}
          required
          withAsterisk={false}
          {...form.getInputProps('name')}
        />
        <Button type="submit" variant="default" loading={creation.isPending}>
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
    <div className="manage-pairing">
      <div className="manage-code">
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
