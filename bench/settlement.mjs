/**
 * A month of five networks closed in one go, in records and in spaces; against the bare SQL that prices and groups the
 * same records, and against a loop over them. Then lines of a statement opened down to their scans.
 *
 * RECORDS=1000000 SPACES=2000 npm run bench -- settlement
 */
import { Db } from '../dist/src/platform/db.js';
import { namedScope } from '../dist/src/platform/scope.js';
import { Closing } from '../dist/src/settlement/closing.service.js';
import { Proofs } from '../dist/src/settlement/proof.service.js';
import { measured, mustBeNone, seenOnce } from './findings.mjs';
import { openLines } from './settlement-lines.mjs';
import { loopOver } from './settlement-loop.mjs';
import { makeNetworks, makeRecords } from './settlement-scene.mjs';
import { SEED } from './slices.mjs';
import { logSlope, median, medianInterval, quantile, seeded, shuffled } from './statistics.mjs';

const GOALS = {
  records: { atMost: 1 },
  spaces: { atMost: 0.8 },
  bare: { atMost: 3 },
  loop: { atLeast: 50 },
  opening: { atMost: 50 },
};
const CLEARING = namedScope('clearing');
const WARM_UP = { records: 1_000, spaces: 100 };
const TWIN_RECORDS_MAX = 1_000_000;
/** Their documents are issued by jobs after the closing, which is what is measured here. */
const OF_DOCUMENTS = new Set(['documents_match_lines', 'documents_equal_offsets_and_payments']);

export async function run(database, size) {
  const { app } = await database.openApp();
  const bench = { app, owner: database.owner, seconds: database.serverSeconds };
  await closeNetworks(bench, WARM_UP); // what is done once is done
  const sizes = [
    ...size.records.map((records) => ({ records, spaces: size.at })),
    ...size.spaces
      .filter((spaces) => spaces !== size.at)
      .map((spaces) => ({ records: size.records.at(-1), spaces })),
  ];
  const points = [];
  for (let round = 0; round < size.rounds; round += 1)
    for (const one of shuffled(sizes, seeded(SEED + round))) points.push(await closeNetworks(bench, one));
  const largest = points.findLast(
    ({ records, spaces }) => records === size.records.at(-1) && spaces === size.at,
  );
  const loop = await loopOver(database, size.loop);
  const opened = await openLines(bench, largest.networks, size.openings);
  return [...correctness(points, opened), ...speed(points, { size, largest, loop }), ...drillDown(opened)];
}

