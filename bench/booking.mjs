/**
 * Bookings through HTTP against the same SQL sent directly, in one interleaved run; then a race for few seats.
 * Rates of a shared machine move by the minute, so read the ratio. What must hold is counted, not timed.
 */
import 'reflect-metadata';
import http from 'node:http';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { AppModule } from '../dist/src/app.module.js';
import { Bookings } from '../dist/src/bookings/index.js';
import { Search } from '../dist/src/bookings/search.service.js';
import { Identity } from '../dist/src/identity/index.js';
import { newId } from '../dist/src/kernel/ids.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { readConfig } from '../dist/src/platform/config.js';
import { Db } from '../dist/src/platform/db.js';
import { namedScope } from '../dist/src/platform/scope.js';
import { record, replayer } from './recorded-sql.mjs';
import { makeScene } from './scene.mjs';
import { startApi, startServer } from './server.mjs';

const CONNECTIONS = 8;
const ROUNDS = 7;
const ROUND_MS = 2_000;
const RACE_CONNECTIONS = 16;
const RACE_ATTEMPTS = 20_000;
const RACE_MS_MAX = 1_200_000;
const RACE_SEATS = 5;
const PEOPLE = 200;
const HOSTS = 20;
const DAYS = 130;
const RACE_HOSTS = 10;
const RACE_DAYS = 46;
const ATTEMPTS_PER_DAY = Math.ceil(RACE_ATTEMPTS / (RACE_HOSTS * RACE_DAYS));
const SEATS_MAX = 1_000;
const SEARCH_DAYS = 14;
const GOAL = 0.35;

const today = Temporal.Now.plainDateISO('UTC');
const dayAfter = (days) => today.add({ days }).toString();
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

export async function run() {
  const server = await startServer();
  const owner = new pg.Client({ connectionString: server.url });
  await owner.connect();
  try {
    await printDurability(owner);
    const prepared = await prepare(server, owner);
    const api = await startApi(server);
    try {
      const ratio = await compare(server, prepared, api.port);
      const race = await raceForSeats(prepared, api.port);
      return conclude(ratio, race, await owner.query(BROKEN));
    } finally {
      await api.stop();
    }
  } finally {
    await owner.end();
    await server.stop();
  }
}

async function printDurability(owner) {
  const { rows } = await owner.query(
    `SELECT current_setting('server_version') AS server, current_setting('fsync') AS fsync,
            current_setting('synchronous_commit') AS synchronous_commit`,
  );
  console.log(
    `PostgreSQL ${rows[0].server}, fsync ${rows[0].fsync}, synchronous_commit ${rows[0].synchronous_commit}`,
  );
}

/** The scene, every person's quota opened by a first booking, and the statements of a later one. */
async function prepare(server, owner) {
  const config = readConfig({ DATABASE_URL: server.url, MASTER_KEY: server.masterKey, DEMO: 'false' });
  const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: ['error'] });
  try {
    // People race for the seats of the last hosts.
    const seats = (number) => (number < HOSTS ? SEATS_MAX : RACE_SEATS);
    const scene = await makeScene(app, owner, { hosts: HOSTS + RACE_HOSTS, people: PEOPLE, seats });
    const cases = casesOf(scene);
    for (const theCase of cases.slice(0, PEOPLE)) await book(app, theCase);
    await makeDays(app, scene);
    const statements = await record(() => book(app, cases[PEOPLE]));
    console.log(`A booking is ${statements.length} statements, transaction control included.`);
    return { scene, replay: replayer(statements, scene, cases[PEOPLE]), next: nextOf(cases, PEOPLE + 1) };
  } finally {
    await app.close();
  }
}

