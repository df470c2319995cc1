import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { problemText } from '../../api/problem-text';
import { useSession } from '../../api/session';
import { spaceQuery } from '../../api/spaces';
import { openOutbox } from '../../door/outbox';
import { doorQuery } from '../../door/paired-door';
import { QuietPage } from '../../shell/faults';
import { UpdatePrompt } from '../../shell/notices';
import { useTitle } from '../../shell/title';
import { ChooseDoor } from './choose-door';
import { ScanPane } from './scan-pane';
import { TodayPane } from './today-pane';
import './door-page.css';

/** The tablet at the counter: camera on one side, the day on the other. */
export function DoorPage() {
  const { t } = useLingui();
  useTitle(t`Door`);
  const door = useQuery(doorQuery);
  const session = useSession();
  if (door.isPending) return null;
  const isKnown = door.data && (door.data.token || session.data);
  return isKnown ? <Door spaceId={door.data!.spaceId} token={door.data!.token} /> : <ChooseDoor />;
}

function Door({ spaceId, token }: { spaceId: string; token: string | undefined }) {
  const space = useQuery(spaceQuery(spaceId));
  useEffect(() => void openOutbox(token), [token]);
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
    <main className="door">
      <UpdatePrompt />
      <ScanPane space={space.data} />
      <TodayPane space={space.data} token={token} />
    </main>
  );
}
