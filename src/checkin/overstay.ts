import { overstayOf } from '../kernel/tariff.js';
import { isZero, type Amount } from '../kernel/money.js';
import { tariffFromWire } from '../kernel/wire.js';
import type { Visit } from './visit.js';

type Stayed = Pick<Visit, 'terms' | 'halfDays' | 'minutes' | 'overMinutes'>;

/** What staying longer than booked adds; null when it adds nothing. */
export function overstay(visit: Stayed): { readonly minutes: number; readonly amount: Amount } | null {
  const { terms, halfDays, minutes, overMinutes } = visit;
  const { mode, unit } = terms;
  const priced = { mode, unit, tariff: tariffFromWire(terms.tariff) };
  const amount = overstayOf(priced, { halfDays, minutes: minutes ?? 0, overMinutes });
  return isZero(amount) ? null : { minutes: overMinutes, amount };
}
