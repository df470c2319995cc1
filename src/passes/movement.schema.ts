import { z } from 'zod';
import { wireId, wireInstant, wirePage } from '../kernel/wire.js';

export const MovementView = z
  .strictObject({
    id: wireId,
    at: wireInstant,
    kind: z.enum([
      'ISSUED',
      'BOOKED',
      'USED',
      'GIVEN_BACK',
      'LAPSED',
      'ROLLED_OVER',
      'GUEST_INVITED',
      'GUEST_RETURNED',
      'CORRECTED',
    ]),
    halfDays: z.int(),
    /** What it did to what is left: 0 when half-days that were set aside are used. */
    change: z.int(),
    /** After it; null when nothing is counted down. */
    leftHalfDays: z.int().nullable(),
    bookingId: wireId.nullable(),
    guestPassId: wireId.nullable(),
  })
  .meta({ id: 'Movement' });
export type MovementView = z.infer<typeof MovementView>;

export const MovementPage = wirePage(MovementView).meta({ id: 'MovementPage' });
export type MovementPage = z.infer<typeof MovementPage>;
