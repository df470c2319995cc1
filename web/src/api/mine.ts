import { queryOptions } from '@tanstack/react-query';
import type { BookingView } from '@wire/bookings/booking.schema.js';
import { PassPage, type PassView } from '@wire/passes/pass.schema.js';
import { todayAt } from '../i18n/days';
import { queries } from '../app/queries';
import { call } from './call';

export type Pass = PassView;
export type Booking = BookingView;

/** Asked for with the first bookings: the pass itself does not wait for them. */
const bookingSchemas = () => import('@wire/bookings/booking.schema.js');

/** My passes, on the device too: the pass must open without a network. */
export const passesQuery = queryOptions({
  queryKey: ['mine', 'passes'],
  meta: { offline: true },
  queryFn: async () => (await call('/v1/passes', { returns: PassPage })).items,
});

export const bookingsQuery = queryOptions({
  queryKey: ['mine', 'bookings'],
  meta: { offline: true },
  queryFn: async () => (await call('/v1/bookings', { returns: (await bookingSchemas()).BookingPage })).items,
});

/** One of mine, at once where the list has it, and on the device like the list. */
export const bookingQuery = (id: string) =>
  queryOptions({
    queryKey: [...bookingsQuery.queryKey, id],
    meta: { offline: true },
    queryFn: async () => call(`/v1/bookings/${id}`, { returns: (await bookingSchemas()).BookingView }),
    placeholderData: () => queries.getQueryData(bookingsQuery.queryKey)?.find((known) => known.id === id),
  });

const USABLE = new Set(['ISSUED', 'ACTIVE', 'EXHAUSTED']);

/** A team's pass opens none: each of its members has one of their own. */
export function opensDoors({ role }: Pass): boolean {
  return role !== 'TEAM';
}

/** The one to show first: soonest expiry first, as they are used. A used-up one still opens booked doors. */
export function usablePass(passes: readonly Pass[] | undefined): Pass | undefined {
  return passes
    ?.filter((pass) => USABLE.has(pass.state) && opensDoors(pass))
    .toSorted((a, b) => a.validUntil.localeCompare(b.validUntil))[0];
}

export function isToday({ day, timeZone, state }: Booking): boolean {
  return state === 'RESERVED' && day === todayAt(timeZone).toString();
}
