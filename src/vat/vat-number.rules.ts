import { CHECKS, FORMS } from './vat-number.data.js';

export type VatNumberVerdict =
  | {
      readonly ok: true;
      readonly country: string;
      readonly number: string;
      readonly check: 'DIGITS' | 'FORM';
    }
  | { readonly ok: false; readonly reason: 'UNKNOWN_COUNTRY' | 'FORM' | 'CHECK_DIGITS' };

/** Greece writes EL before its numbers, and GR everywhere else. */
const PREFIX_COUNTRIES: Readonly<Record<string, string>> = { EL: 'GR' };

/** A prefix of letters, then the number: spaces, dots and dashes are how people write it. */
export function checkVatNumber(text: string): VatNumberVerdict {
  const written = text.toUpperCase().replaceAll(/[\s.\-/]/g, '');
  const prefix = written.slice(0, 2);
  const number = written.slice(2);
  const form = FORMS[prefix];
  if (!form) return { ok: false, reason: 'UNKNOWN_COUNTRY' };
  if (!form.test(number)) return { ok: false, reason: 'FORM' };
  const check = CHECKS[prefix];
  if (check && !check(number)) return { ok: false, reason: 'CHECK_DIGITS' };
  return {
    ok: true,
    country: PREFIX_COUNTRIES[prefix] ?? prefix,
    number: written,
    check: check ? 'DIGITS' : 'FORM',
  };
}

/** ISO 3166-1 to the prefix that its numbers have. */
export function vatPrefix(country: string): string {
  return country === 'GR' ? 'EL' : country;
}
