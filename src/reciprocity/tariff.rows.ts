/** How a tariff lies in the database: the columns of a rate, and back. */
import type { Tariff } from '../kernel/tariff.js';

export type TariffRow = Omit<Tariff, 'rateMinor' | 'dayMaxMinor'> & {
  readonly rateMinor: string;
  readonly dayMaxMinor: string | null;
};

export const TARIFF_COLUMNS = `rate.per, rate.rate_minor AS "rateMinor", rate.step_minutes AS "stepMinutes",
  rate.minimum_minutes AS "minimumMinutes", rate.day_max_minor AS "dayMaxMinor", rate.grace_minutes AS "graceMinutes"`;

export function tariffFromRow(row: TariffRow): Tariff {
  const { per, stepMinutes, minimumMinutes, graceMinutes, rateMinor, dayMaxMinor } = row;
  return {
    per,
    stepMinutes,
    minimumMinutes,
    graceMinutes,
    rateMinor: BigInt(rateMinor),
    dayMaxMinor: dayMaxMinor === null ? null : BigInt(dayMaxMinor),
  };
}
