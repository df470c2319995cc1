import { z } from 'zod';
import {
  inputDay,
  wireAmount,
  wireDay,
  wireFunding,
  wireId,
  wireInstant,
  wireNewId,
  wireBookedPart,
  wireHalfHour,
} from '../kernel/wire.js';
import { BookingView, isOneTime, ONE_TIME, RebookingView, wishedTime } from './booking.schema.js';

const LINES_MAX = 31;
const REASON_LENGTH_MAX = 500;

const wish = { poolId: wireId, day: inputDay, ...wishedTime };

const ONCE = { message: 'Each booking has an id of its own.' };

export const PutItineraryQuote = z
  .strictObject({ lines: z.array(z.strictObject(wish).refine(isOneTime, ONE_TIME)).min(1).max(LINES_MAX) })
  .meta({ id: 'PutItineraryQuote' });
export type PutItineraryQuote = z.output<typeof PutItineraryQuote>;

/**
 * All or nothing, unless conflicts are skipped: then what can be booked is, and the rest is told with its reasons.
 * With a quote, `bookingIds` are the new ids of its lines in their order, and the quoted terms hold.
 */
export const PutItinerary = z
  .union([
    z.strictObject({
      bookings: z
        .array(z.strictObject({ id: wireNewId, ...wish }).refine(isOneTime, ONE_TIME))
        .min(1)
        .max(LINES_MAX)
        .refine((bookings) => areDifferent(bookings.map(({ id }) => id)), ONCE),
      skipConflicts: z.boolean().default(false),
    }),
    z.strictObject({
      quoteId: wireNewId,
      bookingIds: z.array(wireNewId).min(1).max(LINES_MAX).refine(areDifferent, ONCE),
    }),
  ])
  .meta({ id: 'PutItinerary' });
export type PutItinerary = z.output<typeof PutItinerary>;

export const PutItineraryCancellation = z
  .strictObject({ reason: z.string().trim().min(1).max(REASON_LENGTH_MAX) })
  .meta({ id: 'PutItineraryCancellation' });
export type PutItineraryCancellation = z.output<typeof PutItineraryCancellation>;

/** All of it in one look: what it costs per currency, until when all of it can be left, and who pays which days. */
const ItinerarySummary = z.strictObject({
  totals: z.array(z.strictObject({ price: wireAmount, guestPrice: wireAmount })),
  /** The earliest of the lines: until then everything can be left free of charge. */
  cancelUntil: wireInstant.nullable(),
  lateCancellation: z.enum(['CONSUMED', 'FREE']),
  entitlements: z.array(
    z.strictObject({
      funding: wireFunding,
      passId: wireId.nullable(),
      halfDays: z.int(),
      days: z.array(wireDay),
    }),
  ),
});
export type ItinerarySummary = z.infer<typeof ItinerarySummary>;

const refusal = z.strictObject({ code: z.string(), detail: z.string() });
/** The times of a room stand beside its part, HOURS. */
const wished = {
  poolId: wireId,
  day: wireDay,
  part: wireBookedPart,
  from: wireHalfHour.nullable(),
  until: wireHalfHour.nullable(),
};

export const ItineraryQuoteView = z
  .strictObject({
    id: wireId,
    expiresAt: wireInstant,
    lines: z.array(
      z.strictObject({ ...wished, offer: RebookingView.nullable(), refusal: refusal.nullable() }),
    ),
    summary: ItinerarySummary,
  })
  .meta({ id: 'ItineraryQuote' });
export type ItineraryQuoteView = z.infer<typeof ItineraryQuoteView>;

export const ItineraryView = z
  .strictObject({
    id: wireId,
    /** By day; what a booking was changed into stands in its place. */
    bookings: z.array(BookingView),
    refused: z.array(z.strictObject({ id: wireId, ...wished, ...refusal.shape })),
    summary: ItinerarySummary,
  })
  .meta({ id: 'Itinerary' });
export type ItineraryView = z.infer<typeof ItineraryView>;

/** What came back, line by line; what was over or left already stays as it was. */
export const ItineraryCancellationView = z
  .strictObject({
    id: wireId,
    lines: z.array(z.strictObject({ booking: BookingView, canceledNow: z.boolean(), backHalfDays: z.int() })),
  })
  .meta({ id: 'ItineraryCancellation' });
export type ItineraryCancellationView = z.infer<typeof ItineraryCancellationView>;

function areDifferent(ids: readonly string[]): boolean {
  return new Set(ids).size === ids.length;
}
