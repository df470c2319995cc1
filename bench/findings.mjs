/** What an experiment says: a promise with its goal, the figure, how far it may be off, and the verdict. */
import { verdictOf } from './statistics.mjs';

/** Fewer say nothing about how far a median may be off. */
const ROUNDS_MIN = 3;

/** Measured in rounds: the interval, and processor time where it stays open, make the verdict. */
export function measured(
  promise,
  { goal = null, figure, interval, rounds, cpu = null, unit = '×', note = '' },
) {
  return {
    promise,
    goal,
    figure,
    interval,
    rounds,
    unit,
    note,
    gates: false,
    verdict: goal && rounds < ROUNDS_MIN ? 'too few rounds' : verdictOf({ goal, interval, cpu }),
  };
}

/** Seen once: the figure is all there is, and the table says so. */
export function seenOnce(promise, { goal = null, figure, unit = '×', note = '' }) {
  const verdict = verdictOf({ goal, interval: [figure, figure] });
  return { promise, goal, figure, interval: null, rounds: 1, unit, note, gates: false, verdict };
}

/** Counted: what must not be there at all. It gates every profile. */
export function mustBeNone(promise, found, note = '') {
  return {
    promise,
    goal: { atMost: 0 },
    figure: found,
    interval: null,
    rounds: 1,
    unit: '',
    note,
    gates: true,
    verdict: found === 0 ? 'held' : 'BROKEN',
  };
}

export const isBroken = ({ gates, verdict }) => gates && verdict === 'BROKEN';

const digits = (value) => {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
};

const withUnit = (value, unit) => (unit === '' ? digits(value) : `${digits(value)} ${unit}`);

export function goalText({ goal, unit }) {
  if (!goal) return '–';
  return goal.atLeast === undefined
    ? goal.atMost === 0
      ? 'none'
      : `≤ ${withUnit(goal.atMost, unit)}`
    : `≥ ${withUnit(goal.atLeast, unit)}`;
}

export const figureText = ({ figure, unit, gates }) =>
  gates && figure === 0 ? 'none' : withUnit(figure, unit);

export function intervalText({ interval, rounds, gates }) {
  if (interval) return `${digits(interval[0])} to ${digits(interval[1])} (${rounds} rounds)`;
  return gates ? 'counted' : 'one run';
}

export function print(finding) {
  const { promise, verdict, note } = finding;
  const goal = finding.goal ? `, goal ${goalText(finding)}` : '';
  console.log(
    `  ${verdict.padEnd(12)} ${promise}: ${figureText(finding)} [${intervalText(finding)}]${goal}${note ? ` — ${note}` : ''}`,
  );
}
