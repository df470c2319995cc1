import { z } from 'zod';
import { wireId, wireResourceKind } from '../kernel/wire.js';

const HALF_DAYS_MAX = 1000;
const VALID_DAYS_MAX = 731;
const SCOPE_PLACES_MAX = 200;
const PERIOD_MONTHS_MAX = 12;
const GUESTS_PER_DAY_MAX = 20;
const PAUSE_DAYS_MAX = 365;

/** What the product's passes may do. A pass keeps the terms it was issued with. */
export const wireTerms = {
  /** A number of days, a quota in each period, or as many as one likes with a cap at each host. */
  kind: z.enum(['DAYS', 'PERIOD', 'UNLIMITED']),
  /** In all, or in each period; 0 when unlimited. */
  halfDays: z.int().min(0).max(HALF_DAYS_MAX),
  validDays: z.int().min(1).max(VALID_DAYS_MAX),
  periodMonths: z.int().min(1).max(PERIOD_MONTHS_MAX).nullable(),
  /** Does the rest of a period go on into the next one, one quota at most? */
  rollOver: z.boolean(),
  /** Of an unlimited pass: half-days at one host in one period. */
  hostCapHalfDays: z.int().min(1).max(HALF_DAYS_MAX).nullable(),
  /** The validity runs from the purchase, or from the first day booked. */
  starts: z.enum(['PURCHASE', 'FIRST_USE']),
  /** One person's, or a team's that its members draw from. */
  sharing: z.enum(['PERSONAL', 'TEAM']),
  audience: z.enum(['EVERYBODY', 'PUBLIC_AGENTS']),
  guestsPerDay: z.int().min(0).max(GUESTS_PER_DAY_MAX),
  pauseDaysPerYear: z.int().min(0).max(PAUSE_DAYS_MAX),
  /** Does a pause move the end of the pass on? */
  pauseExtends: z.boolean(),
};

export const wireScope = z.strictObject({
  /** Everywhere in these networks and in those below them … */
  networkIds: z.array(wireId).max(SCOPE_PLACES_MAX),
  /** … and in these spaces, */
  spaceIds: z.array(wireId).max(SCOPE_PLACES_MAX),
  /** for these kinds of resource. */
  resourceKinds: z.array(wireResourceKind).min(1),
});
