import { Injectable } from '@nestjs/common';
import { Db, sql, type Reader } from '../platform/db.js';
import { PUBLIC_SCOPE } from '../platform/scope.js';
import type { TerritoryPage, TerritoryView } from './place.schema.js';
import { territoryAt, type Shape } from './territory.rules.js';

export type Territory = {
  readonly code: string;
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly geometry: Shape;
  readonly provenance: { readonly source: string; readonly licence: string; readonly asOf: string };
};

const TERRITORIES = `SELECT code, (extent[1])[0] AS west, (extent[1])[1] AS south, (extent[0])[0] AS east,
    (extent[0])[1] AS north, geometry,
    jsonb_build_object('source', source, 'licence', licence, 'asOf', as_of) AS provenance
  FROM directory.territories`;

@Injectable()
export class Territories {
  constructor(private readonly db: Db) {}

  /** The region around a point; null at sea, or where no regions were imported. */
  async at(on: Reader, lat: number, lon: number): Promise<string | null> {
    const around = `${TERRITORIES} WHERE extent @> box(point($1, $2), point($1, $2)) ORDER BY code`;
    return territoryAt(await sql<Territory>(on, around, [lon, lat]), lat, lon)?.code ?? null;
  }

  all(on: Reader): Promise<Territory[]> {
    return sql<Territory>(on, `${TERRITORIES} ORDER BY code`);
  }

  list(country: string | undefined): Promise<TerritoryPage> {
    return this.db.read(PUBLIC_SCOPE, async (on) => ({
      items: await sql<TerritoryView>(
        on,
        `SELECT code, scheme, country, name FROM directory.territories
         WHERE $1::text IS NULL OR country = $1 ORDER BY code`,
        [country ?? null],
      ),
      next: null,
    }));
  }
}
