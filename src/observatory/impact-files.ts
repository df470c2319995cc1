import { csv } from '../kernel/csv.js';
import { DOMINANCE_BPS, PERSONS_MIN, SPACES_MIN } from './disclosure.rules.js';
import { FACTORS, FACTORS_VERSION } from './factors.js';
import { INDICATORS } from './indicators.js';
import type { SettlementInput } from './period.queries.js';
import type { ImpactMethodView, ImpactPeriodView, Report } from './report.schema.js';

export const LICENCE = 'https://creativecommons.org/licenses/by/4.0/';
type Published = ImpactPeriodView & { report: Report };

export function impactMethod(): ImpactMethodView {
  return {
    indicators: INDICATORS.map((indicator) => ({ ...indicator })),
    factors: FACTORS.map((factor) => ({ ...factor })),
    factorsVersion: FACTORS_VERSION,
    personsMin: PERSONS_MIN,
    spacesMin: SPACES_MIN,
    dominanceBps: DOMINANCE_BPS,
    licence: LICENCE,
  };
}

/** In every row, so that a line that is copied out still says where it is from. */
const SOURCE_COLUMNS = ['publication', 'published', 'licence'];
const source = ({ publicationRef, publishedAt }: Published) => [
  publicationRef ?? 'not published',
  publishedAt ?? '',
  LICENCE,
];
const text = (value: number | string | null) => (value === null ? '' : String(value));

export function figuresCsv(period: Published): string {
  return csv([
    [
      'quarter',
      'indicator',
      'measure',
      'value',
      'unit',
      'blank',
      'n',
      'missing_bps',
      'method',
      ...SOURCE_COLUMNS,
    ],
    ...period.report.figures.map((figure) => [
      period.quarter,
      figure.indicator,
      figure.measure,
      text(figure.value),
      figure.unit,
      text(figure.blank),
      text(figure.n),
      text(figure.missingBps),
      figure.method,
      ...source(period),
    ]),
  ]);
}

/** Margins have `*` for all. */
export function flowsCsv(period: Published): string {
  const { flows, origins, destinations, total } = period.report;
  const rows = [
    ...flows,
    ...origins.map(({ code, ...cell }) => ({ home: code, host: '*', ...cell })),
    ...destinations.map(({ code, ...cell }) => ({ home: '*', host: code, ...cell })),
    { home: '*', host: '*', halfDays: total.halfDays, blank: total.blank },
  ];
  return csv([
    ['quarter', 'home', 'host', 'visit_days', 'blank', ...SOURCE_COLUMNS],
    ...rows.map(({ home, host, halfDays, blank }) => [
      period.quarter,
      home,
      host,
      text(halfDays === null ? null : halfDays / 2),
      text(blank),
      ...source(period),
    ]),
  ]);
}

export function monthsCsv(period: Published): string {
  return csv([
    ['month', 'visit_days', 'blank', ...SOURCE_COLUMNS],
    ...period.report.months.map(({ code, halfDays, blank }) => [
      code,
      text(halfDays === null ? null : halfDays / 2),
      text(blank),
      ...source(period),
    ]),
  ]);
}

/** In minor units. `*` is all territories. */
export function incomeCsv(period: Published): string {
  return csv([
    ['quarter', 'host', 'unit', 'amount_minor', 'blank', ...SOURCE_COLUMNS],
    ...period.report.income.map(({ code, unit, minor, blank }) => [
      period.quarter,
      code,
      unit,
      text(minor),
      text(blank),
      ...source(period),
    ]),
  ]);
}

/** RFC 7946: an arc for each flow between two known territories, also for those that are blank. */
export function flowsGeoJson(period: Published): string {
  const points = new Map(period.report.territories.map((point) => [point.code, [point.lon, point.lat]]));
  return JSON.stringify({
    type: 'FeatureCollection',
    publication: period.publicationRef,
    published: period.publishedAt,
    licence: LICENCE,
    features: period.report.flows
      .filter(({ home, host }) => points.has(home) && points.has(host))
      .map(({ home, host, halfDays, blank }) => ({
        type: 'Feature',
        geometry:
          home === host
            ? { type: 'Point', coordinates: points.get(home) }
            : { type: 'LineString', coordinates: [points.get(home), points.get(host)] },
        properties: { home, host, visitDays: halfDays === null ? null : halfDays / 2, blank },
      })),
  });
}

/** A DCAT-AP 3 record, as JSON-LD. */
export function dataset(period: Published): string {
  const at = (file: string) => `/v1/impact-periods/${period.id}/${file}`;
  const distribution = (file: string, mediaType: string, title: string) => ({
    '@type': 'dcat:Distribution',
    'dct:title': title,
    'dcat:accessURL': { '@id': at(file) },
    'dcat:mediaType': mediaType,
    'dct:license': { '@id': LICENCE },
  });
  return JSON.stringify({
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      foaf: 'http://xmlns.com/foaf/0.1/',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    '@type': 'dcat:Dataset',
    '@id': at(''),
    'dct:identifier': period.publicationRef,
    'dct:title': `Coworking between territories, ${period.quarter}: ${period.network.name}`,
    'dct:description': `Visits between territories and what they come to. ${period.limits ?? ''}`.trim(),
    'dct:publisher': { '@type': 'foaf:Organization', 'foaf:name': period.publisher.name },
    'dct:issued': period.publishedAt,
    'dcat:version': String(period.version),
    'dct:accrualPeriodicity': {
      '@id': 'http://publications.europa.eu/resource/authority/frequency/QUARTERLY',
    },
    'dcat:theme': [{ '@id': 'http://publications.europa.eu/resource/authority/data-theme/REGI' }],
    'dct:spatial': period.report.territories.map(({ code, country }) =>
      code.includes('-') ? code : { '@id': `http://data.europa.eu/nuts/code/${code}`, country },
    ),
    'dct:temporal': {
      '@type': 'dct:PeriodOfTime',
      'dcat:startDate': period.fromDay,
      'dcat:endDate': period.untilDay,
    },
    'dcat:distribution': [
      distribution('figures.csv', 'text/csv', 'Indicators'),
      distribution('flows.csv', 'text/csv', 'Flows'),
      distribution('flows.geojson', 'application/geo+json', 'Flows as arcs'),
    ],
  });
}

/** Σ of PAYMENT ÷ Σ of CLAIM, per unit, is 1 − I-06. */
export function extractCsv(rows: readonly SettlementInput[]): string {
  return csv([
    ['window', 'kind', 'from', 'to', 'unit', 'amount_minor'],
    ...rows.map(({ window, kind, from, to, unit, minor }) => [String(window), kind, from, to, unit, minor]),
  ]);
}
