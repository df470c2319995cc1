/**
 * Two doors without a network admit one guest, any number of times, and tell of it later in any order, some of it twice.
 * After every upload the server holds what it would hold had it been there: the first scan of all told is the visit,
 * later ones at that door belong to it, those at the other door are conflicts, and the day is paid once.
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc from 'fast-check';
import { newId } from '../../src/kernel/ids.js';
import { Temporal } from '../../src/kernel/time.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, ownerSql, startApp, type TestClock } from '../support/app.js';
import { codeAt, makeNomad, makeScene, uploadAt, type Nomad, type Scene } from '../support/make-checkin.js';

/** A few in the suite; MERGE_RUNS for more. */
const RUNS = Number(process.env['MERGE_RUNS'] ?? 5);
const COMMANDS_MAX = 14;
const OPENS = Temporal.Instant.from('2026-12-01T08:00:00Z');
const TOLD_AT = '2026-12-01T12:00:00Z';
const DOORS = ['host', 'second'] as const;

type DoorName = (typeof DOORS)[number];
type Seen = { readonly id: string; readonly door: DoorName; readonly minute: number };
/** What each door has seen and not told, and what the server knows. */
type Model = { readonly logs: Record<DoorName, Seen[]>; told: Seen[] };
type Real = { readonly nomad: Nomad };

let app: NestFastifyApplication;
let scene: Scene;

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  app.get<TestClock>(Clock).travelTo(OPENS.toString());
  scene = await makeScene(app);
});
afterAll(() => app.close());

class Admit implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly door: DoorName,
    readonly minute: number,
  ) {}

  /** Of one minute there is one scan: the guest is at one door. */
  check({ logs, told }: Readonly<Model>): boolean {
    const all = [...logs.host, ...logs.second, ...told];
    return all.every(({ minute }) => minute !== this.minute);
  }

  run({ logs }: Model): Promise<void> {
    logs[this.door].push({ id: newId(), door: this.door, minute: this.minute });
    return Promise.resolve();
  }

  toString = () => `admit ${this.door} ${this.minute}`;
}

class Tell implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly door: DoorName,
    readonly isTwice: boolean,
  ) {}

  check = ({ logs }: Readonly<Model>) => logs[this.door].length > 0;

  async run(model: Model, { nomad }: Real): Promise<void> {
    const log = model.logs[this.door].splice(0);
    for (const scan of this.isTwice ? [...log, ...log] : log) await tell(scan, nomad);
    model.told = [...model.told, ...log];
    compare(await mergedOf(nomad), expectedOf(model.told));
  }

  toString = () => `tell ${this.door}${this.isTwice ? ' twice' : ''}`;
}

const at = (minute: number) => OPENS.add({ minutes: minute }).toString();

async function tell({ id, door, minute }: Seen, { phone }: Nomad): Promise<void> {
  const code = await codeAt(phone, scene[door].id, at(minute));
  await uploadAt(app, scene[door], { id, code, scannedAt: at(minute) }).expect(200);
}

type Merged = { scans: Record<string, string>; visits: string[]; halfDays: number };

function compare(merged: Merged, expected: Merged): void {
  expect(merged).toEqual(expected);
}

function expectedOf(told: readonly Seen[]): Merged {
  const inOrder = told.toSorted((a, b) => a.minute - b.minute);
  const [first] = inOrder;
  const scans = inOrder.map(({ id, door }) => [id, door === first!.door ? 'CONFIRMED' : 'already_in']);
  return {
    scans: Object.fromEntries(scans),
    visits: first ? [`${first.door} ${at(first.minute)}`] : [],
    halfDays: first ? 2 : 0,
  };
}

async function mergedOf({ id }: Nomad): Promise<Merged> {
  const scans = await ownerSql<{ id: string; outcome: string }>(
    `SELECT scan_id AS id, coalesce(conflict, outcome) AS outcome FROM checkin.offline_scans WHERE person_id = $1`,
    [id],
  );
  const visits = await ownerSql<{ spaceId: string; from: string; halfDays: number }>(
    `SELECT space_id AS "spaceId", half_days::int AS "halfDays",
       to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS from
     FROM checkin.visits WHERE person_id = $1 AND state <> 'INVALID' ORDER BY started_at`,
    [id],
  );
  const doorOf = new Map(DOORS.map((name): [string, DoorName] => [scene[name].id, name]));
  return {
    scans: Object.fromEntries(scans.map((scan) => [scan.id, scan.outcome])),
    visits: visits.map(({ spaceId, from }) => `${doorOf.get(spaceId)} ${from}`),
    halfDays: visits.reduce((sum, { halfDays }) => sum + halfDays, 0),
  };
}

const door = fc.constantFrom(...DOORS);
const kinds = [
  fc
    .tuple(door, fc.integer({ min: 1, max: 180 }))
    .map(([name, minute]): fc.AsyncCommand<Model, Real> => new Admit(name, minute)),
  fc
    .tuple(door, fc.boolean())
    .map(([name, isTwice]): fc.AsyncCommand<Model, Real> => new Tell(name, isTwice)),
];

it('holds, after every upload, what a server that had been there would hold', async () => {
  let conflicts = 0;
  await fc.assert(
    fc.asyncProperty(fc.commands(kinds, { maxCommands: COMMANDS_MAX, size: 'max' }), async (commands) => {
      app.get<TestClock>(Clock).travelTo(OPENS.toString());
      const nomad = await makeNomad(app, scene);
      app.get<TestClock>(Clock).travelTo(TOLD_AT);
      const model: Model = { logs: { host: [], second: [] }, told: [] };
      await fc.asyncModelRun(() => ({ model, real: { nomad } }), commands);
      conflicts += Object.values(expectedOf(model.told).scans).filter((one) => one !== 'CONFIRMED').length;
    }),
    { numRuns: RUNS, seed: 41, endOnFailure: true },
  );
  expect(conflicts).toBeGreaterThan(0); // or the run was too weak to tell anything
}, 120_000);
