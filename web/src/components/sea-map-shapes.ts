import { geoMercator, geoPath, type GeoProjection } from 'd3-geo';
import Supercluster from 'supercluster';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import topologyUrl from './med-10m.topo.json?url';

export interface MapPoint {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly lon: number;
  readonly lat: number;
  /** What the pin says, for instance how many desks are free; null is a plain star. */
  readonly mark: string | null;
}

/** Null: all points. The zoom is relative to the one at which they just fit. */
export type View = { readonly points: readonly MapPoint[] | null; readonly zoom: number };

/** `over` and `under`: how much of the head and the foot of the map something lies over. */
type Size = {
  readonly width: number;
  readonly height: number;
  readonly over?: number;
  readonly under?: number;
};

const MARGIN_PX = 44;
const SPAN_DEGREES_MIN = 2.4;
const CLUSTER_RADIUS_PX = 46;
const SCALE_MAX = 300_000;

const SEAS = [
  { sea: 'mediterranean', at: [18.2, 35], scaleMin: 500 },
  { sea: 'adriatic', at: [15.6, 43], scaleMin: 1500 },
  { sea: 'aegean', at: [25, 38.6], scaleMin: 1500 },
  { sea: 'tyrrhenian', at: [12, 40], scaleMin: 1500 },
  { sea: 'black', at: [34.5, 43.3], scaleMin: 600 },
  { sea: 'atlantic', at: [-11, 39], scaleMin: 600 },
] as const;

type Coast = {
  draw(
    projection: GeoProjection,
    size: Size,
  ): { land: string; shore: string; seas: { sea: (typeof SEAS)[number]['sea']; x: number; y: number }[] };
};

let coast: Promise<Coast> | undefined;

/** Data, not code: fetched beside the code when a map is first shown, cached for ever by its hashed name. */
export function loadCoast(): Promise<Coast> {
  coast ??= fetch(topologyUrl)
    .then((answer) => answer.json() as Promise<Topology<{ countries: GeometryCollection }>>)
    .then(drawable);
  return coast;
}

/**
 * Coasts, not borders: land is filled country by country with no line, then only the outer arcs are stroked.
 * merge() of all countries looks shorter but stitches wrong rings on the clipped file: a wedge of land off Catalonia.
 */
function drawable(topology: Topology<{ countries: GeometryCollection }>): Coast {
  const land = feature(topology, topology.objects.countries);
  const shore = mesh(topology, topology.objects.countries, (a, b) => a === b);
  return {
    draw(projection, { width, height }) {
      const inside = ([x, y]: readonly [number, number]) =>
        x > 40 && x < width - 40 && y > 20 && y < height - 20;
      const seas = SEAS.filter(({ scaleMin }) => projection.scale() >= scaleMin)
        .map(({ sea, at }) => ({ sea, place: projection([at[0], at[1]])! }))
        .filter(({ place }) => inside(place))
        .map(({ sea, place: [x, y] }) => ({ sea, x, y }));
      projection.clipExtent([
        [-20, -20],
        [width + 20, height + 20],
      ]);
      const path = geoPath(projection).digits(1);
      return { land: path(land) ?? '', shore: path(shore) ?? '', seas };
    },
  };
}

/** A Mercator in which all these points just fit, then brought closer by `zoom` around their middle. */
export function project(
  points: readonly MapPoint[],
  zoom: number,
  { width, height, over = 0, under = 0 }: Size,
): GeoProjection {
  const lons = points.map(({ lon }) => lon);
  const lats = points.map(({ lat }) => lat);
  const [west, east] = points.length > 0 ? widen(Math.min(...lons), Math.max(...lons)) : [-6, 36];
  const [south, north] = points.length > 0 ? widen(Math.min(...lats), Math.max(...lats)) : [31, 46];
  const corners = {
    type: 'MultiPoint' as const,
    coordinates: [
      [west, south],
      [east, north],
    ],
  };
  const fitted = geoMercator().fitExtent(
    [
      [MARGIN_PX, over + MARGIN_PX],
      // A frame that is still being laid out may be narrower than its margins.
      [
        Math.max(width - MARGIN_PX, MARGIN_PX + 1),
        Math.max(height - under - MARGIN_PX, over + MARGIN_PX + 1),
      ],
    ],
    corners,
  );
  const eye: [number, number] = [width / 2, (over + height - under) / 2];
  const middle = fitted.invert!(eye)!;
  return geoMercator()
    .scale(Math.min(SCALE_MAX, fitted.scale() * zoom))
    .center(middle)
    .translate(eye);
}

function widen(from: number, until: number): [number, number] {
  const missing = Math.max(0, SPAN_DEGREES_MIN - (until - from)) / 2;
  return [from - missing, until + missing];
}

type PlacedPin = { readonly key: string; readonly x: number; readonly y: number } & (
  | { readonly kind: 'one'; readonly point: MapPoint }
  | { readonly kind: 'many'; readonly points: readonly MapPoint[] }
);

export function placePins(points: readonly MapPoint[], projection: GeoProjection): PlacedPin[] {
  if (points.length === 0) return []; // the index cannot be asked before it holds anything
  const zoom = Math.max(0, Math.floor(Math.log2((projection.scale() * 2 * Math.PI) / 512)));
  const index = new Supercluster<MapPoint>({ radius: CLUSTER_RADIUS_PX, maxZoom: 14 }).load(
    points.map((point) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [point.lon, point.lat] },
      properties: point,
    })),
  );
  return index.getClusters([-180, -85, 180, 85], zoom).map(({ geometry, properties }) => {
    const [x, y] = projection(geometry.coordinates as [number, number])!;
    if (!('cluster' in properties)) return { key: properties.id, x, y, kind: 'one', point: properties };
    const leaves = index.getLeaves(properties.cluster_id, Infinity).map((leaf) => leaf.properties);
    return { key: `c${properties.cluster_id}`, x, y, kind: 'many', points: leaves };
  });
}
