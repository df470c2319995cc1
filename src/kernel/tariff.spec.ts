/**
 * Proves what a stay comes to under a tariff. Promise: a fraction of a cent, an hour that costs less than half of it,
 * a maximum that is exceeded, or a half-day priced in another way than always, turns this red.
 */
import fc from 'fast-check';
import { isWholeStep, overstayOf, perHalfDay, priceOf, stepMinor, type Stay, type Tariff } from './tariff.js';

const halfHours = (max: number) => fc.integer({ min: 0, max }).map((slots) => slots * 30);
const anyRate = fc.bigInt({ min: 0n, max: 10n ** 9n });
const anyStay: fc.Arbitrary<Stay & { overMinutes: number }> = fc.record({
  halfDays: fc.constantFrom(1, 2),
  minutes: fc.integer({ min: 1, max: 48 }).map((slots) => slots * 30),
  overMinutes: fc.integer({ min: 0, max: 600 }),
});
const byTheHour: fc.Arbitrary<Tariff> = fc
  .record({
    rateMinor: anyRate.map((rate) => rate * 2n),
    stepMinutes: fc.constantFrom(30, 60, 90, 120),
    minimumMinutes: halfHours(8),
    more: fc.option(fc.bigInt({ min: 0n, max: 10n ** 9n })),
    graceMinutes: fc.option(fc.integer({ min: 0, max: 60 })),
  })
  .map(({ more, ...asked }) => {
    const dayMaxMinor = more === null ? null : stepMinor(asked) + more;
    return { ...asked, per: 'HOUR' as const, dayMaxMinor };
  });
const anyTariff = fc.oneof(
  byTheHour,
  anyRate.map(perHalfDay),
  anyRate.map((rate): Tariff => ({ ...perHalfDay(rate), per: 'DAY' })),
);
const cash = (tariff: Tariff) => ({ mode: 'ACCRUAL_CASH', unit: 'EUR', tariff }) as const;
const minor = (tariff: Tariff, stay: Stay) => priceOf(cash(tariff), stay).minor;

describe('a price', () => {
  it('per half-day is the rate once for each, however long it is and whenever its guest leaves', () => {
    fc.assert(
      fc.property(anyRate, anyStay, (rate, stay) => {
        expect(minor(perHalfDay(rate), stay)).toBe(stay.halfDays === 2 ? rate + rate : rate);
      }),
    );
  });

  it('per day is the rate, for half of it too', () => {
    fc.assert(
      fc.property(anyRate, anyStay, (rate, stay) => {
        expect(minor({ ...perHalfDay(rate), per: 'DAY' }, stay)).toBe(rate);
      }),
    );
  });

  it('by the hour is made of whole steps, at least one and no less than the minimum', () => {
    fc.assert(
      fc.property(byTheHour, anyStay, (tariff, { halfDays, minutes }) => {
        const free = { ...tariff, dayMaxMinor: null };
        const price = minor(free, { halfDays, minutes });
        expect(isWholeStep(tariff)).toBe(true);
        const step = stepMinor(tariff);
        if (step > 0n) expect(price % step).toBe(0n);
        const paidMinutes = BigInt(Math.max(minutes, tariff.minimumMinutes));
        expect(price * 60n).toBeGreaterThanOrEqual(tariff.rateMinor * paidMinutes);
        expect((price - step) * 60n).toBeLessThanOrEqual(tariff.rateMinor * paidMinutes);
      }),
    );
  });

  it('never falls as a stay grows, and never exceeds the maximum', () => {
    fc.assert(
      fc.property(anyTariff, anyStay, anyStay, (tariff, a, b) => {
        const longer = {
          halfDays: Math.max(a.halfDays, b.halfDays),
          minutes: Math.max(a.minutes, b.minutes),
          overMinutes: Math.max(a.overMinutes, b.overMinutes),
        };
        expect(minor(tariff, longer)).toBeGreaterThanOrEqual(minor(tariff, a));
        if (tariff.dayMaxMinor !== null)
          expect(minor(tariff, longer)).toBeLessThanOrEqual(tariff.dayMaxMinor);
      }),
    );
  });

  it('is nothing for a gift and half-days in kind, whatever the tariff', () => {
    fc.assert(
      fc.property(anyTariff, anyStay, (tariff, stay) => {
        expect(priceOf({ ...cash(tariff), mode: 'GIFT' }, stay)).toEqual({ unit: 'EUR', minor: 0n });
        const inKind = priceOf({ ...cash(tariff), mode: 'ACCRUAL_IN_KIND' }, stay);
        expect(inKind).toEqual({ unit: 'HALF_DAY', minor: BigInt(stay.halfDays) });
      }),
    );
  });
});

describe('staying longer', () => {
  it('adds to the price what the price of both is, and nothing within the grace', () => {
    fc.assert(
      fc.property(anyTariff, anyStay, (tariff, stay) => {
        const { minor: added } = overstayOf(cash(tariff), stay);
        expect(minor(tariff, { ...stay, overMinutes: 0 }) + added).toBe(minor(tariff, stay));
        if (tariff.graceMinutes === null || stay.overMinutes <= tariff.graceMinutes) expect(added).toBe(0n);
      }),
    );
  });

  // A room at 12.00 EUR an hour, in half-hours, one hour at least, 60.00 EUR a day at most, 10 minutes of grace.
  const room: Tariff = {
    per: 'HOUR',
    rateMinor: 1200n,
    stepMinutes: 30,
    minimumMinutes: 60,
    dayMaxMinor: 6000n,
    graceMinutes: 10,
  };

  it.each([
    ['half an hour, paid as one', 30, 0, 1200n], // the minimum: 2 steps × 6.00
    ['an hour and a half', 90, 0, 1800n], // 3 × 6.00
    ['within the grace', 90, 10, 1800n],
    ['a minute beyond it', 90, 11, 2400n], // 3 + 1 step begun
    ['31 minutes', 90, 31, 3000n], // 3 + 2 steps begun
    ['until the day’s maximum', 270, 90, 6000n], // 9 + 3 steps = 72.00, at most 60.00
  ])('%s', (_what, minutes, overMinutes, price) => {
    expect(minor(room, { halfDays: 1, minutes, overMinutes })).toBe(price);
  });
});