/** Seconds of the closings of all five windows, and of the bare SQL over the same records just before. */
async function closeNetworks(bench, { records, spaces }) {
  const { app, owner } = bench;
  const networks = await makeNetworks(owner, spaces);
  const each = Math.round(records / networks.length);
  for (const network of networks) await makeRecords(owner, network, each);
  await owner.query('ANALYZE');
  const bare = await timed(bench, () => priceAndGroup(owner, networks));
  const close = await timed(bench, async () => {
    for (const { id: networkId, windowId } of networks)
      await app
        .get(Db)
        .tx(CLEARING, (tx) =>
          app
            .get(Closing)
            .close(tx, { id: windowId, networkId }, { until: null, actor: 'bench', rules: null }),
        );
  });
  const wrong = await wrongWindows(owner, networks, each);
  const twin = records > TWIN_RECORDS_MAX ? [] : await twinDiffers(app, networks[0]);
  console.log(
    `  ${records} records, ${spaces} spaces: closed in ${close.seconds.toFixed(2)} s, bare SQL ${bare.seconds.toFixed(2)} s, ${(close.seconds / bare.seconds).toFixed(1)} times; processor ${(close.cpu / bare.cpu).toFixed(1)} times; ${Math.round(process.memoryUsage().rss / 1e6)} MB here`,
  );
  return { records, spaces, close, bare, wrong, twin, networks };
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

/** Counted over all five windows: each of these must be none. */
async function wrongWindows(owner, networks, each) {
  const ids = networks.map(({ windowId }) => windowId);
  const { rows } = await owner.query(
    `SELECT
       (SELECT sum(abs(coalesce(found.n, 0) - $2)) FROM unnest($1::uuid[]) AS w (id) LEFT JOIN (
          SELECT window_id AS id, count(*) AS n FROM settlement.lines WHERE window_id = ANY ($1) GROUP BY 1) AS found
          USING (id))::int AS lines,
       (SELECT count(*) FROM (SELECT FROM settlement.positions WHERE window_id = ANY ($1)
          GROUP BY window_id, unit HAVING sum(net_minor) <> 0) AS odd)::int AS odd,
       (SELECT count(*) FROM (
          SELECT FROM (
            SELECT window_id, party_id, unit, netting_minor AS minor FROM settlement.positions
             WHERE window_id = ANY ($1)
            UNION ALL SELECT window_id, from_party_id, unit, amount_minor FROM settlement.payments
             WHERE window_id = ANY ($1) AND kind = 'NETTED'
            UNION ALL SELECT window_id, to_party_id, unit, -amount_minor FROM settlement.payments
             WHERE window_id = ANY ($1) AND kind = 'NETTED') AS moves
          GROUP BY window_id, party_id, unit HAVING sum(minor) <> 0) AS open)::int AS open,
       (SELECT coalesce(sum(greatest(0, payments.n - positions.n + 1)), 0) FROM (
          SELECT window_id, unit, count(*) AS n FROM settlement.payments WHERE window_id = ANY ($1) AND kind = 'NETTED'
          GROUP BY 1, 2) AS payments JOIN (
          SELECT window_id, unit, count(*) AS n FROM settlement.positions WHERE window_id = ANY ($1)
          GROUP BY 1, 2) AS positions USING (window_id, unit))::int AS many`,
    [ids, each],
  );
  return rows[0];
}

/** The second computation, record by record in TypeScript, and everything else a proof asks. */
async function twinDiffers(app, { id: networkId, windowId }) {
  const window = { id: windowId, networkId, state: 'CLOSED' };
  const proof = await app.get(Db).read(CLEARING, (on) => app.get(Proofs).prove(on, window));
  return proof.checks.filter(({ name, holds }) => !holds && !OF_DOCUMENTS.has(name));
}

function correctness(points, opened) {
  const sum = (key) => points.reduce((total, { wrong }) => total + wrong[key], 0);
  const differing = points.flatMap(({ twin }) => twin);
  const tables = opened.wholeTables;
  return [
    mustBeNone('Records that stand on no line, or lines without a record', sum('lines')),
    mustBeNone('Units of a window whose positions do not add up to zero', sum('odd')),
    mustBeNone('Positions that the payments do not clear', sum('open')),
    mustBeNone('Payments beyond positions less one, in a unit of a window', sum('many')),
    mustBeNone(
      'Differences from the second computation in TypeScript, hash of the lines included',
      differing.length,
      differing.map(({ name, detail }) => `${name}: ${detail}`).join('; '),
    ),
    mustBeNone('Tables read whole to open a line', tables.length, tables.join(', ')),
  ];
}

function speed(points, { size, largest, loop }) {
  const last = size.records.at(-1);
  const byRecords = points.filter(({ spaces }) => spaces === size.at);
  const bySpaces = points.filter(({ records }) => records === last);
  const slope = (chosen, axis) => logSlope(chosen.map((point) => [point[axis], point.close.seconds]));
  const bare = points
    .filter(({ records, spaces }) => records === last || spaces === size.at)
    .map(({ close, bare: plain }) => close.seconds / plain.seconds);
  const cpu = points.map(({ close, bare: plain }) => close.cpu / plain.cpu);
  const perRecord = largest.close.seconds / largest.records;
  const spread = (from, to) => `${from} to ${to.toLocaleString('en')}`;
  return [
    ...(size.records.length > 1
      ? [
          seenOnce('Slope of a closing in records', {
            goal: GOALS.records,
            figure: slope(byRecords, 'records'),
            unit: '',
            note: `${spread(size.records[0].toLocaleString('en'), last)} records, ${size.at} spaces`,
          }),
        ]
      : []),
    ...(size.spaces.length > 1
      ? [
          seenOnce('Slope of a closing in spaces', {
            goal: GOALS.spaces,
            figure: slope(bySpaces, 'spaces'),
            unit: '',
            note: `${spread(size.spaces[0], size.spaces.at(-1))} spaces`,
          }),
        ]
      : []),
    measured('A closing against the bare SQL that prices and groups', {
      goal: GOALS.bare,
      figure: median(bare),
      interval: medianInterval(bare, seeded(SEED)),
      rounds: bare.length,
      note: `all sizes; the largest ${(largest.close.seconds / largest.bare.seconds).toFixed(1)} ×, processor time ${median(cpu).toFixed(1)} ×`,
    }),
    seenOnce('A closing against a loop over the records, times faster', {
      goal: GOALS.loop,
      figure: loop / perRecord,
      note: `${(loop * 1_000).toFixed(2)} ms a record by loop, ${(perRecord * 1e6).toFixed(0)} µs by closing`,
    }),
    seenOnce('The largest closing', {
      figure: largest.close.seconds,
      unit: 's',
      note: `${last.toLocaleString('en')} records, ${size.at} spaces, five windows`,
    }),
  ];
}

function drillDown({ times }) {
  const of = (promise, key, goal) => {
    const values = times.map((time) => time[key]);
    return measured(promise, {
      goal,
      figure: median(values),
      interval: medianInterval(values, seeded(SEED)),
      rounds: values.length,
      unit: 'ms',
      note: `95 % under ${quantile(values, 0.95).toFixed(1)} ms`,
    });
  };
  return [
    of('A page of a statement', 'page', null),
    of('A line of it down to its scan', 'line', GOALS.opening),
  ];
}

async function timed({ seconds }, work) {
  const [start, before] = [performance.now(), seconds()];
  await work();
  return { seconds: (performance.now() - start) / 1_000, cpu: (seconds() ?? 0) - (before ?? 0) };
}
