import { z } from 'zod';
import {
  inputDay,
  wireAmount,
  wireDay,
  wireId,
  wireInstant,
  wireNewId,
  wirePage,
  wireResourceKind,
  wirePart,
  wireFunding,
  wireMode,
} from '../kernel/wire.js';
import { termsOfSpace } from './space-terms.schema.js';

const REASON_LENGTH_MAX = 500;
const PAGE_LIMIT = 50;
const PAGE_LIMIT_MAX = 100;

const wish = { poolId: wireId, day: inputDay, part: wirePart };
/** Keeps the seat for some minutes: confirm it in time, or it is free again. */
const hold = z.boolean().default(false);

export const PutQuote = z.strictObject(wish).meta({ id: 'PutQuote' });
export type PutQuote = z.output<typeof PutQuote>;

export const PutBooking = z
  .union([z.strictObject({ quoteId: wireNewId, hold }), z.strictObject({ ...wish, hold })])
  .meta({ id: 'PutBooking' });
export type PutBooking = z.output<typeof PutBooking>;

export const PutCancellation = z
  .strictObject({ reason: z.string().trim().min(1).max(REASON_LENGTH_MAX) })
  .meta({ id: 'PutCancellation' });
export type PutCancellation = z.output<typeof PutCancellation>;

export const PutDecline = z
  .strictObject({ reason: z.string().trim().min(1).max(REASON_LENGTH_MAX) })
  .meta({ id: 'PutDecline' });
export type PutDecline = z.output<typeof PutDecline>;

/** Own bookings; with a space and a day, those of that space's day. */
export const BookingsQuery = z
  .strictObject({
    spaceId: wireId.optional(),
    day: inputDay.optional(),
    after: wireId.optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_LIMIT_MAX).default(PAGE_LIMIT),
  })
  .refine(({ spaceId, day }) => (spaceId === undefined) === (day === undefined), {
    message: 'Give spaceId and day together, or neither for your own bookings.',
  })
  .meta({ id: 'BookingsQuery' });
export type BookingsQuery = z.output<typeof BookingsQuery>;

const TermsView = z.strictObject({
  agreementId: wireId,
  versionId: wireId,
  clearingNetworkId: wireId,
  mode: wireMode,
  resourceKind: wireResourceKind,
  unit: z.string(),
  rateHalfDayMinor: z.int(),
  freeHalfDays: z.int(),
  capHalfDaysPerPersonYear: z.int().nullable(),
  cancelUntil: wireInstant,
  lateCancellation: z.enum(['CONSUMED', 'FREE']),
  ...termsOfSpace,
});

const offer = {
  spaceId: wireId,
  poolId: wireId,
  resourceKind: wireResourceKind,
  day: wireDay,
  part: wirePart,
  halfDays: z.int(),
  startsAt: wireInstant,
  endsAt: wireInstant,
  timeZone: z.string(),
  funding: wireFunding,
  passId: wireId.nullable(),
  terms: TermsView,
  price: wireAmount,
  guestPrice: wireAmount,
};

const FundingOptionView = z.strictObject({
  funding: wireFunding,
  outcome: z.enum(['TAKEN', 'POSSIBLE', 'SKIPPED']),
  because: z
    .enum([
      'NO_HOME_SPACE',
      'AT_HOME',
      'QUOTA_USED_UP',
      'NO_PASS',
      'PASS_USED_UP',
      'HOST_CAP_REACHED',
      'NO_PRICE_IN_MONEY',
    ])
    .nullable(),
  passId: wireId.nullable(),
  leftHalfDays: z.int().nullable(),
  leftAfterHalfDays: z.int().nullable(),
  /** The same in words. */
  sentence: z.string(),
});

export const QuoteView = z
  .strictObject({ id: wireId, expiresAt: wireInstant, ...offer, options: z.array(FundingOptionView) })
  .meta({ id: 'Quote' });
export type QuoteView = z.infer<typeof QuoteView>;

export const BookingView = z
  .strictObject({
    id: wireId,
    personId: wireId,
    ...offer,
    bookedAt: wireInstant,
    state: z.enum([
      'PENDING',
      'RESERVED',
      'FULFILLED',
      'CANCELED',
      'NO_SHOW',
      'EXPIRED',
      'REJECTED',
      'REPLACED',
    ]),
    stateAt: wireInstant,
    stateBy: z.string(),
    heldUntil: wireInstant.nullable(),
    homeSpaceId: wireId.nullable(),
    homeNetworkId: wireId,
    hostNetworkId: wireId,
    quoteId: wireId.nullable(),
    cancelReason: z.string().nullable(),
    declineReason: z.string().nullable(),
    /** What leaving late or not coming consumed. */
    fee: z.strictObject({ halfDays: z.int(), amount: wireAmount }).nullable(),
    /** In the host's list of a day; null elsewhere. */
    guest: z.strictObject({ firstName: z.string(), homeSpaceName: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Booking' });
export type BookingView = z.infer<typeof BookingView>;

export const BookingPage = wirePage(BookingView).meta({ id: 'BookingPage' });
export type BookingPage = z.infer<typeof BookingPage>;
