import { isSEPACountry } from 'ibantools';
import type { Unit } from '../kernel/money.js';

/** A UUID in the 35 characters that ISO 20022 has for a reference. */
export function endToEndId(id: string): string {
  return id.replaceAll('-', '');
}

/** Euro, between accounts whose IBANs are of the SEPA area. */
export function isSepa(unit: Unit, accounts: readonly { readonly iban: string | null }[]): boolean {
  return unit === 'EUR' && accounts.every(({ iban }) => iban !== null && isSEPACountry(iban.slice(0, 2)));
}
