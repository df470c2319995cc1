/** Runs experiments one after another on a server of their own, prints what they say, and keeps it where asked. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { evidenceWith } from './evidence.mjs';
import { isBroken, print } from './findings.mjs';
import { load } from './processor.mjs';
import { PROFILES } from './profiles.mjs';
import { openDatabase, startServer } from './server.mjs';
import { SEED } from './slices.mjs';

const EXPERIMENTS = {
  booking: () => import('./booking.mjs'),
  checkin: () => import('./checkin.mjs'),
  search: () => import('./search.mjs'),
  settlement: () => import('./settlement.mjs'),
  queue: () => import('./queue.mjs'),
  documents: () => import('./documents.mjs'),
  observatory: () => import('./observatory.mjs'),
  http: () => import('./http.mjs'),
};
const KEPT = new Set(['brief', 'full', 'scale']);
const EVIDENCE = 'docs/evidence/performance.md';

export const names = Object.keys(EXPERIMENTS);

/** The exit code: 1 when something that must not be there was counted, whatever the times are. */
export async function runProfile(profile, only = []) {
  const sizes = PROFILES[profile];
  const chosen = Object.keys(sizes).filter((name) => only.length === 0 || only.includes(name));
  const command = ['npm run bench --', ...only, `--profile ${profile}`].join(' ');
  const result = await run(
    chosen.map((name) => [name, sizes[name]]),
    command,
  );
  if (KEPT.has(profile)) keep(profile, result);
  return broken(result);
}

export async function runAlone(name) {
  return broken(await run([[name, sizeFromEnvironment(PROFILES.brief[name])]], `npm run bench -- ${name}`));
}

/** `RECORDS=1000000`: the largest number of records, and what is smaller by factors of four. */
function sizeFromEnvironment(size) {
  const { RECORDS, SPACES, DOCUMENTS, JOBS } = process.env;
  const parts = (given) => [Math.round(given / 16), Math.round(given / 4), Number(given)];
  return {
    ...size,
    ...(RECORDS && size.records ? { records: parts(RECORDS) } : {}),
    ...(SPACES && size.at
      ? {
          spaces: parts(SPACES)
            .slice(0, 2)
            .map((spaces) => Math.max(10, spaces)),
          at: Number(SPACES),
        }
      : {}),
    ...(SPACES && size.spaces && !size.at ? { spaces: [Number(SPACES)] } : {}),
    ...(DOCUMENTS && size.documents ? { documents: Number(DOCUMENTS) } : {}),
    ...(JOBS && size.jobs ? { jobs: Number(JOBS) } : {}),
  };
}

async function run(chosen, command) {
  const start = performance.now();
  const server = await startServer();
  const { durability } = server;
  const machine = { cores: os.cpus().length, node: process.version, postgresql: durability.server_version };
  console.log(
    `PostgreSQL ${machine.postgresql}, ${JSON.stringify(durability)}, Node ${machine.node}, seed ${SEED}`,
  );
  const experiments = [];
  try {
    for (const [name, size] of chosen) experiments.push(await experiment(server, name, size));
  } finally {
    await server.stop();
  }
  const seconds = Math.round((performance.now() - start) / 1_000);
  console.log(`\n${command}: ${seconds} s`);
  return { command, seed: SEED, seconds, machine, durability, experiments };
}

async function experiment(server, name, size) {
  const module = await EXPERIMENTS[name]();
  const database = await openDatabase(server, `bench_${name}`);
  const [start, loadBefore] = [performance.now(), load()];
  console.log(`\n${name} (load ${loadBefore ?? 'unknown'})`);
  try {
    const findings = await module.run(database, size);
    for (const finding of findings) print(finding);
    const seconds = Math.round((performance.now() - start) / 1_000);
    return { name, size, seconds, load: [loadBefore, load()], findings };
  } finally {
    await database.close();
  }
}

/** What was run replaces what is kept of it; the others stay as they were, each with the command that made it. */
function keep(profile, { experiments, ...of }) {
  const file = `bench/results/${profile}.json`;
  mkdirSync('bench/results', { recursive: true });
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  for (const { name, ...one } of experiments) kept[name] = { ...of, ...one };
  const ordered = Object.fromEntries(names.filter((name) => kept[name]).map((name) => [name, kept[name]]));
  writeFileSync(file, `${JSON.stringify(ordered, null, 2)}\n`);
  writeFileSync(EVIDENCE, evidenceWith(readFileSync(EVIDENCE, 'utf8'), profile, ordered));
}

function broken({ experiments }) {
  const found = experiments.flatMap(({ findings }) => findings).filter(isBroken);
  for (const { promise, figure } of found) console.error(`BROKEN: ${promise}: ${figure}`);
  return found.length === 0 ? 0 : 1;
}
