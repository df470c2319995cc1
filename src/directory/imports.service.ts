import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { readFeatures, readRows } from './import-files.js';
import { importResult, type ImportResult, type RowOutcome } from './import-result.js';
import type { ImportMapping } from './import.schema.js';
import type { ImportedPlace, Origin } from './place.rules.js';
import { Territories, type Territory } from './territories.service.js';
import { judgeTerritory, territoryAt, type ImportedTerritory } from './territory.rules.js';

const BATCH_SIZE_MAX = 500;

export type PlacesImport = Origin & {
  readonly file: string;
  readonly mapping: ImportMapping;
  /** Do everything, report it, and store nothing. */
  readonly dryRun?: boolean;
  readonly onRow?: () => void;
};
export type TerritoriesImport = Origin & {
  readonly file: string;
  readonly asOf: string;
  readonly dryRun?: boolean;
};

type Line<Item> = { readonly line: number; readonly item: Item };

/** Fills the catalogue from files. A file is one transaction: all of it is accounted for, or nothing is stored. */
@Injectable()
export class Imports {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly territories: Territories,
  ) {}

  async run({ file, mapping, source, licence, dryRun = false, onRow }: PlacesImport): Promise<ImportResult> {
    const { judgeRow } = await import('./place.rules.js'); // brings every border of the world along
    return this.inOneTransaction(dryRun, async (tx) => {
      const territories = await this.territories.all(tx);
      const outcomes: RowOutcome[] = [];
      const firstLines = new Map<string, number>();
      let batch: Line<ImportedPlace>[] = [];
      for await (const row of readRows(file, columnsOf(mapping))) {
        const { line } = row;
        const judged = judgeRow(row, mapping, { source, licence });
        const refused = 'refused' in judged ? judged.refused : repeated(firstLines, judged.place, line);
        if (refused !== null) outcomes.push({ line, outcome: 'refused', reason: refused });
        else if ('place' in judged) batch.push({ line, item: judged.place });
        if (batch.length === BATCH_SIZE_MAX) {
          outcomes.push(...(await this.storePlaces(tx, batch, territories)));
          batch = [];
        }
        onRow?.();
      }
      outcomes.push(...(await this.storePlaces(tx, batch, territories)));
      return importResult(outcomes);
    });
  }

  /** GeoJSON of NUTS 3 regions as Eurostat publishes them, or of ISO 3166-2 subdivisions. */
  async runTerritories({ file, dryRun = false, ...origin }: TerritoriesImport): Promise<ImportResult> {
    const features = await readFeatures(file);
    return this.inOneTransaction(dryRun, async (tx) => {
      const outcomes: RowOutcome[] = [];
      const firstLines = new Map<string, number>();
      const accepted: Line<ImportedTerritory>[] = [];
      features.forEach((feature, at) => {
        const line = at + 1;
        const judged = judgeTerritory(feature);
        const refused =
          'refused' in judged
            ? judged.refused
            : repeated(firstLines, { source: '', ref: judged.territory.code }, line);
        if (refused !== null) outcomes.push({ line, outcome: 'refused', reason: refused });
        else if ('territory' in judged) accepted.push({ line, item: judged.territory });
      });
      outcomes.push(...(await this.storeTerritories(tx, accepted, origin)));
      return importResult(outcomes);
    });
  }

  private async inOneTransaction(
    dryRun: boolean,
    work: (tx: Tx) => Promise<ImportResult>,
  ): Promise<ImportResult> {
    return this.db.tx(namedScope('operator'), async (tx) => {
      if (dryRun) await sql(tx, 'SAVEPOINT before_import');
      const result = await work(tx);
      if (dryRun) await sql(tx, 'ROLLBACK TO SAVEPOINT before_import');
      return result;
    });
  }

  private async storePlaces(
    tx: Tx,
    batch: readonly Line<ImportedPlace>[],
    territories: readonly Territory[],
  ): Promise<RowOutcome[]> {
    const rows = batch.map(({ item }) => {
      const around =
        item.lat === null || item.lon === null ? null : territoryAt(territories, item.lat, item.lon);
      const territory = around ? { territoryCode: around.provenance } : {};
      return {
        ...item,
        id: newId(),
        territoryCode: around?.code ?? null,
        provenance: { ...item.provenance, ...territory },
      };
    });
    const now = this.clock.now().toString();
    const written = await sql<Key & { created: boolean }>(tx, STORE_PLACES, [JSON.stringify(rows), now]);
    const byKey = new Map(written.map((row) => [keyOf(row), row.created]));
    return batch.map(({ line, item }) => {
      if (item.flags.length > 0) return { line, outcome: 'flagged', reason: item.flags.join(', ') };
      return { line, outcome: outcomeOf(byKey.get(keyOf(item))) };
    });
  }

  private async storeTerritories(
    tx: Tx,
    accepted: readonly Line<ImportedTerritory>[],
    { source, licence, asOf }: Origin & { asOf: string },
  ): Promise<RowOutcome[]> {
    const items = JSON.stringify(accepted.map(({ item }) => item));
    const now = this.clock.now().toString();
    const values = [items, source, licence, asOf, now];
    const written = await sql<{ code: string; created: boolean }>(tx, STORE_TERRITORIES, values);
    const byKey = new Map(written.map((row) => [row.code, row.created]));
    return accepted.map(({ line, item }) => ({ line, outcome: outcomeOf(byKey.get(item.code)) }));
  }
}

