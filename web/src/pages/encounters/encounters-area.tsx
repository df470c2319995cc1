import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useSession } from '../../api/session';
import { SignedIn } from '../../shell/signed-in';
import { EncountersPage } from './encounters-page';
import './encounters.css';

const Lead = lazy(async () => ({ default: (await import('./lead-page')).LeadPage }));
const Attend = lazy(async () => ({ default: (await import('./attend-page')).AttendPage }));

/** encounters, encounters/lead for whoever facilitates, encounters/attend on the spot. */
export function EncountersArea() {
  const { part } = useParams({ from: '/page/encounters/{-$part}' });
  const { data: session } = useSession();
  if (part === 'attend')
    return (
      <Suspense>
        <Attend />
      </Suspense>
    );
  if (part !== 'lead') return <EncountersPage />;
  if (!session) return <SignedIn />;
  return (
    <Suspense>
      <Lead session={session} />
    </Suspense>
  );
}
