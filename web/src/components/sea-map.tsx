import { Trans, useLingui } from '@lingui/react/macro';
import { useElementSize } from '@mantine/hooks';
import { ArrowsOutSimple, Minus, Plus } from '@phosphor-icons/react';
import { useNavigate } from '@tanstack/react-router';
import type { GeoProjection } from 'd3-geo';
import { use, useId, useMemo, useState, type MouseEvent, type ReactNode } from 'react';
import { plural } from '@lingui/core/macro';
import { loadCoast, placePins, project, type MapPoint, type View } from './sea-map-shapes';
import './sea-map.css';

export type { MapPoint } from './sea-map-shapes';

const ZOOM_STEP = 1.8;

/** Coasts, seas and pins in SVG: real links, right in print, no tile server asked. Wrap it in <Suspense>. */
export function SeaMap({
  points,
  selected,
  label,
  height: wanted,
  over = 0,
  under = 0,
  draw,
}: {
  points: readonly MapPoint[];
  selected?: string | undefined;
  label: string;
  height: number;
  /** How much of the head and the foot of the map something lies over. */
  over?: number;
  under?: number;
  /** In place of pins: for a map of something else than spaces. */
  draw?: (projection: GeoProjection) => ReactNode;
}) {
  const { t } = useLingui();
  // Drawn at the real size: a scaled viewBox would shrink the pins below the tap size on a phone.
  const { ref, width: measured } = useElementSize();
  const width = Math.round(measured) || 360;
  const coast = use(loadCoast());
  const [view, setView] = useState<View>({ points: null, zoom: 1 });
  const wave = useId();
  const drawn = useMemo(() => {
    const projection = project(view.points ?? points, view.zoom, { width, height: wanted, over, under });
    const shapes = coast.draw(projection, { width, height: wanted });
    if (draw) return { ...shapes, pins: [], own: draw(projection) };
    return { ...shapes, pins: placePins(points, projection), own: null };
  }, [coast, points, view, width, wanted, over, under, draw]);

  return (
    <div ref={ref} className="sea-map-frame">
      <svg className="sea-map" width={width} height={wanted} role="group" aria-label={label}>
        <defs>
          <pattern id={wave} width="14" height="7" patternUnits="userSpaceOnUse">
            <path className="wave" d="M0 5q3.5 -3.5 7 0t7 0" />
          </pattern>
        </defs>
        <rect className="sea" width="100%" height="100%" />
        <rect width="100%" height="100%" fill={`url(#${wave})`} />
        <path className="land" d={drawn.land} />
        <path className="shore" d={drawn.shore} />
        <SeaNames seas={drawn.seas} />
        {drawn.own}
        {drawn.pins.map((pin) =>
          pin.kind === 'many' ? (
            <Cluster key={pin.key} pin={pin} onOpen={() => setView({ points: pin.points, zoom: 1 })} />
          ) : (
            <Pin key={pin.key} pin={pin} isSelected={pin.point.id === selected} />
          ),
        )}
      </svg>
      <div className="sea-map-tools">
        <MapTool label={t`Closer`} onClick={() => setView({ ...view, zoom: view.zoom * ZOOM_STEP })}>
          <Plus size={20} aria-hidden="true" />
        </MapTool>
        <MapTool label={t`Further away`} onClick={() => setView({ ...view, zoom: view.zoom / ZOOM_STEP })}>
          <Minus size={20} aria-hidden="true" />
        </MapTool>
        {(view.points !== null || view.zoom !== 1) && (
          <MapTool label={t`The whole map`} onClick={() => setView({ points: null, zoom: 1 })}>
            <ArrowsOutSimple size={20} aria-hidden="true" />
          </MapTool>
        )}
      </div>
    </div>
  );
}

function MapTool({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <button type="button" className="sea-map-tool" aria-label={label} title={label} onClick={onClick}>
      {children}
    </button>
  );
}

type Placed = ReturnType<typeof placePins>[number];

function Cluster({ pin, onOpen }: { pin: Extract<Placed, { kind: 'many' }>; onOpen: () => void }) {
  const count = pin.points.length;
  return (
    <g transform={`translate(${pin.x} ${pin.y})`}>
      <a
        href="#map"
        role="button"
        className="pin many"
        aria-label={plural(count, { one: '# space here, show it', other: '# spaces here, look closer' })}
        onClick={(event) => {
          event.preventDefault();
          onOpen();
        }}
        onKeyDown={(event) => {
          if (event.key !== ' ') return; // it is called a button: it is pressed like one
          event.preventDefault();
          onOpen();
        }}
      >
        <circle r="22" />
        <text y="5" textAnchor="middle">
          {count}
        </text>
      </a>
    </g>
  );
}

function Pin({ pin, isSelected }: { pin: Extract<Placed, { kind: 'one' }>; isSelected: boolean }) {
  const navigate = useNavigate();
  const { id, name, city, mark } = pin.point;
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return; // a new tab is the browser's business
    event.preventDefault();
    void navigate({ to: '/spaces/$spaceId', params: { spaceId: id } });
  };
  return (
    <g transform={`translate(${pin.x} ${pin.y})`}>
      <a
        href={`/spaces/${id}`}
        className="pin"
        aria-label={mark === null ? `${name}, ${city}` : `${name}, ${city}: ${mark}`}
        aria-current={isSelected ? 'true' : undefined}
        onClick={open}
      >
        <circle className="hit" r="22" />
        {mark === null ? (
          <path className="star" d="M0 -11L4 -4L11 0L4 4L0 11L-4 4L-11 0L-4 -4Z" />
        ) : (
          <>
            <rect x="-22" y="-14" width="44" height="28" rx="14" />
            <text y="5" textAnchor="middle">
              {mark}
            </text>
          </>
        )}
      </a>
    </g>
  );
}

/** Only seas are named; whose land is whose is not for a map of desks to say. */
function SeaNames({ seas }: { seas: ReturnType<Awaited<ReturnType<typeof loadCoast>>['draw']>['seas'] }) {
  const names = {
    mediterranean: <Trans>Mediterranean Sea</Trans>,
    adriatic: <Trans>Adriatic Sea</Trans>,
    aegean: <Trans>Aegean Sea</Trans>,
    tyrrhenian: <Trans>Tyrrhenian Sea</Trans>,
    black: <Trans>Black Sea</Trans>,
    atlantic: <Trans>Atlantic Ocean</Trans>,
  };
  return seas.map(({ sea, x, y }) => (
    <text key={sea} className="sea-name" x={x} y={y} textAnchor="middle" aria-hidden="true">
      {names[sea]}
    </text>
  ));
}
