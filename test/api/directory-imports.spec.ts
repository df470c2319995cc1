import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { ImportMapping, Imports } from '../../src/directory/index.js';
import { databaseUrl, emptyDatabase, ownerSql, startApp } from '../support/app.js';

const DATA = path.resolve('../shared/data');
const THIRD_PLACES = path.join(DATA, 'places/tiers-lieux-france-2019.csv');
const PUBLIC_PLACES = path.join(DATA, 'places/public-places-mediterranean.geojson');
const NUTS = path.join(DATA, 'geo/nuts3-2024-60m.geojson');

const mapping = (name: string) =>
  ImportMapping.parse(JSON.parse(readFileSync(`docs/imports/${name}.map.json`, 'utf8')));
const SMALL = ImportMapping.parse({
  country: 'FR',
  asOf: '2026-01',
  fields: { ref: 'id', name: 'name', address: 'address', lat: 'lat', lon: 'lon' },
});

let app: NestFastifyApplication;
const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-imports-'));
beforeAll(async () => {
  app = await startApp();
});
beforeEach(() => emptyDatabase());
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const http = () => request(app.getHttpServer());

function importText(
  text: string | Buffer,
  more: { dryRun?: boolean; name?: string; map?: ImportMapping } = {},
) {
  const file = path.join(folder, more.name ?? 'places.csv');
  writeFileSync(file, text);
  const { dryRun = false, map = SMALL } = more;
  return app.get(Imports).run({ file, mapping: map, source: 'test', licence: 'ODbL', dryRun });
}

/** Real files are not part of the repository. */
function withFile(file: string, work: () => Promise<void>): () => Promise<void> {
  return async () => {
    if (existsSync(file)) return work();
    console.warn(`SKIPPED: ${file} is not here.`);
  };
}

type Counts = {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  flagged: number;
  refused: number;
};
const sum = ({ created, updated, unchanged, flagged, refused }: Counts) =>
  created + updated + unchanged + flagged + refused;

describe('a CSV file', () => {
  it('is read with a byte order mark, semicolons, quotes with line breaks, and decimal commas', async () => {
    const text = '\uFEFFid;name;address;lat;lon\n1;"La ""Garrigue""";"1, rue\nHaute";43,8342;5,7861\n';
    expect(await importText(text)).toMatchObject({ read: 1, created: 1 });
    const [place] = await ownerSql('SELECT name, address, lat, lon FROM directory.places');
    expect(place).toEqual({ name: 'La "Garrigue"', address: '1, rue Haute', lat: 43.8342, lon: 5.7861 });
  });

  it('has each row in exactly one count, with the reason and the line', async () => {
    const result = await importText(
      [
        'id,name,address,lat,lon',
        '1,Fine,,43.3,5.37',
        '2,Nowhere,,,',
        '3,In Spain,,41.39,2.17',
        '4,Off the map,,95,2',
        '5,In the ocean,,40,-40',
        ',No reference,,43.3,5.37',
        '7,,,43.3,5.37',
        '8,Too short',
        '1,Again,,43.3,5.37',
      ].join('\n'),
    );
    expect(result).toMatchObject({ read: 9, created: 1, updated: 0, unchanged: 0, flagged: 4, refused: 4 });
    expect(result.rows).toEqual([
      { line: 2, outcome: 'created' },
      { line: 3, outcome: 'flagged', reason: 'coordinates_missing' },
      { line: 4, outcome: 'flagged', reason: 'coordinates_in_another_country' },
      { line: 5, outcome: 'flagged', reason: 'coordinates_invalid' },
      { line: 6, outcome: 'flagged', reason: 'coordinates_in_no_country' },
      { line: 7, outcome: 'refused', reason: 'No reference in id.' },
      { line: 8, outcome: 'refused', reason: 'No name in name.' },
      { line: 9, outcome: 'refused', reason: '2 values where the header has 5.' },
      { line: 10, outcome: 'refused', reason: 'The same source and reference 1 as in record 2.' },
    ]);
    // Coordinates are never made: two of the stored five have none.
    expect(await ownerSql('SELECT count(*)::int AS n FROM directory.places WHERE lat IS NULL')).toEqual([
      { n: 2 },
    ]);
  });

  it('changes only what differs, and nothing the second time', async () => {
    const text = (name: string) => `id,name,address,lat,lon\n1,${name},,43.3,5.37\n2,Other,,43.3,5.37\n`;
    expect(await importText(text('One'))).toMatchObject({ created: 2 });
    expect(await importText(text('One'))).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(await importText(text('Uno'))).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
  });

  it('stores nothing in a dry run, but reports the same', async () => {
    const text = 'id,name,address,lat,lon\n1,One,,43.3,5.37\n';
    expect(await importText(text, { dryRun: true })).toMatchObject({ read: 1, created: 1 });
    expect(await ownerSql('SELECT id FROM directory.places')).toEqual([]);
  });

  it('keeps no e-mail address, but a name with an at sign', async () => {
    await importText(`id,name,address,lat,lon\n1,L'@MI,write to lea@example.org or 1 rue Haute,43.3,5.37\n`);
    const [place] = await ownerSql('SELECT name, address FROM directory.places');
    expect(place).toEqual({ name: "L'@MI", address: 'write to or 1 rue Haute' });
  });

  it('that is not UTF-8 has its rows refused', async () => {
    const result = await importText(Buffer.from('id,name,address,lat,lon\n1,Caf\xe9,,43.3,5.37\n', 'latin1'));
    expect(result.rows).toEqual([
      { line: 2, outcome: 'refused', reason: 'A character is not UTF-8. Save the file as UTF-8.' },
    ]);
  });

  it.each([
    ['an open quote', 'id,name,address,lat,lon\n1,One,,43.3,5.37\n2,"Two,,43.3,5.37\n', 'import.unreadable'],
    ['nothing', '', 'import.unreadable'],
    ['other columns', 'id,title\n1,One\n', 'import.mapping_unfit'],
  ])('with %s is refused as a whole, and nothing is stored', async (_what, text, code) => {
    await expect(importText(text)).rejects.toMatchObject({ code });
    expect(await ownerSql('SELECT id FROM directory.places')).toEqual([]);
  });
});

