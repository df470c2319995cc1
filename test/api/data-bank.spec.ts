import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import { ImportMapping, Imports } from '../../src/directory/index.js';
import { newId } from '../../src/kernel/ids.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, ownerSql, startApp, TestClock } from '../support/app.js';
import { makeNetwork, makeSpace } from '../support/make-directory.js';
import { importTwoPlaces } from '../support/make-places.js';

const DATA = path.resolve('../shared/data');
const THIRD_PLACES = path.join(DATA, 'places/tiers-lieux-france-2019.csv');
const PUBLIC_PLACES = path.join(DATA, 'places/public-places-mediterranean.geojson');
const NUTS = path.join(DATA, 'geo/nuts3-2024-60m.geojson');

const clock = new TestClock();
let app: NestFastifyApplication;
let space: Awaited<ReturnType<typeof makeSpace>>;
beforeAll(async () => {
  app = await startApp({ clock });
});
beforeEach(async () => {
  await emptyDatabase();
  clock.travelTo('2026-12-01T08:00:00Z');
  const network = await makeNetwork(app);
  space = await makeSpace(app, {
    networkId: network.id,
    pools: [{}, { resourceKind: 'machine_time', name: 'Laser', capacity: 1 }],
  });
});
afterAll(() => app.close());

const importRows = () => importTwoPlaces(app);
const http = () => request(app.getHttpServer());
const bank = '/v1/data-bank';
const get = async (route: string) => (await http().get(`${bank}/${route}`).expect(200)).body;

describe('the catalogue', () => {
  it('has places and member spaces, found by label, source and region, each field with its source', async () => {
    await importRows();
    const all = await get('entries');
    expect(all.total).toBe(3);
    const { items } = await get('entries?label=fablab');
    expect(items).toEqual([
      expect.objectContaining({
        id: space.id,
        kind: 'SPACE',
        labels: ['coworking', 'fablab'],
        territoryCode: 'FRL04',
        source: 'escale',
        licence: 'Licence Ouverte 2.0',
        asOf: '2026-12-01',
        provenance: expect.objectContaining({
          name: { source: 'escale', licence: 'Licence Ouverte 2.0', asOf: '2026-12-01' },
        }),
      }),
    ]);
    const [manosque] = (await get('entries?source=survey&q=manosque')).items;
    expect(manosque.provenance.city).toEqual({ source: 'survey', licence: 'ODbL', asOf: '2026-01' });
    expect((await get('entries?territory=FRL0&kind=SPACE')).total).toBe(1);
    expect((await get('entries?country=IT')).items).toEqual([]);
    const page = await get('entries?limit=2');
    const rest = await get(`entries?limit=2&after=${page.next}`);
    expect([page.items.length, rest.items.length, rest.next]).toEqual([2, 1, null]);
    await space.manager.put(`/v1/spaces/${space.id}`).send({ operatorId: space.operatorId, ...HIDDEN });
    expect((await get('entries?kind=SPACE')).total).toBe(0);
    const gone = await http().get(`${bank}/entries/${space.id}`).expect(404);
    expect(gone.body.code).toBe('data_bank.not_found');
  });

  it('is told in other typologies, and lists what has no word there', async () => {
    await importRows();
    const taxonomy = await get('taxonomy');
    expect(taxonomy.unmapped).toEqual([{ source: 'survey', word: 'Club Info', records: 1 }]);
    const coworking = taxonomy.labels.find((item: { label: string }) => item.label === 'coworking');
    expect(coworking.records).toBe(2);
    const { text } = await http().get(`${bank}/entries.csv?typology=cget-2019`).expect(200);
    const rows = parse<Record<string, string>>(text, { columns: true });
    expect(Object.fromEntries(rows.map((row) => [row['source_kind'], row['external_type']]))).toEqual({
      'EPN, Club Info': 'unmapped:digital_help',
      coworking: 'Tiers lieux à dominante coworking',
      'coworking, fablab': 'Tiers lieux à dominante coworking|Tiers lieux à dominante fablab',
    });
  });
});

