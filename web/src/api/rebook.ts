import { newId } from '@wire/kernel/ids.js';
import { RebookingView } from '@wire/bookings/booking.schema.js';
import { bookDays, cancelBooking } from './booking';
import { call } from './call';
import type { Booking } from './mine';

/** The same place and time of day on the next same weekday that is free. */
export async function rebook({ id }: Booking): Promise<Booking> {
  const { poolId, day, part, from, until } = await call(`/v1/bookings/${id}/rebooking`, {
    returns: RebookingView,
  });
  const time = part === 'HOURS' ? { from, until } : { part };
  const { booked, refusal } = await bookDays([{ id: newId(), poolId, day, ...time }]);
  const [made] = booked;
  if (!made) throw refusal ?? new Error('Neither booked nor refused.');
  return made;
}

export function takeBack({ id }: Booking): Promise<Booking> {
  return cancelBooking(id, 'Taken back right after booking');
}
