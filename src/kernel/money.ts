import { invariant } from './problem.js';

/**
 * Every unit the ledger can hold: currencies and entitlements. `scale` is the number of decimals.
 * Our own table, never Intl: for LBP and ALL, Intl says 0 decimals where ISO 4217 says 2.
 * A scale can never be changed once amounts are stored, so choose the finest unit at the start.
 */
export const UNITS = {
  EUR: { scale: 2 },
  ALL: { scale: 2 },
  BAM: { scale: 2 },
  CHF: { scale: 2 },
  DZD: { scale: 2 },
  EGP: { scale: 2 },
  GBP: { scale: 2 },
  ILS: { scale: 2 },
  JOD: { scale: 3 },
  LBP: { scale: 2 },
  LYD: { scale: 3 },
  MAD: { scale: 2 },
  MKD: { scale: 2 },
  RSD: { scale: 2 },
  TND: { scale: 3 },
  TRY: { scale: 2 },
  HALF_DAY: { scale: 0 },
} as const;

export type Unit = keyof typeof UNITS;

/** An amount in the smallest part of its unit: EUR 12.50 is { unit: 'EUR', minor: 1250n }. */
export type Amount<U extends Unit = Unit> = { readonly unit: U; readonly minor: bigint };

export function amount<U extends Unit>(unit: U, minor: bigint | number): Amount<U> {
  return { unit, minor: BigInt(minor) }; // BigInt() throws on 12.5, so no fraction can slip in
}

export function isZero(a: Amount): boolean {
  return a.minor === 0n;
}

/** NoInfer makes `add(eur, chf)` a compile error; without it TypeScript infers the union EUR | CHF. */
export function add<U extends Unit>(a: Amount<U>, b: Amount<NoInfer<U>>): Amount<U> {
  assertSameUnit(a, b);
  return { unit: a.unit, minor: a.minor + b.minor };
}

export function subtract<U extends Unit>(a: Amount<U>, b: Amount<NoInfer<U>>): Amount<U> {
  assertSameUnit(a, b);
  return { unit: a.unit, minor: a.minor - b.minor };
}

/** A fraction such as 20 % = { numerator: 20n, denominator: 100n }. There are no floating-point rates. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint };

/** Division always names its rounding: there is no bare `/` on money. */
export type Rounding = 'floor' | 'ceil' | 'halfEven';

export function scaled<U extends Unit>(a: Amount<U>, by: Ratio, rounding: Rounding): Amount<U> {
  invariant(by.denominator > 0n, 'a ratio has a positive denominator');
  return { unit: a.unit, minor: divide(a.minor * by.numerator, by.denominator, rounding) };
}

/**
 * Splits without losing a minor unit. Each part gets its share rounded towards zero;
 * what is left goes one by one to the first parts that lost a fraction, so no part is off by a whole unit.
 */
export function allocate<U extends Unit>(total: Amount<U>, weights: readonly bigint[]): Amount<U>[] {
  invariant(
    weights.every((weight) => weight >= 0n),
    'weights are not negative',
  );
  const sum = weights.reduce((a, b) => a + b, 0n);
  invariant(sum > 0n, 'weights sum to more than zero');

  const shares = weights.map((weight) => (total.minor * weight) / sum);
  let left = total.minor - shares.reduce((a, b) => a + b, 0n);
  const step = left < 0n ? -1n : 1n;
  return shares.map((share, index) => {
    const lostFraction = (total.minor * weights[index]!) % sum !== 0n;
    const takesOne = left !== 0n && lostFraction;
    if (takesOne) left -= step;
    return { unit: total.unit, minor: takesOne ? share + step : share };
  });
}

/** "12.50" for EUR 1250, "-90.000" for TND -90000: for statements, tables and files. Screens format with Intl. */
export function decimalText({ unit, minor }: Amount): string {
  const { scale } = UNITS[unit];
  const digits = String(minor < 0n ? -minor : minor).padStart(scale + 1, '0');
  const sign = minor < 0n ? '-' : '';
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function divide(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const truncated = numerator / denominator;
  const remainder = numerator % denominator;
  const floor = remainder < 0n ? truncated - 1n : truncated;
  if (remainder === 0n) return floor;
  switch (rounding) {
    case 'floor':
      return floor;
    case 'ceil':
      return floor + 1n;
    case 'halfEven': {
      const twice = (numerator - floor * denominator) * 2n;
      if (twice !== denominator) return twice > denominator ? floor + 1n : floor;
      return floor % 2n === 0n ? floor : floor + 1n;
    }
  }
}

/** The types already refuse this; data that came from outside has no types. */
function assertSameUnit(a: Amount, b: Amount): void {
  invariant(a.unit === b.unit, `cannot combine ${a.unit} with ${b.unit}`);
}
