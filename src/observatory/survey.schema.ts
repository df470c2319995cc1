import { z } from 'zod';
import { wireAmount, wireId } from '../kernel/wire.js';
import { wireQuarter } from './report.schema.js';

const OWN_WORDS_MAX = 280;
const KM_MAX = 20_000;
const VALUE_MAX = 1_000_000_000_000;

export const COUNTERFACTUALS = ['OFFICE', 'HOME', 'CAFE', 'OTHER_SPACE', 'NO_WORK'] as const;
export const TRAVEL_MODES = [
  'WALK',
  'BICYCLE',
  'PETROL_CAR',
  'CARPOOL',
  'ELECTRIC_CAR',
  'COACH',
  'TRAIN',
  'FLIGHT',
  'FERRY',
  'OTHER',
] as const;
const way = z.strictObject({
  km: z.number().min(0).max(KM_MAX).multipleOf(0.1),
  mode: z.enum(TRAVEL_MODES),
});
/** Every question may be left out. */
export const PutExitSurvey = z
  .strictObject({
    bookingId: wireId,
    /** Without it nothing is kept. */
    consents: z.boolean(),
    counterfactual: z.enum(COUNTERFACTUALS).nullable().default(null),
    /** What they would have done instead, as they say it. Never published. */
    ownWords: z.string().trim().max(OWN_WORDS_MAX).nullable().default(null),
    metSomeone: z.boolean().nullable().default(null),
    firstTime: z.boolean().nullable().default(null),
    /** Outside the space, that day. */
    spent: z
      .strictObject({ ...wireAmount.shape, minor: z.int().min(0) })
      .nullable()
      .default(null),
    /** One way, to the usual office and to this space. */
    office: way.nullable().default(null),
    space: way.nullable().default(null),
    /** One way, from home to the place of the stay. */
    trip: way.nullable().default(null),
  })
  .meta({ id: 'PutExitSurvey' });
export type PutExitSurvey = z.output<typeof PutExitSurvey>;

/** What the answer comes to for the one who gave it; the answer itself names nobody and cannot be asked for. */
export const ExitSurveyView = z
  .strictObject({
    accepted: z.boolean(),
    avoidedKm: z.strictObject({ gross: z.number(), net: z.number() }).nullable(),
    commuteChangeGrams: z.number().nullable(),
    tripGrams: z.number().nullable(),
    factorsVersion: z.string(),
  })
  .meta({ id: 'ExitSurvey' });
export type ExitSurveyView = z.infer<typeof ExitSurveyView>;

export const PutDeclaration = z
  .strictObject({
    spaceId: wireId,
    quarter: wireQuarter,
    indicator: z.string().regex(/^I-\d\d$/),
    measure: z.string().max(20),
    /** Money in minor units of the space's currency. */
    value: z.int().min(0).max(VALUE_MAX),
    source: z.string().trim().min(1).max(200),
  })
  .meta({ id: 'PutImpactDeclaration' });
export type PutDeclaration = z.output<typeof PutDeclaration>;
export const DeclarationView = z
  .strictObject({
    id: wireId,
    spaceId: wireId,
    quarter: z.string(),
    indicator: z.string(),
    measure: z.string(),
    value: z.int(),
    unit: z.string(),
    source: z.string(),
  })
  .meta({ id: 'ImpactDeclaration' });
export type DeclarationView = z.infer<typeof DeclarationView>;
