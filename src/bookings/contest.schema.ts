import { z } from 'zod';
import { wireAmount, wireId, wireInstant, wirePage } from '../kernel/wire.js';
import { BookingView } from './booking.schema.js';

const REASON_LENGTH_MAX = 2000;

const reason = z
  .string()
  .trim()
  .min(1)
  .max(REASON_LENGTH_MAX)
  .regex(/^([^\p{Cc}]|\n)*$/u, 'has no control characters');

/** A guest says that they were wrongly counted as missing. */
export const PutContest = z.strictObject({ reason }).meta({ id: 'PutContest' });
export type PutContest = z.output<typeof PutContest>;

/** CREDITED gives back what the no-show consumed; UPHELD answers a contest and leaves it so. */
export const PutContestAnswer = z
  .strictObject({ outcome: z.enum(['CREDITED', 'UPHELD']), reason })
  .meta({ id: 'PutContestAnswer' });
export type PutContestAnswer = z.output<typeof PutContestAnswer>;

export const ContestView = z
  .strictObject({
    bookingId: wireId,
    /** Until when the guest may contest, and the space give back of its own accord. */
    until: wireInstant,
    /** null: not contested. */
    reason: z.string().nullable(),
    contestedAt: wireInstant.nullable(),
    answer: z
      .strictObject({
        outcome: z.enum(['CREDITED', 'UPHELD']),
        reason: z.string(),
        /** What went back. */
        halfDays: z.int(),
        amount: wireAmount,
        answeredAt: wireInstant,
      })
      .nullable(),
  })
  .meta({ id: 'Contest' });
export type ContestView = z.infer<typeof ContestView>;

/** Those that await an answer, the longest first. */
export const OpenContestPage = wirePage(
  z.strictObject({ booking: BookingView, reason: z.string(), contestedAt: wireInstant }),
).meta({ id: 'OpenContestPage' });
export type OpenContestPage = z.infer<typeof OpenContestPage>;