const HIDDEN = {
  name: 'Atelier du Vieux-Port',
  city: 'Marseille',
  country: 'FR',
  timeZone: 'Europe/Paris',
  territoryCode: 'FRL04',
  lat: 43.2951,
  lon: 5.3739,
  openingHours: 'Mo-Fr 09:00-18:00',
  closesOnHolidays: true,
  halfDayBoundary: '13:00',
  unit: 'EUR',
  visibility: 'hidden',
  settlementProfile: 'NETTING_ALLOWED',
};

describe('downloads, by anybody', () => {
  it('CSV: licence and date on each row, no formula, a longitude below zero stays a number, nobody named', async () => {
    await importRows();
    const answer = await http().get(`${bank}/entries.csv`).expect(200);
    expect(answer.headers['content-disposition']).toContain('escale-data-bank-2026-12-01.csv');
    const rows = parse<Record<string, string>>(answer.text, { columns: true });
    expect(rows.map((row) => [row['licence'], row['exported_on']])).toEqual([
      ['Licence Ouverte 2.0', '2026-12-01'],
      ['ODbL', '2026-12-01'],
      ['ODbL', '2026-12-01'],
    ]);
    expect(rows.map((row) => row['name'])).toContain(`'=HYPERLINK("http://example.org")`);
    expect(rows.map((row) => row['lon'])).toContain('-5.79');
    expect(answer.text).not.toMatch(/@|Trabelsi/);
  });

  it('GeoJSON and JSON: the file says its date, each record its licence', async () => {
    await importRows();
    const geo = await get('entries.geojson?source=survey');
    expect(geo.escale.date).toBe('2026-12-01');
    const found = geo.features.find(
      (one: { geometry: { coordinates: number[] } }) => one.geometry.coordinates[0]! < 0,
    );
    expect(found).toMatchObject({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [-5.79, 43.83] },
      properties: { name: 'La Garrigue', licence: 'ODbL', asOf: '2026-01' },
    });
    const json = await get('entries.json?kind=SPACE&typology=openstreetmap');
    expect(json.about).toMatchObject({ date: '2026-12-01', typology: 'openstreetmap' });
    expect(json.records).toEqual([
      expect.objectContaining({ id: space.id, externalType: 'amenity=coworking_space|leisure=hackerspace' }),
    ]);
    expect(await get('entries.json?country=IT')).toMatchObject({ records: [] });
  });

  it('DCAT-AP: a dataset for each source and licence, with three distributions under that licence', async () => {
    await importRows();
    const record = await get('catalogue.jsonld');
    expect(record['@type']).toBe('dcat:Catalog');
    expect(record['dcat:dataset'].map((set: Record<string, unknown>) => set['dct:identifier'])).toEqual([
      'escale/Licence Ouverte 2.0',
      'survey/ODbL',
    ]);
    const [, survey] = record['dcat:dataset'];
    expect(survey['dcat:distribution']).toHaveLength(3);
    expect(survey['dcat:distribution'][0]).toMatchObject({
      'dcat:mediaType': 'text/csv',
      'dct:license': { '@id': 'https://opendatacommons.org/licenses/odbl/1-0/' },
    });
    for (const term of ['dct:title', 'dct:description', 'dct:publisher', 'dcat:contactPoint', 'dcat:theme'])
      expect(survey).toHaveProperty(term);
  });
});

