import { Plural, Trans } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { OverusePage, type OveruseView } from '@wire/checkin/overuse.schema.js';
import { useRef } from 'react';
import { call } from '../../api/call';
import type { Space } from '../../api/spaces';
import { Figures } from '../../components/figures';
import { reasonSentence, reasonWord } from '../../door/reason-text';
import { clockAt, todayAt } from '../../i18n/days';

const REFRESH_MS = 60_000;

/** What the merge of all doors brought to light today: somebody should look at it. */
export function OddScans({ space, token }: { space: Space; token: string | undefined }) {
  const day = todayAt(space.timeZone).toString();
  const { data: items = [] } = useQuery({
    queryKey: ['desk', 'overuse', space.id, day],
    meta: { offline: true },
    refetchInterval: REFRESH_MS,
    queryFn: async () => {
      const as = token ? { token } : {};
      return (await call(`/v1/spaces/${space.id}/overuse?day=${day}`, { returns: OverusePage, ...as })).items;
    },
  });
  const dialog = useRef<HTMLDialogElement>(null);
  if (items.length === 0) return null;
  return (
    <>
      <button type="button" className="door-pill door-pill-quiet" onClick={() => dialog.current?.showModal()}>
        <Plural value={items.length} one="# scan to look at" other="# scans to look at" />
      </button>
      <dialog ref={dialog} className="door-dialog" aria-labelledby="odd-title">
        <h2 id="odd-title">
          <Trans>Scans to look at</Trans>
        </h2>
        <ul className="waiting-list" tabIndex={0} aria-labelledby="odd-title">
          {items.map(({ why, scan }) => (
            <li key={scan.id}>
              <time dateTime={scan.offline?.scannedAt ?? scan.decidedAt}>
                <Figures>{clockAt(scan.offline?.scannedAt ?? scan.decidedAt, space.timeZone)}</Figures>
              </time>
              <span>
                <strong>
                  <Why why={why} />
                  {scan.guest && `: ${scan.guest.firstName}`}
                </strong>
                <small>{scan.reason && `${reasonWord(scan.reason)}. ${reasonSentence(scan.reason)}`}</small>
              </span>
            </li>
          ))}
        </ul>
        <div className="door-dialog-actions">
          <button type="button" className="pill" onClick={() => dialog.current?.close()}>
            <Trans>Close</Trans>
          </button>
        </div>
      </dialog>
    </>
  );
}

function Why({ why }: Pick<OveruseView, 'why'>) {
  switch (why) {
    case 'OVERUSE':
      return <Trans>Let in, but nothing pays for it</Trans>;
    case 'WITHDRAWN_SINCE':
      return <Trans>Let in on a list older than the withdrawal of the pass</Trans>;
    case 'TURNED_AWAY':
      return <Trans>Turned away here, but counted by the server</Trans>;
    case 'CODE_SEEN_ELSEWHERE':
      return <Trans>The same code was shown at another door</Trans>;
  }
}
