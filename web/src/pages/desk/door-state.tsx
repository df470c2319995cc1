import { Trans } from '@lingui/react/macro';
import { serverNowMs } from '../../api/call';
import { Figures } from '../../components/figures';
import { useDayPackage } from '../../door/day-package';
import { instantOf } from '../../door/door-clock';
import { clockAt } from '../../i18n/days';
import { useOnline } from '../../shell/online';

const OLD_MS = 15 * 60_000;

/** Whether the tablet is on its own, and how old the lists are that it would decide by. */
export function DoorState({ timeZone }: { timeZone: string }) {
  const isOnline = useOnline();
  const lists = useDayPackage();
  const isOld = lists !== null && serverNowMs() - lists.freshAtMs > OLD_MS;
  if (isOnline && !isOld) return null;
  const at = lists && <Figures>{clockAt(instantOf(lists.freshAtMs), timeZone)}</Figures>;
  return (
    <span className="door-pill" role="status">
      {!isOnline && <Trans>Offline</Trans>}
      <span className="door-pill-small">
        {at ? <Trans>today's list from {at}</Trans> : <Trans>no list for today yet</Trans>}
      </span>
    </span>
  );
}
