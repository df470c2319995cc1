import fc from 'fast-check';
import { perHalfDay } from '../kernel/tariff.js';
import { Temporal } from '../kernel/time.js';
import { leftOf, pickTerms, type Offer } from './terms.rules.js';

/** Two roots: MED with two chapters, of which one has a chapter of its own, and TUNIS alone. */
const ABOVE: Record<string, string | null> = {
  med: null,
  provence: 'med',
  marseille: 'provence',
  catalunya: 'med',
  tunis: null,
};
const NETWORKS = Object.keys(ABOVE);
const chainOf = (network: string): string[] => {
  const above = ABOVE[network];
  return above ? [network, ...chainOf(above)] : [network];
};

const day = (text: string) => Temporal.PlainDate.from(text);
const DAY = day('2026-06-01');

type Sketch = Partial<Omit<Offer, 'terms'>> & { id?: string };
const offer = ({ id = 'version', sides = ['med', 'med'], ...rest }: Sketch = {}): Offer => ({
  terms: {
    agreementId: sides.join('-'),
    versionId: id,
    clearingNetworkId: 'med',
    mode: 'ACCRUAL_CASH',
    resourceKind: 'hot_desk',
    unit: 'EUR',
    tariff: perHalfDay(1000n),
    freeHalfDays: 6,
    capHalfDaysPerPersonYear: null,
  },
  sides,
  signedBy: sides,
  validFrom: day('2026-01-01'),
  number: 1,
  ...rest,
});

const visit = (home: string, host: string, on = DAY) => ({
  homeChain: chainOf(home),
  hostChain: chainOf(host),
  day: on,
});

const anyNetwork = fc.constantFrom(...NETWORKS);
const anyDay = fc.integer({ min: 0, max: 60 }).map((days) => day('2026-05-01').add({ days }));
const anyOffer = fc
  .record({
    sides: fc.tuple(anyNetwork, anyNetwork),
    signatures: fc.subarray(NETWORKS),
    isSigned: fc.boolean(),
    validFrom: anyDay,
    number: fc.integer({ min: 1, max: 5 }),
    id: fc.uuid(),
  })
  .map(({ isSigned, signatures, ...facts }) =>
    offer({ ...facts, signedBy: isSigned ? facts.sides : signatures }),
  );
const anyOffers = fc.uniqueArray(anyOffer, { maxLength: 12, selector: ({ terms }) => terms.versionId });

/** How far the agreement's networks are above the two of the visit, written down a second time, naively. */
const distance = (sides: readonly [string, string], home: string, host: string): number => {
  const ways = [sides, [sides[1], sides[0]]].map(
    ([a, b]) => [chainOf(home).indexOf(a), chainOf(host).indexOf(b)] as const,
  );
  const possible = ways.filter(([a, b]) => a >= 0 && b >= 0).map(([a, b]) => a + b);
  return Math.min(Infinity, ...possible);
};

describe('the terms of a visit', () => {
  it('come from an agreement that reaches both networks, is signed by every side and has begun', () => {
    fc.assert(
      fc.property(anyOffers, anyNetwork, anyNetwork, anyDay, (offers, home, host, on) => {
        const terms = pickTerms(offers, visit(home, host, on));
        const fits = (one: Offer) =>
          distance(one.sides, home, host) < Infinity &&
          one.sides.every((side) => one.signedBy.includes(side)) &&
          Temporal.PlainDate.compare(one.validFrom, on) <= 0;
        expect(terms === null).toBe(!offers.some(fits));
        if (terms) expect(fits(offers.find((one) => one.terms === terms)!)).toBe(true);
      }),
    );
  });

  it('are the most specific agreement, and its latest version', () => {
    fc.assert(
      fc.property(anyOffers, anyNetwork, anyNetwork, anyDay, (offers, home, host, on) => {
        const terms = pickTerms(offers, visit(home, host, on));
        fc.pre(terms !== null);
        const chosen = offers.find((one) => one.terms === terms)!;
        for (const other of offers) {
          const counts =
            other.sides.every((side) => other.signedBy.includes(side)) &&
            Temporal.PlainDate.compare(other.validFrom, on) <= 0;
          if (!counts) continue;
          const [near, far] = [distance(chosen.sides, home, host), distance(other.sides, home, host)];
          expect(near).toBeLessThanOrEqual(far);
          if (near < far) continue;
          expect(Temporal.PlainDate.compare(chosen.validFrom, other.validFrom)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('depend neither on the direction of travel, nor on which side is named first, nor on the order of rows', () => {
    fc.assert(
      fc.property(anyOffers, anyNetwork, anyNetwork, anyDay, (offers, home, host, on) => {
        const id = (list: readonly Offer[], from: string, to: string) =>
          pickTerms(list, visit(from, to, on))?.versionId;
        const swapped = offers.map((one) => ({ ...one, sides: [one.sides[1], one.sides[0]] as const }));
        const expected = id(offers, home, host);
        expect(id(offers, host, home)).toBe(expected);
        expect(id(swapped, home, host)).toBe(expected);
        expect(id(offers.toReversed(), home, host)).toBe(expected);
      }),
    );
  });

  it('are inherited by a chapter, unless it has an agreement of its own', () => {
    const parent = offer({ id: 'inside-med' });
    const own = offer({ id: 'own', sides: ['provence', 'catalunya'] });
    expect(pickTerms([parent], visit('marseille', 'catalunya'))?.versionId).toBe('inside-med');
    expect(pickTerms([parent, own], visit('marseille', 'catalunya'))?.versionId).toBe('own');
    expect(pickTerms([parent, own], visit('marseille', 'provence'))?.versionId).toBe('inside-med');
  });

  it('reach a chapter of either side of an agreement between networks', () => {
    const between = offer({ id: 'with-tunis', sides: ['tunis', 'med'] });
    expect(pickTerms([between], visit('tunis', 'marseille'))?.versionId).toBe('with-tunis');
    expect(pickTerms([between], visit('tunis', 'tunis'))).toBeNull();
  });

  it('fall back to the version before while one side has not signed the next', () => {
    const first = offer({ id: 'first', sides: ['tunis', 'med'] });
    const next = offer({ id: 'next', sides: ['tunis', 'med'], number: 2, validFrom: day('2026-05-01') });
    const half = { ...next, signedBy: ['tunis'] };
    expect(pickTerms([first, half], visit('tunis', 'med'))?.versionId).toBe('first');
    expect(pickTerms([first, next], visit('tunis', 'med'))?.versionId).toBe('next');
    expect(pickTerms([first, next], visit('tunis', 'med', day('2026-04-30')))?.versionId).toBe('first');
  });
});

describe('what is left of a quota', () => {
  const count = fc.integer({ min: 0, max: 40 });

  it('is never less than nothing, never more than the grant nor than the cap leaves', () => {
    fc.assert(
      fc.property(count, count, fc.option(count), count, (granted, taken, max, capTaken) => {
        const left = leftOf({ granted, taken }, { max, taken: capTaken });
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(Math.max(0, granted - taken));
        if (max !== null) expect(left).toBeLessThanOrEqual(Math.max(0, max - capTaken));
      }),
    );
  });

  it('is the smaller of the two', () => {
    expect(leftOf({ granted: 6, taken: 2 }, { max: null, taken: 9 })).toBe(4);
    expect(leftOf({ granted: 6, taken: 2 }, { max: 10, taken: 9 })).toBe(1);
    expect(leftOf({ granted: 6, taken: 2 }, { max: 10, taken: 11 })).toBe(0);
  });
});
