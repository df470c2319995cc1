/** What leaves of an itinerary: one function per response. */
import { amountToWire } from '../kernel/wire.js';
import { bookingView, offerWithOptionsView } from './booking.views.js';
import type { Time } from './day-parts.js';
import type { CanceledLine, Itinerary, ItineraryQuote } from './itineraries.service.js';
import { summaryOf, type Summary } from './itinerary.rules.js';
import type {
  ItineraryCancellationView,
  ItineraryQuoteView,
  ItinerarySummary,
  ItineraryView,
} from './itinerary.schema.js';

const LIVE = ['PENDING', 'RESERVED', 'FULFILLED'];

export function itineraryView({ id, bookings, refused }: Itinerary): ItineraryView {
  return {
    id,
    bookings: bookings.map((booking) => bookingView(booking)),
    refused: refused.map(({ wish, code, detail }) => ({ ...wish, ...wishedTimeView(wish), code, detail })),
    summary: summaryView(summaryOf(bookings.filter(({ state }) => LIVE.includes(state)))),
  };
}

export function itineraryQuoteView({ id, expiresAt, lines }: ItineraryQuote): ItineraryQuoteView {
  return {
    id,
    expiresAt: expiresAt.toString(),
    lines: lines.map(({ wish, offer, refusal }) => ({
      poolId: wish.poolId,
      day: wish.day.toString(),
      ...wishedTimeView(wish),
      offer: offer && offerWithOptionsView(offer),
      refusal,
    })),
    summary: summaryView(summaryOf(lines.flatMap(({ offer }) => offer ?? []))),
  };
}

function wishedTimeView({ part, from, until }: Time) {
  return { part: part ?? ('HOURS' as const), from: from ?? null, until: until ?? null };
}

export function itineraryCancellationView(
  id: string,
  lines: readonly CanceledLine[],
): ItineraryCancellationView {
  return { id, lines: lines.map(({ booking, ...line }) => ({ booking: bookingView(booking), ...line })) };
}

function summaryView({ totals, cancelUntil, lateCancellation, entitlements }: Summary): ItinerarySummary {
  return {
    totals: totals.map(({ price, guestPrice }) => ({
      price: amountToWire(price),
      guestPrice: amountToWire(guestPrice),
    })),
    cancelUntil,
    lateCancellation,
    entitlements: entitlements.map((entitlement) => ({ ...entitlement, days: [...entitlement.days] })),
  };
}
