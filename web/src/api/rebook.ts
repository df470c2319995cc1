import { newId } from '@wire/kernel/ids.js';
import { Temporal } from '@wire/kernel/time.js';
import { FreeDayPage } from '@wire/bookings/space-days.schema.js';
import { todayAt } from '../i18n/days';
import { bookDays, cancelBooking } from './booking';
import { ApiProblem, call } from './call';
import type { Booking } from './mine';

const DAYS_LOOKED_AT = 31;
const CONFLICT = 409;

/** The next same weekday after today, and after the booking itself, on which that part is free. */
export async function rebook({
  spaceId,
  poolId,
  day,
  part,
  timeZone,
  resourceKind,
}: Booking): Promise<Booking> {
  const today = todayAt(timeZone);
  const was = Temporal.PlainDate.from(day);
  const from = (Temporal.PlainDate.compare(was, today) > 0 ? was : today).add({ days: 1 });
  const path: `/v1/${string}` = `/v1/spaces/${spaceId}/free-days?from=${from.toString()}&days=${DAYS_LOOKED_AT}&resourceKind=${resourceKind}`;
  const { items } = await call(path, { returns: FreeDayPage });
  const next = items.find(
    (each) => Temporal.PlainDate.from(each.day).dayOfWeek === was.dayOfWeek && each.free[part] > 0,
  );
  if (!next) throw new ApiProblem(CONFLICT, 'booking.full', 'No such weekday is free in the next weeks.');
  const { booked, refusal } = await bookDays([{ id: newId(), poolId, day: next.day, part }]);
  const [made] = booked;
  if (!made) throw refusal ?? new Error('Neither booked nor refused.');
  return made;
}

export function takeBack({ id }: Booking): Promise<Booking> {
  return cancelBooking(id, 'Taken back right after booking');
}
