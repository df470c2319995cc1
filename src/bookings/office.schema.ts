import { z } from 'zod';
import { inputDay, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';

const DAYS = 31;
const DAYS_MAX = 62;
const SEATS_MAX = 10_000;
const REASON_LENGTH_MAX = 200;
const HOURS_LENGTH_MAX = 500;

const wireHours = z.string().max(HOURS_LENGTH_MAX);
const wireTime = z.iso.time({ precision: -1 });
const closedBecause = z.enum(['weekly', 'holiday', 'exception']).nullable();

/** A day as the directory tells it: wall times at the space; `until` null is midnight. */
const PlannedDay = z.strictObject({
  day: wireDay,
  closedBecause,
  intervals: z.array(z.strictObject({ from: wireTime, until: wireTime.nullable() })),
});

/** Hours as they might be. What is left out stays as it is. */
export const HoursPreviewQuery = z
  .strictObject({
    openingHours: wireHours.optional(),
    closesOnHolidays: z.enum(['true', 'false']).optional(),
    /** One day with other hours: `closed`, `usual`, or OSM syntax. */
    day: inputDay.optional(),
    dayHours: wireHours.optional(),
    /** A season with other hours. */
    fromDay: inputDay.optional(),
    untilDay: inputDay.optional(),
    periodHours: wireHours.optional(),
  })
  .refine(({ day, dayHours }) => (day === undefined) === (dayHours === undefined), {
    message: 'Give day and dayHours together.',
  })
  .refine(
    ({ fromDay, untilDay, periodHours }) =>
      new Set([fromDay, untilDay, periodHours].map((field) => field === undefined)).size === 1,
    { message: 'Give fromDay, untilDay and periodHours together.' },
  );
export type HoursPreviewQuery = z.output<typeof HoursPreviewQuery>;

export const HoursPreviewView = z
  .strictObject({
    /** The next fortnight with these hours. */
    days: z.array(PlannedDay),
    /** Bookings that need time which is open now and would not be. */
    hit: z.array(z.strictObject({ day: wireDay, bookings: z.int() })),
  })
  .meta({ id: 'HoursPreview' });
export type HoursPreviewView = z.infer<typeof HoursPreviewView>;

export const PoolDaysQuery = z.strictObject({
  from: inputDay,
  days: z.coerce.number().int().min(1).max(DAYS_MAX).default(DAYS),
});
export type PoolDaysQuery = z.output<typeof PoolDaysQuery>;

const SeatBlockFields = {
  poolId: wireId,
  seats: z.int().min(1).max(SEATS_MAX),
  reason: z.string().trim().min(1).max(REASON_LENGTH_MAX),
};

/** Keeps seats of a pool from being booked on one day. */
/** Opening hours and holidays are known for no other. */
function isThisCentury({ year }: { readonly year: number }): boolean {
  return year >= 2000 && year < 2100;
}

export const PutSeatBlock = z
  .strictObject({ ...SeatBlockFields, day: inputDay.refine(isThisCentury, 'Calendars know this century.') })
  .meta({ id: 'PutSeatBlock' });
export type PutSeatBlock = z.output<typeof PutSeatBlock>;

export const SeatBlockView = z
  .strictObject({
    id: wireId,
    ...SeatBlockFields,
    day: wireDay,
    createdAt: wireInstant,
    liftedAt: wireInstant.nullable(),
  })
  .meta({ id: 'SeatBlock' });
export type SeatBlockView = z.infer<typeof SeatBlockView>;

export const CapacityDay = z
  .strictObject({
    day: wireDay,
    closedBecause,
    /** For each half-hour of the space's day: seats offered, and taken. */
    offered: z.array(z.int()).length(48),
    taken: z.array(z.int()).length(48),
    /** Kept back by the space, and not among those offered. */
    blocks: z.array(SeatBlockView),
  })
  .meta({ id: 'CapacityDay' });
export type CapacityDay = z.infer<typeof CapacityDay>;
export const CapacityPage = wirePage(CapacityDay).meta({ id: 'CapacityPage' });
export type CapacityPage = z.infer<typeof CapacityPage>;

/** Days from today on that have bookings of the pool, with the most seats taken at once. */
export const PoolLoadPage = wirePage(
  z.strictObject({ day: wireDay, bookings: z.int(), taken: z.int() }),
).meta({ id: 'PoolLoadPage' });
export type PoolLoadPage = z.infer<typeof PoolLoadPage>;
