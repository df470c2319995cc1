import { z } from 'zod';
import { inputDay, wireDay, wireHalfHour, wireId, wirePage, wireResourceKind } from '../kernel/wire.js';

const DAYS = 14;
const DAYS_MAX = 31;

export const SpaceDaysQuery = z.strictObject({
  from: inputDay,
  days: z.coerce.number().int().min(1).max(DAYS_MAX).default(DAYS),
  resourceKind: wireResourceKind.default('hot_desk'),
});
export type SpaceDaysQuery = z.output<typeof SpaceDaysQuery>;

/** Bookings of each part that still fit; the whole day needs a seat in all of it. */
export const FreeDay = z.strictObject({
  day: wireDay,
  free: z.strictObject({ DAY: z.int(), MORNING: z.int(), AFTERNOON: z.int() }),
});
export type FreeDay = z.infer<typeof FreeDay>;
export const FreeDayPage = wirePage(FreeDay).meta({ id: 'FreeDayPage' });
export type FreeDayPage = z.infer<typeof FreeDayPage>;

export const HalfHoursQuery = z.strictObject({
  day: inputDay,
  resourceKind: wireResourceKind.default('meeting_room'),
});
export type HalfHoursQuery = z.output<typeof HalfHoursQuery>;

/** One pool of rooms or machines on one day, half-hour by half-hour while the space is open. */
const PoolHalfHours = z.strictObject({
  poolId: wireId,
  name: z.string(),
  halfHours: z.array(z.strictObject({ from: wireHalfHour, until: wireHalfHour, free: z.int() })),
});
export const HalfHoursPage = wirePage(PoolHalfHours).meta({ id: 'HalfHoursPage' });
export type HalfHoursPage = z.infer<typeof HalfHoursPage>;

const OccupiedDay = z.strictObject({
  day: wireDay,
  /** Seats the space offers; none on a day it is closed. */
  capacity: z.int(),
  /** Seats taken at the fullest moment. */
  taken: z.int(),
  /** Bookings of the day: held, awaited, come or missed. */
  booked: z.int(),
});
export const OccupancyPage = wirePage(OccupiedDay).meta({ id: 'OccupancyPage' });
export type OccupancyPage = z.infer<typeof OccupancyPage>;
