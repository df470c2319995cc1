/**
 * Bookings through HTTP against the same SQL sent directly, in paired slices; bookings of one pool and day against
 * bookings spread over many; then a race for few seats. What must hold is counted, not timed.
 */
import { Bookings } from '../dist/src/bookings/index.js';
import { Search } from '../dist/src/bookings/search.service.js';
import { Identity } from '../dist/src/identity/index.js';
import { newId } from '../dist/src/kernel/ids.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { Db } from '../dist/src/platform/db.js';
import { namedScope } from '../dist/src/platform/scope.js';
import { measured, mustBeNone, seenOnce } from './findings.mjs';
import { httpClient } from './http-client.mjs';
import { record, replayer } from './recorded-sql.mjs';
import { makeScene } from './scene.mjs';
import { pairedSlices } from './slices.mjs';
import { quantile } from './statistics.mjs';

const CONNECTIONS = 8;
const RACE_CONNECTIONS = 16;
const RACE_SEATS = 5;
const HOSTS = 20;
const RACE_HOSTS = 10;
const RACE_ATTEMPTS_PER_DAY = 44;
const SEATS_MAX = 1_000;
const SEARCH_DAYS = 14;
const FIRST_DAY = 2;
/** Who won a seat elsewhere on that day is told so. */
const EXPECTED = new Set(['booked', 'booking.full', 'booking.overlap']);
const GOALS = { http: { atLeast: 0.35 }, cpu: { atMost: 1.25 }, hot: { atLeast: 0.3 }, rush: { atMost: 3 } };

const today = Temporal.Now.plainDateISO('UTC');
const dayAfter = (days) => today.add({ days }).toString();

export async function run(database, size) {
  const prepared = await prepare(database, size);
  const api = await database.openApi();
  const client = httpClient(api.port, RACE_CONNECTIONS);
  try {
    const clients = await database.connect(CONNECTIONS);
    const options = { connections: CONNECTIONS, ...size };
    const seconds = database.serverSeconds;
    const put = (theCase) => client.demand('PUT', `/v1/bookings/${theCase.bookingId}`, requestOf(theCase));
    const ways = await pairedSlices(
      {
        http: () => put(prepared.next()),
        sql: (connection) => prepared.replay(clients[connection], prepared.next()),
      },
      { ...options, cpu: seconds },
    );
    const hot = await pairedSlices(
      { hot: () => put(prepared.nextHot()), uniform: () => put(prepared.next()) },
      { ...options, cpu: seconds },
    );
    const race = await raceForSeats(client, prepared.scene, size);
    const { rowCount } = await database.owner.query(BROKEN);
    return findings({ ways, hot, race, broken: rowCount, statements: prepared.statements });
  } finally {
    client.end();
  }
}

function findings({ ways, hot, race, broken, statements }) {
  const { attempts, counts, latencies, unexpected } = race;
  const rate = ({ rate: perSecond, p99 }) => `${Math.round(perSecond)}/s, p99 ${p99.toFixed(0)} ms`;
  return [
    mustBeNone(
      'Half-hours overbooked or miscounted',
      broken,
      `after ${attempts} racing attempts: ${JSON.stringify(counts)}`,
    ),
    mustBeNone('Attempts that were neither booked nor refused as full', unexpected),
    measured('Bookings over HTTP against their SQL', {
      goal: GOALS.http,
      ...ways.ratio,
      note: `${rate(ways.http)}; as SQL ${rate(ways.sql)}; ${statements} statements`,
    }),
    ...(ways.cpu
      ? [
          measured('Processor time of the database for a booking over HTTP, against its SQL', {
            goal: GOALS.cpu,
            ...ways.cpu,
            note: `${Math.round(ways.http.cpuMicros)} µs`,
          }),
        ]
      : []),
    measured('Bookings of one pool and day against bookings spread over many', {
      goal: GOALS.hot,
      ...hot.ratio,
      cpu: hot.byCpu,
      note: rate(hot.hot),
    }),
    seenOnce(
      'The slowest of a hundred in the rush for the last seats, against the slowest of a hundred otherwise',
      {
        goal: GOALS.rush,
        figure: quantile(latencies, 0.99) / hot.uniform.p99,
        note: `${RACE_CONNECTIONS} connections against ${CONNECTIONS}; ${quantile(latencies, 0.99).toFixed(0)} ms`,
      },
    ),
  ];
}

