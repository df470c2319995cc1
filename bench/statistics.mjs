/**
 * What a noisy machine lets one say: medians of pairs that were measured side by side, how far they may be off, and
 * whether that is enough for a verdict. Pure, and without chance beyond the seed.
 */

/** Numbers from 0 up to 1 that follow from the seed (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** In an order that follows from the random numbers, each as likely as the other (Fisher and Yates). */
export function shuffled(items, random) {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
}

/** The value below which that share of the values lies, between two of them where it falls between. */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (values) => quantile(values, 0.5);

const RESAMPLES = 2_000;
const LEVEL = 0.9;

/** Where the median lies in nine of ten samples drawn, with repetition, from these values. */
export function medianInterval(values, random) {
  const medians = Array.from({ length: RESAMPLES }, () =>
    median(values.map(() => values[Math.floor(random() * values.length)])),
  );
  return [quantile(medians, (1 - LEVEL) / 2), quantile(medians, (1 + LEVEL) / 2)];
}

/** Narrow enough to stop measuring: within 15 % of the median on both sides. */
export function isNarrow([low, high], middle, within = 0.15) {
  return low >= middle * (1 - within) && high <= middle * (1 + within);
}

/**
 * 'met' or 'missed' when the whole interval is on one side of the goal. When it lies on both, the same ratio in
 * processor time decides if its interval does; otherwise the run says nothing: 'inconclusive'.
 */
export function verdictOf({ goal, interval, cpu = null }) {
  if (!goal) return 'noted';
  const side = sideOf(goal, interval);
  if (side !== 'inconclusive' || !cpu) return side;
  const byCpu = sideOf(goal, cpu);
  return byCpu === 'inconclusive' ? byCpu : `${byCpu} by processor time`;
}

function sideOf({ atLeast, atMost }, [low, high]) {
  const isMet = atLeast === undefined ? high <= atMost : low >= atLeast;
  const isMissed = atLeast === undefined ? low > atMost : high < atLeast;
  return isMet ? 'met' : isMissed ? 'missed' : 'inconclusive';
}

/** The median of the slopes between every two points, both axes logarithmic: 1 is proportional (Theil and Sen). */
export function logSlope(points) {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const slopes = logs.flatMap(([x, y], index) =>
    logs
      .slice(index + 1)
      .filter(([otherX]) => otherX !== x)
      .map(([otherX, otherY]) => (otherY - y) / (otherX - x)),
  );
  return median(slopes);
}
