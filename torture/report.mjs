/** What runs came to: kept as data, the newest of each experiment, and shown as a table in docs/evidence/reliability.md. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { Temporal } from '../dist/src/kernel/time.js';

const RESULTS = new URL('results/', import.meta.url);
const PAGE = new URL('../docs/evidence/reliability.md', import.meta.url);

export function keepResults(profile, results) {
  mkdirSync(RESULTS, { recursive: true });
  const file = new URL(`${profile}.json`, RESULTS);
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).results : [];
  const day = Temporal.Now.plainDateISO('UTC').toString();
  const machine = {
    cores: os.availableParallelism(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    node: process.version,
  };
  const fresh = results.map((result) => ({ ...result, day }));
  const kept = known.filter(({ id }) => !fresh.some((one) => one.id === id));
  const all = [...kept, ...fresh].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ profile, machine, results: all }, null, 2)}\n`);
  writeTable(profile, { machine, results: all });
}

/** Between two marks, so that words may stand around it. */
function writeTable(profile, { machine, results }) {
  const [from, to] = [`<!-- ${profile} -->`, `<!-- /${profile} -->`];
  const page = readFileSync(PAGE, 'utf8');
  const [start, end] = [page.indexOf(from), page.indexOf(to)];
  if (start < 0 || end < start) throw new Error(`${from} and ${to} are not in the page of reliability.`);
  const head = `${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}; PostgreSQL with its default durability.`;
  const rows = results.map(
    ({ id, promise, figure, coverage = {}, verdict, workedOffSeconds, seed, day }) =>
      `| ${id} | ${sentence(promise)} | ${sentence(figure)} | ${coverageText(coverage)} | ${workedOffSeconds ?? '–'} s | ${seed} | ${day} | ${verdict} |`,
  );
  const table = [
    '| | Promise | Seen | Coverage (seen / needed) | Work done after | Seed | Day | |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ];
  const text = `${from}\n\n${head}\n\n${table.join('\n')}\n\n`;
  writeFileSync(PAGE, page.slice(0, start) + text + page.slice(end));
}

export function coverageText(coverage) {
  return Object.entries(coverage)
    .map(([what, [seen, needed]]) => `${what} ${seen}/${Math.ceil(needed)}`)
    .join(', ');
}

function sentence(text = '') {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
