import { Plural, Trans } from '@lingui/react/macro';
import { useRef } from 'react';
import { Figures } from '../../components/figures';
import { sendAll, useUnsavedScans, useWaitingScans } from '../../door/outbox';
import type { WaitingScan } from '../../door/outbox.rules';
import { reasonWord } from '../../door/reason-text';
import { clockAt } from '../../i18n/days';

/** The number is always in sight; behind it the list, a retry, and a file for the worst case. */
export function WaitingScans({ timeZone }: { timeZone: string }) {
  const scans = useWaitingScans();
  const unsaved = useUnsavedScans();
  const dialog = useRef<HTMLDialogElement>(null);
  if (scans.length === 0) return null;
  const sorted = scans.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return (
    <>
      <button
        type="button"
        className={unsaved.length > 0 ? 'door-pill is-loud' : 'door-pill'}
        onClick={() => dialog.current?.showModal()}
      >
        <Plural value={scans.length} one="# scan waiting" other="# scans waiting" />
      </button>
      <dialog ref={dialog} className="door-dialog" aria-labelledby="waiting-title">
        <h2 id="waiting-title">
          <Trans>Scans waiting for the server</Trans>
        </h2>
        {unsaved.length > 0 && <StorageFull count={unsaved.length} />}
        <p>
          <Trans>
            They are kept on this tablet, also when it is switched off, until the server has answered each
            one.
          </Trans>
        </p>
        <ul className="waiting-list" tabIndex={0} aria-labelledby="waiting-title">
          {sorted.map((scan) => (
            <li key={scan.id}>
              <time dateTime={scan.scannedAt}>
                <Figures>{clockAt(scan.scannedAt, timeZone)}</Figures>
              </time>
              <span>
                <strong>
                  <Decision scan={scan} />
                </strong>
                {scan.offline?.undoneAt && (
                  <em>
                    <Trans>undone</Trans>
                  </em>
                )}
                <small>
                  <Fault scan={scan} isUnsaved={unsaved.includes(scan.id)} />
                </small>
              </span>
            </li>
          ))}
        </ul>
        <div className="door-dialog-actions">
          <button type="button" className="pill pill-strong" onClick={sendAll}>
            <Trans>Send now</Trans>
          </button>
          <button type="button" className="pill" onClick={() => save(sorted)}>
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

function StorageFull({ count }: { count: number }) {
  return (
    <p className="form-fault" role="alert">
      <Plural
        value={count}
        one="The storage of this tablet is full: # scan is only in this page. Save it as a file before you close the page."
        other="The storage of this tablet is full: # scans are only in this page. Save them as a file before you close the page."
      />
    </p>
  );
}

/** What the guest was told. */
function Decision({ scan: { offline } }: { scan: WaitingScan }) {
  switch (offline?.verdict) {
    case undefined:
      return <Trans>Not decided</Trans>;
    case 'COME_IN':
      return <Trans>Come in</Trans>;
    case 'COME_IN_CHECKED':
      return <Trans>Come in, will be checked</Trans>;
    case 'REFUSED':
      return reasonWord(offline.reason ?? 'error');
  }
}

function Fault({ scan, isUnsaved }: { scan: WaitingScan; isUnsaved: boolean }) {
  if (scan.state === 'STUCK') {
    return (
      <Trans>
        The server does not take it as it is ({scan.lastFault}). Save it and show it to the network.
      </Trans>
    );
  }
  if (isUnsaved) return <Trans>only in this page</Trans>;
  return <Plural value={scan.tries} _0="not sent yet" one="tried once" other="tried # times" />;
}

function save(scans: readonly WaitingScan[]): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(scans, null, 2)], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: 'escale-scans.json' });
  link.click();
  URL.revokeObjectURL(url);
}
