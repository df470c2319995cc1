import { z } from 'zod';
import { wireId, wirePage } from '../kernel/wire.js';

export const SIGNS = ['DEBIT', 'VISITS', 'CLOSURES', 'CHARTER'] as const;
export type Sign = (typeof SIGNS)[number];

/** Early signs that a space may not last: a reason to call it, never one to stop it. */
export const FragilityView = z
  .strictObject({
    space: z.strictObject({ id: wireId, name: z.string(), city: z.string() }),
    signs: z.array(z.enum(SIGNS)),
    /** Of how many. */
    of: z.int(),
    visits: z.strictObject({ lastDays: z.int(), monthBefore: z.number() }),
    closedDays: z.int(),
  })
  .meta({ id: 'Fragility' });
export type FragilityView = z.infer<typeof FragilityView>;
export const FragilityPage = wirePage(FragilityView).meta({ id: 'FragilityPage' });
export type FragilityPage = z.infer<typeof FragilityPage>;

/** Of all spaces of a network and below it, or of one. */
export const FragilityQuery = z
  .strictObject({ networkId: wireId.optional(), spaceId: wireId.optional() })
  .refine(({ networkId, spaceId }) => (networkId === undefined) !== (spaceId === undefined), {
    message: 'Name a network or a space.',
  })
  .meta({ id: 'FragilityQuery' });
export type FragilityQuery = z.output<typeof FragilityQuery>;
