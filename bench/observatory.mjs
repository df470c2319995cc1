/**
 * A quarter of one network, frozen, computed and protected, at several sizes.
 *
 * RECORDS=1000000 npm run bench -- observatory: the largest number of visits; the others are fractions of it.
 */
import { newId } from '../dist/src/kernel/ids.js';
import { PeriodSteps } from '../dist/src/observatory/period-steps.service.js';
import { Periods } from '../dist/src/observatory/periods.service.js';
import { mustBeNone, seenOnce } from './findings.mjs';
import { makeNetworks, makeRecords } from './settlement-scene.mjs';
import { SEED } from './slices.mjs';
import { logSlope, seeded, shuffled } from './statistics.mjs';

const SPACES = 1_000;
const TERRITORIES = 60;
const GOAL = { atMost: 1 };
const WARM_UP = 1_000;
const DONE = 'DISCLOSURE_CHECKED';

export async function run(database, { records, rounds }) {
  const { app } = await database.openApp();
  const bench = { app, owner: database.owner };
  await quarter(bench, WARM_UP); // what is done once is done
  const seen = [];
  for (let round = 0; round < rounds; round += 1)
    for (const size of shuffled(records, seeded(SEED + round))) seen.push(await quarter(bench, size));
  const largest = seen.findLast((one) => one.records === records.at(-1));
  return [
    mustBeNone(
      'Quarters that did not come to their control',
      seen.filter(({ state }) => state !== DONE).length,
    ),
    seenOnce('Slope of a quarter in visits', {
      goal: GOAL,
      figure: logSlope(seen.map((one) => [one.records, one.seconds])),
      unit: '',
      note: `${records[0].toLocaleString('en')} to ${records.at(-1).toLocaleString('en')} visits`,
    }),
    seenOnce('The largest quarter', {
      figure: largest.seconds,
      unit: 's',
      note: `${largest.records.toLocaleString('en')} visits`,
    }),
  ];
}

/** Seconds of freezing, computing and the disclosure control. */
async function quarter({ app, owner }, records) {
  const [network] = await makeNetworks(owner, SPACES);
  await makeRecords(owner, network, records);
  await owner.query(
    `UPDATE directory.spaces SET territory_code = 'XX' || abs(hashtext(id::text)) % ${TERRITORIES} WHERE network_id = $1`,
    [network.id],
  );
  await owner.query('ANALYZE');
  const actor = researcher(network.id);
  const id = newId();
  const body = { networkId: network.id, publisherId: network.id, quarter: '2026-Q1', correctsId: null };
  await app.get(Periods).put(actor, id, body);
  const steps = app.get(PeriodSteps);
  const parts = [];
  for (const step of ['freeze', 'compute', 'checkDisclosure']) {
    const from = performance.now();
    await steps[step](actor, id);
    parts.push((performance.now() - from) / 1_000);
  }
  const seconds = parts.reduce((sum, part) => sum + part);
  const { rows } = await owner.query('SELECT state FROM observatory.impact_periods WHERE id = $1', [id]);
  console.log(
    `  ${records} visits: ${seconds.toFixed(2)} s (frozen ${parts[0].toFixed(2)}, computed ${parts[1].toFixed(2)}, protected ${parts[2].toFixed(2)})`,
  );
  return { records, seconds, state: rows[0].state };
}

function researcher(networkId) {
  return {
    kind: 'person',
    id: newId(),
    personId: newId(),
    spaceId: null,
    permissions: null,
    name: 'bench',
    grants: [
      {
        role: 'researcher',
        organisationId: networkId,
        organisationKind: 'network',
        networkIds: [networkId],
      },
    ],
    scope: { networks: [networkId], person: null },
  };
}
