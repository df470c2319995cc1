const PREFIX_LETTERS_MAX = 4;
const SEQUENCE_DIGITS = 6;
/** Credit notes are a series of their own, and look like it. */
const CREDIT_SUFFIX = '-C';

/**
 * What an issuer's numbers start with: the initials of its name, or the beginning of a single word. A name
 * without Latin letters leaves the end of the party's id, which is as short and just as steady.
 */
export function seriesPrefix(
  name: string,
  partyId: string,
  kind: 'INVOICE' | 'CREDIT_NOTE' = 'INVOICE',
): string {
  return kind === 'CREDIT_NOTE' ? `${prefixOf(name, partyId)}${CREDIT_SUFFIX}` : prefixOf(name, partyId);
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
