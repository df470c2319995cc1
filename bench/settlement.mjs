/**
 * A month of many networks closed in one go, in records and in spaces; against the bare SQL that prices and groups the
 * same records, and against a loop over them. Then a line of a statement opened down to its scan.
 *
 * RECORDS=1000000 npm run bench -- settlement: the largest number of records; the others are fractions of it.
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { AppModule } from '../dist/src/app.module.js';
import { newId } from '../dist/src/kernel/ids.js';
import { readConfig } from '../dist/src/platform/config.js';
import { Db } from '../dist/src/platform/db.js';
import { namedScope } from '../dist/src/platform/scope.js';
import { Closing } from '../dist/src/settlement/closing.service.js';
import { LINES_PAGE, OPEN_LINE } from '../dist/src/settlement/line.queries.js';
import { Lines } from '../dist/src/settlement/lines.service.js';
import { makeNetworks, makeRecords } from './settlement-scene.mjs';
import { startServer } from './server.mjs';

const RECORDS = Number(process.env.RECORDS ?? 120_000);
const SPACES = Number(process.env.SPACES ?? 2_000);
const FRACTIONS = [1 / 16, 1 / 4, 1];
const LOOP_RECORDS = 400;
const OPENINGS = 200;
const GOALS = { records: 1, spaces: 0.8, bare: 3, loop: 50, openMs: 50 };
const CLEARING = namedScope('clearing');

export async function run() {
  const server = await startServer();
  const owner = new pg.Client({ connectionString: server.url });
  await owner.connect();
  const config = readConfig({ DATABASE_URL: server.url, MASTER_KEY: server.masterKey, DEMO: 'false' });
  const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: ['error'] });
  try {
    await closeNetworks({ app, owner }, { records: 1_000, spaces: 100 }); // what is done once is done
    const byRecords = [];
    for (const fraction of FRACTIONS)
      byRecords.push(
        await closeNetworks({ app, owner }, { records: Math.round(RECORDS * fraction), spaces: SPACES }),
      );
    const bySpaces = [];
    for (const fraction of FRACTIONS.slice(0, -1))
      bySpaces.push(
        await closeNetworks({ app, owner }, { records: RECORDS, spaces: Math.round(SPACES * fraction) }),
      );
    bySpaces.push(byRecords.at(-1));
    const loop = await loopOver(server, owner);
    const opened = await openLines({ app, owner }, byRecords.at(-1));
    return conclude({ byRecords, bySpaces, loop, opened });
  } finally {
    await app.close();
    await owner.end();
    await server.stop();
  }
}

/** Seconds of the closings of all five windows, and of the bare SQL over the same records just before. */
async function closeNetworks({ app, owner }, { records, spaces }) {
  const networks = await makeNetworks(owner, spaces);
  for (const network of networks) await makeRecords(owner, network, Math.round(records / networks.length));
  await owner.query('ANALYZE');
  const bare = await timed(() => priceAndGroup(owner, networks));
  const close = await timed(async () => {
    for (const { id: networkId, windowId } of networks)
      await app
        .get(Db)
        .tx(CLEARING, (tx) =>
          app
            .get(Closing)
            .close(tx, { id: windowId, networkId }, { until: null, actor: 'bench', rules: null }),
        );
  });
  const wrong = await wrongWindows(owner, networks, records);
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  console.log(
    `${records} records, ${spaces} spaces: closed in ${close.toFixed(2)} s, bare SQL ${bare.toFixed(2)} s, ratio ${(close / bare).toFixed(1)}, ${memory} MB`,
  );
  return { records, spaces, close, bare, wrong, networks };
}

