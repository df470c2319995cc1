import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { ApiProblem, serverNowMs } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { useSession } from '../../api/session';
import { spaceQuery, type Space } from '../../api/spaces';
import { keepDayPackage } from '../../door/day-package';
import { keepTime } from '../../door/door-clock';
import { openMemory } from '../../door/door-memory';
import { openOutbox } from '../../door/outbox';
import { deviceQuery, doorQuery } from '../../door/paired-door';
import { QuietPage } from '../../shell/faults';
import { UpdatePrompt } from '../../shell/notices';
import { useTitle } from '../../shell/title';
import { DeskContext } from './desk-context';
import { ScanPane } from './scan-pane';
import './door-page.css';

/** The camera first: neither the day beside it nor the pairing keeps it waiting. */
const TodayPane = lazy(async () => ({ default: (await import('./today-pane')).TodayPane }));
const ChooseDoor = lazy(async () => ({ default: (await import('./choose-door')).ChooseDoor }));
const UnpairedDoor = lazy(async () => ({ default: (await import('./unpaired-door')).UnpairedDoor }));

/** The tablet at the counter: camera on one side, the day on the other. */
export function DoorPage() {
  const { t } = useLingui();
  useTitle(t`Door`);
  const door = useQuery(doorQuery);
  const session = useSession();
  if (door.isPending) return null;
  const isKnown = door.data && (door.data.token || session.data);
  return isKnown ? (
    <Door spaceId={door.data!.spaceId} token={door.data!.token} />
  ) : (
    <Suspense fallback={null}>
      <ChooseDoor />
    </Suspense>
  );
}

function Door({ spaceId, token }: { spaceId: string; token: string | undefined }) {
  const space = useQuery(spaceQuery(spaceId));
  const device = useQuery({ ...deviceQuery(token ?? ''), enabled: token !== undefined });
  const queries = useQueryClient();
  useEffect(() => {
    void openOutbox(token, () => void queries.invalidateQueries({ queryKey: ['desk'] }));
    void navigator.storage?.persist?.(); // a full disk elsewhere must not empty this tablet
  }, [queries, token]);
  useDoor(space.data, token);
  if (device.error instanceof ApiProblem && device.error.code === 'device.revoked')
    return (
      <Suspense fallback={null}>
        <UnpairedDoor timeZone={space.data?.timeZone} />
      </Suspense>
    );
  if (space.error && !space.data) {
    return (
      <main>
        <QuietPage title={<Trans>This door could not be opened</Trans>}>
          <p>{problemText(space.error)}</p>
        </QuietPage>
      </main>
    );
  }
  if (!space.data) return null;
  return (
    <DeskContext value={{ space: space.data, token }}>
      <main className="door">
        <UpdatePrompt />
        <ScanPane space={space.data} token={token} />
        <Suspense fallback={<aside className="today" />}>
          <TodayPane />
        </Suspense>
      </main>
    </DeskContext>
  );
}

/** What lets the tablet decide alone: its memory, its sense of time, its lists. */
function useDoor(space: Space | undefined, token: string | undefined): void {
  const { id, networkId, timeZone } = space ?? {};
  useEffect(() => {
    if (!id || !networkId || !timeZone) return;
    let stop = () => {};
    let isGone = false;
    const start = async () => {
      await openMemory(serverNowMs());
      if (isGone) return;
      const ends = [keepTime(), keepDayPackage({ id, networkId, timeZone }, token)];
      stop = () => ends.forEach((end) => end());
    };
    void start();
    return () => {
      isGone = true;
      stop();
    };
  }, [id, networkId, timeZone, token]);
}
