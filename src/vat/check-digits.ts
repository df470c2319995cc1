/** The arithmetic that VAT numbers of many countries share. */

export function digitsOf(text: string): number[] {
  return Array.from(text, Number);
}

export function sumOf(digits: string, weights: readonly number[]): number {
  return digitsOf(digits).reduce((total, digit, place) => total + digit * weights[place]!, 0);
}

/** Every second digit from the right doubled; the sum of all is a multiple of ten. */
export function luhn(digits: string): boolean {
  const sum = digitsOf(digits)
    .toReversed()
    .reduce((total, digit, place) => {
      const counted = place % 2 ? digit * 2 : digit;
      return total + (counted > 9 ? counted - 9 : counted);
    }, 0);
  return sum % 10 === 0;
}

/** ISO 7064, MOD 11,10. */
export function iso7064(digits: string): boolean {
  const last = digitsOf(digits).reduce((check, digit) => ((((check || 10) * 2) % 11) + digit) % 10, 5);
  return last === 1;
}

/** ISO 7064, MOD 97-10: letters count from 10. */
export function mod97(text: string): number {
  const digits = Array.from(text, (letter) => Number.parseInt(letter, 36)).join('');
  return Number(BigInt(digits) % 97n);
}
