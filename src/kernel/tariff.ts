/**
 * What a host asks for a stay, and what a stay comes to: the one place where a price is made, for the quote, the
 * booking, the sealed record and whoever prices it again years later. Whole numbers only.
 */
import { amount, type Amount, type Unit } from './money.js';
import type { Mode } from './words.js';

export const TARIFF_PERS = ['HALF_DAY', 'DAY', 'HOUR'] as const;
export type TariffPer = (typeof TARIFF_PERS)[number];

export const SLOT_MINUTES = 30;
const MINUTES_PER_HOUR = 60;

export type Tariff = {
  readonly per: TariffPer;
  readonly rateMinor: bigint;
  /** By the hour: begun steps are paid whole. null otherwise. */
  readonly stepMinutes: number | null;
  /** By the hour: a shorter stay is paid like one so long. */
  readonly minimumMinutes: number;
  /** By the hour: what one stay comes to at most. */
  readonly dayMaxMinor: bigint | null;
  /** By the hour: leaving so much later costs nothing, after it every step begun does. null: never. */
  readonly graceMinutes: number | null;
};

/** What was booked, and how long after its end the guest left. Minutes are those of the clock on the wall. */
export type Stay = { readonly halfDays: number; readonly minutes: number; readonly overMinutes?: number };

export type Priced = { readonly mode: Mode; readonly unit: Unit; readonly tariff: Tariff };

/** Nothing else is said: so much per half-day. */
export function perHalfDay(rateMinor: bigint): Tariff {
  return {
    per: 'HALF_DAY',
    rateMinor,
    stepMinutes: null,
    minimumMinutes: 0,
    dayMaxMinor: null,
    graceMinutes: null,
  };
}

/** What a host earns by a stay: the same today, at the close of a window, and in ten years. */
export function priceOf({ mode, unit, tariff }: Priced, stay: Stay): Amount {
  switch (mode) {
    case 'GIFT':
      return amount(unit, 0n);
    case 'ACCRUAL_CASH':
      return amount(unit, tariffMinor(tariff, stay));
    case 'ACCRUAL_IN_KIND':
      return amount('HALF_DAY', stay.halfDays);
  }
}

/** What leaving late adds: nothing within the grace, and never more than the day's maximum leaves. */
export function overstayOf(priced: Priced, stay: Stay): Amount {
  const { unit, minor } = priceOf(priced, stay);
  return amount(unit, minor - priceOf(priced, { ...stay, overMinutes: 0 }).minor);
}

/** A step costs a whole amount, or the tariff is none. */
export function stepMinor({ rateMinor, stepMinutes }: Pick<Tariff, 'rateMinor' | 'stepMinutes'>): bigint {
  return (rateMinor * BigInt(stepMinutes ?? MINUTES_PER_HOUR)) / BigInt(MINUTES_PER_HOUR);
}

export function isWholeStep({ rateMinor, stepMinutes }: Pick<Tariff, 'rateMinor' | 'stepMinutes'>): boolean {
  return (rateMinor * BigInt(stepMinutes ?? MINUTES_PER_HOUR)) % BigInt(MINUTES_PER_HOUR) === 0n;
}

function tariffMinor(tariff: Tariff, { halfDays, minutes, overMinutes = 0 }: Stay): bigint {
  const { per, rateMinor, stepMinutes, minimumMinutes, dayMaxMinor, graceMinutes } = tariff;
  if (per === 'HALF_DAY') return rateMinor * BigInt(halfDays);
  if (per === 'DAY') return rateMinor;
  const step = stepMinutes ?? MINUTES_PER_HOUR;
  const over = graceMinutes !== null && overMinutes > graceMinutes ? overMinutes : 0;
  const steps = Math.ceil(Math.max(minutes, minimumMinutes) / step) + Math.ceil(over / step);
  const sum = BigInt(steps) * stepMinor(tariff);
  return dayMaxMinor !== null && sum > dayMaxMinor ? dayMaxMinor : sum;
}
