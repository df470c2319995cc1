import type { Unit } from '../kernel/money.js';
import { Temporal, type Instant, type PlainDate } from '../kernel/time.js';

/** A window goes this way and no other: closed, its statements advised, its payments called, settled. */
const WAY = ['OPEN', 'CLOSED', 'ADVISED', 'CALLED', 'SETTLED'] as const;
/** Until its payments are called it may also be aborted, and all that it held becomes due again. */
export const WINDOW_STATES = [...WAY, 'ABORTED'] as const;
export type WindowState = (typeof WINDOW_STATES)[number];

/** The state a window must be in to reach `to`. */
export function stateBefore(to: Exclude<(typeof WAY)[number], 'OPEN'>): WindowState {
  return WAY[WAY.indexOf(to) - 1]!;
}

const DAYS_PER_WEEK = 7;

/** The last day of a window that begins here: its Sunday, or the end of its month. */
export function periodEnd(fromDay: PlainDate, cadence: 'WEEKLY' | 'MONTHLY'): PlainDate {
  return cadence === 'WEEKLY'
    ? fromDay.add({ days: DAYS_PER_WEEK - fromDay.dayOfWeek })
    : fromDay.with({ day: fromDay.daysInMonth });
}

export type SettlementProfile = 'NETTING_ALLOWED' | 'GROSS_ONLY' | 'IN_KIND_ONLY';
export type Clearing = 'NETTED' | 'GROSS' | 'IN_KIND';

/** How a claim is cleared: half-days stay half-days, and who may not be offset is paid in full. */
export function clearingOf(unit: Unit, debtor: SettlementProfile, creditor: SettlementProfile): Clearing {
  const profiles = [debtor, creditor];
  if (unit === 'HALF_DAY' || profiles.includes('IN_KIND_ONLY')) return 'IN_KIND';
  return profiles.includes('GROSS_ONLY') ? 'GROSS' : 'NETTED';
}

/**
 * Is this a day a window may end with? It covers at least one day and no day that is still to come
 * anywhere: a later window could not tell such a visit from a late one.
 */
export function mayEndWith(until: PlainDate, fromDay: PlainDate, now: Instant): boolean {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  return Temporal.PlainDate.compare(until, fromDay) >= 0 && Temporal.PlainDate.compare(until, today) <= 0;
}

/** What offsetting saved: (gross − paid) ÷ gross, in percent with two decimals, half up. 442.00 and 100.00 give 77.38. */
export function reductionPercent(grossMinor: bigint, paidMinor: bigint): number {
  if (grossMinor === 0n) return 0;
  const saved = grossMinor - paidMinor;
  return Number((20_000n * saved + grossMinor) / (2n * grossMinor)) / 100;
}
