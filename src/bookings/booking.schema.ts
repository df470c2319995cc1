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
  wireBookedPart,
  wireHalfHour,
  wirePart,
  wireTariff,
  wireFunding,
  wireMode,
} from '../kernel/wire.js';
import { VOUCHER_REFUSALS } from '../kernel/words.js';
import { termsOfSpace } from './space-terms.schema.js';

const REASON_LENGTH_MAX = 500;
const PAGE_LIMIT = 50;
const PAGE_LIMIT_MAX = 100;

/** A part of the day for a desk; for a room or a machine two half-hours of it, the second one later. */
export const wishedTime = {
  part: wirePart.optional(),
  from: wireHalfHour.optional(),
  until: wireHalfHour.optional(),
};
type WishedTime = { part?: unknown; from?: string | undefined; until?: string | undefined };
export const ONE_TIME = { message: 'Name a part, or from and until with until later.' };
export function isOneTime({ part, from, until }: WishedTime): boolean {
  if (part !== undefined) return from === undefined && until === undefined;
  return from !== undefined && until !== undefined && from < until;
}
function isNoTime({ part, from, until }: WishedTime): boolean {
  return part === undefined && from === undefined && until === undefined;
}

const wish = { poolId: wireId, day: inputDay, ...wishedTime };
/** Keeps the seat for some minutes: confirm it in time, or it is free again. */
const hold = z.boolean().default(false);

/** `changes` names a booking of one's own that would become this one: what it sets aside counts as free. */
export const PutQuote = z
  .strictObject({ ...wish, changes: wireId.optional() })
  .refine(isOneTime, ONE_TIME)
  .meta({ id: 'PutQuote' });
export type PutQuote = z.output<typeof PutQuote>;

export const PutBooking = z
  .union([
    z.strictObject({ quoteId: wireNewId, hold }),
    z.strictObject({ ...wish, hold }).refine(isOneTime, ONE_TIME),
  ])
  .meta({ id: 'PutBooking' });
export type PutBooking = z.output<typeof PutBooking>;

/** What the booking becomes; what is not named stays as it is. */
export const PutChange = z
  .strictObject({
    newBookingId: wireNewId,
    poolId: wireId.optional(),
    day: inputDay.optional(),
    ...wishedTime,
  })
  .refine((change) => isNoTime(change) || isOneTime(change), ONE_TIME)
  .refine((change) => change.poolId !== undefined || change.day !== undefined || !isNoTime(change), {
    message: 'Name what changes: poolId, day or the time.',
  })
  .meta({ id: 'PutChange' });
export type PutChange = z.output<typeof PutChange>;

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
  tariff: wireTariff,
  freeHalfDays: z.int(),
  capHalfDaysPerPersonYear: z.int().nullable(),
  cancelUntil: wireInstant,
  lateCancellation: z.enum(['CONSUMED', 'FREE']),
  ...termsOfSpace,
});

export const offerFields = {
  spaceId: wireId,
  poolId: wireId,
  resourceKind: wireResourceKind,
  day: wireDay,
  part: wireBookedPart,
  /** By the clock of the space; 24:00 is its midnight. */
  from: wireHalfHour,
  until: wireHalfHour,
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

export const FundingOptionView = z.strictObject({
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
      'PAID_BY_TIME',
      ...VOUCHER_REFUSALS,
    ])
    .nullable(),
  passId: wireId.nullable(),
  programmeId: wireId.nullable(),
  leftHalfDays: z.int().nullable(),
  leftAfterHalfDays: z.int().nullable(),
  /** The same in words. */
  sentence: z.string(),
});

/** The next day this space is open in that part: who would pay after this one, and what it would cost. */
export const NextDayView = z
  .strictObject({
    day: wireDay,
    part: wireBookedPart,
    from: wireHalfHour,
    until: wireHalfHour,
    halfDays: z.int(),
    /** null when nothing would pay. */
    funding: wireFunding.nullable(),
    passId: wireId.nullable(),
    leftAfterHalfDays: z.int().nullable(),
    price: wireAmount.nullable(),
    guestPrice: wireAmount.nullable(),
    options: z.array(FundingOptionView),
  })
  .meta({ id: 'NextDay' });
export type NextDayView = z.infer<typeof NextDayView>;

const FeeView = z.strictObject({ halfDays: z.int(), amount: wireAmount });

/** What giving up the booking that would be changed costs, and what of it comes back. */
const ChangeOfQuote = z.strictObject({ bookingId: wireId, fee: FeeView, backHalfDays: z.int() });

export const QuoteView = z
  .strictObject({
    id: wireId,
    expiresAt: wireInstant,
    ...offerFields,
    options: z.array(FundingOptionView),
    next: NextDayView.nullable(),
    change: ChangeOfQuote.nullable(),
  })
  .meta({ id: 'Quote' });
export type QuoteView = z.infer<typeof QuoteView>;

export const BookingView = z
  .strictObject({
    id: wireId,
    personId: wireId,
    ...offerFields,
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
    fee: FeeView.nullable(),
    /** Grows with whatever a calendar has to show; the uid is the same for a booking and what it becomes. */
    sequence: z.int(),
    calendarUid: wireId,
    changedFrom: wireId.nullable(),
    replacedBy: wireId.nullable(),
    itineraryId: wireId.nullable(),
    /** Until when the guest can take their cancellation back; null when they cannot. */
    undoUntil: wireInstant.nullable(),
    /** In the host's list of a day; null elsewhere. */
    guest: z.strictObject({ firstName: z.string(), homeSpaceName: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Booking' });
export type BookingView = z.infer<typeof BookingView>;

/** What one tap would book again. */
export const RebookingView = z
  .strictObject({ ...offerFields, options: z.array(FundingOptionView) })
  .meta({ id: 'Rebooking' });
export type RebookingView = z.infer<typeof RebookingView>;

export const BookingPage = wirePage(BookingView).meta({ id: 'BookingPage' });
export type BookingPage = z.infer<typeof BookingPage>;