describe('interest in a city', () => {
  const wish = (more: object = {}) => ({ country: 'EG', city: 'Alexandria', kind: 'WORKER', ...more });
  const put = (body: object, id = newId()) => http().put(`${bank}/interests/${id}`).send(body);
  const alexandria = async () =>
    (await get('demand')).items.find((item: { city: string }) => item.city === 'Alexandria');

  it('is counted on the demand map, where fewer than five are not shown', async () => {
    expect(await alexandria()).toMatchObject({ workers: { count: 0, hidden: null } });
    for (let people = 0; people < 4; people += 1) await put(wish()).expect(200);
    await put(wish({ kind: 'SPACE' })).expect(200);
    expect(await alexandria()).toEqual({
      country: 'EG',
      city: 'Alexandria',
      lat: 31.2,
      lon: 29.92,
      workers: { count: null, hidden: 'UNDER_5' },
      spaces: { count: null, hidden: 'UNDER_5' },
    });
    await put(wish()).expect(200);
    expect(await alexandria()).toMatchObject({ workers: { count: 5 }, spaces: { count: null } });
  });

  it('keeps an address by consent alone, once, until its day or until it is taken back', async () => {
    const email = 'mona@example.org';
    const refused = await put(wish({ email })).expect(422);
    expect(refused.body.code).toBe('request.invalid');
    const id = newId();
    const kept = await put(wish({ email, consent: true }), id).expect(200);
    expect(kept.body.purgeOn).toBe('2027-12-01');
    await put(wish({ email, consent: true })).expect(200);
    const count = () =>
      ownerSql('SELECT count(*)::int AS n, count(email)::int AS known FROM data_bank.interests');
    expect(await count()).toEqual([{ n: 1, known: 1 }]);
    const taken = await http().delete(`${bank}/interests/${id}/contact`).expect(200);
    expect(taken.body.purgeOn).toBeNull();
    expect(await count()).toEqual([{ n: 1, known: 0 }]);
    await put(wish({ email, consent: true })).expect(200);
    clock.travelTo('2027-12-01T00:00:00Z');
    await app.get(Sweeps).runAll();
    expect(await count()).toEqual([{ n: 2, known: 0 }]);
  });

  it('is refused for a city that is not on the map, and under an id that stands for another', async () => {
    expect((await put(wish({ city: 'Atlantis' })).expect(422)).body.code).toBe('interest.city_unknown');
    const id = newId();
    await put(wish(), id).expect(200);
    expect((await put(wish({ kind: 'SPACE' }), id).expect(409)).body.code).toBe('request.id_reused');
    const missing = await http().delete(`${bank}/interests/${newId()}/contact`).expect(404);
    expect(missing.body.code).toBe('interest.not_found');
  });
});

/** Real files are not part of the repository. */
it('both real files: a second import makes no duplicate, 127 places of 2019 lie in the South, unmapped words are listed', async () => {
  if (![THIRD_PLACES, PUBLIC_PLACES, NUTS].every((file) => existsSync(file))) {
    console.warn('SKIPPED: the real files are not here.');
    return;
  }
  const mapping = (name: string) =>
    ImportMapping.parse(JSON.parse(readFileSync(`docs/imports/${name}.map.json`, 'utf8')));
  const imports = app.get(Imports);
  const run = async () => {
    await imports.run({
      file: THIRD_PLACES,
      mapping: mapping('tiers-lieux-2019'),
      source: 'anct-2019',
      licence: 'Licence Ouverte 2.0',
    });
    await imports.run({
      file: PUBLIC_PLACES,
      mapping: mapping('public-places'),
      source: 'public-places',
      licence: 'Licence Ouverte',
    });
    return (await get('entries?limit=1')).total;
  };
  await imports.runTerritories({ file: NUTS, source: 'GISCO', licence: 'PDDL', asOf: '2024' });
  const first = await run();
  // 1,500 of 2019, 1,160 public places, one member space.
  expect([first, await run()]).toEqual([2661, 2661]);
  const refs = parse<{ ID: string; INSEEREG: string }>(readFileSync(THIRD_PLACES), {
    columns: true,
    bom: true,
  })
    .filter((row) => row.INSEEREG === '93')
    .map((row) => row.ID);
  const { text } = await http().get(`${bank}/entries.csv?source=anct-2019`).expect(200);
  const rows = parse<Record<string, string>>(text, { columns: true });
  const south = rows.filter((row) => refs.includes(row['identities']!.replace('anct-2019:', '')));
  expect([refs.length, south.length]).toEqual([127, 127]);
  expect(rows.every((row) => row['licence'] === 'Licence Ouverte 2.0' && row['as_of'] === '2019')).toBe(true);
  expect(text).not.toMatch(/[\w.]@[\w-]+\.[a-z]/);
  const { labels, unmapped } = await get('taxonomy');
  const records = Object.fromEntries(
    labels.map((item: { label: string; records: number }) => [item.label, item.records]),
  );
  expect(records).toMatchObject({ hackerspace: 234 });
  expect(records.coworking).toBeGreaterThan(1100);
  expect(unmapped).toContainEqual(expect.objectContaining({ word: 'Club Info', source: 'hub-lo' }));
});
