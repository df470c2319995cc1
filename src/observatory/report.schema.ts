import { z } from 'zod';
import { wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';

export const FAMILY_CODES = ['ECO', 'SOC', 'CUL', 'ENV', 'NET'] as const;
export const PERIOD_STATES = [
  'COLLECTING',
  'FROZEN',
  'COMPUTED',
  'DISCLOSURE_CHECKED',
  'REVIEWED',
  'PUBLISHED',
  'CORRECTED',
] as const;
export const BLANKS = [
  '<5',
  'few_spaces',
  'dominance',
  'difference',
  'complementary',
  'not_measured',
] as const;

export const wireQuarter = z.string().regex(/^20\d\d-Q[1-4]$/);
const words = z.string().trim().min(1).max(2_000);
const blank = z.enum(BLANKS).nullable();

export const PutImpactPeriod = z
  .strictObject({
    networkId: wireId,
    /** The network itself or an institution in it. */
    publisherId: wireId,
    quarter: wireQuarter,
    /** The published version that this one is to take the place of. */
    correctsId: wireId.nullable().default(null),
  })
  .meta({ id: 'PutImpactPeriod' });
export type PutImpactPeriod = z.output<typeof PutImpactPeriod>;

export const PutImpactReview = z.strictObject({ note: words, limits: words }).meta({ id: 'PutImpactReview' });
export type PutImpactReview = z.output<typeof PutImpactReview>;

export const ImpactPeriodsQuery = z
  .strictObject({ networkId: wireId.optional() })
  .meta({ id: 'ImpactPeriodsQuery' });
export type ImpactPeriodsQuery = z.output<typeof ImpactPeriodsQuery>;

/** A territory and all whose codes begin like it: FRL0 has FRL04 in it. */
export const ImpactReportQuery = z
  .strictObject({
    territory: z
      .string()
      .regex(/^[A-Z]{2}[A-Z0-9-]{0,6}$/)
      .optional(),
  })
  .meta({ id: 'ImpactReportQuery' });
export type ImpactReportQuery = z.output<typeof ImpactReportQuery>;

export const Figure = z.strictObject({
  indicator: z.string(),
  /** Which of its numbers: '' when it has one. */
  measure: z.string(),
  /** Money in minor units of `unit`; null with a reason. */
  value: z.number().nullable(),
  unit: z.string(),
  blank,
  /** Persons, answers, spaces or windows it rests on. */
  n: z.int().nullable(),
  /** Of all that could have been counted, in ten-thousandths. */
  missingBps: z.int().nullable(),
  method: z.string(),
});
export type Figure = z.infer<typeof Figure>;

const halfDays = z.int().nullable();
export const Flow = z.strictObject({ home: z.string(), host: z.string(), halfDays, blank });
export type Flow = z.infer<typeof Flow>;
const Margin = z.strictObject({ code: z.string(), halfDays, blank });
export type Margin = z.infer<typeof Margin>;
const Income = z.strictObject({ code: z.string(), unit: z.string(), minor: z.int().nullable(), blank });

export const Report = z.strictObject({
  figures: z.array(Figure),
  flows: z.array(Flow),
  /** By territory of the home space, and of the host. `-` stands for a space whose territory is not known. */
  origins: z.array(Margin),
  destinations: z.array(Margin),
  months: z.array(Margin),
  total: Margin,
  income: z.array(Income),
  territories: z.array(
    z.strictObject({ code: z.string(), country: z.string(), lat: z.number(), lon: z.number() }),
  ),
  factorsVersion: z.string(),
});
export type Report = z.infer<typeof Report>;

const periodShape = {
  id: wireId,
  network: z.strictObject({ id: wireId, name: z.string() }),
  publisher: z.strictObject({ id: wireId, name: z.string() }),
  quarter: z.string(),
  fromDay: wireDay,
  untilDay: wireDay,
  version: z.int(),
  correctsId: wireId.nullable(),
  state: z.enum(PERIOD_STATES),
  frozenAt: wireInstant.nullable(),
  snapshotHash: z.string().nullable(),
  /** How to cite it, for good. */
  publicationRef: z.string().nullable(),
  publishedAt: wireInstant.nullable(),
  note: z.string().nullable(),
  limits: z.string().nullable(),
};
export const ImpactPeriodHead = z.strictObject(periodShape).meta({ id: 'ImpactPeriodHead' });
export type ImpactPeriodHead = z.infer<typeof ImpactPeriodHead>;
export const ImpactPeriodPage = wirePage(ImpactPeriodHead).meta({ id: 'ImpactPeriodPage' });
export type ImpactPeriodPage = z.infer<typeof ImpactPeriodPage>;

export const ImpactPeriodView = z
  .strictObject({
    ...periodShape,
    steps: z.array(z.strictObject({ state: z.string(), at: wireInstant })),
    /** From DISCLOSURE_CHECKED on. */
    report: Report.nullable(),
  })
  .meta({ id: 'ImpactPeriod' });
export type ImpactPeriodView = z.infer<typeof ImpactPeriodView>;

export const ImpactMethodView = z
  .strictObject({
    indicators: z.array(
      z.strictObject({
        id: z.string(),
        family: z.enum(FAMILY_CODES),
        name: z.string(),
        formula: z.string(),
        unit: z.string(),
        source: z.string(),
        method: z.string(),
        note: z.string().nullable(),
      }),
    ),
    factors: z.array(
      z.strictObject({
        mode: z.string(),
        country: z.string().nullable(),
        gramsPerKm: z.number(),
        source: z.string(),
        year: z.int(),
        validFrom: wireDay,
      }),
    ),
    factorsVersion: z.string(),
    personsMin: z.int(),
    spacesMin: z.int(),
    dominanceBps: z.int(),
    licence: z.string(),
  })
  .meta({ id: 'ImpactMethod' });
export type ImpactMethodView = z.infer<typeof ImpactMethodView>;
