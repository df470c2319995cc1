/**
 * Any sequence of bookings, cancellations, changes, waits and leaves, one after the other, beside the model of the
 * seats: each answer is the model's, and in the end the tables hold what the model holds.
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc from 'fast-check';
import { newId } from '../../src/kernel/ids.js';
import { Temporal } from '../../src/kernel/time.js';
import { Clock } from '../../src/platform/clock.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import {
  brokenPromises,
  makeAgreement,
  makeHost,
  makeMembers,
  type Host,
  type Nomad,
} from '../support/make-bookings.js';
import { answerTo, textOf, type Happened, type Part, type Seats } from '../support/seat-history.js';
import { seatsIn } from '../support/seats-in.js';

/** A few in the suite; BOOKING_RUNS for more. */
const RUNS = Number(process.env['BOOKING_RUNS'] ?? 6);
const COMMANDS_MAX = 30;
const CAPACITY = 2;
const CLIENTS = 5;
const PARTS = ['DAY', 'MORNING', 'AFTERNOON'] as const;

type Model = { seats: Seats; readonly seen: Set<string> };
type Client = Nomad & { readonly name: string };
type Real = { readonly day: string; readonly ids: Map<string, string> };
type Act = Exclude<Happened['act'], 'confirm' | 'expire'>;

let app: NestFastifyApplication;
let host: Host;
let clients: Client[];
let days = 0;

beforeAll(async () => {
  app = await startApp();
  app.get<TestClock>(Clock).travelTo('2026-12-01T08:00:00Z');
  await emptyDatabase();
  const home = await makeHost(app, { name: 'La Garrigue' });
  const { networkId } = home;
  host = await makeHost(app, { networkId, capacity: CAPACITY });
  await makeAgreement(app, {
    homeNetworkId: networkId,
    hostNetworkId: networkId,
    freeHalfDays: 366,
    hosts: [host],
  });
  const members = await makeMembers(app, home, CLIENTS);
  clients = members.map((member, index) => ({ ...member, name: `c${index}` }));
});
afterAll(() => app.close());

/** What somebody does who may: only who has nothing books or joins, only who has something gives it up. */
class Ask implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly act: Act,
    readonly index: number,
    readonly part: Part,
  ) {}

  check({ seats: { held, kept, line } }: Readonly<Model>): boolean {
    const name = `c${this.index}`;
    const isInLine = line.some(([client]) => client === name);
    const isHolding = name in held;
    if (this.act === 'book' || this.act === 'join') return !isHolding && !isInLine && !(name in kept);
    if (this.act === 'leave') return isInLine;
    return isHolding && (this.act === 'cancel' || held[name] !== this.part);
  }

  async run(model: Model, real: Real): Promise<void> {
    const client = `c${this.index}`;
    const expected = answerTo(model.seats, { client, act: this.act, part: this.part });
    const answer = await ask(this, real);
    compare(this.toString(), answer, expected.answer);
    model.seats = expected.after;
    model.seen.add(`${this.act} ${answer}`);
  }

  toString(): string {
    return `${this.act} c${this.index} ${this.part}`;
  }
}

function compare(asked: string, answer: string, expected: string): void {
  expect({ asked, answer }).toEqual({ asked, answer: expected });
}

async function ask({ act, index, part }: Ask, { day, ids }: Real): Promise<string> {
  const { agent, name } = clients[index]!;
  const [own, id] = [ids.get(name), newId()];
  const wish = { poolId: host.poolId, day, part };
  const requests = {
    book: () => agent.put(`/v1/bookings/${id}`).send(wish),
    join: () => agent.put(`/v1/waits/${id}`).send(wish),
    leave: () => agent.delete(`/v1/waits/${own}`),
    cancel: () => agent.put(`/v1/bookings/${own}/cancellation`).send({ reason: 'ill' }),
    change: () => agent.put(`/v1/bookings/${own}/change`).send({ newBookingId: id, part }),
  };
  const { status, body } = await requests[act]();
  if (status === 200 && act !== 'leave' && act !== 'cancel') ids.set(name, id);
  return status === 200 ? 'ok' : String(body.code);
}

const asks = (act: Act) =>
  fc
    .tuple(fc.nat(CLIENTS - 1), fc.constantFrom(...PARTS))
    .map(([index, part]): fc.AsyncCommand<Model, Real> => new Ask(act, index, part));
const EMPTY: Seats = { capacity: CAPACITY, held: {}, pending: [], kept: {}, line: [] };

it('answers any sequence as the model of the seats does, and ends as it does', async () => {
  const seen = new Set<string>();
  const commands = fc.commands([asks('book'), asks('join'), asks('change'), asks('cancel'), asks('leave')], {
    maxCommands: COMMANDS_MAX,
    size: 'max',
  });
  await fc.assert(
    fc.asyncProperty(commands, async (asked) => {
      days += 1;
      const day = Temporal.PlainDate.from('2026-12-02').add({ days }).toString();
      const model: Model = { seats: EMPTY, seen };
      await fc.asyncModelRun(() => ({ model, real: { day, ids: new Map() } }), asked);
      expect(textOf(await seatsIn({ host, day, clients }))).toBe(textOf(model.seats));
    }),
    { numRuns: RUNS, seed: 20_261, endOnFailure: true },
  );
  expect(await brokenPromises()).toEqual([]);
  const needed = ['book ok', 'book booking.full', 'join ok', 'join wait.not_full', 'change ok', 'cancel ok'];
  expect(needed.filter((one) => !seen.has(one))).toEqual([]); // or the run was too weak to tell anything
}, 180_000);
