/**
 * One act of the built product in a process of its own, for a test to kill: `node act.mjs post`,
 * `documents`, `close-window <window> <network>` or `close-period <month> <network>`, on DATABASE_URL, at 4 January 2027.
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../dist/src/app.module.js';
import { Periods } from '../../dist/src/books/periods.service.js';
import { Postings } from '../../dist/src/books/postings.service.js';
import { Temporal } from '../../dist/src/kernel/time.js';
import { Clock } from '../../dist/src/platform/clock.js';
import { readConfig } from '../../dist/src/platform/config.js';
import { Db, sql } from '../../dist/src/platform/db.js';
import { Consumers } from '../../dist/src/platform/outbox/consumers.js';
import { namedScope } from '../../dist/src/platform/scope.js';
import { Windows } from '../../dist/src/settlement/windows.service.js';

const [act, subject, networkId] = process.argv.slice(2);
const config = { ...readConfig(process.env), MASTER_KEY: process.env.MASTER_KEY, DEMO: false };
const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: false });
app.get(Clock).now = () => Temporal.Instant.from('2027-01-04T08:00:00Z');

const treasurer = {
  kind: 'person',
  id: networkId,
  personId: null,
  spaceId: null,
  grants: [
    {
      role: 'network_treasurer',
      organisationId: networkId,
      organisationKind: 'network',
      networkIds: [networkId],
    },
  ],
  scope: { networks: [networkId] },
  name: 'person:treasurer',
};
/** What a worker does with the events of a closed window, one after another. */
async function issueDocuments() {
  const events = await app.get(Db).read(namedScope('relay'), (on) =>
    sql(
      on,
      `SELECT id, name, payload, actor, network_ids AS "networkIds", occurred_at::text AS "occurredAt"
       FROM platform.outbox WHERE name = 'settlement.documents_due.v1' ORDER BY seq`,
    ),
  );
  for (const event of events) await app.get(Consumers).deliver({ consumer: 'settlement.documents', event });
}

if (act === 'documents') await issueDocuments();
if (act === 'post') await app.get(Postings).postAll();
if (act === 'close-window') await app.get(Windows).close(treasurer, subject, {});
if (act === 'close-period') await app.get(Periods).close(treasurer, networkId, subject);
await app.close();
