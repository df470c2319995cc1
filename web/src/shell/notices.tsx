import { Trans } from '@lingui/react/macro';
import { CloudSlash } from '@phosphor-icons/react';
import { useEffect, useState } from 'react';
import { useOnline } from './online';

/** Says what still works, not only what does not. */
export function OfflineBanner() {
  const isOnline = useOnline();
  if (isOnline) return null;
  return (
    <p className="notice notice-offline" role="status">
      <CloudSlash size={20} aria-hidden="true" />
      <Trans>No network. Your pass still works; lists show what this device saw last.</Trans>
    </p>
  );
}

/** A new version waits until somebody says so: never a silent reload while someone stands at the door. */
export function UpdatePrompt() {
  const [worker, setWorker] = useState<ServiceWorker | null>(null);
  useEffect(() => {
    const ready = ({ detail }: CustomEvent<ServiceWorker>) => setWorker(detail);
    addEventListener('escale:update-ready', ready as EventListener);
    return () => removeEventListener('escale:update-ready', ready as EventListener);
  }, []);
  if (!worker) return null;
  const update = () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    worker.postMessage('activate-now');
  };
  return (
    <p className="notice" role="status">
      <Trans>A new version is ready.</Trans>{' '}
      <button type="button" className="text-button" onClick={update}>
        <Trans>Update now</Trans>
      </button>
    </p>
  );
}
