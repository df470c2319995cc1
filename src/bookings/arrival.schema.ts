import { z } from 'zod';
import { inputDay, wireBookedPart, wireDay, wireId, wirePart, wireResourceKind } from '../kernel/wire.js';
import { BookingView, NextDayView, RebookingView } from './booking.schema.js';

/** Today at the space, unless told otherwise; of today what is left of it. */
export const ArrivalQuery = z.strictObject({
  day: inputDay.optional(),
  part: wirePart.optional(),
  resourceKind: wireResourceKind.default('hot_desk'),
});
export type ArrivalQuery = z.output<typeof ArrivalQuery>;

/** Before one sets out: what pays at this door, why, what is left, and what the day after would cost. */
export const ArrivalView = z
  .strictObject({
    spaceId: wireId,
    day: wireDay,
    part: wireBookedPart,
    /** The booking that waits for the guest; without one, `visit` is what the door would book. */
    booking: BookingView.nullable(),
    visit: RebookingView.nullable(),
    /** Why nobody could be let in, when there is no `visit`. */
    refusal: z.strictObject({ code: z.string(), title: z.string(), detail: z.string() }).nullable(),
    next: NextDayView.nullable(),
  })
  .meta({ id: 'Arrival' });
export type ArrivalView = z.infer<typeof ArrivalView>;
