import { csv } from '../kernel/csv.js';
import { OWN_LICENCE } from './entries.queries.js';
import type { EntryView, ENTRY_FORMATS } from './catalogue.schema.js';
import type { Typology } from './taxonomy.data.js';
import { inTypology } from './taxonomy.rules.js';

export type EntryFormat = (typeof ENTRY_FORMATS)[number];

/** What a file says of itself. Each record bears the licence of its own source beside it. */
export type FileHead = {
  readonly date: string;
  readonly address: string;
  readonly typology: Typology | null;
};

export const MEDIA_TYPES: Readonly<Record<EntryFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  geojson: 'application/geo+json; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

type Batches = AsyncIterable<readonly EntryView[]>;

/** A file, piece by piece, as its records are read. */
export const WRITERS: Readonly<
  Record<EntryFormat, (batches: Batches, head: FileHead) => AsyncGenerator<string>>
> = { csv: writeCsv, geojson: writeGeoJson, json: writeJson };

const COLUMNS: readonly [string, (entry: EntryView, head: FileHead) => string | number | null][] = [
  ['id', (entry) => entry.id],
  ['kind', (entry) => entry.kind],
  ['name', (entry) => entry.name],
  ['labels', (entry) => entry.labels.join('|')],
  ['source_kind', (entry) => entry.sourceKind],
  ['external_type', externalType],
  ['address', (entry) => entry.address],
  ['postcode', (entry) => entry.postcode],
  ['city', (entry) => entry.city],
  ['country', (entry) => entry.country],
  ['territory', (entry) => entry.territoryCode],
  ['lat', (entry) => entry.lat],
  ['lon', (entry) => entry.lon],
  ['website', (entry) => entry.website],
  ['hours', (entry) => entry.hoursInWords],
  ['identities', (entry) => entry.identities.map(({ scheme, value }) => `${scheme}:${value}`).join('|')],
  ['source', (entry) => entry.source],
  ['licence', (entry) => entry.licence],
  ['as_of', (entry) => entry.asOf],
  ['exported_on', (_entry, head) => head.date],
];

async function* writeCsv(batches: Batches, head: FileHead): AsyncGenerator<string> {
  yield csv([COLUMNS.map(([name]) => name)]);
  for await (const entries of batches)
    yield csv(entries.map((entry) => COLUMNS.map(([, read]) => String(read(entry, head) ?? ''))));
}

async function* writeGeoJson(batches: Batches, head: FileHead): AsyncGenerator<string> {
  yield `{"type":"FeatureCollection","escale":${JSON.stringify(aboutFile(head))},"features":[\n`;
  yield* joined(batches, (entry) => {
    const { id, lat, lon, ...properties } = inWords(entry, head);
    const geometry = lat === null || lon === null ? null : { type: 'Point', coordinates: [lon, lat] };
    return { type: 'Feature', id, geometry, properties };
  });
  yield ']}\n';
}

async function* writeJson(batches: Batches, head: FileHead): AsyncGenerator<string> {
  yield `{"about":${JSON.stringify(aboutFile(head))},"records":[\n`;
  yield* joined(batches, (entry) => inWords(entry, head));
  yield ']}\n';
}

async function* joined(batches: Batches, write: (entry: EntryView) => unknown): AsyncGenerator<string> {
  let isFirst = true;
  for await (const entries of batches) {
    if (entries.length === 0) continue;
    yield `${isFirst ? '' : ',\n'}${entries.map((entry) => JSON.stringify(write(entry))).join(',\n')}`;
    isFirst = false;
  }
}

function aboutFile({ date, address, typology }: FileHead): Record<string, string | null> {
  const licence = `Each record says its own; our own records and corrections: ${OWN_LICENCE}`;
  return { title: 'Escale data bank', publisher: 'Escale', source: address, date, licence, typology };
}

function inWords(entry: EntryView, head: FileHead) {
  return head.typology === null ? entry : { ...entry, externalType: externalType(entry, head) };
}

function externalType(entry: EntryView, { typology }: FileHead): string | null {
  return typology === null ? null : inTypology(entry.labels, typology).join('|');
}
