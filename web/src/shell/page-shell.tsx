import { Trans, useLingui } from '@lingui/react/macro';
import { CalendarBlank, MapTrifold, QrCode, UserCircle } from '@phosphor-icons/react';
import { Link, Outlet } from '@tanstack/react-router';
import { settles, useSession, worksAtDoor } from '../api/session';
import { Tile } from '../brand/tile';
import { LanguageSelect, SchemeButton } from './look-controls';
import { OfflineBanner, UpdatePrompt } from './notices';
import './page-shell.css';

/** Bar on top, main below it, the four places of a nomad at the thumb on a phone. */
export function PageShell() {
  return (
    <>
      <a className="skip-link" href="#main">
        <Trans>Skip to the content</Trans>
      </a>
      <TopBar />
      <OfflineBanner />
      <UpdatePrompt />
      <main id="main" className="shell-main" tabIndex={-1}>
        <Outlet />
      </main>
      <BottomBar />
    </>
  );
}

export function Brand() {
  return (
    <Link to="/" className="shell-brand">
      <Tile id="escale" cells={2} className="shell-mark" />
      <span className="es-flare" lang="fr">
        Escale
      </span>
    </Link>
  );
}

function TopBar() {
  const { data: session } = useSession();
  const { t } = useLingui();
  return (
    <header className="shell-bar">
      <Brand />
      <nav className="shell-nav" aria-label={t`Main`}>
        <Link to="/spaces">
          <Trans>Find</Trans>
        </Link>
        {session && (
          <>
            <Link to="/me/bookings">
              <Trans>Bookings</Trans>
            </Link>
            <Link to="/me/pass">
              <Trans>Pass</Trans>
            </Link>
          </>
        )}
        {worksAtDoor(session) && (
          <>
            <Link to="/desk">
              <Trans>Door</Trans>
            </Link>
            <Link to="/space">
              <Trans>My space</Trans>
            </Link>
          </>
        )}
        {session?.grants.some(({ role }) => role === 'public_sponsor') && (
          <Link to="/sponsor/$" params={{ _splat: '' }}>
            <Trans>Programmes</Trans>
          </Link>
        )}
        {settles(session) && (
          <Link to="/network/$" params={{ _splat: '' }}>
            <Trans>My network</Trans>
          </Link>
        )}
      </nav>
      <div className="shell-look">
        <LanguageSelect />
        <SchemeButton />
        {session ? (
          <Link to="/me" className="shell-person" title={session.person.name}>
            <UserCircle size={24} aria-hidden="true" />
            <span>{session.person.name}</span>
          </Link>
        ) : (
          <Link to="/sign-in" className="pill pill-strong">
            <Trans>Sign in</Trans>
          </Link>
        )}
      </div>
    </header>
  );
}

function BottomBar() {
  const { t } = useLingui();
  const places = [
    { to: '/spaces', name: t`Find`, Icon: MapTrifold },
    { to: '/me/bookings', name: t`Bookings`, Icon: CalendarBlank },
    { to: '/me/pass', name: t`Pass`, Icon: QrCode },
    { to: '/me', name: t`You`, Icon: UserCircle },
  ] as const;
  return (
    <nav className="shell-tabs" aria-label={t`Places`}>
      {places.map(({ to, name, Icon }) => (
        <Link key={to} to={to} activeOptions={{ exact: to === '/me', includeSearch: false }}>
          <Icon size={24} aria-hidden="true" />
          {name}
        </Link>
      ))}
    </nav>
  );
}
