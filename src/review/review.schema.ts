import { z } from 'zod';
import { wireAmount, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';

export const BOUNCE_CODES = [
  'FUTURE_DAY',
  'TERMS_NOT_IN_FORCE',
  'RATE_UNKNOWN',
  'DAY_ALREADY_CHARGED',
  'HAND_LIMIT',
] as const;
export const DECLINE_CODES = ['NOT_OUR_GUEST', 'NOT_THERE', 'WRONG_DAY', 'WRONG_TERMS', 'DUPLICATE'] as const;
export const REVIEW_STATES = [
  'PLAUSIBLE',
  'AWAITS_GUEST',
  'BOUNCED',
  'APPROVED',
  'DECLINED',
  'DEEMED_APPROVED',
] as const;

const NOTE_LENGTH_MAX = 500;

export const PutDecision = z
  .discriminatedUnion('decision', [
    z.strictObject({ decision: z.literal('APPROVED') }),
    z.strictObject({
      decision: z.literal('DECLINED'),
      code: z.enum(DECLINE_CODES),
      note: z.string().trim().max(NOTE_LENGTH_MAX).optional(),
    }),
  ])
  .meta({ id: 'PutRecordDecision' });
export type PutDecision = z.output<typeof PutDecision>;

/** Of one party, or all that a clearing network settles; the latest first. */
export const ReviewsQuery = z
  .strictObject({
    networkId: wireId.optional(),
    partyId: wireId.optional(),
    state: z.enum(REVIEW_STATES).optional(),
    after: wireId.optional(),
  })
  .refine(({ networkId, partyId }) => (networkId === undefined) !== (partyId === undefined), {
    message: 'Name a network or a party.',
  })
  .meta({ id: 'RecordReviewsQuery' });
export type ReviewsQuery = z.output<typeof ReviewsQuery>;

const party = z.strictObject({ id: wireId, name: z.string() });

export const ReviewView = z
  .strictObject({
    recordId: wireId,
    day: wireDay,
    host: party,
    debtor: party,
    halfDays: z.int(),
    amount: wireAmount,
    evidence: z.enum(['A', 'B', 'C', 'D']),
    state: z.enum(REVIEW_STATES),
    code: z.enum([...BOUNCE_CODES, ...DECLINE_CODES]).nullable(),
    /** Until then the debtor may decline; after it the record counts as approved. */
    decideBy: wireInstant,
  })
  .meta({ id: 'RecordReview' });
export type ReviewView = z.infer<typeof ReviewView>;
export const ReviewPage = wirePage(ReviewView).meta({ id: 'RecordReviewPage' });
export type ReviewPage = z.infer<typeof ReviewPage>;

export const QualityQuery = z.strictObject({ networkId: wireId }).meta({ id: 'QualityQuery' });
export type QualityQuery = z.output<typeof QualityQuery>;

/** Of a hundred: how much of what a host sends stands. Records by hand count half, since nobody scanned them. */
export const QualityView = z.strictObject({
  host: party,
  records: z.int(),
  bounced: z.int(),
  declined: z.int(),
  byHand: z.int(),
  score: z.int(),
});
export const QualityPage = wirePage(QualityView).meta({ id: 'QualityPage' });
export type QualityPage = z.infer<typeof QualityPage>;
