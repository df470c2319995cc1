import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { problemText } from '../../api/problem-text';
import { signOut, useSession, worksAtDoor } from '../../api/session';
import { Tile } from '../../brand/tile';
import { useWaitingScans } from '../../door/outbox';
import { lazy, Suspense } from 'react';
import { useTitle } from '../../shell/title';
import { PassCards } from './pass-cards';
import './you-page.css';

const Roles = lazy(async () => ({ default: (await import('./roles')).Roles }));
const DataRights = lazy(async () => ({ default: (await import('./data-rights')).DataRights }));
const Vouchers = lazy(async () => ({ default: (await import('./vouchers')).Vouchers }));
const OwnData = lazy(async () => ({ default: (await import('./own-data')).OwnData }));

export function YouPage() {
  const { t } = useLingui();
  useTitle(t`You`);
  const { data: session } = useSession();
  const waiting = useWaitingScans().length;
  const navigate = useNavigate();
  const leaving = useMutation({ mutationFn: signOut, onSuccess: () => navigate({ to: '/' }) });
  if (!session) return null;
  return (
    <section className="you">
      <Tile id={session.person.id} className="you-tile" />
      <h1>{session.person.name}</h1>
      <p className="you-mail">{session.person.email}</p>
      <PassCards />
      <nav className="you-places" aria-label={t`Places`}>
        <Link to="/me/pass" className="you-place">
          <Trans>My pass</Trans>
        </Link>
        <Link to="/me/bookings" className="you-place">
          <Trans>My bookings</Trans>
        </Link>
        <Link to="/me/money/$" params={{ _splat: '' }} className="you-place">
          <Trans>My purchases</Trans>
        </Link>
        <Link to="/me/stays/$" params={{ _splat: '' }} className="you-place">
          <Trans>My stays</Trans>
        </Link>
        <Link to="/me/scan" className="you-place">
          <Trans>Scan the door</Trans>
        </Link>
        <Link to="/me/incidents" className="you-place">
          <Trans>Incidents</Trans>
        </Link>
        <Link to="/me/security" className="you-place">
          <Trans>Sign-in and security</Trans>
        </Link>
        {worksAtDoor(session) && (
          <>
            <Link to="/desk" className="you-place">
              <Trans>The door</Trans>
            </Link>
            <Link to="/space" className="you-place">
              <Trans>My space</Trans>
            </Link>
          </>
        )}
        {session.grants.some(({ role }) => role === 'public_sponsor') && (
          <Link to="/sponsor/$" params={{ _splat: '' }} className="you-place">
            <Trans>Programmes</Trans>
          </Link>
        )}
        {session.grants.some(({ role }) => role === 'platform_admin') && (
          <Link to="/admin/$" params={{ _splat: '' }} className="you-place">
            <Trans>Platform</Trans>
          </Link>
        )}
        {session.grants.some(({ role }) => role === 'network_admin') && (
          <Link to="/network/$" params={{ _splat: 'passes' }} className="you-place">
            <Trans>Passes of the network</Trans>
          </Link>
        )}
      </nav>
      <Suspense fallback={null}>
        <Roles session={session} />
        <Vouchers />
        <OwnData person={session.person} />
        <DataRights />
      </Suspense>
      {waiting > 0 && (
        <p className="form-fault" role="status">
          <Plural
            value={waiting}
            one="# scan still waits on this device: sign out when it is sent."
            other="# scans still wait on this device: sign out when they are sent."
          />
        </p>
      )}
      {leaving.error && (
        <p className="form-fault" role="alert">
          {problemText(leaving.error)}
        </p>
      )}
      <Button
        variant="default"
        disabled={waiting > 0}
        loading={leaving.isPending}
        onClick={() => leaving.mutate()}
      >
        <Trans>Sign out</Trans>
      </Button>
      <p className="you-note">
        <Trans>Signing out removes your pass and everything else of yours from this device.</Trans>
      </p>
    </section>
  );
}
