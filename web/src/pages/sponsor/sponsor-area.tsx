import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useSession } from '../../api/session';
import { QuietPage } from '../../shell/faults';
import { SignedIn } from '../../shell/signed-in';
import '../network/network.css';
import './sponsor.css';

const Programmes = lazy(async () => ({ default: (await import('./programmes-page')).ProgrammesPage }));
const Programme = lazy(async () => ({ default: (await import('./programme-page')).SponsorProgrammePage }));
const Charter = lazy(async () => ({
  default: (await import('../charter/institution-charter')).InstitutionCharter,
}));
const Acting = lazy(async () => ({ default: (await import('../charter/acting-page')).ActingPage }));
const Employer = lazy(async () => ({ default: (await import('./employer-page')).EmployerPage }));

const OWN_ROOMS = ['agents', 'charter', 'acting'];

/** sponsor, sponsor/agents, sponsor/charter, sponsor/acting, sponsor/<programme>: the institution's own rooms. */
export function SponsorArea() {
  const { t } = useLingui();
  const { _splat = '' } = useParams({ from: '/page/sponsor/$' });
  const { data: session } = useSession();
  if (!session) return <SignedIn />;
  const grants = session.grants.filter(({ role }) => role === 'public_sponsor');
  const institutionIds = [...new Set(grants.map(({ organisationId }) => organisationId))];
  if (institutionIds.length === 0)
    return (
      <QuietPage title={<Trans>You act for no institution yet</Trans>}>
        <p>
          <Trans>An institution that sponsors or employs agents can invite you.</Trans>
        </p>
      </QuietPage>
    );
  const [room] = _splat.split('/').filter(Boolean);
  return (
    <section className="net sponsor">
      <nav className="sponsor-rooms" aria-label={t`Institution`}>
        <Link to="/sponsor/$" params={{ _splat: '' }} activeOptions={{ exact: true }}>
          <Trans>Programmes</Trans>
        </Link>
        <Link to="/sponsor/$" params={{ _splat: 'agents' }}>
          <Trans>Our agents</Trans>
        </Link>
        <Link to="/sponsor/$" params={{ _splat: 'charter' }}>
          <Trans>Charter</Trans>
        </Link>
        <Link to="/sponsor/$" params={{ _splat: 'acting' }}>
          <Trans>Spaces we act for</Trans>
        </Link>
      </nav>
      <Suspense>
        {room === undefined && <Programmes institutionIds={institutionIds} />}
        {room === 'agents' && <Employer institutionIds={institutionIds} />}
        {room === 'charter' && <Charter institutionIds={institutionIds} />}
        {room === 'acting' && <Acting institutionIds={institutionIds} />}
        {room !== undefined && !OWN_ROOMS.includes(room) && <Programme id={room} />}
      </Suspense>
    </section>
  );
}
