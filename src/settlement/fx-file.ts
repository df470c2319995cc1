import { parse } from 'csv-parse/sync';
import { Temporal } from '../kernel/time.js';

/** One row of the file: the rates of a day, or why it is refused. `line` counts from 1, the header's. */
export type FxRow = {
  readonly line: number;
  readonly day: string;
  readonly rates: readonly { readonly quote: string; readonly rate: string }[];
  readonly notAvailable: number;
  readonly flag: string | null;
};
export type RefusedRow = { readonly line: number; readonly reason: string };

const SATURDAY = 6;

/**
 * Reads the European Central Bank's reference rates: a column `Date`, then one column per currency, each
 * cell the units of that currency for one euro. A rate stays the text it is; `N/A` is no rate.
 */
export function readFxFile(text: string): { rows: FxRow[]; refused: RefusedRow[] } {
  const [header = [], ...records] = parse(text, {
    bom: true,
    quote: false,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  const currencies = header.slice(1).filter((name) => name !== '');
  if (header[0] !== 'Date' || currencies.length === 0 || !currencies.every((name) => /^[A-Z]{3}$/.test(name)))
    throw new RangeError('The first line must be "Date" and then currency codes of three letters.');
  const rows: FxRow[] = [];
  const refused: RefusedRow[] = [];
  const seen = new Set<string>();
  records.forEach((cells, index) => {
    const line = index + 2;
    const reason = seen.has(cells[0]!)
      ? `the day ${cells[0]} was read before`
      : whyRefused(cells, currencies);
    if (reason) return refused.push({ line, reason });
    seen.add(cells[0]!);
    return rows.push(fxRow(line, cells, currencies));
  });
  return { rows, refused };
}

function whyRefused(cells: readonly string[], currencies: readonly string[]): string | null {
  if (!isDay(cells[0]!)) return `"${cells[0]}" is not a day`;
  const values = cells.slice(1, currencies.length + 1);
  if (values.length < currencies.length) return `${values.length} rates for ${currencies.length} currencies`;
  const wrong = values.find((value) => !isRate(value) && !isMissing(value));
  return wrong === undefined ? null : `"${wrong}" is not a rate`;
}

function fxRow(line: number, cells: readonly string[], currencies: readonly string[]): FxRow {
  const day = cells[0]!;
  const rates = currencies
    .map((quote, at) => ({ quote, rate: cells[at + 1]! }))
    .filter(({ rate }) => !isMissing(rate));
  const isWeekend = Temporal.PlainDate.from(day).dayOfWeek >= SATURDAY;
  const flag = isWeekend ? 'reference rates are not published at weekends' : null;
  return { line, day, rates, notAvailable: currencies.length - rates.length, flag };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}

function isRate(text: string): boolean {
  return /^\d+(\.\d+)?$/.test(text) && /[1-9]/.test(text);
}

function isMissing(text: string): boolean {
  return text === 'N/A' || text === '';
}
