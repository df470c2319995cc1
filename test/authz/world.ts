import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { JUNE, playMonth, World } from '../../src/demo/index.js';
import { DemoLoader } from '../../src/demo/demo-loader.js';
import { MovableClock } from '../../src/platform/clock.js';
import { openApiDocument } from '../../src/platform/http/openapi.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';
import { deliverAll } from '../support/deliver.js';
import type { Schema } from '../fuzz/from-schema.js';
import { makePrincipals, type Principal, type PrincipalName } from './principals.js';
import { Requests } from './requests.js';
import { Targets } from './targets.js';
import { makeTwin, twinOf } from './twin.js';

const VISITS = 6;

export type AuthzWorld = {
  readonly app: NestFastifyApplication;
  readonly document: OpenAPIObject;
  readonly who: Record<PrincipalName, Principal>;
  readonly targets: Targets;
  readonly requests: Requests;
  /** Ids of the twin that nobody else may be told. */
  readonly secrets: ReadonlySet<string>;
};

/** A network that has played its first days and settled its month, its twin, and one asker of each kind. */
export async function makeAuthzWorld({
  nouns,
  samples,
}: {
  nouns: Record<string, string>;
  samples: Record<string, string>;
}): Promise<AuthzWorld> {
  await emptyDatabase();
  const app = await startApp({ clock: new MovableClock() });
  await app.listen(0, '127.0.0.1');
  const address = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  await app.get(DemoLoader, { strict: false }).load(address);
  await delivered(app, playMonth(new World(address), JUNE.slice(0, VISITS), '2026-07-01T08:00:00Z'));
  const targets = await Targets.of(nouns);
  const secrets = await secretIds();
  await makeTwin();
  const who = await makePrincipals(app);
  const document = openApiDocument(app);
  const requests = new Requests(targets, document.components!.schemas as Record<string, Schema>, samples);
  return { app, document, who, targets, requests, secrets };
}

/** What is announced meanwhile is acted on, as the background would. */
export async function delivered(app: NestFastifyApplication, playing: Promise<unknown>): Promise<void> {
  const month = { isOver: false };
  const over = playing.finally(() => (month.isOver = true));
  while (!month.isOver) await deliverAll(app);
  await over;
}

/** The twins of all rows that somebody owns and that not everybody may read. */
async function secretIds(): Promise<ReadonlySet<string>> {
  const tables = await ownerSql<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id' AND a.atttypid = 'uuid'::regtype
     WHERE c.relkind = 'r' AND c.relrowsecurity AND n.nspname NOT IN ('directory', 'demo')
       AND c.relname NOT IN ('organisations', 'people')
       AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'readable')`,
  );
  const found = await Promise.all(
    tables.map(({ name }) => ownerSql<{ id: string }>(`SELECT id::text FROM ${name}`)),
  );
  return new Set(found.flat().map(({ id }) => twinOf(id)));
}
