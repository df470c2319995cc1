import { z } from 'zod';
import { inputDay, wireDay, wireId, wireLanguage, wirePage } from '../kernel/wire.js';
import { spaceHours, wireHours, wireName } from './directory.schema.js';

const YEAR_MIN = 2000;
const YEAR_MAX = 2999;

export const PutHours = z.strictObject(spaceHours).meta({ id: 'PutHours' });
export type PutHours = z.output<typeof PutHours>;

/** Other weekly hours from one day to another, both included. */
export const PutHourPeriod = z
  .strictObject({
    spaceId: wireId,
    fromDay: inputDay,
    untilDay: inputDay,
    openingHours: wireHours,
    reason: wireName,
  })
  .meta({ id: 'PutHourPeriod' });
export type PutHourPeriod = z.output<typeof PutHourPeriod>;

export const HourPeriodView = z
  .strictObject({
    id: wireId,
    spaceId: wireId,
    fromDay: wireDay,
    untilDay: wireDay,
    openingHours: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'HourPeriod' });
export type HourPeriodView = z.infer<typeof HourPeriodView>;
export const HourPeriodPage = wirePage(HourPeriodView).meta({ id: 'HourPeriodPage' });
export type HourPeriodPage = z.infer<typeof HourPeriodPage>;

export const HolidaysQuery = z.strictObject({
  year: z.coerce.number().int().min(YEAR_MIN).max(YEAR_MAX),
  language: wireLanguage.default('en'),
});
export type HolidaysQuery = z.output<typeof HolidaysQuery>;

export const HolidayPage = wirePage(z.strictObject({ day: wireDay, name: z.string() })).meta({
  id: 'HolidayPage',
});
export type HolidayPage = z.infer<typeof HolidayPage>;
