import { Plural, Trans } from '@lingui/react/macro';
import { useRef } from 'react';
import { sendAll, useWaitingScans } from '../../door/outbox';
import type { WaitingScan } from '../../door/outbox.rules';

/** The number is always in sight; behind it the list, a retry, and a file for the worst case. */
export function WaitingScans() {
  const scans = useWaitingScans();
  const dialog = useRef<HTMLDialogElement>(null);
  if (scans.length === 0) return null;
  return (
    <>
      <button type="button" className="door-pill" onClick={() => dialog.current?.showModal()}>
        <Plural value={scans.length} one="# scan waiting" other="# scans waiting" />
      </button>
      <dialog ref={dialog} className="door-dialog" aria-labelledby="waiting-title">
        <h2 id="waiting-title">
          <Trans>Scans waiting for the server</Trans>
        </h2>
        <p>
          <Trans>
            They are kept on this tablet, also when it is switched off, until the server has answered each
            one.
          </Trans>
        </p>
        <ul className="waiting-list">
          {scans.map((scan) => (
            <li key={scan.id}>
              <time dateTime={scan.scannedAt} dir="ltr">
                {scan.scannedAt.slice(11, 19)}
              </time>{' '}
              <Fault scan={scan} />
            </li>
          ))}
        </ul>
        <div className="door-dialog-actions">
          <button type="button" className="pill pill-strong" onClick={sendAll}>
            <Trans>Send now</Trans>
          </button>
          <button type="button" className="pill" onClick={() => save(scans)}>
            <Trans>Save as a file</Trans>
          </button>
          <button type="button" className="pill" onClick={() => dialog.current?.close()}>
            <Trans>Close</Trans>
          </button>
        </div>
      </dialog>
    </>
  );
}

function Fault({ scan }: { scan: WaitingScan }) {
  if (scan.state === 'STUCK') {
    return (
      <strong>
        <Trans>
          The server does not take it as it is ({scan.lastFault}). Save it and show it to the network.
        </Trans>
      </strong>
    );
  }
  return (
    <span>
      <Plural value={scan.tries} _0="not sent yet" one="tried once" other="tried # times" />
    </span>
  );
}

function save(scans: readonly WaitingScan[]): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(scans, null, 2)], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: 'escale-scans.json' });
  link.click();
  URL.revokeObjectURL(url);
}
