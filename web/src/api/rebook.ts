import { newId } from '@wire/kernel/ids.js';
import { Temporal } from '@wire/kernel/time.js';
import { RebookingView } from '@wire/bookings/booking.schema.js';
import { FreeDayPage } from '@wire/bookings/space-days.schema.js';
import { todayAt } from '../i18n/days';
import { bookDays, cancelBooking, type Part } from './booking';
import { ApiProblem, call } from './call';
import type { Booking } from './mine';

const DAYS_LOOKED_AT = 31;
const CONFLICT = 409;

/** The next same weekday on which that time is free, booked with one tap. */
export async function rebook(booking: Booking): Promise<Booking> {
  const { poolId, part } = booking;
  const wish = part === 'HOURS' ? await roomAgain(booking) : { part, day: await deskAgain(booking, part) };
  const { booked, refusal } = await bookDays([{ id: newId(), poolId, ...wish }]);
  const [made] = booked;
  if (!made) throw refusal ?? new Error('Neither booked nor refused.');
  return made;
}

async function roomAgain({ id }: Booking): Promise<{ day: string; from: string; until: string }> {
  const { day, from, until } = await call(`/v1/bookings/${id}/rebooking`, { returns: RebookingView });
  return { day, from, until };
}

/** After today, and after the booking itself. */
async function deskAgain({ spaceId, day, timeZone, resourceKind }: Booking, part: Part): Promise<string> {
  const today = todayAt(timeZone);
  const was = Temporal.PlainDate.from(day);
  const from = (Temporal.PlainDate.compare(was, today) > 0 ? was : today).add({ days: 1 });
  const path: `/v1/${string}` = `/v1/spaces/${spaceId}/free-days?from=${from.toString()}&days=${DAYS_LOOKED_AT}&resourceKind=${resourceKind}`;
  const { items } = await call(path, { returns: FreeDayPage });
  const next = items.find(
    (each) => Temporal.PlainDate.from(each.day).dayOfWeek === was.dayOfWeek && each.free[part] > 0,
  );
  if (!next) throw new ApiProblem(CONFLICT, 'booking.full', 'No such weekday is free in the next weeks.');
  return next.day;
}

export function takeBack({ id }: Booking): Promise<Booking> {
  return cancelBooking(id, 'Taken back right after booking');
}
