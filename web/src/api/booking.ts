import { newId } from '@wire/kernel/ids.js';
import { queryOptions } from '@tanstack/react-query';
import { BookingView, QuoteView } from '@wire/bookings/booking.schema.js';
import type { Part } from '@wire/kernel/words.js';
import { queries } from '../app/queries';
import { SearchPage } from '@wire/bookings/search.schema.js';
import { ApiProblem, call } from './call';
import { bookingsQuery, passesQuery, type Booking } from './mine';
import type { Space } from './spaces';

const CONFLICT = 409;
/** Spaces in the same house are as near as this one. */
const NEIGHBOURS = 5;

export type { Part };
/** A part of the day for a desk, two of its half-hours for a room. */
export type Time = { readonly part: Part } | { readonly from: string; readonly until: string };
export type Wish = { readonly day: string; readonly part: Part };
/** A room is chosen by its half-hours, so it is known which one it is. */
export type RoomWish = {
  readonly poolId: string;
  readonly day: string;
  readonly from: string;
  readonly until: string;
};
export type Quote = QuoteView;
export type FundingOption = Quote['options'][number];

/** What it would cost, who pays and on what terms. Each look is a quote of its own, valid for some minutes. */
export const quoteQuery = (space: Space, wish: Wish | RoomWish) =>
  queryOptions({
    queryKey: ['quote', space.id, wish],
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: async () => {
      const body = 'poolId' in wish ? wish : { ...wish, poolId: await poolFor(space, wish) };
      return call(`/v1/quotes/${newId()}`, { method: 'PUT', body, returns: QuoteView });
    },
  });

/** The pool with most room then, so that the last desk of a small one stays for who needs that one. */
async function poolFor({ id, lat, lon }: Space, { day, part }: Wish): Promise<string> {
  const body = { near: { lat, lon }, days: [day], part, limit: NEIGHBOURS };
  const { items } = await call('/v1/search', { method: 'POST', body, returns: SearchPage });
  const room = ({ days }: (typeof items)[number]['pools'][number]) => days[0]?.free[part] ?? 0;
  const pools = items.find(({ spaceId }) => spaceId === id)?.pools ?? [];
  const [roomiest] = pools.toSorted((a, b) => room(b) - room(a));
  if (!roomiest) throw new ApiProblem(CONFLICT, 'booking.full', 'No desk is free then.');
  return roomiest.poolId;
}

/** A quote for each of several days, in one question. */
export const quotesQuery = (space: Space, wishes: readonly Wish[]) =>
  queryOptions({
    queryKey: ['quotes', space.id, ...wishes.map(({ day, part }) => `${day} ${part}`)],
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: () =>
      Promise.all(
        wishes.map(async ({ day, part }) => {
          const body = { poolId: await poolFor(space, { day, part }), day, part };
          return call(`/v1/quotes/${newId()}`, { method: 'PUT', body, returns: QuoteView });
        }),
      ),
  });

/** One after the other, so that each takes from what the ones before it left; stops at the first refusal. */
export async function bookDays(
  wishes: readonly (Time & { readonly id: string; readonly poolId: string; readonly day: string })[],
): Promise<{ booked: Booking[]; refusal: Error | null }> {
  const booked: Booking[] = [];
  let refusal: Error | null = null;
  for (const { id, ...body } of wishes) {
    try {
      booked.push(await call(`/v1/bookings/${id}`, { method: 'PUT', body, returns: BookingView }));
    } catch (error) {
      refusal = error as Error;
      break;
    }
  }
  await whatChanged();
  return { booked, refusal };
}

export async function cancelBookings(bookings: readonly Booking[], reason: string): Promise<void> {
  for (const { id } of bookings) {
    await call(`/v1/bookings/${id}/cancellation`, { method: 'PUT', body: { reason }, returns: BookingView });
  }
  await whatChanged();
}

/** `id` is made once for each wish, so that a second tap or a lost answer books no second desk. */
export async function bookQuote(id: string, quoteId: string): Promise<Booking> {
  const booking = await call(`/v1/bookings/${id}`, {
    method: 'PUT',
    body: { quoteId },
    returns: BookingView,
  });
  await whatChanged();
  return booking;
}

export async function cancelBooking(id: string, reason: string): Promise<Booking> {
  const booking = await call(`/v1/bookings/${id}/cancellation`, {
    method: 'PUT',
    body: { reason },
    returns: BookingView,
  });
  await whatChanged();
  return booking;
}

/** A desk that was only held becomes a booking. */
export async function confirmBooking(id: string): Promise<Booking> {
  const booking = await call(`/v1/bookings/${id}/confirmation`, { method: 'PUT', returns: BookingView });
  await whatChanged();
  return booking;
}

async function whatChanged(): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: bookingsQuery.queryKey }),
    queries.invalidateQueries({ queryKey: passesQuery.queryKey }),
    queries.invalidateQueries({ queryKey: ['spaces'], predicate: ({ queryKey }) => queryKey[2] === 'free' }),
  ]);
}
