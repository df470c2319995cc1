/**
 * Two ways of doing the same, measured in slices of a few seconds side by side, in a new order each round, until the
 * interval of their ratio is narrow or the rounds are used up. Rates of a shared machine move by the minute; ratios do not.
 */
import { isNarrow, median, medianInterval, quantile, seeded, shuffled } from './statistics.mjs';

export const SEED = 20_261;

/**
 * `sides` are two functions, the candidate and its reference, each called with the number of its connection; `cpu` says
 * how many seconds of processor time the servers have taken so far.
 */
export async function pairedSlices(sides, { connections, rounds, roundsMax = rounds, sliceMs, cpu, after }) {
  const random = seeded(SEED);
  const [candidate, reference] = Object.keys(sides);
  for (const name of shuffled([candidate, reference], random))
    await slice(sides[name], { connections, sliceMs });
  const pairs = [];
  while (pairs.length < roundsMax) {
    const pair = {};
    for (const name of shuffled([candidate, reference], random))
      pair[name] = await slice(sides[name], { connections, sliceMs, cpu });
    await after?.();
    pairs.push(pair);
    if (pairs.length < rounds) continue;
    const ratios = pairs.map((one) => one[candidate].rate / one[reference].rate);
    if (isNarrow(medianInterval(ratios, seeded(SEED)), median(ratios))) break;
  }
  return summary(pairs, candidate, reference);
}

function summary(pairs, candidate, reference) {
  const of = (name, what) => pairs.map((pair) => pair[name][what]);
  const ratioOf = (what, isInverse) => {
    const ratios = pairs.map((pair) => {
      const ratio = pair[candidate][what] / pair[reference][what];
      return isInverse ? 1 / ratio : ratio;
    });
    return { figure: median(ratios), interval: medianInterval(ratios, seeded(SEED)), rounds: pairs.length };
  };
  const hasCpu = pairs.every((pair) => pair[candidate].cpu !== null && pair[reference].cpu !== null);
  const side = (name) => ({
    rate: median(of(name, 'rate')),
    p50: median(of(name, 'p50')),
    p99: median(of(name, 'p99')),
    cpuMicros: hasCpu ? median(of(name, 'cpu')) * 1e6 : null,
  });
  return {
    ratio: ratioOf('rate'),
    p99: ratioOf('p99'),
    cpu: hasCpu ? ratioOf('cpu') : null,
    /** As many operations in the same processor time: comparable with the ratio of rates. */
    byCpu: hasCpu ? ratioOf('cpu', true).interval : null,
    [candidate]: side(candidate),
    [reference]: side(reference),
  };
}

async function slice(act, { connections, sliceMs, cpu = () => null }) {
  const latencies = [];
  const before = cpu();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      for (let now = performance.now(); now - start < sliceMs;) {
        await act(connection);
        const done = performance.now();
        latencies.push(done - now);
        now = done;
      }
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  return {
    rate: latencies.length / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpu: before === null ? null : (cpu() - before) / latencies.length,
  };
}