function columnsOf({ fields, precision }: ImportMapping): string[] {
  return [...Object.values(fields), precision?.column].filter((column) => column !== undefined);
}

type Key = { readonly source: string; readonly ref: string };

function keyOf({ source, ref }: Key): string {
  return JSON.stringify([source, ref]);
}

/** Why a second record under one key is refused; null for the first. */
function repeated(firstLines: Map<string, number>, key: Key, line: number): string | null {
  const first = firstLines.get(keyOf(key));
  firstLines.set(keyOf(key), first ?? line);
  return first === undefined ? null : `The same source and reference ${key.ref} as in record ${first}.`;
}

/** The statement returns what it wrote; what was as it is now is not written. */
function outcomeOf(created: boolean | undefined): 'created' | 'updated' | 'unchanged' {
  if (created === undefined) return 'unchanged';
  return created ? 'created' : 'updated';
}

const STORE_PLACES = `
  INSERT INTO directory.places AS place (id, source, ref, name, kind, address, postcode, city, country,
    territory_code, lat, lon, website, hours_in_words, flags, provenance, created_at, updated_at)
  SELECT id, source, ref, name, kind, address, postcode, city, country, "territoryCode", lat, lon, website,
    "hoursInWords", flags, provenance, $2::timestamptz, $2::timestamptz
  FROM jsonb_to_recordset($1::jsonb) AS row (id uuid, source text, ref text, name text, kind text, address text,
    postcode text, city text, country text, "territoryCode" text, lat float8, lon float8, website text,
    "hoursInWords" text, flags text[], provenance jsonb)
  ON CONFLICT (source, ref) DO UPDATE SET name = excluded.name, kind = excluded.kind, address = excluded.address,
    postcode = excluded.postcode, city = excluded.city, country = excluded.country,
    territory_code = excluded.territory_code, lat = excluded.lat, lon = excluded.lon, website = excluded.website,
    hours_in_words = excluded.hours_in_words, flags = excluded.flags, provenance = excluded.provenance,
    updated_at = excluded.updated_at
  WHERE (place.name, place.kind, place.address, place.postcode, place.city, place.country, place.territory_code,
         place.lat, place.lon, place.website, place.hours_in_words, place.flags, place.provenance)
    IS DISTINCT FROM (excluded.name, excluded.kind, excluded.address, excluded.postcode, excluded.city,
         excluded.country, excluded.territory_code, excluded.lat, excluded.lon, excluded.website,
         excluded.hours_in_words, excluded.flags, excluded.provenance)
  RETURNING source, ref, (xmax = 0) AS created`;

const STORE_TERRITORIES = `
  INSERT INTO directory.territories AS territory (code, scheme, country, name, geometry, extent, source, licence,
    as_of, created_at)
  SELECT code, scheme, country, name, geometry, box(point(west, south), point(east, north)), $2, $3, $4,
    $5::timestamptz
  FROM jsonb_to_recordset($1::jsonb) AS row (code text, scheme text, country text, name text, geometry jsonb,
    west float8, south float8, east float8, north float8)
  ON CONFLICT (code) DO UPDATE SET name = excluded.name, geometry = excluded.geometry, extent = excluded.extent,
    source = excluded.source, licence = excluded.licence, as_of = excluded.as_of
  WHERE (territory.name, territory.geometry, territory.source, territory.licence, territory.as_of)
    IS DISTINCT FROM (excluded.name, excluded.geometry, excluded.source, excluded.licence, excluded.as_of)
  RETURNING code, (xmax = 0) AS created`;
