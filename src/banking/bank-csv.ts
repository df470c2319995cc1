import { parse } from 'csv-parse/sync';
import {
  BankFileUnreadable,
  dayOf,
  minorOf,
  unitOf,
  withKeys,
  type BankFault,
  type BankStatement,
} from './bank-statement.js';
import type { CsvMapping } from './bank-file.schema.js';

type Entry = Parameters<typeof withKeys>[0][number];
type Row = Readonly<Record<string, string>>;

/** A bank's own table, read by a mapping that somebody has made once for that bank. */
export function readBankCsv(text: string, mapping: CsvMapping): BankStatement {
  const rows = rowsOf(text, mapping);
  const columns = new Set(Object.keys(rows[0] ?? {}));
  const missing = [...named(mapping)].filter((column) => !columns.has(column));
  if (missing.length > 0) throw new BankFileUnreadable(`Its columns lack: ${missing.join(', ')}.`);
  const faults: BankFault[] = [];
  const entries = rows
    .map((row, index) => entryOf(row, index + 1, mapping, faults))
    .filter((entry) => entry !== null);
  return { account: null, lines: withKeys(entries), faults };
}

function rowsOf(text: string, { delimiter }: CsvMapping): Row[] {
  try {
    return parse(text, {
      columns: true,
      delimiter,
      bom: true,
      skip_empty_lines: true,
      trim: true,
      relax_quotes: true,
    });
  } catch (error) {
    throw new BankFileUnreadable(`It is no table: ${(error as Error).message}.`);
  }
}

function named({ columns }: CsvMapping): Set<string> {
  return new Set(Object.values(columns).filter((column) => column !== undefined));
}

function entryOf(row: Row, number: number, mapping: CsvMapping, faults: BankFault[]): Entry | null {
  const { columns } = mapping;
  const at = (column: string | undefined) => (column === undefined ? null : row[column] || null);
  const currency = at(columns.currency) ?? mapping.currency;
  const unit = unitOf(currency);
  const bookedDay = dayIn(at(columns.day) ?? '', mapping.dayFormat);
  const amount = amountText(row, mapping);
  const minor = unit && amount !== null ? minorOf(amount, unit) : null;
  if (!unit) faults.push({ row: number, code: 'CURRENCY_UNKNOWN', text: currency });
  else if (minor === null) faults.push({ row: number, code: 'AMOUNT_UNREADABLE', text: amount ?? '' });
  else if (minor === 0n) faults.push({ row: number, code: 'AMOUNT_ZERO', text: amount! });
  if (!bookedDay) faults.push({ row: number, code: 'DAY_UNREADABLE', text: at(columns.day) ?? '' });
  if (!unit || !minor || !bookedDay) return null;
  return {
    row: number,
    bookedDay,
    valueDay: bookedDay,
    unit,
    minor,
    counterparty: at(columns.name),
    counterpartyAccount: at(columns.account),
    endToEndId: null,
    text: at(columns.text) ?? '',
    bankReference: at(columns.reference),
  };
}

/** One signed column, or one for what came in and one for what went out. */
function amountText(row: Row, { columns, decimal }: CsvMapping): string | null {
  const plain = (text: string) => {
    const group = decimal === ',' ? /[.\s\u00a0\u202f']/g : /[,\s\u00a0\u202f']/g;
    return text.replaceAll(group, '').replace(decimal, '.').replace('\u2212', '-');
  };
  if (columns.amount !== undefined) return plain(row[columns.amount] ?? '');
  const came = plain(row[columns.credit ?? ''] ?? '');
  const went = plain(row[columns.debit ?? ''] ?? '');
  if (came !== '' && went !== '') return null;
  return came === '' ? `-${went.replace(/^[+-]/, '')}` : came;
}

const ORDERS = { 'YYYY-MM-DD': [0, 1, 2], 'DD/MM/YYYY': [2, 1, 0], 'MM/DD/YYYY': [2, 0, 1] } as const;

function dayIn(text: string, format: CsvMapping['dayFormat']): string | null {
  const parts = text.split(/[-/.]/);
  if (parts.length !== 3) return null;
  const [year, month, day] = ORDERS[format].map((index) => parts[index]!);
  return dayOf(`${year!.padStart(4, '20')}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`);
}
