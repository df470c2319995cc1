/** What a bank's file says, whatever its format. Reading never throws for what a file holds: it says what is wrong and where. */
import { UNITS, type Unit } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';

export type BankLine = {
  /** The first row, entry or record is 1. */
  readonly row: number;
  /** Ours to tell a line read twice: the bank's own reference, else all that the line says. */
  readonly key: string;
  readonly bookedDay: string;
  readonly valueDay: string;
  readonly unit: Unit;
  /** Positive: came in. */
  readonly minor: bigint;
  readonly counterparty: string | null;
  readonly counterpartyAccount: string | null;
  /** The reference the payer gave the payment (ISO 20022 EndToEndId), when the bank passed it on. */
  readonly endToEndId: string | null;
  readonly text: string;
};

export const BANK_FAULTS = [
  'AMOUNT_UNREADABLE',
  'AMOUNT_ZERO',
  'DAY_UNREADABLE',
  'CURRENCY_UNKNOWN',
  'SUM_BROKEN',
  'COUNT_BROKEN',
] as const;
export type BankFault = {
  /** null: of the whole file. */
  readonly row: number | null;
  readonly code: (typeof BANK_FAULTS)[number];
  /** What stands there. */
  readonly text: string;
};

export type BankStatement = {
  readonly account: string | null;
  readonly lines: readonly BankLine[];
  readonly faults: readonly BankFault[];
};

/** Why nothing of a file can be read at all. */
export class BankFileUnreadable extends Error {
  override readonly name = 'BankFileUnreadable';
}

/** Minor units of a decimal text with a point, or null: never a guess, and never more decimals than the currency has. */
export function minorOf(text: string, unit: Unit): bigint | null {
  const found = /^([+-]?)(\d{1,15})(?:\.(\d*))?$/.exec(text.trim());
  if (!found) return null;
  const [, sign, whole, decimals = ''] = found;
  const { scale } = UNITS[unit];
  const exact = decimals.replace(/0+$/, '');
  if (exact.length > scale) return null;
  const minor = BigInt(whole! + exact.padEnd(scale, '0'));
  return sign === '-' ? -minor : minor;
}

export function unitOf(code: string): Unit | null {
  return code in UNITS && code !== 'HALF_DAY' ? (code as Unit) : null;
}

/** A day that exists, or null. */
export function dayOf(text: string): string | null {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

/** Equal lines of one file are told apart by their turn: the second 5.00 of a day is a second payment. */
export function withKeys(
  lines: readonly (Omit<BankLine, 'key'> & { bankReference: string | null })[],
): BankLine[] {
  const seen = new Map<string, number>();
  return lines.map(({ bankReference, ...line }) => {
    const told = [
      line.bookedDay,
      line.unit,
      line.minor,
      line.counterpartyAccount,
      line.endToEndId,
      line.text,
    ];
    const base = bankReference ? `${bankReference}|${line.unit}|${line.minor}` : told.join('|');
    const turn = (seen.get(base) ?? 0) + 1;
    seen.set(base, turn);
    return { ...line, key: `${base}|${turn}` };
  });
}
