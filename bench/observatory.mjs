/**
 * A quarter of one network, frozen, computed and protected, at three sizes.
 *
 * RECORDS=1000000 npm run bench -- observatory: the largest number of visits; the others are fractions of it.
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { AppModule } from '../dist/src/app.module.js';
import { newId } from '../dist/src/kernel/ids.js';
import { PeriodSteps } from '../dist/src/observatory/period-steps.service.js';
import { Periods } from '../dist/src/observatory/periods.service.js';
import { readConfig } from '../dist/src/platform/config.js';
import { makeNetworks, makeRecords } from './settlement-scene.mjs';
import { startServer } from './server.mjs';

const RECORDS = Number(process.env.RECORDS ?? 120_000);
const SPACES = 1_000;
const TERRITORIES = 60;
const FRACTIONS = [1 / 16, 1 / 4, 1];
const SLOPE_MAX = 1;

export async function run() {
  const server = await startServer();
  const owner = new pg.Client({ connectionString: server.url });
  await owner.connect();
  const config = readConfig({
    DATABASE_URL: server.url,
    MASTER_KEY: server.masterKey,
    DEMO: 'false',
  });
  const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: ['error'] });
  try {
    await quarter({ app, owner }, 1_000); // what is done once is done
    const runs = [];
    for (const fraction of FRACTIONS)
      runs.push(await quarter({ app, owner }, Math.round(RECORDS * fraction)));
    const [first, last] = [runs[0], runs.at(-1)];
    const slope = Math.log(last.seconds / first.seconds) / Math.log(last.records / first.records);
    console.log(
      `slope ${slope.toFixed(2)} from ${first.records} to ${last.records} visits (at most ${SLOPE_MAX})`,
    );
    return slope <= SLOPE_MAX ? 0 : 1;
  } finally {
    await app.close();
    await owner.end();
    await server.stop();
  }
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
  console.log(
    `${records} visits: ${seconds.toFixed(2)} s (frozen ${parts[0].toFixed(2)}, computed ${parts[1].toFixed(2)}, protected ${parts[2].toFixed(2)})`,
  );
  return { records, seconds };
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