describe('a GeoJSON file', () => {
  const geo = ImportMapping.parse({ asOf: '2026', fields: { ref: 'ref', name: 'name' } });

  it('takes coordinates from points, the country from the coordinates, and refuses what is no feature', async () => {
    const feature = (ref: number, geometry: unknown) => ({
      type: 'Feature',
      geometry,
      properties: { ref, name: 'X' },
    });
    const point = { type: 'Point', coordinates: [10.1797, 36.8008] };
    const features = [feature(1, point), feature(2, null), 7];
    const text = JSON.stringify({ type: 'FeatureCollection', features });
    const result = await importText(text, { name: 'places.geojson', map: geo });
    expect(result.rows).toEqual([
      { line: 1, outcome: 'created' },
      { line: 2, outcome: 'flagged', reason: 'coordinates_missing' },
      { line: 3, outcome: 'refused', reason: 'Not a GeoJSON feature.' },
    ]);
    const [place] = await ownerSql<{ country: string; provenance: object }>(
      `SELECT country, provenance FROM directory.places WHERE ref = '1'`,
    );
    const own = { source: 'test', licence: 'ODbL', asOf: '2026' };
    const borders = { source: 'country-coder', licence: 'ISC', asOf: '2026' };
    expect(place).toEqual({ country: 'TN', provenance: { name: own, lat: own, lon: own, country: borders } });
  });

  it.each([['{'], ['[]'], ['{"type":"Feature"}']])('such as %s is refused as a whole', async (text) => {
    const refused = importText(text, { name: 'places.geojson', map: geo });
    await expect(refused).rejects.toMatchObject({ code: 'import.unreadable' });
  });
});

describe('the catalogue', () => {
  it('is read nearest first, page by page, each place once', async () => {
    const lines = Array.from(
      { length: 12 },
      (_, index) => `${index},Place ${index},,${43 + (index % 5) / 10},5.4`,
    );
    await importText(['id,name,address,lat,lon', ...lines].join('\n'));
    const seen: { ref: string; metres: number }[] = [];
    let next: string | null = '';
    while (next !== null) {
      const after: string = next && `&after=${encodeURIComponent(next)}`;
      const { body } = await http().get(`/v1/places?near=43.2,5.4&limit=5${after}`).expect(200);
      seen.push(...body.items);
      next = body.next;
    }
    expect(new Set(seen.map((place) => place.ref)).size).toBe(12);
    expect(seen.map((place) => place.metres)).toEqual(
      seen.map((place) => place.metres).toSorted((a, b) => a - b),
    );
  });

  it('is filtered by distance and by words', async () => {
    await importText('id,name,address,lat,lon\n1,Atelier,,43.3,5.4\n2,Garage,,43.9,5.4\n');
    const refs = async (query: string) =>
      (await http().get(`/v1/places?${query}`).expect(200)).body.items.map(
        (place: { ref: string }) => place.ref,
      );
    expect(await refs('near=43.3,5.4&kilometres=50')).toEqual(['1']);
    expect(await refs('q=garage')).toEqual(['2']);
    expect(await refs('country=IT')).toEqual([]);
  });

  it('refuses a point that is none, and a page that is none; a place that is not there is not found', async () => {
    expect((await http().get('/v1/places?near=north').expect(422)).body.code).toBe('request.invalid');
    expect((await http().get('/v1/places?after=x').expect(422)).body.errors[0].pointer).toBe('/after');
    const missing = await http().get('/v1/places/01980000-0000-7000-8000-000000000001').expect(404);
    expect(missing.body.code).toBe('place.not_found');
  });
});

