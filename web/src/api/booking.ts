import { newId } from '@wire/kernel/ids.js';
import { queryOptions } from '@tanstack/react-query';
import { BookingView, QuoteView } from '@wire/bookings/booking.schema.js';
import { queries } from '../app/queries';
import { call } from './call';
import { bookingsQuery, passesQuery, type Booking } from './mine';

export type Part = Booking['part'];
export type Wish = { readonly poolId: string; readonly day: string; readonly part: Part };
export type Quote = QuoteView;
export type FundingOption = Quote['options'][number];

/** What it would cost, who pays and on what terms. Each look is a quote of its own, valid for some minutes. */
export const quoteQuery = ({ poolId, day, part }: Wish) =>
  queryOptions({
    queryKey: ['quote', poolId, day, part],
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: () =>
      call(`/v1/quotes/${newId()}`, { method: 'PUT', body: { poolId, day, part }, returns: QuoteView }),
  });

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

async function whatChanged(): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: bookingsQuery.queryKey }),
    queries.invalidateQueries({ queryKey: passesQuery.queryKey }),
    queries.invalidateQueries({ queryKey: ['spaces'], predicate: ({ queryKey }) => queryKey[2] === 'free' }),
  ]);
}
