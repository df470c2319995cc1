import { intlTag } from './activate';

export function countryName(code: string): string {
  return new Intl.DisplayNames(intlTag(), { type: 'region' }).of(code) ?? code;
}

/** Half-days as days: "2", "2.5", in the digits and with the separator of the language. */
export function daysNumber(halfDays: number): string {
  return new Intl.NumberFormat(intlTag(), { maximumFractionDigits: 1 }).format(halfDays / 2);
}

/** "français" as the reader's language says it. */
export function languageName(tag: string): string {
  return new Intl.DisplayNames(intlTag(), { type: 'language' }).of(tag) ?? tag;
}
