/**
 * Searches for a desk on three days: every city of a sea of spaces in turn, the largest of which has about a thousand
 * of them and a festival, so that most of its desks are taken. The worst city against the mean of all, in one run.
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { AppModule } from '../dist/src/app.module.js';
import { Search } from '../dist/src/bookings/search.service.js';
import { newId } from '../dist/src/kernel/ids.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { readConfig } from '../dist/src/platform/config.js';
import { startServer } from './server.mjs';

const SPACES = Number(process.env.SPACES ?? 10_000);
const CITIES = 60;
const LARGEST = 0.1; // of all spaces
const FULL = { everywhere: 0.2, festival: 0.6 };
const ROUNDS = 9;
const POINTS_PER_CITY = 3;
const DAYS = 3;
const LIMIT = 20;
const GOAL = 2;
/** The basin, and how far spaces lie from the middle of their city, in degrees. */
const [SOUTH, NORTH, WEST, EAST] = [31, 45, -5, 35];
const SPREAD = 0.15;
const CITIES_PER_ROW = 10;

export async function run() {
  const server = await startServer();
  const owner = new pg.Client({ connectionString: server.url });
  await owner.connect();
  const config = readConfig({ DATABASE_URL: server.url, MASTER_KEY: server.masterKey, DEMO: 'false' });
  const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: ['error'] });
  try {
    const cities = citiesOf(SPACES);
    await makeSpaces(owner, cities);
    const search = app.get(Search);
    await roundOf(search, cities); // the days of what is found are made
    await fill(owner);
    await roundOf(search, cities);
    await owner.query('ANALYZE');
    for (let round = 0; round < ROUNDS; round += 1) await roundOf(search, cities, true);
    return conclude(cities);
  } finally {
    await app.close();
    await owner.end();
    await server.stop();
  }
}

/** One large city, and the others ever smaller: the n-th has an n-th of the second. */
function citiesOf(spaces) {
  const shares = Array.from({ length: CITIES - 1 }, (_, number) => 1 / (number + 1));
  const sum = shares.reduce((total, share) => total + share, 0);
  const counts = [spaces * LARGEST, ...shares.map((share) => (spaces * (1 - LARGEST) * share) / sum)];
  return counts
    .map((count) => Math.min(Math.round(count), Math.round(spaces * LARGEST)))
    .map((count, number) => ({
      count,
      lat: SOUTH + ((NORTH - SOUTH) * Math.floor(number / CITIES_PER_ROW)) / (CITIES / CITIES_PER_ROW),
      lon: WEST + ((EAST - WEST) * (number % CITIES_PER_ROW)) / CITIES_PER_ROW,
      times: [],
      found: 0,
    }));
}

/** Written as rows, past every check: only where they lie and when they are open matters here. */
async function makeSpaces(owner, cities) {
  const [networkId, operatorId] = [newId(), newId()];
  await owner.query(`
    INSERT INTO identity.organisations (id, kind, name, country, created_at)
      VALUES ('${networkId}', 'network', 'Bench', 'FR', now());
    INSERT INTO identity.organisations (id, kind, parent_id, name, country, created_at)
      VALUES ('${operatorId}', 'operator', '${networkId}', 'Bench', 'FR', now());
    INSERT INTO directory.networks (id, short_id, unit, created_at) VALUES ('${networkId}', 'bench', 'EUR', now());
    SELECT setseed(0.42)`);
  for (const { lat, lon, count } of cities) {
    await owner.query(
      `WITH made AS MATERIALIZED (
         SELECT gen_random_uuid() AS id, gen_random_uuid() AS pool_id,
           $1 + (random() - 0.5) * $7 AS lat, $2 + (random() - 0.5) * $7 AS lon FROM generate_series(1, $3)),
       parties AS (
         INSERT INTO directory.parties (id, kind, network_id, name, country, unit, settlement_profile, created_at)
         SELECT id, 'space', $4, 'Host', 'FR', 'EUR', 'NETTING_ALLOWED', now() FROM made),
       spaces AS (
         INSERT INTO directory.spaces (id, network_id, operator_id, name, city, country, time_zone, lat, lon,
           opening_hours, closes_on_holidays, half_day_boundary, unit, visibility, created_at)
         SELECT id, $4, $5, 'Host', 'City', 'FR', 'UTC', lat, lon, 'Mo-Su 08:00-20:00', false, '13:00', 'EUR',
           'public', now() FROM made)
       INSERT INTO directory.pools (id, space_id, network_id, resource_kind, name, capacity, created_at)
       SELECT pool_id, id, $4, 'hot_desk', 'Desks', $6, now() FROM made`,
      [lat, lon, count, networkId, operatorId, 10, SPREAD],
    );
  }
  await owner.query('ANALYZE');
}

const days = Array.from({ length: DAYS }, (_, number) =>
  Temporal.Now.plainDateISO('UTC').add({ days: 7 + number }),
);

/** Each city from some points, in a new order each time, so that a slow moment is nobody's alone. */
async function roundOf(search, cities, isMeasured = false) {
  const visits = cities.flatMap((city) => Array.from({ length: POINTS_PER_CITY }, (_, at) => ({ city, at })));
  for (const { city, at } of visits.toSorted(() => Math.random() - 0.5)) {
    const near = { lat: city.lat + (at - 1) * 0.01, lon: city.lon + (at - 1) * 0.01 };
    const wanted = { near, days, part: 'DAY', resourceKind: 'hot_desk', fits: 'EVERY', limit: LIMIT };
    const start = performance.now();
    const { items } = await search.find(wanted);
    if (isMeasured) city.times.push(performance.now() - start);
    city.found = items.length;
  }
}

/** Whole spaces have no desk left on one of the days: some everywhere, most of them in the largest city. */
async function fill(owner) {
  await owner.query('SELECT setseed(0.43)');
  await owner.query(
    `UPDATE bookings.pool_days SET taken = pool_days.capacity
       FROM directory.pools pool JOIN directory.spaces space ON space.id = pool.space_id
      WHERE pool.id = pool_id AND day = $1
        AND random() < CASE WHEN lat < $2 AND lon < $3 THEN $4::float8 ELSE $5::float8 END`,
    [days[1].toString(), SOUTH + SPREAD, WEST + SPREAD, FULL.festival, FULL.everywhere],
  );
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

function conclude(cities) {
  const of = cities.map((city) => ({ ...city, ms: median(city.times) }));
  const mean = of.reduce((sum, { ms }) => sum + ms, 0) / of.length;
  const worst = of.toSorted((a, b) => b.ms - a.ms)[0];
  const largest = of[0];
  const empty = of.filter(({ found }) => found === 0).length;
  console.log(`${SPACES} spaces in ${CITIES} cities, ${ROUNDS} rounds from ${POINTS_PER_CITY} points each; a search for ${DAYS} days, the nearest ${LIMIT}:
Mean of all cities: ${mean.toFixed(1)} ms
The largest city (${largest.count} spaces, most of them full): ${largest.ms.toFixed(1)} ms
The worst city (${worst.count} spaces): ${worst.ms.toFixed(1)} ms, ${(worst.ms / mean).toFixed(2)} times the mean (goal ${GOAL})
Cities where nothing was found: ${empty}`);
  return empty === 0 ? 0 : 1;
}
