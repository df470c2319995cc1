import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import type { SessionView } from '@wire/identity/session.schema.js';
import { networkQuery } from '../../api/network';
import { useSession } from '../../api/session';
import { Tile } from '../../brand/tile';
import { NotFound, QuietPage } from '../../shell/faults';
import { HereContext, NetLink, useHere, type Here } from './here';
import { ROOMS } from './rooms';
import '../space/office.css';
import './network.css';

const ACTING = ['network_treasurer', 'platform_admin'];
const READING = [...ACTING, 'network_admin'];

const holds = ({ grants }: SessionView, roles: readonly string[], networkId: string) =>
  grants.some(
    ({ role, organisationKind, networkIds }) =>
      organisationKind === 'network' && roles.includes(role) && networkIds.includes(networkId),
  );

/** The clearing house of one network: its name, its rooms, and the room one is in. */
export function NetworkRoom({ networkId, path }: { networkId: string; path: readonly string[] }) {
  const { data: session } = useSession();
  const { data: network, error } = useQuery(networkQuery(networkId));
  if (error) return <NotFound />;
  if (!session || !network) return null;
  const isReader = holds(session, READING, networkId);
  const isMember = session.grants.some(({ networkIds }) => networkIds.includes(networkId));
  const rooms = ROOMS.filter((room) => (isReader ? !room.isMembersOwn : isMember && room.isForMembers));
  const room = rooms.find(({ key }) => key === path[0]);
  if (!isMember) return <NotYours name={network.name} />;
  if (!room) return isReader ? <NotFound /> : <Elsewhere networkId={networkId} />;
  const here: Here = {
    networkId,
    name: network.name,
    personId: session.person.id,
    path: path.slice(1),
    mayRead: isReader,
    mayAct: holds(session, ACTING, networkId),
    mayAgree: holds(session, ['network_admin', 'platform_admin'], networkId),
  };
  return (
    <HereContext value={here}>
      <div className="office net" key={networkId}>
        <Head />
        <Rooms rooms={rooms} current={room.key} />
        <div className="office-room">
          <Suspense fallback={<div className="office-wait" aria-hidden="true" />}>
            <room.Page />
          </Suspense>
        </div>
      </div>
    </HereContext>
  );
}

function NotYours({ name }: { name: string }) {
  return (
    <QuietPage title={<Trans>You do not work for {name}</Trans>}>
      <p>
        <Trans>Whoever runs the network can invite you as its treasurer.</Trans>
      </p>
    </QuietPage>
  );
}

/** Members see how the network settles; the rest is its treasurer's. */
function Elsewhere({ networkId }: { networkId: string }) {
  return (
    <QuietPage title={<Trans>This is for the treasurer of the network</Trans>}>
      <p>
        <Trans>
          What every member may see is how the network settles, and the statements of its own spaces.
        </Trans>
      </p>
      <Link to="/network/$" params={{ _splat: `${networkId}/health` }} search={{}}>
        <Trans>Settlement health</Trans>
      </Link>{' '}
      <Link to="/network/$" params={{ _splat: `${networkId}/statements` }} search={{}}>
        <Trans>Statements</Trans>
      </Link>
    </QuietPage>
  );
}

function Head() {
  const { networkId, name, mayAct } = useHere();
  return (
    <header className="office-head">
      <Tile id={networkId} className="office-tile" />
      <div>
        <p className="office-name es-flare">{name}</p>
        <p className="office-city">
          {mayAct ? <Trans>Clearing house</Trans> : <Trans>Clearing house, to look at</Trans>}
        </p>
      </div>
    </header>
  );
}

function Rooms({ rooms, current }: { rooms: typeof ROOMS; current: string }) {
  const { t } = useLingui();
  const strip = useRef<HTMLElement>(null);
  // On a phone the rooms are a strip: the one that is open is in sight.
  useEffect(() => {
    const open = strip.current?.querySelector<HTMLElement>('[aria-current]');
    if (strip.current && open)
      strip.current.scrollLeft +=
        open.getBoundingClientRect().left - strip.current.getBoundingClientRect().left - 40;
  }, [current]);
  return (
    <nav ref={strip} className="office-rooms" aria-label={t`Clearing house`}>
      {rooms.map(({ key, name, Icon }) => (
        <NetLink key={key} to={key} aria-current={key === current ? 'page' : undefined}>
          <Icon size={20} aria-hidden="true" />
          {name}
        </NetLink>
      ))}
    </nav>
  );
}