/** What any settlement has to do: price each record, keep the line, and add the lines up by pair. */
async function priceAndGroup(owner, networks) {
  for (const { id } of networks) {
    await owner.query(`
      CREATE TABLE bare_lines AS
        SELECT record.id, debtor_party_id, creditor_party_id, record.unit, half_days * rate.rate_minor AS amount, day
        FROM checkin.visit_records record JOIN reciprocity.rates rate ON rate.version_id = agreement_version_id
          AND rate.host_space_id = record.host_space_id AND rate.resource_kind = terms ->> 'resourceKind'
        WHERE clearing_network_id = '${id}' AND settles;
      ALTER TABLE bare_lines ADD PRIMARY KEY (id);
      CREATE TABLE bare_pairs AS
        SELECT debtor_party_id, creditor_party_id, unit, sum(amount) FROM bare_lines GROUP BY 1, 2, 3;
      DROP TABLE bare_lines, bare_pairs;`);
  }
}

/** Every record on a line, every position even, every payment clears: counted, not timed. */
async function wrongWindows(owner, networks, records) {
  const ids = networks.map(({ windowId }) => windowId);
  const { rows } = await owner.query(
    `SELECT (SELECT count(*) FROM settlement.lines WHERE window_id = ANY ($1))::int AS lines,
       (SELECT count(*) FROM (SELECT FROM settlement.positions WHERE window_id = ANY ($1)
          GROUP BY window_id, unit HAVING sum(net_minor) <> 0) AS odd)::int AS odd,
       (SELECT count(*) FROM (
          SELECT window_id, party_id, unit, sum(minor) FROM (
            SELECT window_id, party_id, unit, netting_minor AS minor FROM settlement.positions
            UNION ALL SELECT window_id, from_party_id, unit, amount_minor FROM settlement.payments
            UNION ALL SELECT window_id, to_party_id, unit, -amount_minor FROM settlement.payments) AS moves
          WHERE window_id = ANY ($1) GROUP BY 1, 2, 3 HAVING sum(minor) <> 0) AS open)::int AS open`,
    [ids],
  );
  const [{ lines, odd, open }] = rows;
  return Math.abs(lines - Math.round(records / networks.length) * networks.length) + odd + open;
}

/** The way of a loop: read a record, look its rate up, write its line, add it to two positions, commit. */
async function loopOver(server, owner) {
  const [network] = await makeNetworks(owner, 100);
  await makeRecords(owner, network, LOOP_RECORDS);
  await owner.query(
    'CREATE TABLE loop_lines (id uuid PRIMARY KEY, debtor uuid, creditor uuid, unit text, minor bigint)',
  );
  await owner.query(
    'CREATE TABLE loop_positions (party uuid, unit text, minor bigint, PRIMARY KEY (party, unit))',
  );
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query('SELECT id FROM checkin.visit_records WHERE clearing_network_id = $1', [
    network.id,
  ]);
  const seconds = await timed(async () => {
    for (const { id } of rows) await settleOne(client, id);
  });
  await client.end();
  return { records: rows.length, seconds };
}

async function settleOne(client, id) {
  await client.query('BEGIN');
  const { rows } = await client.query('SELECT * FROM checkin.visit_records WHERE id = $1', [id]);
  const [record] = rows;
  const rate = await client.query(
    'SELECT rate_minor FROM reciprocity.rates WHERE version_id = $1 AND host_space_id = $2',
    [record.agreement_version_id, record.host_space_id],
  );
  const minor = record.half_days * Number(rate.rows[0].rate_minor);
  await client.query('INSERT INTO loop_lines VALUES ($1, $2, $3, $4, $5)', [
    id,
    record.debtor_party_id,
    record.creditor_party_id,
    record.unit,
    minor,
  ]);
  for (const [party, change] of [
    [record.debtor_party_id, -minor],
    [record.creditor_party_id, minor],
  ])
    await client.query(
      `INSERT INTO loop_positions VALUES ($1, $2, $3)
       ON CONFLICT (party, unit) DO UPDATE SET minor = loop_positions.minor + EXCLUDED.minor`,
      [party, record.unit, change],
    );
  await client.query('COMMIT');
}

