/**
 * Each route × each asker × whose the thing is × where its id stands, against the reviewed `authz-matrix.yaml`; then the
 * same with either layer switched off. Whatever is found is named: the route, who, whose.
 */
import { newId } from '../../src/kernel/ids.js';
import { Db, sql } from '../../src/platform/db.js';
import { ownerSql } from '../support/app.js';
import { ask, codeOf } from '../support/ask.js';
import { askAll, cellsOf, controlOf, deviation, keyOf, type Cell, type Result } from './cells.js';
import { readMatrix } from './expectations.js';
import { newDevice, newKey, newPerson, NETWORK_ID, PRINCIPALS } from './principals.js';
import { routesOf, type Route } from './requests.js';
import type { Side } from './targets.js';
import { closeAllTables, openAllTables, strangersRows } from './row-level.js';
import { makeAuthzWorld, type AuthzWorld } from './world.js';

const matrix = readMatrix();
/** They end the session, the person or the demo's time that all others need: asked last, each by somebody of their own. */
const ENDING =
  /^(DELETE|PUT) \/v1\/impersonations|^DELETE \/v1\/(sessions|people)|^PUT \/v1\/erasures|\/demo\/clock$/;
const MINUTES_10 = 600_000;

let world: AuthzWorld;
let routes: Route[];
const results: Result[] = [];
const nothing = new Map<string, Result>();

beforeAll(async () => {
  world = await makeAuthzWorld(matrix);
  routes = routesOf(world.document);
}, MINUTES_10);
afterAll(() => world.app.close());

const lasting = () => routes.filter(({ name }) => !ENDING.test(name) && matrix.routes.has(name));
const isAllowed = ({ route, who }: Cell) => matrix.routes.get(route.name)!.allowed.has(who.name);
/** Whom the door does not let in, it does not ask whose: once is enough, about nothing, or one's own where there is no id. */
const cells = (of: readonly Route[], side: Side) =>
  cellsOf(world, of, side).filter(
    (cell) => isAllowed(cell) || side === 'missing' || world.requests.placesOf(cell.route).length === 0,
  );
const deviations = (found: readonly Result[]) =>
  found
    .map((one) => deviation(one, { matrix, forNothing: nothing.get(keyOf(one))?.answer }))
    .filter((told) => told !== null);

/** Names of the contract that the file lacks, and the other way round. */
function unlisted(names: readonly string[]): string[] {
  const missing = names
    .filter((name) => !matrix.routes.has(name))
    .map((name) => `${name} is not in the matrix`);
  const gone = [...matrix.routes.keys()].filter((name) => !names.includes(name));
  return [...missing, ...gone.map((name) => `${name} is in the matrix, but not in the contract`)];
}

it('every route of the contract is in the matrix, and every exception has its reason', () => {
  expect(unlisted(routes.map(({ name }) => name))).toEqual([]);
  const ids = routes.map(({ operation }) => operation.operationId);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]); // two of one name would be one in partners' clients
  const reasons = [...matrix.routes.values()].flatMap((one) => one.reasons);
  expect([...new Set(reasons)].toSorted()).toEqual(Object.keys(matrix.reasons).toSorted());
  expect(unlisted([...routes.map(({ name }) => name), 'GET /v1/planted'])).toEqual([
    'GET /v1/planted is not in the matrix',
  ]);
});

it(
  'whoever may not is refused, and nobody reaches what is not theirs',
  async () => {
    await chooseBodies();
    await endSpares();
    for (const side of ['missing', 'far', 'near', 'deleted'] as const) {
      const found = await askAll(world, cells(lasting(), side));
      if (side === 'missing') for (const one of found) nothing.set(keyOf(one), one);
      results.push(...found);
    }
    expect(deviations(results)).toEqual([]);
  },
  MINUTES_10,
);

it(
  'with row-level security switched off, the application alone lets nobody else in',
  async () => {
    const reads = lasting().filter(({ method }) => method === 'GET');
    await openAllTables();
    const found = await askAll(world, cells(reads, 'far').filter(isAllowed)).finally(closeAllTables);
    const through = deviations(found);
    console.log(`second layer off: ${found.length} foreign reads, ${through.length} through`);
    expect(through).toEqual([]);
  },
  MINUTES_10,
);

