/**
 * Pass codes at doors over HTTP: guests who come in, against codes that are shown a second time; and what checking a
 * signature takes of a core, against what a check-in takes of the database.
 */
import { newId } from '../dist/src/kernel/ids.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { checkCodes } from './checkin-codes.mjs';
import { issuePasses, openDoors } from './door-scene.mjs';
import { measured, mustBeNone, seenOnce } from './findings.mjs';
import { httpClient } from './http-client.mjs';
import { makeScene } from './scene.mjs';
import { SEED } from './slices.mjs';
import { median, medianInterval, quantile, seeded } from './statistics.mjs';

const CONNECTIONS = 8;
const REPLAYS_PER_CODE = 3;
const GOALS = { replay: { atLeast: 3 }, signature: { atMost: 0.5 }, codes: { atLeast: 2_000 } };

export async function run(database, { guests: count, hosts, rounds, codes }) {
  const signatures = await checkCodes(codes);
  const scene = await prepare(database, { count, hosts });
  const api = await database.openApi();
  const client = httpClient(api.port, CONNECTIONS);
  try {
    const guests = await issuePasses(client, scene);
    const each = Math.floor(guests.length / (rounds + 1));
    const bench = { client, scene, seconds: database.serverSeconds };
    await doors(bench, guests.slice(0, each)); // what is done once is done
    const seen = [];
    for (let round = 1; round <= rounds; round += 1)
      seen.push(await doors(bench, guests.slice(each * round, each * (round + 1))));
    const { rows } = await database.owner.query(TWICE);
    return findings(seen, {
      signatures,
      twice: rows[0].n,
      visits: rows[0].visits,
      expected: each * (rounds + 1),
    });
  } finally {
    client.end();
  }
}

/** A code that opened two doors, and a guest with two visits on one day. */
const TWICE = `
  SELECT (SELECT count(*) FROM (SELECT FROM checkin.scans WHERE state = 'ACCEPTED' GROUP BY code_hash
            HAVING count(*) > 1) AS codes)::int
       + (SELECT count(*) FROM (SELECT FROM checkin.visits GROUP BY person_id, day HAVING count(*) > 1) AS days)::int AS n,
    (SELECT count(*) FROM checkin.visits)::int AS visits`;

function findings(seen, { signatures, twice, visits, expected }) {
  const of = (read) => {
    const values = seen.map(read);
    return { figure: median(values), interval: medianInterval(values, seeded(SEED)), rounds: seen.length };
  };
  const sum = (key) => seen.reduce((total, round) => total + round[key], 0);
  const cpu = seen.every((round) => round.cpu > 0)
    ? [
        measured('Checking a signature against what a check-in takes of the database, in processor time', {
          goal: GOALS.signature,
          ...of((round) => signatures.seconds / round.cpu),
          note: `${Math.round(signatures.seconds * 1e6)} µs and ${Math.round(of((round) => round.cpu).figure * 1e6)} µs`,
        }),
      ]
    : [];
  return [
    mustBeNone('Codes that opened twice, and guests inside twice', twice),
    mustBeNone('Guests refused, or visits missing', sum('refused') + Math.abs(expected - visits)),
    mustBeNone('Replayed codes that opened', sum('opened')),
    measured('Replayed codes refused per second, against guests let in per second', {
      goal: GOALS.replay,
      ...of((round) => round.replays / round.rate),
      note: `${Math.round(of((round) => round.rate).figure)}/s let in, ${Math.round(of((round) => round.replays).figure)}/s refused`,
    }),
    ...cpu,
    measured('From the request to the verdict', {
      ...of((round) => round.p50),
      unit: 'ms',
      note: `p99 ${of((round) => round.p99).figure.toFixed(0)} ms`,
    }),
    seenOnce('Codes checked per second of one core, as a tablet does without a network', {
      goal: GOALS.codes,
      figure: 1 / signatures.seconds,
      unit: '/s',
    }),
  ];
}

/** Every guest once, then every code again and again. */
async function doors({ client, scene, seconds }, guests) {
  const shown = [];
  for (const [number, guest] of guests.entries()) {
    const { spaceId } = scene.hosts[number % scene.hosts.length];
    const code = await guest.holder.show(guest.credential, spaceId, Temporal.Now.instant());
    shown.push({ spaceId, code });
  }
  const before = seconds();
  const entries = await scanAll(client, scene.staff, shown);
  const cpu = (seconds() - before) / shown.length;
  const again = Array.from({ length: REPLAYS_PER_CODE }, () => shown).flat();
  const replays = await scanAll(client, scene.staff, again);
  const accepted = (all) => all.states.filter((state) => state === 'ACCEPTED').length;
  return {
    rate: entries.rate,
    replays: replays.rate,
    p50: quantile(entries.latencies, 0.5),
    p99: quantile(entries.latencies, 0.99),
    cpu,
    refused: shown.length - accepted(entries),
    opened: accepted(replays),
  };
}

async function scanAll(client, staff, shown) {
  const [states, latencies] = [[], []];
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (next < shown.length) {
        const { spaceId, code } = shown[next++];
        const body = { spaceId, code, scannedAt: Temporal.Now.instant().toString() };
        const from = performance.now();
        const { text } = await client.demand('PUT', `/v1/scans/${newId()}`, { token: staff.token, body });
        latencies.push(performance.now() - from);
        states.push(JSON.parse(text).state);
      }
    }),
  );
  return { states, latencies, rate: shown.length / ((performance.now() - start) / 1_000) };
}

async function prepare(database, { count, hosts }) {
  const { owner } = database;
  const { app, end } = await database.openApp();
  const scene = await makeScene(app, owner, { hosts, people: count + 2, seats: () => count });
  const made = await openDoors(app, owner, scene);
  await end();
  return made;
}
