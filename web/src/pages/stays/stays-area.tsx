import { useLocation, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useSession } from '../../api/session';
import { SignedIn } from '../../shell/signed-in';
import { PublicStays } from './public-page';
import './stays.css';

const Office = lazy(async () => ({ default: (await import('./office-page')).StaysOffice }));
const NewCall = lazy(async () => ({ default: (await import('./call-form')).NewCall }));
const Mine = lazy(async () => ({ default: (await import('./my-stays-page')).MyStays }));
const Apply = lazy(async () => ({ default: (await import('./apply-page')).ApplyPage }));
const Stay = lazy(async () => ({ default: (await import('./stay-page')).StayRoom }));

/** stays, stays/office, stays/office/new-call, stays/office/<id>: the first load knows the public page alone. */
export function StaysArea() {
  const { _splat = '' } = useParams({ from: '/page/stays/$' });
  const { data: session } = useSession();
  const [room, id] = _splat.split('/').filter(Boolean);
  if (room !== 'office') return <PublicStays />;
  if (!session) return <SignedIn />;
  return <Suspense>{id === 'new-call' ? <NewCall /> : id ? <Stay id={id} /> : <Office />}</Suspense>;
}

/** me/stays, me/stays/apply/<call>, me/stays/<id> */
export function MyStaysArea() {
  const { _splat = '' } = useParams({ from: '/page/me/stays/$' });
  const { hash } = useLocation();
  const [room, id] = _splat.split('/').filter(Boolean);
  if (room === 'apply' && id)
    return (
      <Suspense>
        <Apply callId={id} stayId={hash || undefined} />
      </Suspense>
    );
  return <Suspense>{room ? <Stay id={room} /> : <Mine />}</Suspense>;
}
