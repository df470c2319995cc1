import type { ENTRY_FORMATS, SourceView } from './catalogue.schema.js';
import { MEDIA_TYPES } from './formats.js';

const CONTEXT = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
};
const THEME = 'http://publications.europa.eu/resource/authority/data-theme/ECON';
const AS_NEEDED = 'http://publications.europa.eu/resource/authority/frequency/CONT';
const FILE_TYPE = 'http://publications.europa.eu/resource/authority/file-type/';

/** Addresses of the licences that have one. */
const LICENCES: Readonly<Record<string, string>> = {
  'Licence Ouverte': 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/',
  'Licence Ouverte 2.0': 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/',
  'CC BY 4.0': 'https://creativecommons.org/licenses/by/4.0/',
  'CC BY-SA': 'https://creativecommons.org/licenses/by-sa/4.0/',
  ODbL: 'https://opendatacommons.org/licenses/odbl/1-0/',
};

type Format = (typeof ENTRY_FORMATS)[number];
const FORMATS: readonly [Format, string][] = [
  ['csv', 'CSV'],
  ['geojson', 'GEOJSON'],
  ['json', 'JSON'],
];

/**
 * The catalogue as DCAT-AP 3 in JSON-LD: one dataset per source and licence, so that records under a licence that
 * binds whatever is mixed with them can be taken, or left, alone.
 */
export function catalogueRecord(
  sources: readonly SourceView[],
  { origin, date }: { readonly origin: string; readonly date: string },
): Record<string, unknown> {
  return {
    '@context': CONTEXT,
    '@id': `${origin}/data`,
    '@type': 'dcat:Catalog',
    'dct:title': text('Escale data bank of coworking around the Mediterranean'),
    'dct:description': text(
      'Third places and coworking spaces, each field with its source, licence and date.',
    ),
    'dct:publisher': publisher(origin),
    'dct:modified': date,
    'foaf:homepage': { '@id': `${origin}/data` },
    'dcat:dataset': sources.map((source) => dataset(source, origin)),
  };
}

function dataset({ source, licence, asOf, records }: SourceView, origin: string): Record<string, unknown> {
  const name = encodeURIComponent(source);
  const licenceId = LICENCES[licence];
  return {
    '@id': `${origin}/data?source=${name}`,
    '@type': 'dcat:Dataset',
    'dct:title': text(`Coworking and third places: ${source}`),
    'dct:description': text(`${records} records from ${source}, as of ${asOf}, under ${licence}.`),
    'dct:identifier': `${source}/${licence}`,
    'dct:publisher': publisher(origin),
    'dcat:contactPoint': {
      '@type': 'vcard:Organization',
      'vcard:fn': 'Escale',
      'vcard:hasURL': { '@id': `${origin}/data` },
    },
    'dcat:theme': { '@id': THEME },
    'dct:spatial': { '@type': 'dct:Location', 'dct:title': text('Mediterranean') },
    'dct:temporal': { '@type': 'dct:PeriodOfTime', 'dcat:startDate': asOf },
    'dct:accrualPeriodicity': { '@id': AS_NEEDED },
    'dcat:distribution': FORMATS.map(([format, fileType]) => ({
      '@type': 'dcat:Distribution',
      'dcat:accessURL': { '@id': `${origin}/v1/data-bank/entries.${format}?source=${name}` },
      'dcat:downloadURL': { '@id': `${origin}/v1/data-bank/entries.${format}?source=${name}` },
      'dcat:mediaType': MEDIA_TYPES[format].split(';')[0],
      'dct:format': { '@id': `${FILE_TYPE}${fileType}` },
      'dct:license': licenceId
        ? { '@id': licenceId }
        : { '@type': 'dct:LicenseDocument', 'dct:title': text(licence) },
    })),
  };
}

function publisher(origin: string): Record<string, unknown> {
  return { '@id': `${origin}/`, '@type': 'foaf:Agent', 'foaf:name': text('Escale') };
}

function text(value: string): Record<string, string> {
  return { '@value': value, '@language': 'en' };
}
