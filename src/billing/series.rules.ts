const PREFIX_LETTERS_MAX = 4;
const SEQUENCE_DIGITS = 6;
export type SeriesKind =
  | 'INVOICE'
  | 'CREDIT_NOTE'
  | 'RECEIPT'
  | 'SELF_BILLED_INVOICE'
  | 'SELF_BILLED_CREDIT_NOTE';

/** Each kind is a series of its own, and looks like it. */
const SUFFIXES: Readonly<Record<SeriesKind, string>> = {
  INVOICE: '',
  CREDIT_NOTE: '-C',
  RECEIPT: '-R',
  SELF_BILLED_INVOICE: '-S',
  SELF_BILLED_CREDIT_NOTE: '-SC',
};

/**
 * What an issuer's numbers start with: the initials of its name, or the beginning of a single word. A name
 * without Latin letters leaves the end of the party's id, which is as short and just as steady.
 */
export function seriesPrefix(name: string, partyId: string, kind: SeriesKind = 'INVOICE'): string {
  return `${prefixOf(name, partyId)}${SUFFIXES[kind]}`;
}

function prefixOf(name: string, partyId: string): string {
  const latin = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase();
  const words = latin.match(/[A-Z0-9]+/g) ?? [];
  if (words.length === 0) return partyId.replaceAll('-', '').slice(-PREFIX_LETTERS_MAX).toUpperCase();
  const letters = words.length === 1 ? words[0] : words.map((word) => word[0]).join('');
  return letters.slice(0, PREFIX_LETTERS_MAX);
}

/** MRS-2026-000001 */
export function documentNumber(prefix: string, year: number, sequence: number): string {
  return `${prefix}-${year}-${String(sequence).padStart(SEQUENCE_DIGITS, '0')}`;
}