it(
  'whoever may reaches what is their own: the control of all refusals',
  async () => {
    const order = ['GET', 'POST', 'PUT', 'DELETE'];
    const grades = { refused: 0, passed: 0, done: 0 };
    const wrong: string[] = [];
    for (const method of order) {
      const ofMethod = lasting().filter((route) => route.method === method);
      const found = await askAll(world, cells(ofMethod, 'own'), method === 'GET' ? undefined : 1);
      results.push(...found);
      wrong.push(...deviations(found));
      for (const [name, together] of byAsker(found.filter(isAllowed))) {
        const { refused } = matrix.routes.get(together[0]!.route.name)!;
        const who = together[0]!.who.name;
        const control = controlOf(together);
        grades[control] += 1;
        if ((control === 'refused') !== refused.has(who))
          wrong.push(
            `${name}: ${control}, ${together.map(({ answer }) => `${answer.statusCode} ${answer.body.slice(0, 120)}`).join(' | ')}`,
          );
      }
    }
    const asked = new Set(results.map(({ route }) => route.name));
    const { user, system } = process.cpuUsage();
    const seconds = Math.round((user + system) / 1e6);
    console.log(
      `${results.length} cells of ${asked.size} routes and ${PRINCIPALS.length} askers, ${seconds} s`,
      grades,
    );
    expect(wrong).toEqual([]);
    expect(results.length).toBeGreaterThan(6_000);
  },
  MINUTES_10,
);

it('what ends a session or a person asks for one', async () => {
  for (const { name, method, path } of routes.filter((route) => ENDING.test(route.name))) {
    if (matrix.routes.get(name)!.may === 'public') continue;
    const url = path.replace('{id}', newId());
    const answer = await ask(world.app, { method, url, headers: {} });
    expect([name, codeOf(answer)]).toEqual([name, 'access.unauthenticated']);
  }
});

it('a role that is taken away is gone with the next request', async () => {
  const membershipId = newId();
  const headers = await newPerson(world.app, 'network_treasurer', membershipId);
  const read = () => ask(world.app, { method: 'GET', url: `/v1/windows?networkId=${NETWORK_ID}`, headers });
  expect((await read()).statusCode).toBe(200);
  const admin = await newPerson(world.app, 'platform_admin');
  await ask(world.app, { method: 'DELETE', url: `/v1/memberships/${membershipId}`, headers: admin });
  expect(codeOf(await read())).toBe('access.denied');
});

describe('with the application switched off', () => {
  const scope = { networks: [NETWORK_ID], person: newId() };
  const read = () =>
    world.app.get(Db).read(scope, (on) => strangersRows((text) => sql<{ seen: number }>(on, text)));

  it('row-level security alone shows no table’s rows of another tenant', async () => {
    const { tables, leaking } = await read();
    expect(leaking).toEqual([]);
    expect(tables).toBeGreaterThan(50);
  });

  it('and a policy that is missing is found by the name of its table', async () => {
    await ownerSql('ALTER TABLE passes.passes DISABLE ROW LEVEL SECURITY');
    const { leaking } = await read().finally(() =>
      ownerSql('ALTER TABLE passes.passes ENABLE ROW LEVEL SECURITY'),
    );
    expect(leaking).toEqual(['passes.passes']);
  });
});

/** The first body of each route that its own schema reads, asked about things that do not exist. */
async function chooseBodies(): Promise<void> {
  const { platform_admin } = world.who;
  for (const route of lasting().filter(({ method }) => method !== 'GET'))
    for (let number = 0; number < world.requests.candidates(route); number += 1) {
      world.requests.choose(route, number);
      const [found] = await askAll(world, [{ route, who: platform_admin, place: 'path', side: 'missing' }]);
      if (!found || codeOf(found.answer) !== 'request.invalid') break;
    }
}

function byAsker(found: readonly Result[]): Map<string, Result[]> {
  const together = new Map<string, Result[]>();
  for (const one of found) {
    const name = `${one.route.name}, ${one.who.name}`;
    together.set(name, [...(together.get(name) ?? []), one]);
  }
  return together;
}

/** One membership, key and device that there were. */
async function endSpares(): Promise<void> {
  const membershipId = newId();
  await newPerson(world.app, 'facilitator', membershipId);
  const ended = {
    memberships: membershipId,
    'api-keys': (await newKey(world.app)).id,
    devices: (await newDevice(world.app)).id,
  };
  for (const [noun, id] of Object.entries(ended)) {
    const { headers } = world.who.platform_admin;
    const answer = await ask(world.app, { method: 'DELETE', url: `/v1/${noun}/${id}`, headers });
    expect([noun, answer.statusCode]).toEqual([noun, 200]);
    world.targets.remember(noun, id);
  }
}
