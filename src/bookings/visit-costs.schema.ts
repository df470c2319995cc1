import { z } from 'zod';
import {
  inputDay,
  wireAmount,
  wireFunding,
  wireId,
  wirePage,
  wirePart,
  wireResourceKind,
} from '../kernel/wire.js';

const SPACES_MAX = 50;

export const VisitCostsQuery = z.strictObject({
  /** One, or several by repeating it. */
  spaceId: z
    .union([wireId, z.array(wireId).max(SPACES_MAX)])
    .transform((spaceId) => [...new Set([spaceId].flat())]),
  day: inputDay,
  part: wirePart.default('DAY'),
  resourceKind: wireResourceKind.default('hot_desk'),
});
export type VisitCostsQuery = z.output<typeof VisitCostsQuery>;

/** What a visit would cost the person who asks, before anything is quoted or promised. */
const VisitCost = z.strictObject({
  spaceId: wireId,
  /** null: nothing pays there, and `refusal` says why. */
  funding: wireFunding.nullable(),
  refusal: z.string().nullable(),
  halfDays: z.int(),
  /** What the entitlement that pays has left now; null for money. */
  leftHalfDays: z.int().nullable(),
  guestPrice: wireAmount.nullable(),
});
export type VisitCost = z.infer<typeof VisitCost>;
export const VisitCostPage = wirePage(VisitCost).meta({ id: 'VisitCostPage' });
export type VisitCostPage = z.infer<typeof VisitCostPage>;
