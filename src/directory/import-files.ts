import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { z } from 'zod';
import { ImportProblems } from './directory.problems.js';

/** One record of a file: its line (CSV) or its number (GeoJSON), and its values by column. */
export type ImportRow = {
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
  /** What made the record unreadable. */
  readonly fault?: string;
};

/** The columns of a feature's own point. */
export const LAT = '$lat';
export const LON = '$lon';

const DELIMITERS = [',', ';', '\t'] as const;
const HEADER_BYTES_MAX = 65_536;

/** The records of a CSV or GeoJSON file, one after another. Throws a Problem when the whole is not readable. */
export async function* readRows(file: string, columns: readonly string[]): AsyncGenerator<ImportRow> {
  if (/\.csv$/i.test(file)) yield* readCsv(file, columns);
  else yield* (await readFeatures(file)).map(featureRow);
}

/** How many records a progress bar stands for; quoted line breaks make it a few too many. */
export async function countRows(file: string): Promise<number> {
  if (!/\.csv$/i.test(file)) return (await readFeatures(file)).length;
  try {
    return (await readFile(file, 'utf8')).split('\n').length - 1;
  } catch (error) {
    throw unreadable(file, error);
  }
}

async function* readCsv(file: string, columns: readonly string[]): AsyncGenerator<ImportRow> {
  let header: string[] | undefined;
  try {
    for await (const { record, info } of await openCsv(file)) {
      if (header) yield csvRow(header, record, info.lines);
      else header = demandColumns(record, columns);
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  if (!header) throw ImportProblems.unreadable(`${file} is empty.`);
}

async function openCsv(file: string): Promise<AsyncIterable<CsvRecord>> {
  const delimiter = await delimiterOf(file);
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  return createReadStream(file)
    .on('error', (error) => parser.destroy(error))
    .pipe(parser);
}
type CsvRecord = { readonly record: string[]; readonly info: { readonly lines: number } };

/** The one that separates the header into most columns: a comma may also stand within the numbers below it. */
async function delimiterOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER_BYTES_MAX));
    const header = buffer.toString('utf8', 0, bytesRead).split('\n', 1)[0]!;
    const count = (delimiter: string) => header.split(delimiter).length;
    return DELIMITERS.reduce((best, other) => (count(other) > count(best) ? other : best));
  } finally {
    await handle.close();
  }
}

function csvRow(header: readonly string[], record: readonly string[], line: number): ImportRow {
  const values = Object.fromEntries(header.map((name, at) => [name, record[at] ?? '']));
  if (record.length === header.length) return { line, values };
  return { line, values, fault: `${record.length} values where the header has ${header.length}.` };
}

function demandColumns(header: string[], columns: readonly string[]): string[] {
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length === 0) return header;
  throw ImportProblems.mappingUnfit(
    `The file has no column ${missing.join(', ')}. It has ${header.join(', ')}.`,
  );
}

const FeatureCollection = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });
const Feature = z.object({
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.object({ type: z.string(), coordinates: z.unknown() }).nullish(),
});

export async function readFeatures(file: string): Promise<unknown[]> {
  try {
    const text = await readFile(file, 'utf8');
    return FeatureCollection.parse(JSON.parse(text.replace(/^\uFEFF/, ''))).features;
  } catch (error) {
    throw unreadable(file, error);
  }
}

export type FeatureParts = z.output<typeof Feature>;

export function parseFeature(feature: unknown): FeatureParts | null {
  return Feature.safeParse(feature).data ?? null;
}

function featureRow(feature: unknown, at: number): ImportRow {
  const line = at + 1;
  const parts = parseFeature(feature);
  if (!parts) return { line, values: {}, fault: 'Not a GeoJSON feature.' };
  const { properties, geometry } = parts;
  const values = Object.fromEntries(
    Object.entries(properties ?? {}).map(([name, value]) => [name, asText(value)]),
  );
  const point = z.tuple([z.number(), z.number()]).rest(z.number()).safeParse(geometry?.coordinates).data;
  if (!point || geometry?.type !== 'Point') return { line, values };
  return { line, values: { ...values, [LON]: String(point[0]), [LAT]: String(point[1]) } };
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
}

function unreadable(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || error.name === 'Problem') return error;
  const reason = error instanceof z.ZodError ? 'it is not a GeoJSON FeatureCollection' : error.message;
  return ImportProblems.unreadable(`${file} could not be read to its end, so nothing was stored: ${reason}`);
}
