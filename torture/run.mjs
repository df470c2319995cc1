/**
 * `npm run torture -- --profile smoke|full [--only K2,W1] [--seed N] [--no-redis] [--keep]`: does to the product what will happen
 * to it one day, and asks whether it kept its promises. A run that was too weak to prove anything fails as well.
 * With --keep its figures go into torture/results and onto the page of evidence.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as crashes from './crashes.mjs';
import * as doorCodes from './door-codes.mjs';
import * as doors from './doors.mjs';
import { seededRandom } from './faults.mjs';
import { compareHistory } from './history.mjs';
import * as lines from './lines.mjs';
import * as money from './money.mjs';
import { askOracles, compareOutside, ORACLES } from './oracles.mjs';
import { runPlanted } from './planted.mjs';
import * as races from './races.mjs';
import { coverageText, keepResults } from './report.mjs';
import { deadLetters, healAll, historyOf, openStage, quiet } from './stage.mjs';

const SEED = 20_261_125;
const PEOPLE = { smoke: 64, full: 200 };
const SMOKE = ['C1', 'C2', 'D2', 'D5', 'W1', 'W5', 'N1', 'K2', 'K3', 'K6'];
const LIVENESS_SECONDS_MAX = 60;
const SEEDS = new URL('seeds/', import.meta.url);

const EXPERIMENTS = [races, doors, doorCodes, money, lines, crashes]
  .flatMap((family) => Object.values(family))
  .filter(({ id }) => id);

export async function run(args) {
  const { values } = parseArgs({
    args,
    options: {
      profile: { type: 'string', default: 'smoke' },
      only: { type: 'string' },
      seed: { type: 'string' },
      planted: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      'no-redis': { type: 'boolean', default: false },
    },
  });
  if (!(values.profile in PEOPLE)) throw new Error('--profile is smoke or full.');
  if (values.planted) return runPlanted();
  const wanted =
    values.only?.split(',') ?? (values.profile === 'smoke' ? SMOKE : EXPERIMENTS.map(({ id }) => id));
  const unknown = wanted.filter((id) => !EXPERIMENTS.some((one) => one.id === id));
  if (unknown.length > 0) throw new Error(`There is no ${unknown.join(', ')}.`);
  const from = performance.now();
  const stage = await openStage({
    seed: Number(values.seed ?? SEED),
    people: PEOPLE[values.profile],
    withRedis: !values['no-redis'],
  });
  const results = [];
  try {
    console.log(`All processes are up after ${seconds(from)} s.`);
    for (const { id, seed } of turnsOf(wanted, values.seed)) {
      const experiment = EXPERIMENTS.find((one) => one.id === id);
      if (experiment.needsRedis && !stage.redis)
        results.push({ id, seed, verdict: 'left out', figure: 'there is no redis-server' });
      else results.push(await runOne(stage, experiment, { seed, profile: values.profile }));
      tell(results.at(-1));
    }
  } finally {
    await stage.close();
  }
  return conclude(results, { profile: values.profile, keep: values.keep, secondsAll: seconds(from) });
}

/** Seeds that failed once come first, each time. */
function turnsOf(wanted, given) {
  const seed = Number(given ?? SEED);
  return wanted.flatMap((id) =>
    [...new Set([...(given ? [] : seedsOf(id)), seed])].map((one) => ({ id, seed: one })),
  );
}

function seedsOf(id) {
  if (!existsSync(SEEDS)) return [];
  const names = readdirSync(SEEDS).filter((name) => name.startsWith(`${id}-`));
  return names.map((name) => JSON.parse(readFileSync(new URL(name, SEEDS), 'utf8')).seed);
}

