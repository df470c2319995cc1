/** Money towards the provider, as arithmetic. Pure: no database, no framework. */
import { scaled, UNITS, type Amount, type Unit } from '../kernel/money.js';
import { dayAt, type Instant } from '../kernel/time.js';

/** Currencies the provider takes, and what a minor unit of theirs must be a multiple of: fils and millimes end in 0. */
const STEPS: Partial<Record<Unit, bigint>> = {
  ALL: 1n,
  BAM: 1n,
  CHF: 1n,
  DZD: 1n,
  EGP: 1n,
  EUR: 1n,
  GBP: 1n,
  ILS: 1n,
  JOD: 10n,
  LBP: 1n,
  MAD: 1n,
  MKD: 1n,
  RSD: 1n,
  TND: 10n,
  TRY: 1n,
};
/** Eight figures, whatever the currency. */
const PROVIDER_MINOR_MAX = 99_999_999n;

export const WITHDRAWAL_DAYS = 14;
/** When an unclear payment is asked about: after five minutes, an hour, and then daily, five times. */
const UNKNOWN_AFTER_MINUTES = [5, 60, 1440, 1440, 1440, 1440, 1440] as const;
/** A debit may take days; a hosted page is open for one. */
const PENDING_AFTER_MINUTES = [
  60, 1440, 1440, 1440, 1440, 1440, 1440, 1440, 1440, 1440, 1440, 1440, 1440, 1440,
] as const;

export type PaymentState = 'PENDING' | 'UNKNOWN' | 'SUCCEEDED' | 'FAILED' | 'CANCELED';
export type NotPayable = 'CURRENCY' | 'STEP' | 'TOO_LARGE';

/** As the provider counts it, or why it cannot be paid there. Its minor units are ours: both count the smallest coin. */
export function toProvider({ unit, minor }: Amount): { amount: number; currency: string } | NotPayable {
  const step = STEPS[unit];
  if (step === undefined) return 'CURRENCY';
  if (minor > PROVIDER_MINOR_MAX) return 'TOO_LARGE';
  if (minor % step !== 0n) return 'STEP';
  return { amount: Number(minor), currency: unit.toLowerCase() };
}

/** Null when we have no rule for its minor unit, or the number is not a whole one that JSON keeps. */
export function fromProvider(amount: number, currency: string): Amount | null {
  const unit = currency.toUpperCase();
  if (!(unit in UNITS) || !(unit in STEPS) || !Number.isSafeInteger(amount)) return null;
  return { unit: unit as Unit, minor: BigInt(amount) };
}

export type Discount = { readonly percent: number | null; readonly amount: Amount | null };

/** Never more than the price; a share is rounded in favour of whoever buys. */
export function discountOf(price: Amount, { percent, amount }: Discount): Amount | null {
  if (percent !== null) {
    return scaled(price, { numerator: BigInt(percent), denominator: 100n }, 'ceil');
  }
  if (!amount || amount.unit !== price.unit) return null;
  return { unit: price.unit, minor: amount.minor < price.minor ? amount.minor : price.minor };
}

/** What was used of what was paid, in favour of whoever paid. */
export function usedOf(paid: Amount, { used, of }: { used: number; of: number }): Amount {
  if (of === 0) return used > 0 ? paid : { unit: paid.unit, minor: 0n };
  return scaled(paid, { numerator: BigInt(Math.min(used, of)), denominator: BigInt(of) }, 'floor');
}

/** Fourteen days from the day after, to the end of the last one: Directive 2011/83, article 9. */
export function mayWithdraw(paidAt: Instant, now: Instant): boolean {
  const last = dayAt(paidAt, 'UTC').add({ days: WITHDRAWAL_DAYS });
  return dayAt(now, 'UTC').until(last).days >= 0;
}

/** Null when it was asked often enough: then a person looks. */
export function nextAsk(state: 'PENDING' | 'UNKNOWN', asks: number, now: Instant): Instant | null {
  const minutes = (state === 'UNKNOWN' ? UNKNOWN_AFTER_MINUTES : PENDING_AFTER_MINUTES)[asks];
  return minutes === undefined ? null : now.add({ minutes });
}
