import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '../../api/problem-text';
import { Figures } from '../../components/figures';
import { useWaitingScans } from '../../door/outbox';
import { deviceQuery, rollToken } from '../../door/paired-door';
import { isMuted, mute } from '../../door/signals';
import { DeskDialog } from './desk-dialog';
import { useDesk } from './desk-context';
import { clockOf } from './today-list';

/** What this tablet is, and whether it is well. */
export function DeviceDialog({ listAtMs, onClose }: { listAtMs: number; onClose: () => void }) {
  const { t } = useLingui();
  const { space, token } = useDesk();
  const waiting = useWaitingScans().length;
  const camera = useQuery({ queryKey: ['desk-cameras'], queryFn: cameras, staleTime: 0 });
  const [isQuiet, setQuiet] = useState(isMuted);
  const toggle = () => {
    mute(!isQuiet);
    setQuiet(!isQuiet);
  };
  return (
    <DeskDialog title={<Trans>This tablet</Trans>} onClose={onClose}>
      <dl className="desk-facts">
        <dt>
          <Trans>Door of</Trans>
        </dt>
        <dd>{space.name}</dd>
        <dt>
          <Trans>Paired as</Trans>
        </dt>
        <dd>
          {token ? <PairedAs token={token} /> : <Trans>not paired: used by whoever is signed in</Trans>}
        </dd>
        <dt>
          <Trans>Today's list</Trans>
        </dt>
        <dd>{listAtMs > 0 ? <Figures>{clockOf(listAtMs, space.timeZone)}</Figures> : '—'}</dd>
        <dt>
          <Trans>Scans waiting</Trans>
        </dt>
        <dd>
          <Figures>{waiting}</Figures>
        </dd>
        <dt>
          <Trans>Cameras</Trans>
        </dt>
        <dd>{camera.data?.join(', ') || t`none found`}</dd>
        <dt>
          <Trans>Sound</Trans>
        </dt>
        <dd>
          <button type="button" className="text-button" aria-pressed={!isQuiet} onClick={toggle}>
            {isQuiet ? <Trans>off: turn it on</Trans> : <Trans>on: turn it off</Trans>}
          </button>
        </dd>
        <dt>
          <Trans>Version</Trans>
        </dt>
        <dd dir="ltr">{document.documentElement.dataset['version'] ?? '1'}</dd>
      </dl>
      <div className="door-dialog-actions">
        <button type="button" className="pill" onClick={onClose}>
          <Trans>Close</Trans>
        </button>
      </div>
    </DeskDialog>
  );
}

function PairedAs({ token }: { token: string }) {
  const device = useQuery(deviceQuery(token));
  const [fault, setFault] = useState<Error | null>(null);
  const [isRolled, setRolled] = useState(false);
  const roll = () =>
    void rollToken().then(
      () => setRolled(true),
      (error: unknown) => setFault(error as Error),
    );
  return (
    <>
      {device.data?.name}{' '}
      <button type="button" className="text-button" disabled={isRolled} onClick={roll}>
        {isRolled ? <Trans>new key in use</Trans> : <Trans>Renew its key</Trans>}
      </button>
      {fault && <small role="alert">{problemText(fault)}</small>}
    </>
  );
}

async function cameras(): Promise<string[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices.filter(({ kind, label }) => kind === 'videoinput' && label).map(({ label }) => label);
}
