import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ImportMapping, Imports } from '../../src/directory/index.js';
import { ownerSql } from './app.js';

const SMALL = ImportMapping.parse({
  country: 'FR',
  asOf: '2026-01',
  fields: { ref: 'id', name: 'name', kind: 'kind', city: 'city', lat: 'lat', lon: 'lon' },
});
const ROWS = [
  'id,name,kind,city,lat,lon',
  '1,"=HYPERLINK(""http://example.org"")","EPN, Club Info",Arles,43.68,4.63',
  '2,La Garrigue,coworking,Manosque,43.83,-5.79',
];

/** Two places of a survey under ODbL; the name of one is a formula. Again changes nothing. */
export async function importTwoPlaces(app: NestFastifyApplication): Promise<{ id: string; name: string }[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'escale-two-places-'));
  const file = path.join(folder, 'places.csv');
  writeFileSync(file, ROWS.join('\n'));
  try {
    await app.get(Imports).run({ file, mapping: SMALL, source: 'survey', licence: 'ODbL' });
  } finally {
    rmSync(folder, { recursive: true });
  }
  return ownerSql('SELECT id, name FROM directory.places ORDER BY ref');
}