/** The scene, every person's quota opened by a first booking, and the statements of a later one. */
async function prepare(database, { people: count, days, raceAttempts }) {
  const { app, end } = await database.openApp();
  // People race for the seats of the last hosts.
  const seats = (number) => (number < HOSTS ? SEATS_MAX : RACE_SEATS);
  const scene = await makeScene(app, database.owner, { hosts: HOSTS + RACE_HOSTS, people: count, seats });
  const hotDays = Math.floor(days / 3);
  const cases = casesOf(scene, { from: FIRST_DAY, days: days - hotDays });
  const hot = casesOf(scene, { from: FIRST_DAY + days - hotDays, days: hotDays, isHot: true });
  for (const theCase of cases.slice(0, count)) await book(app, theCase);
  const raceDays = Math.ceil(raceAttempts / (RACE_HOSTS * RACE_ATTEMPTS_PER_DAY));
  await makeDays(app, scene, FIRST_DAY + days + raceDays);
  const statements = await record(() => book(app, cases[count]));
  await end();
  return {
    scene: { ...scene, raceFrom: FIRST_DAY + days },
    statements: statements.length,
    replay: replayer(statements, scene, cases[count]),
    next: nextOf(cases, count + 1),
    nextHot: nextOf(hot, 0),
  };
}

/** Every person on every day, at the host that is theirs: no two cases meet, and neighbours share no row. */
function casesOf({ people, hosts }, { from, days, isHot = false }) {
  return Array.from({ length: people.length * days }, (_, index) => {
    const day = Math.floor(index / people.length);
    return {
      bookingId: newId(),
      person: people[index % people.length],
      // Hot: all of a day want the same pool.
      host: hosts[(isHot ? day : index) % HOSTS],
      day: dayAfter(from + day),
    };
  });
}

function nextOf(cases, from) {
  let index = from;
  return () => {
    if (index === cases.length) throw new Error('The scene has no more people and days: shorten the rounds.');
    return cases[index++];
  };
}

async function book(app, { bookingId, person, host, day }) {
  const actor = await app
    .get(Db)
    .read(namedScope('identity'), (on) => app.get(Identity).actor(on, person.id));
  const wish = { poolId: host.poolId, day: Temporal.PlainDate.from(day), part: 'DAY', hold: false };
  await app.get(Bookings).put(actor, bookingId, wish);
}

/** Seats of every day are made beforehand, as a search would: the first booking of a day is not what is measured. */
async function makeDays(app, { hosts }, last) {
  const point = { lat: 43.3, lon: 5.4 };
  for (let first = FIRST_DAY; first < last; first += SEARCH_DAYS) {
    const days = Array.from({ length: Math.min(SEARCH_DAYS, last - first) }, (_, index) =>
      Temporal.PlainDate.from(dayAfter(first + index)),
    );
    const search = { near: point, days, part: 'DAY', resourceKind: 'hot_desk', limit: hosts.length };
    await app.get(Search).find(null, search);
  }
}

/** Recounted from the bookings themselves. */
const BROKEN = `
  SELECT pool_id, day, slot, taken[slot + 1] AS taken, capacity[slot + 1] AS capacity, booked
    FROM bookings.pool_days CROSS JOIN generate_series(0, 47) AS slot
   CROSS JOIN LATERAL (SELECT count(*) AS booked FROM bookings.bookings b
     WHERE (b.pool_id, b.day) = (pool_days.pool_id, pool_days.day) AND b.from_slot <= slot AND slot < b.to_slot
       AND b.state IN ('PENDING', 'RESERVED', 'FULFILLED')) AS recount
   WHERE taken[slot + 1] <> booked OR booked > capacity[slot + 1]`;

function requestOf({ person, host, day, part = 'DAY' }) {
  return { token: person.token, body: { poolId: host.poolId, day, part } };
}

/** Everybody wants one of few seats: the same pool and day until its turn is over, then the next. */
async function raceForSeats(client, { people, hosts, raceFrom }, { raceAttempts }) {
  const [counts, latencies] = [{}, []];
  let attempts = 0;
  const attempt = async (number) => {
    const turn = Math.floor(number / RACE_ATTEMPTS_PER_DAY);
    const wish = {
      person: people[number % people.length],
      host: hosts[HOSTS + (turn % RACE_HOSTS)],
      day: dayAfter(raceFrom + Math.floor(turn / RACE_HOSTS)),
    };
    const start = performance.now();
    const { status, text } = await client.send('PUT', `/v1/bookings/${newId()}`, requestOf(wish));
    latencies.push(performance.now() - start);
    const outcome = status === 200 ? 'booked' : JSON.parse(text).code;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  };
  await Promise.all(
    Array.from({ length: RACE_CONNECTIONS }, async () => {
      while (attempts < raceAttempts) await attempt(attempts++);
    }),
  );
  const expected = Object.entries(counts).filter(([outcome]) => EXPECTED.has(outcome));
  const unexpected = attempts - expected.reduce((sum, [, count]) => sum + count, 0);
  return { attempts, counts, latencies, unexpected };
}
