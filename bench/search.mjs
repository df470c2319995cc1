/**
 * Searches for a desk on three days: every city of a sea of spaces in turn, the largest of which has about a thousand
 * of them and a festival, so that most of its desks are taken. Larger seas have more cities of the same density.
 *
 * SPACES=100000 npm run bench -- search
 */
import { Search } from '../dist/src/bookings/search.service.js';
import { newId } from '../dist/src/kernel/ids.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { measured, mustBeNone, seenOnce } from './findings.mjs';
import { SEED } from './slices.mjs';
import { logSlope, median, medianInterval, seeded, shuffled } from './statistics.mjs';

/** Spaces of a city in the middle: more spaces are more cities, not denser ones. */
const SPACES_PER_CITY = 167;
const CITIES_MIN = 6;
const CITIES_ASKED = 60;
const LARGEST = 6; // times a city in the middle
const FULL = { everywhere: 0.2, festival: 0.6 };
const DAYS = 3;
const LIMIT = 20;
const GOALS = { densest: { atMost: 2 }, geo: { atMost: 10 }, slope: { atMost: 0.2 } };
/** The basin, and how far spaces lie from the middle of their city, in degrees. */
const [SOUTH, NORTH, WEST, EAST] = [31, 45, -5, 35];
const SPREAD = 0.15;

export async function run(database, { spaces, rounds, points }) {
  const { app } = await database.openApp();
  const [bare] = await database.connect(1);
  const bench = { owner: database.owner, search: app.get(Search), bare, random: seeded(SEED), points };
  const seen = [];
  for (const count of spaces) seen.push(await sea(bench, count, rounds));
  return findings(seen);
}

/** A sea of so many spaces: every city of it, or those in front, asked in turn. */
async function sea(bench, spaces, rounds) {
  const { owner } = bench;
  await owner.query('TRUNCATE directory.spaces, directory.parties, directory.networks CASCADE');
  const cities = citiesOf(spaces);
  await makeSpaces(owner, cities);
  const asked = cities.slice(0, CITIES_ASKED);
  await roundOf(bench, asked); // the days of what is found are made
  await fill(owner);
  await roundOf(bench, asked);
  await owner.query('ANALYZE');
  for (let round = 0; round < rounds; round += 1) await roundOf(bench, asked, true);
  const of = asked.map((city) => ({ ...city, ms: median(city.times), geoMs: median(city.geo) }));
  const mean = of.reduce((sum, { ms }) => sum + ms, 0) / of.length;
  console.log(
    `  ${spaces} spaces in ${cities.length} cities: ${mean.toFixed(1)} ms in the mean of ${of.length}`,
  );
  return { spaces, mean, cities: of };
}

function findings(seen) {
  const { cities, mean, spaces } = seen.at(-1);
  const worst = cities.toSorted((a, b) => b.ms - a.ms)[0];
  const ratios = cities.map(({ ms, geoMs }) => ms / geoMs);
  const empty = seen
    .flatMap((one) => one.cities)
    .filter(({ found, count }) => found === 0 && count > 1).length;
  return [
    mustBeNone('Cities in which nothing is found', empty),
    measured('A search for three days against the bare question which spaces are near', {
      goal: GOALS.geo,
      figure: median(ratios),
      interval: medianInterval(ratios, seeded(SEED)),
      rounds: ratios.length,
      note: `${mean.toFixed(1)} ms in the mean of ${cities.length} cities, ${spaces.toLocaleString('en')} spaces`,
    }),
    seenOnce('The densest city, most of it full, against the mean of all', {
      goal: GOALS.densest,
      figure: cities[0].ms / mean,
      note: `${cities[0].count} spaces, ${cities[0].ms.toFixed(1)} ms; the slowest city ${(worst.ms / mean).toFixed(2)} ×`,
    }),
    ...(seen.length > 1
      ? [
          seenOnce('Slope of a search in spaces', {
            goal: GOALS.slope,
            figure: logSlope(seen.map((one) => [one.spaces, one.mean])),
            unit: '',
            note: `${seen[0].spaces.toLocaleString('en')} to ${spaces.toLocaleString('en')} spaces of the same density`,
          }),
        ]
      : []),
  ];
}

/** One large city, and the others ever smaller: the n-th has an n-th of the second. */
function citiesOf(spaces) {
  const number = Math.max(CITIES_MIN, Math.round(spaces / SPACES_PER_CITY));
  const largest = Math.min(spaces / 2, LARGEST * SPACES_PER_CITY);
  const shares = Array.from({ length: number - 1 }, (_, at) => 1 / (1 + (at % CITIES_ASKED)));
  const sum = shares.reduce((total, share) => total + share, 0);
  const counts = [largest, ...shares.map((share) => ((spaces - largest) * share) / sum)];
  const perRow = Math.ceil(Math.sqrt(number));
  return counts
    .map((count) => Math.max(1, Math.min(Math.round(count), Math.round(largest))))
    .map((count, at) => ({
      count,
      lat: SOUTH + ((NORTH - SOUTH) * Math.floor(at / perRow)) / perRow,
      lon: WEST + ((EAST - WEST) * (at % perRow)) / perRow,
      times: [],
      geo: [],
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

/** The twenty nearest to a point, and nothing else of them. */
const GEO = `
  SELECT id FROM directory.spaces WHERE visibility = 'public'
   ORDER BY flat_point <-> point($2 * 0.766, $1) LIMIT ${LIMIT}`;

/** Each city from some points, in a new order each time, so that a slow moment is nobody's alone. */
async function roundOf({ search, bare, random, points }, cities, isMeasured = false) {
  const visits = cities.flatMap((city) => Array.from({ length: points }, (_, at) => ({ city, at })));
  for (const { city, at } of shuffled(visits, random)) {
    const near = { lat: city.lat + (at - 1) * 0.01, lon: city.lon + (at - 1) * 0.01 };
    const wanted = { near, days, part: 'DAY', resourceKind: 'hot_desk', fits: 'EVERY', limit: LIMIT };
    const start = performance.now();
    const { items } = await search.find(null, wanted);
    const middle = performance.now();
    await bare.query(GEO, [near.lat, near.lon]);
    if (isMeasured) {
      city.times.push(middle - start);
      city.geo.push(performance.now() - middle);
    }
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
