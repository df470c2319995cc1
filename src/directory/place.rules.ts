import { iso1A2Code } from '@rapideditor/country-coder';
import { LAT, LON, type ImportRow } from './import-files.js';
import type { ImportMapping } from './import.schema.js';

/** Stored, but something about the place contradicts itself or is missing. */
export type PlaceFlag =
  | 'coordinates_missing'
  | 'coordinates_invalid'
  | 'coordinates_in_no_country'
  | 'coordinates_in_another_country'
  | 'coordinates_imprecise';

const TEXT_FIELDS = ['kind', 'address', 'postcode', 'city', 'website', 'hoursInWords'] as const;
type Texts = Readonly<Record<(typeof TEXT_FIELDS)[number], string | null>>;

type Provenance = { readonly source: string; readonly licence: string; readonly asOf: string };
export type ImportedPlace = {
  readonly source: string;
  readonly ref: string;
  readonly name: string;
  readonly country: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly flags: readonly PlaceFlag[];
  readonly provenance: Readonly<Record<string, Provenance>>;
} & Texts;

export type Origin = { readonly source: string; readonly licence: string };
export type Judged = { readonly place: ImportedPlace } | { readonly refused: string };

const TEXT_LENGTH_MAX = 2_000;
const EMAIL = /(mailto:)?[\w.+-]+@[\w-]+(\.[\w-]+)+/gi;
const COUNTRY_BORDERS: Provenance = { source: 'country-coder', licence: 'ISC', asOf: '2026' };

/** What a record says about a place, or why it is refused. Coordinates are taken or left, never made. */
export function judgeRow(row: ImportRow, mapping: ImportMapping, origin: Origin): Judged {
  if (row.fault) return { refused: row.fault };
  if (Object.values(row.values).some((text) => text.includes('\uFFFD')))
    return { refused: 'A character is not UTF-8. Save the file as UTF-8.' };
  const { fields } = mapping;
  const read = (column: string | undefined) => {
    const text = column ? (row.values[column] ?? '') : '';
    return mapping.absent?.includes(text) ? null : cleaned(text);
  };
  const ref = read(fields.ref);
  const name = read(fields.name);
  if (!ref) return { refused: `No reference in ${fields.ref}.` };
  if (!name) return { refused: `No name in ${fields.name}.` };
  const source = read(fields.source) ?? origin.source;
  const licence = mapping.licences?.[source] ?? origin.licence;
  const point = pointOf(row.values[fields.lat ?? LAT], row.values[fields.lon ?? LON]);
  const stated = read(fields.country)?.toUpperCase() ?? mapping.country ?? null;
  if (stated && !/^[A-Z]{2}$/.test(stated)) return { refused: `${stated} is not a country code such as FR.` };
  const found = typeof point === 'string' ? null : iso1A2Code([point.lon, point.lat]);
  const texts = Object.fromEntries(TEXT_FIELDS.map((field) => [field, read(fields[field])])) as Texts;
  const said = {
    name,
    ...texts,
    country: stated ?? found,
    lat: typeof point === 'string' ? null : point.lat,
    lon: typeof point === 'string' ? null : point.lon,
  };
  const flags = typeof point === 'string' ? [point] : contradictions(found, stated, row, mapping);
  const own: Provenance = { source, licence, asOf: mapping.asOf };
  const provenance = Object.fromEntries(
    Object.entries(said)
      .filter(([, value]) => value !== null)
      .map(([field]) => [field, field === 'country' && !stated ? COUNTRY_BORDERS : own]),
  );
  return { place: { source, ref, ...said, flags, provenance } };
}

/** Trimmed, without e-mail addresses; null when nothing is left. */
function cleaned(text: string): string | null {
  const kept = text.replaceAll(EMAIL, '').replaceAll(/\s+/g, ' ').trim().slice(0, TEXT_LENGTH_MAX);
  return kept === '' ? null : kept;
}

function pointOf(latText = '', lonText = ''): { lat: number; lon: number } | PlaceFlag {
  if (latText.trim() === '' && lonText.trim() === '') return 'coordinates_missing';
  const [lat, lon] = [latText, lonText].map(decimal) as [number, number];
  const onEarth = Math.abs(lat) <= 90 && Math.abs(lon) <= 180; // false for NaN
  return onEarth && (lat !== 0 || lon !== 0) ? { lat, lon } : 'coordinates_invalid';
}

/** With a point or, as spreadsheets in many of our languages write, a comma. */
function decimal(text: string): number {
  return /^\s*[+-]?\d+([.,]\d+)?\s*$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
}

function contradictions(
  found: string | null,
  stated: string | null,
  row: ImportRow,
  { precision }: ImportMapping,
): PlaceFlag[] {
  const confidence = precision ? decimal(row.values[precision.column] ?? '') : Number.NaN;
  return [
    ...(found ? [] : (['coordinates_in_no_country'] as const)),
    ...(found && stated && found !== stated ? (['coordinates_in_another_country'] as const) : []),
    ...(precision && confidence < precision.min ? (['coordinates_imprecise'] as const) : []),
  ];
}
