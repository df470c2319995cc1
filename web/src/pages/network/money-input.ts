import { UNITS, type Unit } from '@wire/kernel/money.js';

/** What was typed, in minor units: "18", "18.00" and "18,00" are the same; null is no amount. */
export function minorOf(text: string, unit: Unit): number | null {
  const { scale } = UNITS[unit];
  const { whole, part = '' } = /^(?<whole>\d{1,12})(?:[.,](?<part>\d+))?$/.exec(text.trim())?.groups ?? {};
  if (whole === undefined || part.length > scale) return null;
  return Number(whole + part.padEnd(scale, '0'));
}
