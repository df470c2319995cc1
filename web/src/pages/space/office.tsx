import { Trans, useLingui } from '@lingui/react/macro';
import { Lock } from '@phosphor-icons/react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import { ApiProblem } from '../../api/call';
import { problemText } from '../../api/problem-text';
import { useSession, worksAt } from '../../api/session';
import { spaceQuery } from '../../api/spaces';
import { Tile } from '../../brand/tile';
import { LinkButton } from '../../components/link-button';
import { NotFound, QuietPage } from '../../shell/faults';
import { useTitle } from '../../shell/title';
import { manages, OfficeContext, useOffice } from './rights';
import { TABS } from './tabs';
import './office.css';

/** What belongs to one space: its name, its rooms, and the room one is in. */
export function Office() {
  const { spaceId, tab = 'today' } = useParams({ from: '/page/space/$spaceId/{-$tab}' });
  const { data: session } = useSession();
  const { data: space, error, isPending } = useQuery(spaceQuery(spaceId));
  useTitle(space?.name);
  if (isPending || !session) return null;
  if (error && !space) return <Unloaded error={error} />;
  if (!worksAt(session, space)) return <NotYours name={space.name} />;
  const room = TABS.find(({ key }) => key === tab);
  if (!room) return <NotFound />;
  return (
    <OfficeContext value={{ space, isManager: manages(session, space) }}>
      <div className="office" key={space.id}>
        <Head />
        <Rooms current={tab} />
        <div className="office-room">
          <Suspense fallback={<div className="office-wait" aria-hidden="true" />}>
            <Room room={room} />
          </Suspense>
        </div>
      </div>
    </OfficeContext>
  );
}

function Unloaded({ error }: { error: Error }) {
  if (error instanceof ApiProblem && [404, 422].includes(error.status)) return <NotFound />;
  return (
    <QuietPage title={<Trans>This space could not be loaded</Trans>}>
      <p>{problemText(error)}</p>
    </QuietPage>
  );
}

function NotYours({ name }: { name: string }) {
  return (
    <QuietPage title={<Trans>You do not work at {name}</Trans>}>
      <p>
        <Trans>Whoever manages it can invite you to its team.</Trans>
      </p>
      <LinkButton to="/space" variant="default">
        <Trans>My space</Trans>
      </LinkButton>
    </QuietPage>
  );
}

function Head() {
  const { space } = useOffice();
  return (
    <header className="office-head">
      <Tile id={space.id} className="office-tile" />
      <div>
        <p className="office-name es-flare">{space.name}</p>
        <p className="office-city">
          {space.city} · <Others />
        </p>
      </div>
      <LinkButton to="/desk" color="aegean" className="office-door">
        <Trans>Open the door here</Trans>
      </LinkButton>
    </header>
  );
}

function Others() {
  const { space } = useOffice();
  return (
    <>
      <Link to="/spaces/$spaceId" params={{ spaceId: space.id }}>
        <Trans>Public page</Trans>
      </Link>
      {' · '}
      <Link to="/space" search={{}}>
        <Trans>Other spaces</Trans>
      </Link>
    </>
  );
}

function Rooms({ current }: { current: string }) {
  const { t } = useLingui();
  const { space, isManager } = useOffice();
  const rooms = useRef<HTMLElement>(null);
  // On a phone the rooms are a strip: the one that is open is in sight.
  useEffect(() => {
    const strip = rooms.current;
    const open = strip?.querySelector<HTMLElement>('[aria-current]');
    if (strip && open)
      strip.scrollLeft += open.getBoundingClientRect().left - strip.getBoundingClientRect().left - 40;
  }, [current]);
  return (
    <nav ref={rooms} className="office-rooms" aria-label={t`Office of the space`}>
      {TABS.map(({ key, name, Icon, isForManagers }) => (
        <Link
          key={key}
          to="/space/$spaceId/{-$tab}"
          params={{ spaceId: space.id, tab: key }}
          search={{}}
          aria-current={key === current ? 'page' : undefined}
        >
          <Icon size={20} aria-hidden="true" />
          {name}
          {isForManagers && !isManager && <Lock size={16} aria-label={t`for managers`} />}
        </Link>
      ))}
    </nav>
  );
}

function Room({ room: { name, Page, isForManagers } }: { room: (typeof TABS)[number] }) {
  const { isManager } = useOffice();
  if (!isForManagers || isManager) return <Page />;
  return (
    <section className="office-closed">
      <h1>{name}</h1>
      <p>
        <Trans>
          This room is for those who manage the space. Your role covers the door, the visits and the bookings;
          ask a manager if you need more.
        </Trans>
      </p>
    </section>
  );
}
