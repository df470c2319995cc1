import type { CapacityDay } from '@wire/bookings/office.schema.js';

/** Seats offered and taken at the fullest moment of a day. */
export function fullest({ offered, taken }: Pick<CapacityDay, 'offered' | 'taken'>): {
  offered: number;
  taken: number;
} {
  return { offered: Math.max(...offered), taken: Math.max(...taken) };
}
