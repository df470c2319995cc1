import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import { Injectable } from '@nestjs/common';
import { sql, type Reader } from '../platform/db.js';

type Shape = Parameters<typeof booleanPointInPolygon>[1];
export type Territory = { readonly code: string; readonly geometry: Shape };

@Injectable()
export class Territories {
  /** The region around a point; null at sea, or where no regions were imported. */
  async at(on: Reader, lat: number, lon: number): Promise<string | null> {
    const candidates = await sql<Territory>(
      on,
      `SELECT code, geometry FROM directory.territories WHERE extent @> box(point($1, $2), point($1, $2)) ORDER BY code`,
      [lon, lat],
    );
    return territoryAt(candidates, lat, lon);
  }
}

export function territoryAt(territories: readonly Territory[], lat: number, lon: number): string | null {
  const around = territories.find(({ geometry }) => booleanPointInPolygon([lon, lat], geometry));
  return around?.code ?? null;
}
