/** Which bank line is which payment, and why. Pure: the same facts give the same piles. */
import type { Unit } from '../kernel/money.js';
import { looseReference } from './bank-text.js';
import type { BankLine } from './bank-statement.js';

export type OpenPayment = {
  readonly id: string;
  readonly endToEndId: string;
  readonly unit: Unit;
  /** What no bank line has been matched with yet; positive. */
  readonly openMinor: bigint;
  /** Out: the account's owner pays. */
  readonly direction: 'IN' | 'OUT';
  readonly otherName: string;
  readonly otherIban: string | null;
};

/** From sure to likely. The first two match by themselves, when only one payment fits; the others are suggested. */
export const MATCH_REASONS = [
  'REFERENCE',
  'REFERENCE_IN_TEXT',
  'REFERENCE_OTHER_AMOUNT',
  'ACCOUNT_AND_AMOUNT',
  'NAME_AND_AMOUNT',
  'SUM_OF_SEVERAL',
] as const;
export type MatchReason = (typeof MATCH_REASONS)[number];

export type Candidate = { readonly paymentIds: readonly string[]; readonly reason: MatchReason };
export type Pile = 'MATCHED' | 'SUGGESTED' | 'UNKNOWN';
export type Sorted = { readonly pile: Pile; readonly candidates: readonly Candidate[] };

type Line = Pick<BankLine, 'unit' | 'minor' | 'counterparty' | 'counterpartyAccount' | 'endToEndId' | 'text'>;

export function sortLine(line: Line, payments: readonly OpenPayment[]): Sorted {
  const direction = line.minor < 0n ? 'OUT' : 'IN';
  const minor = line.minor < 0n ? -line.minor : line.minor;
  const fitting = payments.filter((payment) => payment.unit === line.unit && payment.direction === direction);
  const single = fitting.flatMap((payment): Candidate[] => {
    const reason = reasonOf(line, minor, payment);
    return reason ? [{ paymentIds: [payment.id], reason }] : [];
  });
  const candidates = [...single, ...(single.length === 0 ? sumOfSeveral(line, minor, fitting) : [])].toSorted(
    (a, b) => MATCH_REASONS.indexOf(a.reason) - MATCH_REASONS.indexOf(b.reason),
  );
  const sure = candidates.filter(({ reason }) => reason === 'REFERENCE' || reason === 'REFERENCE_IN_TEXT');
  if (sure.length === 1) return { pile: 'MATCHED', candidates: sure };
  return { pile: candidates.length > 0 ? 'SUGGESTED' : 'UNKNOWN', candidates };
}

function reasonOf(line: Line, minor: bigint, payment: OpenPayment): MatchReason | null {
  const reference = looseReference(payment.endToEndId);
  const isWhole = minor === payment.openMinor;
  const isGiven = line.endToEndId !== null && looseReference(line.endToEndId) === reference;
  const isTold = looseReference(line.text).includes(reference);
  if (isGiven || isTold)
    return isWhole ? (isGiven ? 'REFERENCE' : 'REFERENCE_IN_TEXT') : 'REFERENCE_OTHER_AMOUNT';
  if (!isWhole) return null;
  if (payment.otherIban !== null && sameAccount(line.counterpartyAccount, payment.otherIban))
    return 'ACCOUNT_AND_AMOUNT';
  return sameName(line.counterparty, payment.otherName) ? 'NAME_AND_AMOUNT' : null;
}

/** One transfer for all that was owed to one party. */
function sumOfSeveral(line: Line, minor: bigint, fitting: readonly OpenPayment[]): Candidate[] {
  const ofOther = fitting.filter(
    ({ otherIban, otherName }) =>
      (otherIban !== null && sameAccount(line.counterpartyAccount, otherIban)) ||
      sameName(line.counterparty, otherName),
  );
  const sum = ofOther.reduce((total, { openMinor }) => total + openMinor, 0n);
  if (ofOther.length < 2 || sum !== minor) return [];
  return [{ paymentIds: ofOther.map(({ id }) => id), reason: 'SUM_OF_SEVERAL' }];
}

function sameAccount(told: string | null, known: string): boolean {
  return told !== null && looseReference(told) === looseReference(known);
}

/** Banks cut and shout names. */
function sameName(told: string | null, known: string): boolean {
  if (told === null) return false;
  const [a, b] = [plainName(told), plainName(known)];
  const LENGTH_MIN = 5;
  return (
    a === b || (a.length >= LENGTH_MIN && b.startsWith(a)) || (b.length >= LENGTH_MIN && a.startsWith(b))
  );
}

function plainName(name: string): string {
  return looseReference(name.normalize('NFKD').replaceAll(/\p{M}/gu, ''));
}
