/** ISO 13616: two letters, two check digits, and the whole taken modulo 97 leaves 1. */
const FORM = /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/;
const MODULUS = 97n;
const LETTER_BASE = 36;

/** As it is stored: without spaces, in capitals. */
export function plainIban(text: string): string {
  return text.replaceAll(/\s/g, '').toUpperCase();
}

export function isIban(iban: string): boolean {
  if (!FORM.test(iban)) return false;
  const moved = iban.slice(4) + iban.slice(0, 4);
  const digits = moved.replaceAll(/[A-Z]/g, (letter) => String(Number.parseInt(letter, LETTER_BASE)));
  return BigInt(digits) % MODULUS === 1n;
}
