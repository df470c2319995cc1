import fc from 'fast-check';
import {
  isNarrow,
  logSlope,
  median,
  medianInterval,
  quantile,
  seeded,
  shuffled,
  verdictOf,
} from './statistics.mjs';

const samples = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 30 });

describe('the numbers of a run', () => {
  it('follow from the seed alone', () => {
    const [one, same, other] = [seeded(7), seeded(7), seeded(8)];
    const draw = (random) => Array.from({ length: 5 }, random);
    const drawn = draw(one);
    expect(draw(same)).toEqual(drawn);
    expect(draw(other)).not.toEqual(drawn);
    expect(drawn.every((number) => number >= 0 && number < 1)).toBe(true);
  });

  it('shuffle without losing or doubling anybody', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.nat(), (items, seed) => {
        expect(shuffled(items, seeded(seed)).toSorted((a, b) => a - b)).toEqual(
          items.toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it('put each of three first about as often', () => {
    const random = seeded(1);
    const first = { a: 0, b: 0, c: 0 };
    for (let turn = 0; turn < 3_000; turn += 1) first[shuffled(['a', 'b', 'c'], random)[0]] += 1;
    for (const count of Object.values(first)) expect(Math.abs(count - 1_000)).toBeLessThan(120);
  });
});

describe('the median and its interval', () => {
  it('is the middle, or between the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(quantile([10, 20], 0.95)).toBe(19.5);
  });

  it('lies between the smallest and the largest value, around the median', () => {
    fc.assert(
      fc.property(samples, fc.nat(), (values, seed) => {
        const [low, high] = medianInterval(values, seeded(seed));
        const [least, most] = [Math.min(...values), Math.max(...values)];
        const slack = 1e-9 * most;
        expect(low).toBeGreaterThanOrEqual(least - slack);
        expect(high).toBeLessThanOrEqual(most + slack);
        expect(low).toBeLessThanOrEqual(high + slack);
      }),
      { numRuns: 20 },
    );
  });

  it('holds the true median in about nine of ten samples', () => {
    const random = seeded(3);
    let held = 0;
    for (let turn = 0; turn < 200; turn += 1) {
      const [low, high] = medianInterval(Array.from({ length: 15 }, random), random);
      if (low <= 0.5 && 0.5 <= high) held += 1;
    }
    expect(held / 200).toBeGreaterThan(0.8);
  });

  it('is narrow when it stays within its share of the median', () => {
    expect(isNarrow([0.9, 1.1], 1)).toBe(true);
    expect(isNarrow([0.9, 1.2], 1)).toBe(false);
    expect(isNarrow([0.8, 1.1], 1)).toBe(false);
  });
});

describe('a verdict', () => {
  const atLeast = { atLeast: 0.35 };
  const atMost = { atMost: 3 };

  it.each([
    [atLeast, [0.36, 0.5], 'met'],
    [atLeast, [0.2, 0.34], 'missed'],
    [atLeast, [0.3, 0.4], 'inconclusive'],
    [atMost, [1, 3], 'met'],
    [atMost, [3.1, 4], 'missed'],
    [atMost, [2, 4], 'inconclusive'],
  ])('of %j for %j is %s', (goal, interval, verdict) => {
    expect(verdictOf({ goal, interval })).toBe(verdict);
  });

  it('takes processor time only where the clock does not say', () => {
    expect(verdictOf({ goal: atLeast, interval: [0.3, 0.4], cpu: [0.4, 0.5] })).toBe('met by processor time');
    expect(verdictOf({ goal: atLeast, interval: [0.3, 0.4], cpu: [0.3, 0.4] })).toBe('inconclusive');
    expect(verdictOf({ goal: atLeast, interval: [0.2, 0.3], cpu: [0.4, 0.5] })).toBe('missed');
  });

  it('without a goal is a note', () => {
    expect(verdictOf({ goal: null, interval: [1, 1] })).toBe('noted');
  });
});

describe('a slope', () => {
  it('is the exponent, whatever the factor, and one outlier does not turn it', () => {
    const exact = [1, 3, 9, 27, 81].map((size) => [size, 5 * size ** 0.8]);
    expect(logSlope(exact)).toBeCloseTo(0.8, 9);
    const disturbed = exact.map(([size, time], index) => [size, index === 2 ? time * 3 : time]);
    expect(Math.abs(logSlope(disturbed) - 0.8)).toBeLessThan(0.25);
  });

  it('asks only points of different sizes', () => {
    expect(
      logSlope([
        [1, 1],
        [1, 9],
        [10, 10],
      ]),
    ).toBeCloseTo((1 + Math.log10(10 / 9)) / 2, 9);
  });
});