async function runOne(stage, experiment, { seed, profile }) {
  const { id, promise } = experiment;
  const from = performance.now();
  const history = historyOf(stage, `${id}-${seed}`);
  const amount = experiment[profile];
  const head = { id, promise, seed, amount };
  try {
    const { figure, coverage, wrong } = await experiment.run({
      stage,
      history,
      random: seededRandom(seed),
      amount,
    });
    healAll(stage);
    const workedOff = await quiet(stage);
    const broken = await brokenPromises(stage, { history, wrong, workedOff });
    const weak = Object.entries(coverage).filter(([, [seen, needed]]) => seen < needed);
    const verdict = broken.length > 0 ? 'broken' : weak.length > 0 ? 'too weak' : 'held';
    return {
      ...head,
      verdict,
      figure,
      coverage,
      weak: weak.map(([what]) => what),
      broken,
      workedOffSeconds: round(workedOff),
      seconds: seconds(from),
    };
  } catch (error) {
    healAll(stage);
    const broken = [{ oracle: 'run', promise: 'the experiment comes to its end', subjects: [error.stack] }];
    return {
      ...head,
      verdict: 'broken',
      figure: error.message,
      coverage: {},
      broken,
      seconds: seconds(from),
    };
  } finally {
    history.close();
  }
}

async function brokenPromises(stage, { history, wrong, workedOff }) {
  const differences = [...wrong, ...(await compareHistory(history, stage.ask))];
  const failed = await deadLetters(stage);
  return [
    ...(differences.length > 0
      ? [
          {
            oracle: 'history',
            promise: 'ok exactly once, unknown at most once, refused never',
            count: differences.length,
            subjects: differences.slice(0, 5),
          },
        ]
      : []),
    ...(failed > 0
      ? [{ oracle: 'dead_letters', promise: 'no job fails for good', count: failed, subjects: [] }]
      : []),
    ...(workedOff > LIVENESS_SECONDS_MAX
      ? [
          {
            oracle: 'liveness',
            promise: `all work is done ${LIVENESS_SECONDS_MAX} s after the faults`,
            count: 1,
            subjects: [`${round(workedOff)} s`],
          },
        ]
      : []),
    ...(await askOracles(stage.ask)),
    ...(await compareOutside(stage)),
  ];
}

function conclude(results, { profile, keep, secondsAll }) {
  console.log(`\n${results.map(lineOf).join('\n')}\n`);
  for (const { id, seed, broken = [] } of results) keepSeed({ id, seed, isBroken: broken.length > 0 });
  const isHeld = results.every(({ verdict }) => verdict === 'held' || verdict === 'left out');
  console.log(
    `${isHeld ? 'Held' : 'NOT HELD'}: ${results.length} runs in ${secondsAll} s, ${ORACLES.length} questions after each.`,
  );
  if (keep) keepResults(profile, results);
  return isHeld ? 0 : 1;
}

/** At once, so that a run that is stopped has said what it found. */
function tell(result) {
  const { id, seed, broken = [], weak = [] } = result;
  console.log(lineOf(result));
  for (const { oracle, promise, count = 1, subjects } of broken)
    console.log(
      `    BROKEN ${oracle}: ${promise} [${count}]\n      ${subjects.map(shortened).join('\n      ')}`,
    );
  if (weak.length > 0) console.log(`    TOO WEAK: ${weak.join(', ')} (${id}, seed ${seed})`);
}

const SUBJECT_LENGTH_MAX = 1_500;

function shortened(subject) {
  return String(subject).slice(0, SUBJECT_LENGTH_MAX);
}

/** A seed that failed is replayed before all others from now on. */
function keepSeed({ id, seed, isBroken }) {
  if (!isBroken) return;
  mkdirSync(SEEDS, { recursive: true });
  writeFileSync(new URL(`${id}-${seed}.json`, SEEDS), `${JSON.stringify({ id, seed })}\n`);
}

function lineOf({ id, verdict, figure, coverage = {}, seconds: took = 0, workedOffSeconds }) {
  return [
    id.padEnd(3),
    verdict.toUpperCase().padEnd(9),
    `${took} s`.padStart(6),
    figure,
    `(${coverageText(coverage)}; quiet after ${workedOffSeconds ?? '–'} s)`,
  ].join('  ');
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function seconds(from) {
  return Math.round((performance.now() - from) / 1000);
}
