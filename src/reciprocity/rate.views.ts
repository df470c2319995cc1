import type { Unit } from '../kernel/money.js';
import type { Tariff } from '../kernel/tariff.js';
import { amountToWire, tariffToWire } from '../kernel/wire.js';

/** A tariff as every view of a rate tells it. */
export function rateViews({ unit, tariff }: { readonly unit: Unit; readonly tariff: Tariff }) {
  const { per, rateMinor } = tariff;
  const ratePerHalfDay = per === 'HALF_DAY' ? amountToWire({ unit, minor: rateMinor }) : null;
  return { ratePerHalfDay, tariff: tariffToWire(unit, tariff) };
}
