import { z } from 'zod';

/** INSTANT: booked is booked. ON_REQUEST: the host answers within `answerHours`, and the seat is kept meanwhile. */
export const termsOfSpace = {
  bookingMode: z.enum(['INSTANT', 'ON_REQUEST']),
  answerHours: z.int().min(1).max(72).nullable(),
  /** Before the beginning; null: until 18:00 of the day before. */
  cancelUntilHours: z.int().min(0).max(168).nullable(),
  /** After booking, in which leaving is free whatever the hour. */
  graceMinutes: z.int().min(15).max(1440),
  /** What leaving late or not coming costs: what was booked, or nothing. */
  noShow: z.enum(['CONSUMED', 'FREE']),
};

export const PutSpaceTerms = z
  .strictObject(termsOfSpace)
  .refine(({ bookingMode, answerHours }) => (bookingMode === 'ON_REQUEST') === (answerHours !== null), {
    message: 'Give answerHours with ON_REQUEST, and null with INSTANT.',
  })
  .meta({ id: 'PutSpaceTerms' });

export const SpaceTermsView = z.strictObject(termsOfSpace).meta({ id: 'SpaceTerms' });
export type SpaceTerms = z.output<typeof SpaceTermsView>;