describe('real files', () => {
  it(
    'third places of France 2019: all 1,512 accounted for, 127 of them in Provence-Alpes-Côte d’Azur',
    withFile(THIRD_PLACES, async () => {
      await app.get(Imports).runTerritories({ file: NUTS, source: 'GISCO', licence: 'PDDL', asOf: '2024' });
      const run = () =>
        app.get(Imports).run({
          file: THIRD_PLACES,
          mapping: mapping('tiers-lieux-2019'),
          source: 'anct-2019',
          licence: 'Licence Ouverte 2.0',
        });
      const first = await run();
      // Twelve rows have no name.
      expect([first.read, sum(first), first.refused]).toEqual([1512, 1512, 12]);
      expect(await ownerSql('SELECT count(*)::int AS n FROM directory.places')).toEqual([{ n: 1500 }]);
      const rows = parse<{ ID: string; INSEEREG: string }>(readFileSync(THIRD_PLACES), {
        columns: true,
        bom: true,
      });
      const refs = rows.filter((row) => row.INSEEREG === '93').map((row) => row.ID);
      const [region] = await ownerSql<{ stored: number; inside: number }>(
        `SELECT count(*)::int AS stored, (count(*) FILTER (WHERE territory_code LIKE 'FRL0%'))::int AS inside
         FROM directory.places WHERE ref = ANY ($1)`,
        [refs],
      );
      expect(region!.stored).toBe(127);
      // The 1:60M border cuts off capes and quays, so a place at the sea may lie in no region.
      expect(region!.inside).toBeGreaterThan(100);
      const second = await run();
      expect([second.created, second.updated, sum(second)]).toEqual([0, 0, 1512]);
    }),
  );

  it(
    'public places around the Mediterranean: all 1,168, repeats refused',
    withFile(PUBLIC_PLACES, async () => {
      const run = () =>
        app.get(Imports).run({
          file: PUBLIC_PLACES,
          mapping: mapping('public-places'),
          source: 'public-places',
          licence: 'Licence Ouverte',
        });
      const first = await run();
      // Seven references stand twice in one source, and one of them a third time: 8 repeats.
      expect([first.read, sum(first), first.refused]).toEqual([1168, 1168, 8]);
      const second = await run();
      expect([second.created, second.updated, sum(second), second.refused]).toEqual([0, 0, 1168, 8]);
      const held = await ownerSql(`SELECT ref FROM directory.places
        WHERE concat_ws(' ', name, address, website, hours_in_words) ~ '[a-z0-9]@[a-z0-9-]+[.][a-z]'`);
      expect(held).toEqual([]);
    }),
  );

  it(
    'NUTS 3 regions 2024: all 1,345, and Aix lies in FRL04',
    withFile(NUTS, async () => {
      const run = () =>
        app.get(Imports).runTerritories({ file: NUTS, source: 'GISCO', licence: 'PDDL', asOf: '2024' });
      expect(await run()).toMatchObject({ read: 1345, created: 1345 });
      expect(await run()).toMatchObject({ read: 1345, created: 0, updated: 0, unchanged: 1345 });
      await importText('id,name,address,lat,lon\n1,Aix,,43.5297,5.4474\n2,Manosque,,43.8342,5.7861\n');
      const places = await ownerSql('SELECT territory_code FROM directory.places ORDER BY ref');
      expect(places).toEqual([{ territory_code: 'FRL04' }, { territory_code: 'FRL01' }]);
      const { body } = await http().get('/v1/territories?country=GR').expect(200);
      expect(body.items).toContainEqual(expect.objectContaining({ code: 'EL303', scheme: 'NUTS3' }));
    }),
  );
});

describe('npm run escale -- spaces:import', () => {
  const escale = (...args: string[]) =>
    spawnSync(process.execPath, ['dist/src/cli.js', ...args], {
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: databaseUrl },
    });

  it('prints the report as JSON, and a sentence with exit code 1 when the file cannot be read', async () => {
    const file = path.join(folder, 'cli.csv');
    const map = path.join(folder, 'cli.map.json');
    writeFileSync(file, 'id,name,address,lat,lon\n1,One,,43.3,5.37\n,Two,,43.3,5.37\n');
    writeFileSync(map, JSON.stringify(SMALL));
    const options = ['--map', map, '--source', 'test', '--licence', 'ODbL', '--json'];
    const done = escale('spaces:import', file, ...options);
    expect(done.stderr).toBe('');
    expect(JSON.parse(done.stdout)).toMatchObject({ read: 2, created: 1, refused: 1 });
    const failed = escale('spaces:import', path.join(folder, 'none.csv'), ...options);
    expect([failed.status, failed.stdout]).toEqual([1, '']);
    expect(failed.stderr).toMatch(/^import\.unreadable: .*none\.csv/);
  }, 60_000);
});
