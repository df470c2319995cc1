import fc from 'fast-check';
import { UNITS, type Unit } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';
import { discountOf, fromProvider, mayWithdraw, nextAsk, toProvider, usedOf } from './payment.rules.js';

const eur = (minor: bigint) => ({ unit: 'EUR', minor }) as const;
const anyUnit = fc.constantFrom(...(Object.keys(UNITS) as Unit[]));
const anyMinor = fc.bigInt({ min: 0n, max: 2n ** 60n });

describe('an amount for the provider', () => {
  it('comes back as it went, or does not go at all', () => {
    fc.assert(
      fc.property(anyUnit, anyMinor, (unit, minor) => {
        const counted = toProvider({ unit, minor });
        if (typeof counted === 'string') return;
        expect(fromProvider(counted.amount, counted.currency)).toEqual({ unit, minor });
      }),
    );
  });

  it('has a rule for its smallest part: millimes end in 0, other currencies and half-days have none', () => {
    expect(toProvider({ unit: 'TND', minor: 90_000n })).toEqual({ amount: 90_000, currency: 'tnd' });
    expect(toProvider({ unit: 'TND', minor: 90_001n })).toBe('STEP');
    expect(toProvider({ unit: 'LYD', minor: 90_000n })).toBe('CURRENCY');
    expect(toProvider({ unit: 'HALF_DAY', minor: 2n })).toBe('CURRENCY');
    expect(toProvider(eur(2n ** 53n))).toBe('TOO_LARGE');
    expect(fromProvider(2 ** 53, 'eur')).toBeNull();
    expect(fromProvider(100, 'usd')).toBeNull();
    expect(fromProvider(1.5, 'eur')).toBeNull();
  });
});

describe('what was used of what was paid', () => {
  it('and what is left are together what was paid, and more use never leaves more', () => {
    const natural = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), natural, natural, (minor, used, of) => {
        const less = usedOf(eur(minor), { used, of }).minor;
        const more = usedOf(eur(minor), { used: used + 1, of }).minor;
        expect(less >= 0n && less <= more && more <= minor).toBe(true);
      }),
    );
    expect(usedOf(eur(15_000n), { used: 12, of: 20 })).toEqual(eur(9_000n));
  });
});

it('a discount is never more than the price', () => {
  fc.assert(
    fc.property(anyMinor, fc.integer({ min: 1, max: 100 }), anyMinor, (minor, percent, off) => {
      const price = eur(minor);
      for (const discount of [
        discountOf(price, { percent, amount: null }),
        discountOf(price, { percent: null, amount: eur(off) }),
      ])
        expect(discount!.minor >= 0n && discount!.minor <= minor).toBe(true);
    }),
  );
  expect(discountOf(eur(100n), { percent: null, amount: { unit: 'TND', minor: 1n } })).toBeNull();
});

it('a purchase can be withdrawn from until the fourteenth day after it is over', () => {
  const paidAt = Temporal.Instant.from('2026-12-01T20:00:00Z');
  expect(mayWithdraw(paidAt, Temporal.Instant.from('2026-12-15T23:59:59Z'))).toBe(true);
  expect(mayWithdraw(paidAt, Temporal.Instant.from('2026-12-16T00:00:00Z'))).toBe(false);
});

it('what is unknown is asked about after 5 minutes, an hour and five days; then a person looks', () => {
  const now = Temporal.Instant.from('2026-12-01T08:00:00Z');
  const after = (asks: number) => nextAsk('UNKNOWN', asks, now)?.since(now).total('minutes');
  expect([0, 1, 2, 6, 7].map(after)).toEqual([5, 60, 1440, 1440, undefined]);
});
