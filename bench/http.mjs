/**
 * What the framework costs: an answer that needs no database against Node's own HTTP server, and an answer for a signed-in
 * person against the same SQL sent directly.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Authentication } from '../dist/src/identity/authentication.service.js';
import { Identity } from '../dist/src/identity/index.js';
import { Sessions } from '../dist/src/identity/sessions.service.js';
import { newId } from '../dist/src/kernel/ids.js';
import { Db } from '../dist/src/platform/db.js';
import { namedScope } from '../dist/src/platform/scope.js';
import { measured, mustBeNone } from './findings.mjs';
import { httpClient } from './http-client.mjs';
import { record } from './recorded-sql.mjs';
import { pairedSlices } from './slices.mjs';

const CONNECTIONS = 8;
const GOAL = { atLeast: 0.35 };

export async function run(database, size) {
  const person = await makePerson(database);
  const api = await database.openApi();
  const raw = await rawServer();
  const [client, rawClient] = [httpClient(api.port, CONNECTIONS), httpClient(raw.port, CONNECTIONS)];
  try {
    const options = {
      connections: CONNECTIONS,
      ...size,
      cpu: () => database.serverSeconds() + api.seconds(),
    };
    const ping = await pairedSlices(
      { nest: () => client.demand('GET', '/healthz'), node: () => rawClient.demand('GET', '/') },
      { ...options, cpu: undefined },
    );
    const bare = await database.connect(CONNECTIONS);
    const me = await pairedSlices(
      {
        api: () => client.demand('GET', '/v1/sessions/current', { token: person.token }),
        sql: async (connection) => {
          for (const { text, values } of person.statements) await bare[connection].query(text, values);
        },
      },
      options,
    );
    const stranger = await client.send('GET', '/v1/sessions/current', { token: 'nobody' });
    return [
      mustBeNone('Strangers who are answered', stranger.status === 401 ? 0 : 1),
      measured('An answer without a database, against Node alone', {
        ...ping.ratio,
        note: `${Math.round(ping.nest.rate)}/s`,
      }),
      measured('Reading oneself over HTTP, signed in, against the same SQL', {
        goal: GOAL,
        ...me.ratio,
        cpu: me.byCpu,
        note: `${Math.round(me.api.rate)}/s, p99 ${me.api.p99.toFixed(1)} ms`,
      }),
    ];
  } finally {
    client.end();
    rawClient.end();
    raw.stop();
  }
}

/** Somebody signed in, and the statements that read them. */
async function makePerson(database) {
  const { app, end } = await database.openApp();
  const identity = app.get(Identity);
  const id = newId();
  const token = await app.get(Db).tx(namedScope('operator'), async (tx) => {
    await identity.registerPerson(tx, { id, email: `${id}@example.org`, name: 'Guest', language: 'en' });
    return identity.createSession(tx, id);
  });
  const statements = await record(async () => {
    const { actor } = await app.get(Authentication).bySession(token);
    await app.get(Sessions).current(actor);
  });
  await end();
  return { token, statements };
}

const RAW = `
  const server = require('node:http').createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"status":"ok"}');
  }).listen(0, '127.0.0.1', () => console.log(server.address().port));`;

/** In a process of its own, as the API is. */
async function rawServer() {
  const child = spawn(process.execPath, ['-e', RAW], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(child.stdout, 'data');
  return { port: Number(port), stop: () => child.kill('SIGTERM') };
}
