/**
 * What VAT numbers look like, by prefix, and how their check digits are made. The forms of the Union are those of
 * the VIES service; the arithmetic is what each administration publishes. Countries without a check that anybody
 * published have their form alone.
 */
import { digitsOf, iso7064, luhn, mod97, sumOf } from './check-digits.js';

export const FORMS: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^(?!12)\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^[1-9]\d{8}$/,
  DK: /^[1-9]\d{7}$/,
  EE: /^\d{9}$/,
  EL: /^\d{9}$/,
  ES: /^([A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z])$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^[1-9]\d{7}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^[1-9]\d{8}$/,
  RO: /^[1-9]\d{1,9}$/,
  SE: /^\d{10}(0[1-9]|[1-8]\d|9[0-4])$/,
  SI: /^[1-9]\d{7}$/,
  SK: /^[1-9]\d[2-4789]\d{7}$/,
  AL: /^[J-M]\d{8}[A-W]$/,
  BA: /^\d{12}$/,
  DZ: /^\d{15}(\d{5})?$/,
  EG: /^\d{9}$/,
  IL: /^\d{9}$/,
  MA: /^\d{15}$/,
  MC: /^[A-HJ-NP-Z0-9]{2}000\d{6}$/,
  ME: /^\d{8}$/,
  MK: /^\d{13}$/,
  RS: /^\d{9}$/,
  TN: /^\d{7}[A-HJ-NP-TV-Z]([ABDNP][CMNP]\d{3})?$/,
  TR: /^\d{10}$/,
};

