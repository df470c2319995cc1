import { lazy, Suspense, type ComponentProps } from 'react';
import type { SeaMap } from './sea-map';

const Map = lazy(() => import('./sea-map').then((module) => ({ default: module.SeaMap })));

/** The map comes after the words: its place is kept, so that nothing moves when it is drawn. */
export function SeaMapLater(props: ComponentProps<typeof SeaMap>) {
  return (
    <Suspense fallback={<div className="sea-map-space" style={{ height: props.height }} />}>
      <Map {...props} />
    </Suspense>
  );
}
