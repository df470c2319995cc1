import fc from 'fast-check';
import {
  balanceOf,
  firstInstalment,
  grantOf,
  halfUp,
  kilometresBetween,
  type GrantOf,
} from './grant.rules.js';
import { SCHEME_RULES } from './grant-schemes.data.js';

const ERASMUS = SCHEME_RULES.ERASMUS_STAFF_2025;
const barcelona = { country: 'ES', kilometres: 338, isGreen: false, activityDays: 5, travelDays: 2 };
const total = (stay: Partial<GrantOf>, rules = ERASMUS) =>
  grantOf(rules, { ...barcelona, ...stay })!.totalMinor;

const anyStay: fc.Arbitrary<GrantOf> = fc.record({
  country: fc.constantFrom('FR', 'IT', 'ES', 'GR', 'HR'),
  kilometres: fc.double({ min: 0, max: 3999, noNaN: true }),
  isGreen: fc.boolean(),
  activityDays: fc.integer({ min: 0, max: 60 }),
  travelDays: fc.integer({ min: 0, max: 6 }),
});

describe('a grant', () => {
  it('is days by the rate of the country and the way: 7 × 110 + 211 = 981.00, a day less 871.00', () => {
    expect(total({})).toBe(981_00n);
    expect(total({ activityDays: 4 })).toBe(871_00n);
    expect(firstInstalment(981_00n, 80)).toBe(784_80n);
    expect(balanceOf(981_00n, 784_80n)).toBe(196_20n);
    expect(balanceOf(871_00n, 784_80n)).toBe(86_20n);
    expect(balanceOf(541_00n, 784_80n)).toBe(-243_80n);
  });

  it('between peers is 350 and 165 a day, 1,175 at most: two days 680.00', () => {
    expect(total({ activityDays: 2 }, SCHEME_RULES.PEER_TO_PEER)).toBe(680_00n);
    expect(total({ activityDays: 5 }, SCHEME_RULES.PEER_TO_PEER)).toBe(1_175_00n);
    expect(total({ activityDays: 6 }, SCHEME_RULES.PEER_TO_PEER)).toBe(1_175_00n);
  });

  it('pays 70 % from day 15 on: 14 × 120 + 2 × 84 + 0 = 1,848.00', () => {
    const near = { country: 'FR', kilometres: 5, travelDays: 0 };
    expect(total({ ...near, activityDays: 16 })).toBe(1_848_00n);
    expect(total({ ...near, activityDays: 14 })).toBe(1_680_00n);
  });

  it('counts two days of travel, six by train, and pays the green way more', () => {
    expect(total({ travelDays: 6 })).toBe(981_00n);
    expect(total({ travelDays: 6, isGreen: true })).toBe(11n * 110_00n + 285_00n);
  });

  it.each([
    [9, 0n],
    [10, 28_00n],
    [99.9, 28_00n],
    [100, 211_00n],
    [499.9, 211_00n],
    [500, 309_00n],
    [2000, 395_00n],
    [3999, 580_00n],
  ])('gives for %d km what the band says', (kilometres, minor) => {
    expect(grantOf(ERASMUS, { ...barcelona, kilometres })!.travelMinor).toBe(minor);
  });

  it('is unknown where the scheme has no rate, and nothing where nobody came', () => {
    expect(grantOf(ERASMUS, { ...barcelona, country: 'TN' })).toBeNull();
    expect(grantOf(ERASMUS, { ...barcelona, kilometres: 4000 })).toBeNull();
    expect(total({ activityDays: 0 })).toBe(0n);
  });

  it('never falls with a day, a travel day or a green way more, and never passes its cap', () => {
    fc.assert(
      fc.property(anyStay, (stay) => {
        const { totalMinor } = grantOf(ERASMUS, stay)!;
        const more = grantOf(ERASMUS, { ...stay, activityDays: stay.activityDays + 1 })!;
        const travels = grantOf(ERASMUS, { ...stay, travelDays: stay.travelDays + 1 })!;
        const greener = grantOf(ERASMUS, { ...stay, isGreen: true })!;
        const peer = grantOf(SCHEME_RULES.PEER_TO_PEER, stay)!;
        expect(more.totalMinor > totalMinor).toBe(true);
        expect(travels.totalMinor >= totalMinor && greener.totalMinor >= totalMinor).toBe(true);
        expect(peer.totalMinor <= 1_175_00n).toBe(true);
      }),
    );
  });

  it('and its balance make the whole again, whatever the first part was', () => {
    const cents = fc.bigInt({ min: 0n, max: 10n ** 9n });
    fc.assert(
      fc.property(cents, cents, fc.integer({ min: 0, max: 100 }), (planned, final, percent) => {
        const first = firstInstalment(planned, percent);
        expect(first + balanceOf(final, first)).toBe(final);
        expect(first >= 0n && first <= planned).toBe(true);
      }),
    );
  });

  it('rounds half a cent up', () => {
    expect([halfUp(149n, 100n), halfUp(150n, 100n), halfUp(250n, 100n)]).toEqual([1n, 2n, 3n]);
  });
});

describe('the great circle', () => {
  it('is 830 km from Tunis to Marseille, the same both ways', () => {
    const [tunis, marseille] = [
      { lat: 36.8008, lon: 10.1797 },
      { lat: 43.2951, lon: 5.3739 },
    ];
    expect(Math.round(kilometresBetween(tunis, marseille))).toBe(830);
    expect(kilometresBetween(marseille, tunis)).toBeCloseTo(kilometresBetween(tunis, marseille));
    expect(kilometresBetween(tunis, tunis)).toBe(0);
  });
});