export const CHECKS: Readonly<Record<string, (number: string) => boolean>> = {
  AT: (number) => {
    const digits = digitsOf(number.slice(1));
    const sum = digits
      .slice(0, 7)
      .reduce((total, digit, place) => total + crossSum(place % 2 ? digit * 2 : digit), 0);
    return (10 - ((sum + 4) % 10)) % 10 === digits[7];
  },
  BE: (number) => 97 - (Number(number.slice(0, 8)) % 97) === Number(number.slice(8)),
  BG: (number) => (number.length === 9 ? bulgarianCompany(number) : bulgarianPerson(number)),
  CY: (number) => {
    const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    const sum = digitsOf(number.slice(0, 8)).reduce(
      (total, digit, place) => total + (place % 2 ? digit : odd[digit]!),
      0,
    );
    return String.fromCodePoint(65 + (sum % 26)) === number[8];
  },
  CZ: czech,
  DE: (number) => iso7064(number),
  DK: (number) => sumOf(number, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  EE: (number) => sumOf(number, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
  EL: (number) =>
    (sumOf(number.slice(0, 8), [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === Number(number[8]),
  ES: spanish,
  FI: (number) => sumOf(number, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0,
  FR: french,
  HR: (number) => iso7064(number),
  HU: (number) => sumOf(number, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 === 0,
  IE: irish,
  IT: (number) => {
    const office = Number(number.slice(7, 10));
    const isOffice = (office >= 1 && office <= 100) || [120, 121, 888, 999].includes(office);
    return number.slice(0, 7) !== '0000000' && isOffice && luhn(number);
  },
  LT: lithuanian,
  LU: (number) => Number(number.slice(0, 6)) % 89 === Number(number.slice(6)),
  LV: latvian,
  MT: (number) => sumOf(number, [3, 4, 6, 7, 8, 9, 10, 1]) % 37 === 0,
  NL: (number) => {
    const eleven = sumOf(number.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2]) % 11 === Number(number[8]);
    return eleven || mod97(`NL${number}`) === 1;
  },
  PL: (number) => sumOf(number.slice(0, 9), [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(number[9]),
  PT: (number) => elevenMinus(sumOf(number.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2])) === Number(number[8]),
  RO: (number) => {
    const body = number.slice(0, -1).padStart(9, '0');
    return ((10 * sumOf(body, [7, 5, 3, 2, 1, 7, 5, 3, 2])) % 11) % 10 === Number(number.at(-1));
  },
  SE: (number) => luhn(number.slice(0, 10)),
  SI: (number) => elevenMinus(sumOf(number.slice(0, 7), [8, 7, 6, 5, 4, 3, 2])) === Number(number[7]),
  SK: (number) => Number(number) % 11 === 0,
  IL: (number) => luhn(number),
  MA: (number) => BigInt(number) % 97n === 0n,
  MC: french,
  ME: (number) => elevenMinusRaw(sumOf(number.slice(0, 7), [8, 7, 6, 5, 4, 3, 2])) % 10 === Number(number[7]),
  MK: (number) =>
    elevenMinusRaw(sumOf(number.slice(0, 12), [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2])) % 10 ===
    Number(number[12]),
  RS: (number) => iso7064(number),
  TR: turkish,
};

function crossSum(value: number): number {
  return value > 9 ? value - 9 : value;
}

/** 11 less the remainder; 10 and 11 are written 0. */
function elevenMinus(sum: number): number {
  const rest = elevenMinusRaw(sum);
  return rest === 10 ? 0 : rest;
}

function elevenMinusRaw(sum: number): number {
  return (11 - (sum % 11)) % 11;
}

function bulgarianCompany(number: string): boolean {
  const first = sumOf(number.slice(0, 8), [1, 2, 3, 4, 5, 6, 7, 8]) % 11;
  const check = first === 10 ? (sumOf(number.slice(0, 8), [3, 4, 5, 6, 7, 8, 9, 10]) % 11) % 10 : first;
  return check === Number(number[8]);
}

/** A citizen's number, a foreigner's, or another one: whichever arithmetic fits. */
function bulgarianPerson(number: string): boolean {
  const body = number.slice(0, 9);
  const last = Number(number[9]);
  const citizen = (sumOf(body, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10;
  const foreigner = sumOf(body, [21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10;
  const other = elevenMinusRaw(sumOf(body, [4, 3, 2, 7, 6, 5, 4, 3, 2]));
  return last === citizen || last === foreigner || last === other;
}

function czech(number: string): boolean {
  if (number.length === 8) {
    if (number.startsWith('9')) return false;
    const check = elevenMinusRaw(sumOf(number.slice(0, 7), [8, 7, 6, 5, 4, 3, 2]));
    return (check || 1) % 10 === Number(number[7]);
  }
  if (number.length === 10) return (Number(number.slice(0, 9)) % 11) % 10 === Number(number[9]);
  if (!number.startsWith('6')) return Number(number.slice(0, 2)) <= 53; // a birth number of before 1954 has no check
  const rest = sumOf(number.slice(1, 8), [8, 7, 6, 5, 4, 3, 2]) % 11;
  return (8 - ((10 - rest + 11) % 11) + 10) % 10 === Number(number[8]);
}

const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const CIF_LETTERS = 'JABCDEFGHI';

function spanish(number: string): boolean {
  const first = number[0]!;
  if (/\d/.test(first)) return DNI_LETTERS[Number(number.slice(0, 8)) % 23] === number[8];
  const foreigner = 'XYZ'.indexOf(first);
  if (foreigner >= 0) return DNI_LETTERS[Number(`${foreigner}${number.slice(1, 8)}`) % 23] === number[8];
  if ('KLM'.includes(first)) return DNI_LETTERS[Number(number.slice(1, 8)) % 23] === number[8];
  if (!'ABCDEFGHJNPQRSUVW'.includes(first)) return false;
  const digits = digitsOf(number.slice(1, 8));
  const sum = digits.reduce((total, digit, place) => total + (place % 2 ? digit : crossSum(digit * 2)), 0);
  const check = (10 - (sum % 10)) % 10;
  const [asDigit, asLetter] = [String(check), CIF_LETTERS[check]!];
  if ('ABEH'.includes(first)) return number[8] === asDigit;
  if ('KPQSNW'.includes(first)) return number[8] === asLetter;
  return number[8] === asDigit || number[8] === asLetter;
}

const FRENCH_LETTERS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Two digits made from the SIREN, or a letter and a character by the newer arithmetic. Monaco's have no SIREN. */
function french(number: string): boolean {
  const [key, siren] = [number.slice(0, 2), number.slice(2)];
  if (!siren.startsWith('000') && !luhn(siren)) return false;
  if (/^\d\d$/.test(key)) return Number((BigInt(`${siren}12`) % 97n).toString()) === Number(key);
  const [high, low] = [FRENCH_LETTERS.indexOf(key[0]!), FRENCH_LETTERS.indexOf(key[1]!)];
  const check = /\d/.test(key[0]!) ? high * 24 + low - 10 : high * 34 + low - 100;
  return (Number(siren) + 1 + Math.floor(check / 11)) % 11 === check % 11;
}

const IRISH_LETTERS = 'WABCDEFGHIJKLMNOPQRSTUV';

function irish(number: string): boolean {
  const isOld = !/\d/.test(number[1]!);
  const body = isOld ? `0${number.slice(2, 7)}${number[0]}` : number.slice(0, 7);
  const extra = isOld ? 0 : Math.max(0, IRISH_LETTERS.indexOf(number[8] ?? 'W'));
  return IRISH_LETTERS[(sumOf(body, [8, 7, 6, 5, 4, 3, 2]) + 9 * extra) % 23] === number[7];
}

function lithuanian(number: string): boolean {
  const marker = number.length === 9 ? number[7] : number[10];
  if (marker !== '1') return false;
  const body = digitsOf(number.slice(0, -1));
  const weighed = (shift: number) =>
    body.reduce((total, digit, place) => total + digit * (1 + ((place + shift) % 9)), 0) % 11;
  const first = weighed(0);
  return (first === 10 ? weighed(2) % 10 : first) === Number(number.at(-1));
}

function latvian(number: string): boolean {
  if (Number(number[0]) > 3) return sumOf(number, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3;
  if (number.startsWith('32')) return true; // persons since 2017: no date, no check
  const rest = (1 + sumOf(number.slice(0, 10), [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11;
  return rest % 10 === Number(number[10]);
}

function turkish(number: string): boolean {
  const sum = digitsOf(number.slice(0, 9)).reduce((total, digit, place) => {
    const moved = (digit + 9 - place) % 10;
    return total + (moved === 0 ? 0 : (moved * 2 ** (9 - place)) % 9 || 9);
  }, 0);
  return (10 - (sum % 10)) % 10 === Number(number[9]);
}
