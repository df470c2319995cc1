import { amount, decimalText, type Unit } from '../kernel/money.js';
import type { Item, Summed } from './export-rows.js';

/** A cell is text, a count, or money in its unit. */
export type Cell = string | number | { readonly unit: Unit; readonly minor: number };

export const ITEM_COLUMNS: readonly (readonly [string, (item: Item) => Cell | null])[] = [
  ['day', ({ day }) => day],
  ['kind', ({ kind }) => kind],
  ['direction', ({ direction }) => direction],
  ['counterparty', ({ counterparty }) => counterparty.name],
  ['half_days', ({ halfDays }) => halfDays],
  ['rate', ({ rateMinor, unit }) => rateMinor && { unit, minor: rateMinor }],
  ['amount', ({ unit, minor }) => ({ unit, minor })],
  ['unit', ({ unit }) => unit],
  ['late', ({ late }) => (late ? 'late' : '')],
  ['agreement_version', ({ agreementVersion }) => agreementVersion],
  ['note', ({ note }) => note],
  ['counterparty_id', ({ counterparty }) => counterparty.id],
  ['visit_record_id', ({ ids }) => ids[0] ?? null],
  ['visit_id', ({ ids }) => ids[1] ?? null],
  ['scan_id', ({ ids }) => ids[2] ?? null],
  ['charge_id', ({ ids }) => ids[3] ?? null],
];

export const SUMMARY_COLUMNS: readonly (readonly [string, (row: Summed) => Cell | null])[] = [
  ['counterparty', ({ counterparty }) => counterparty.name],
  ['direction', ({ direction }) => direction],
  ['unit', ({ unit }) => unit],
  ['visits', ({ lines }) => lines],
  ['half_days', ({ halfDays }) => halfDays],
  ['visits_amount', ({ unit, linesMinor }) => ({ unit, minor: linesMinor })],
  ['charges', ({ charges }) => charges],
  ['charges_amount', ({ unit, chargesMinor }) => ({ unit, minor: chargesMinor })],
  ['amount', ({ unit, linesMinor, chargesMinor }) => ({ unit, minor: linesMinor + chargesMinor })],
  ['clearing', ({ clearing }) => clearing],
  ['counterparty_id', ({ counterparty }) => counterparty.id],
];

export function cellText(cell: Cell | null): string {
  if (cell === null) return '';
  return typeof cell === 'object' ? decimalText(amount(cell.unit, cell.minor)) : String(cell);
}