/** Every person on every day, at the host that is theirs: no two cases meet, and neighbours share no row. */
function casesOf({ people, hosts }) {
  return Array.from({ length: PEOPLE * DAYS }, (_, index) => ({
    bookingId: newId(),
    person: people[index % PEOPLE],
    host: hosts[index % HOSTS],
    day: dayAfter(2 + Math.floor(index / PEOPLE)),
  }));
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
async function makeDays(app, { hosts }) {
  const point = { lat: 43.3, lon: 5.4 };
  for (let first = 2; first < 2 + DAYS + RACE_DAYS; first += SEARCH_DAYS) {
    const days = Array.from({ length: Math.min(SEARCH_DAYS, 2 + DAYS + RACE_DAYS - first) }, (_, index) =>
      Temporal.PlainDate.from(dayAfter(first + index)),
    );
    const search = { near: point, days, part: 'DAY', resourceKind: 'hot_desk', limit: hosts.length };
    await app.get(Search).find(search);
  }
}

/** Interleaved and in a new order each round, so that a slow minute slows both. */
async function compare(server, { replay, next }, port) {
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => appClient(server.url)));
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const direct = (connection) => replay(clients[connection], next());
  const overHttp = async () => {
    const answer = await putBooking({ agent, port }, next());
    if (answer.status !== 200) throw new Error(`A booking was refused: ${answer.text}`);
  };
  const ratios = [];
  await rate(overHttp);
  await rate(direct);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const httpFirst = round % 2 === 0;
    const [one, other] = httpFirst
      ? [await rate(overHttp), await rate(direct)]
      : [await rate(direct), await rate(overHttp)];
    const [viaHttp, viaSql] = httpFirst ? [one, other] : [other, one];
    ratios.push(viaHttp / viaSql);
    console.log(
      `round ${round}: ${viaHttp.toFixed(0)}/s over HTTP, ${viaSql.toFixed(0)}/s as SQL, ratio ${(viaHttp / viaSql).toFixed(2)}`,
    );
  }
  agent.destroy();
  await Promise.all(clients.map((client) => client.end()));
  return ratios;
}

/** As the application connects: bound by row-level security. */
async function appClient(connectionString) {
  const client = new pg.Client({ connectionString, options: '-c role=escale_app' });
  await client.connect();
  return client;
}

async function rate(act) {
  const start = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, connection) => {
      while (performance.now() - start < ROUND_MS) {
        await act(connection);
        done += 1;
      }
    }),
  );
  return (done / (performance.now() - start)) * 1000;
}

function putBooking({ agent, port }, { bookingId, person, host, day, part = 'DAY' }) {
  const body = JSON.stringify({ poolId: host.poolId, day, part });
  const headers = {
    cookie: `escale_session=${person.token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const options = {
      agent,
      host: '127.0.0.1',
      port,
      method: 'PUT',
      path: `/v1/bookings/${bookingId}`,
      headers,
    };
    const request = http.request(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Everybody wants one of few seats: the same pool and day until its turn is over, then the next. */
async function raceForSeats({ scene }, port) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: RACE_CONNECTIONS });
  const counts = {};
  let attempts = 0;
  const start = performance.now();
  const attempt = async (number) => {
    const turn = Math.floor(number / ATTEMPTS_PER_DAY);
    const { status, text } = await putBooking(
      { agent, port },
      {
        bookingId: newId(),
        person: scene.people[number % PEOPLE],
        host: scene.hosts[HOSTS + (turn % RACE_HOSTS)],
        day: dayAfter(2 + DAYS + Math.floor(turn / RACE_HOSTS)),
      },
    );
    const outcome = status === 200 ? 'booked' : JSON.parse(text).code;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  };
  await Promise.all(
    Array.from({ length: RACE_CONNECTIONS }, async () => {
      while (attempts < RACE_ATTEMPTS && performance.now() - start < RACE_MS_MAX) await attempt(attempts++);
    }),
  );
  agent.destroy();
  return { attempts, counts };
}

/** Recounted from the bookings themselves. */
const BROKEN = `
  SELECT pool_id, day, slot, taken[slot + 1] AS taken, capacity[slot + 1] AS capacity, booked
    FROM bookings.pool_days CROSS JOIN generate_series(0, 47) AS slot
   CROSS JOIN LATERAL (SELECT count(*) AS booked FROM bookings.bookings b
     WHERE (b.pool_id, b.day) = (pool_days.pool_id, pool_days.day) AND b.from_slot <= slot AND slot < b.to_slot
       AND b.state IN ('PENDING', 'RESERVED', 'FULFILLED')) AS recount
   WHERE taken[slot + 1] <> booked OR booked > capacity[slot + 1]`;

function conclude(ratios, { attempts, counts }, broken) {
  const ratio = median(ratios);
  const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  console.log(`\nHTTP against SQL: ${ratio.toFixed(2)} (${range} in ${ratios.length} rounds; goal ${GOAL})`);
  const wanted = attempts < RACE_ATTEMPTS ? ` of ${RACE_ATTEMPTS}, stopped by the time limit` : '';
  console.log(`${attempts} racing attempts${wanted}: ${JSON.stringify(counts)}`);
  console.log(`Half-hours overbooked or miscounted: ${broken.rowCount}`);
  return broken.rowCount === 0 ? 0 : 1;
}
