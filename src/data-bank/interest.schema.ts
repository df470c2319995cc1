import { z } from 'zod';
import { wireDay, wireId, wirePage } from '../kernel/wire.js';

export const INTEREST_KINDS = ['WORKER', 'SPACE'] as const;
const CITY_LENGTH_MAX = 60;

/** A city of GET /v1/data-bank/demand. An address is kept with consent alone, and not for ever. */
export const PutInterest = z
  .strictObject({
    country: z.string().regex(/^[A-Z]{2}$/),
    city: z.string().min(1).max(CITY_LENGTH_MAX),
    kind: z.enum(INTEREST_KINDS),
    email: z.email().toLowerCase().optional(),
    consent: z.boolean().default(false),
  })
  .refine(({ email, consent }) => email === undefined || consent, {
    message: 'An address is kept only with consent.',
    path: ['consent'],
  })
  .meta({ id: 'PutInterest' });
export type PutInterest = z.output<typeof PutInterest>;

export const InterestView = z
  .strictObject({
    id: wireId,
    country: z.string(),
    city: z.string(),
    kind: z.enum(INTEREST_KINDS),
    /** The day on which the address is forgotten; null when none is kept. */
    purgeOn: wireDay.nullable(),
  })
  .meta({ id: 'Interest' });
export type InterestView = z.infer<typeof InterestView>;

const count = z.strictObject({ count: z.int().nullable(), hidden: z.enum(['UNDER_5']).nullable() });
export const DemandView = z
  .strictObject({
    country: z.string(),
    city: z.string(),
    lat: z.number(),
    lon: z.number(),
    workers: count,
    spaces: count,
  })
  .meta({ id: 'Demand' });
export type DemandView = z.infer<typeof DemandView>;
export const DemandPage = wirePage(DemandView).meta({ id: 'DemandPage' });
export type DemandPage = z.infer<typeof DemandPage>;
