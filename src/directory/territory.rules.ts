import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { z } from 'zod';
import { parseFeature } from './import-files.js';

export type Shape =
  | { readonly type: 'Polygon'; readonly coordinates: number[][][] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: number[][][][] };

type Extent = {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

export type ImportedTerritory = Extent & {
  readonly code: string;
  readonly scheme: 'NUTS3' | 'ISO3166-2';
  readonly country: string;
  readonly name: string;
  readonly geometry: Shape;
};

type Bounded = Extent & { readonly geometry: Shape };

/** Bounds are compared first: they settle nearly all of them. */
export function territoryAt<Found extends Bounded>(
  territories: readonly Found[],
  lat: number,
  lon: number,
): Found | null {
  const around = territories.find(
    ({ west, south, east, north, geometry }) =>
      west <= lon &&
      lon <= east &&
      south <= lat &&
      lat <= north &&
      booleanPointInPolygon([lon, lat], geometry),
  );
  return around ?? null;
}

const position = z.array(z.number()).min(2);
const rings = z.array(z.array(position).min(4)).min(1);
const Geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: rings }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(rings).min(1) }),
]);

/** Eurostat names two countries in its own way. */
const COUNTRY_OF_NUTS: Readonly<Record<string, string>> = { EL: 'GR', UK: 'GB' };

/** NUTS properties as Eurostat writes them, or `iso_3166_2` and `name`. */
export function judgeTerritory(
  feature: unknown,
): { readonly territory: ImportedTerritory } | { readonly refused: string } {
  const parts = parseFeature(feature);
  const geometry = Geometry.safeParse(parts?.geometry).data;
  if (!geometry) return { refused: 'Neither a polygon nor several.' };
  const { NUTS_ID: nuts, NAME_LATN: nutsName, iso_3166_2: iso, name: isoName } = parts?.properties ?? {};
  const shape = { geometry, ...extentOf(geometry) };
  if (typeof nuts === 'string' && typeof nutsName === 'string' && /^[A-Z]{2}[A-Z0-9]{3}$/.test(nuts)) {
    const country = COUNTRY_OF_NUTS[nuts.slice(0, 2)] ?? nuts.slice(0, 2);
    return { territory: { code: nuts, scheme: 'NUTS3', country, name: nutsName, ...shape } };
  }
  if (typeof iso === 'string' && typeof isoName === 'string' && /^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(iso))
    return {
      territory: { code: iso, scheme: 'ISO3166-2', country: iso.slice(0, 2), name: isoName, ...shape },
    };
  return { refused: 'Neither a NUTS 3 region nor an ISO 3166-2 subdivision.' };
}

function extentOf({ type, coordinates }: Shape): Extent {
  const points = type === 'Polygon' ? coordinates.flat() : coordinates.flat(2);
  const lons = points.map(([lon]) => lon!);
  const lats = points.map(([, lat]) => lat!);
  return {
    west: Math.min(...lons),
    east: Math.max(...lons),
    south: Math.min(...lats),
    north: Math.max(...lats),
  };
}