/** From the statement's page to the scan, as the treasurer reads them; and no plan reads a table whole. */
async function openLines({ app, owner }, { networks }) {
  const [{ id: networkId, windowId }] = networks;
  const actor = {
    kind: 'person',
    id: newId(),
    personId: newId(),
    spaceId: null,
    name: 'bench',
    grants: [
      {
        role: 'network_treasurer',
        organisationId: networkId,
        organisationKind: 'network',
        networkIds: [networkId],
      },
    ],
    scope: { networks: [networkId] },
  };
  const { rows } = await owner.query(
    `SELECT line.record_id AS id, line.creditor_party_id AS party FROM settlement.lines line
     JOIN checkin.visit_records record ON record.id = line.record_id JOIN checkin.visits visit ON visit.id = record.visit_id
     WHERE line.window_id = $1 LIMIT ${OPENINGS}`,
    [windowId],
  );
  const times = [];
  for (const { id, party } of rows) {
    const page = await timed(() => app.get(Lines).page(actor, { windowId, partyId: party }, { limit: 100 }));
    const line = await timed(() => app.get(Lines).open(actor, id));
    times.push({ page: page * 1_000, line: line * 1_000 });
  }
  const [first] = rows;
  const plans = [
    await planOf(owner, LINES_PAGE, [
      windowId,
      first.party,
      null,
      null,
      null,
      '2026-01-10',
      first.id,
      'PAYS',
      100,
    ]),
    await planOf(owner, OPEN_LINE, [first.id]),
  ];
  const wholeTables = plans.join('\n').match(/Seq Scan on (lines|visit_records|visits|scans)\b/g) ?? [];
  return { times, wholeTables };
}

async function planOf(owner, text, values) {
  const literal = (value) =>
    value === null ? 'NULL' : typeof value === 'number' ? String(value) : `'${value}'`;
  const filled = text.replaceAll(/\$(\d+)/g, (_, number) => literal(values[number - 1]));
  const { rows } = await owner.query(`EXPLAIN ${filled}`);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

async function timed(work) {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

/** The slope of the line through the points, both axes logarithmic: 1 is proportional. */
function slope(points, axis) {
  const logs = points.map((point) => [Math.log(point[axis]), Math.log(point.close)]);
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(logs.map(([at]) => at)), mean(logs.map(([, at]) => at))];
  const over = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return over / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

function conclude({ byRecords, bySpaces, loop, opened }) {
  const largest = byRecords.at(-1);
  const perLoop = loop.seconds / loop.records;
  const faster = perLoop / (largest.close / largest.records);
  const at = (share, of) =>
    opened.times.map(of).toSorted((a, b) => a - b)[Math.floor(opened.times.length * share)];
  const wrong = [...byRecords, ...bySpaces].reduce((sum, point) => sum + point.wrong, 0);
  console.log(`
Slope in records: ${slope(byRecords, 'records').toFixed(2)} (goal ${GOALS.records})
Slope in spaces: ${slope(bySpaces, 'spaces').toFixed(2)} (goal ${GOALS.spaces})
Against bare price-and-group SQL: ${(largest.close / largest.bare).toFixed(1)} times (goal ${GOALS.bare})
Against a loop (${(perLoop * 1_000).toFixed(2)} ms a record): ${faster.toFixed(0)} times faster (goal ${GOALS.loop})
A page of a statement: median ${at(0.5, ({ page }) => page).toFixed(1)} ms, 95 % ${at(0.95, ({ page }) => page).toFixed(1)} ms
A line down to its scan: median ${at(0.5, ({ line }) => line).toFixed(1)} ms, 95 % ${at(0.95, ({ line }) => line).toFixed(1)} ms (goal ${GOALS.openMs})
Tables read whole to open a line: ${opened.wholeTables.length === 0 ? 'none' : opened.wholeTables.join(', ')}
Lines missing, positions that are not even, payments that do not clear: ${wrong}`);
  return wrong === 0 && opened.wholeTables.length === 0 ? 0 : 1;
}
