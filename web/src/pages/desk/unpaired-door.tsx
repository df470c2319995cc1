import { Trans } from '@lingui/react/macro';
import { useWaitingScans } from '../../door/outbox';
import { pairDoor } from '../../door/paired-door';
import { QuietPage } from '../../shell/faults';
import { WaitingScans } from './waiting-scans';

/** Said plainly, and nothing that waits is lost: it can still be saved as a file. */
export function UnpairedDoor({ timeZone }: { timeZone: string | undefined }) {
  const waiting = useWaitingScans().length;
  return (
    <main className="shell-main">
      <QuietPage title={<Trans>This tablet was unpaired</Trans>}>
        <p>
          <Trans>The manager of the space has taken its key back, so it opens no door any more.</Trans>
        </p>
        {waiting > 0 && (
          <p>
            <Trans>
              Scans still wait on it. Save them as a file and give it to the manager before you go on.
            </Trans>
          </p>
        )}
        <WaitingScans timeZone={timeZone ?? 'UTC'} />
        <button
          type="button"
          className="pill pill-strong"
          disabled={waiting > 0}
          onClick={() => void pairDoor(null)}
        >
          <Trans>Pair it again</Trans>
        </button>
      </QuietPage>
    </main>
  );
}
