import { z } from 'zod';
import { wireId, wirePage } from '../kernel/wire.js';

/** The words of our own that records are found by; what they mean elsewhere is told by GET /v1/data-bank/taxonomy. */
export const ENTRY_LABELS = [
  'coworking',
  'fablab',
  'hackerspace',
  'meeting_rooms',
  'digital_help',
  'public_services',
  'library',
  'town_hall',
  'association',
  'job_centre',
  'social_centre',
] as const;
export const ENTRY_TYPOLOGIES = ['cget-2019', 'france-tiers-lieux-2023', 'openstreetmap'] as const;
export const ENTRY_FORMATS = ['csv', 'geojson', 'json'] as const;

const WORDS_LENGTH_MAX = 100;
const PAGE_SIZE = 20;
const PAGE_SIZE_MAX = 100;

const filters = {
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** A region, or the beginning of its code: FRL0 is all of Provence-Alpes-Côte d’Azur. */
  territory: z
    .string()
    .regex(/^[A-Z]{2}[A-Z0-9-]{0,5}$/)
    .optional(),
  label: z.enum(ENTRY_LABELS).optional(),
  source: z.string().max(WORDS_LENGTH_MAX).optional(),
  /** Member spaces alone, or the others alone. */
  kind: z.enum(['PLACE', 'SPACE']).optional(),
  q: z.string().trim().max(WORDS_LENGTH_MAX).optional(),
};

export const EntriesQuery = z
  .strictObject({
    ...filters,
    after: wireId.optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE),
  })
  .meta({ id: 'EntriesQuery' });
export type EntriesQuery = z.output<typeof EntriesQuery>;

export const DownloadQuery = z
  .strictObject({ ...filters, typology: z.enum(ENTRY_TYPOLOGIES).optional() })
  .meta({ id: 'DownloadQuery' });
export type DownloadQuery = z.output<typeof DownloadQuery>;

const provenance = z.strictObject({ source: z.string(), licence: z.string(), asOf: z.string() });

/** One place, or one member space, as the data bank publishes it. */
export const EntryView = z
  .strictObject({
    id: wireId,
    kind: z.enum(['PLACE', 'SPACE']),
    name: z.string(),
    labels: z.array(z.enum(ENTRY_LABELS)),
    /** What its source calls it; words that we have no label for stay here. */
    sourceKind: z.string().nullable(),
    address: z.string().nullable(),
    postcode: z.string().nullable(),
    city: z.string().nullable(),
    country: z.string().nullable(),
    territoryCode: z.string().nullable(),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    website: z.string().nullable(),
    hoursInWords: z.string().nullable(),
    source: z.string(),
    licence: z.string(),
    asOf: z.string(),
    /** What it is called in other systems. */
    identities: z.array(z.strictObject({ scheme: z.string(), value: z.string() })),
    flags: z.array(z.string()),
    /** For each field that has a value: where it comes from, under which licence, as of when. */
    provenance: z.record(z.string(), provenance),
  })
  .meta({ id: 'DataBankEntry' });
export type EntryView = z.infer<typeof EntryView>;
export const EntryPage = wirePage(EntryView).extend({ total: z.int() }).meta({ id: 'DataBankEntryPage' });
export type EntryPage = z.infer<typeof EntryPage>;

export const SourceView = z
  .strictObject({ source: z.string(), licence: z.string(), asOf: z.string(), records: z.int() })
  .meta({ id: 'DataBankSource' });
export type SourceView = z.infer<typeof SourceView>;
export const SourcePage = wirePage(SourceView).meta({ id: 'DataBankSourcePage' });
export type SourcePage = z.infer<typeof SourcePage>;

export const TaxonomyView = z
  .strictObject({
    labels: z.array(
      z.strictObject({
        label: z.enum(ENTRY_LABELS),
        records: z.int(),
        elsewhere: z.array(
          z.strictObject({ typology: z.enum(ENTRY_TYPOLOGIES), word: z.string().nullable() }),
        ),
      }),
    ),
    /** Words of the sources that mean none of our labels: listed, not dropped. */
    unmapped: z.array(z.strictObject({ source: z.string(), word: z.string(), records: z.int() })),
  })
  .meta({ id: 'Taxonomy' });
export type TaxonomyView = z.infer<typeof TaxonomyView>;
