import { useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useSession } from '../../api/session';
import { SignedIn } from '../../shell/signed-in';
import { NetworkHome } from './network-home';
import { NetworkRoom } from './network-room';

const Passes = lazy(async () => ({ default: (await import('./passes-page')).NetworkPassesPage }));

/** network, network/passes, network/<id>/<room>/… */
export function NetworkArea() {
  const { _splat = '' } = useParams({ from: '/page/network/$' });
  const { data: session } = useSession();
  const [networkId, ...path] = _splat.split('/').filter(Boolean);
  if (!session) return <SignedIn />;
  if (!networkId) return <NetworkHome />;
  if (networkId === 'passes')
    return (
      <Suspense>
        <Passes />
      </Suspense>
    );
  return <NetworkRoom networkId={networkId} path={path.length > 0 ? path : ['overview']} />;
}
