import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { Temporal } from '../../src/kernel/time.js';
import { Clock } from '../../src/platform/clock.js';
import { Sweeps } from '../../src/platform/sweeps.js';
import { emptyDatabase, startApp, type TestClock } from '../support/app.js';
import {
  brokenPromises,
  makeAgreement,
  makeHost,
  makeMembers,
  type Host,
  type Nomad,
} from '../support/make-bookings.js';
import { isExplained, type Happened, type Part, type Seats } from '../support/seat-history.js';
import { seatsIn } from '../support/seats-in.js';
import { seededRandom } from '../support/seeded-random.js';

/** A few in the suite; `npm run bench -- races` runs 500 of each. */
const ROUNDS = Number(process.env['RACE_ROUNDS'] ?? 1);
const MS_PER_ROUND_MAX = 20_000;
const CLIENTS = 8;
const DAYS = 150;
const NOW = '2026-12-01T08:00:00Z';
const LATER = '2026-12-01T08:11:00Z'; // a held seat is kept for ten minutes
const PARTS = ['DAY', 'MORNING', 'AFTERNOON'] as const;

type Client = Nomad & { name: string };
type Round = { host: Host; day: string; clients: Client[]; random: () => number };
type Act = (round: Round) => Promise<Happened>;
type Race = { begin: Seats; acts: Act[] };

let app: NestFastifyApplication;
let clock: TestClock;
let crews: { host: Host; clients: Client[] }[];
let raced = 0;

beforeAll(async () => {
  app = await startApp();
  clock = app.get(Clock) as TestClock;
  await emptyDatabase();
  const home = await makeHost(app, { name: 'La Garrigue' });
  const { networkId } = home;
  crews = [];
  for (let crew = 0; crew < Math.ceil((ROUNDS * 6) / DAYS); crew += 1) {
    const host = await makeHost(app, { networkId, capacity: 1 });
    const members = await makeMembers(app, home, CLIENTS);
    crews.push({ host, clients: members.map((member, index) => ({ ...member, name: `c${index}` })) });
  }
  const hosts = crews.map(({ host }) => host);
  await makeAgreement(app, { homeNetworkId: networkId, hostNetworkId: networkId, freeHalfDays: 366, hosts });
}, 120_000);
afterAll(() => app.close());

/** Everybody has days and a crew of their own round: nobody meets what another round left. */
function nextRound(): Round {
  const { host, clients } = crews[Math.floor(raced / DAYS)]!;
  const day = Temporal.PlainDate.from('2026-12-03')
    .add({ days: raced % DAYS })
    .toString();
  raced += 1;
  return { host, day, clients, random: seededRandom(raced) };
}

const timed = async (
  what: Omit<Happened, 'answer' | 'began' | 'ended'>,
  ask: () => Promise<string>,
): Promise<Happened> => {
  const began = performance.now();
  const answer = await ask();
  return { ...what, answer, began, ended: performance.now() };
};
const answerOf = async (
  request: PromiseLike<{ status: number; body: { code?: string } }>,
): Promise<string> => {
  const { status, body } = await request;
  return status === 200 ? 'ok' : String(body.code);
};

const book =
  (index: number, part: Part, id = newId()): Act =>
  ({ host, day, clients }) => {
    const { agent, name: client } = clients[index]!;
    const wish = { poolId: host.poolId, day, part };
    return timed({ client, act: 'book', part }, () => answerOf(agent.put(`/v1/bookings/${id}`).send(wish)));
  };
const join =
  (index: number, part: Part, id = newId()): Act =>
  ({ host, day, clients }) => {
    const { agent, name: client } = clients[index]!;
    const wish = { poolId: host.poolId, day, part };
    return timed({ client, act: 'join', part }, () => answerOf(agent.put(`/v1/waits/${id}`).send(wish)));
  };
const leave =
  (index: number, part: Part, id: string): Act =>
  ({ clients }) => {
    const { agent, name: client } = clients[index]!;
    return timed({ client, act: 'leave', part }, () => answerOf(agent.delete(`/v1/waits/${id}`)));
  };
const cancel =
  (index: number, part: Part, id: string): Act =>
  ({ clients }) => {
    const { agent, name: client } = clients[index]!;
    const path = `/v1/bookings/${id}/cancellation`;
    return timed({ client, act: 'cancel', part }, () => answerOf(agent.put(path).send({ reason: 'ill' })));
  };
const change =
  (index: number, from: Part, part: Part, id: string): Act =>
  ({ clients }) => {
    const { agent, name: client } = clients[index]!;
    const body = { newBookingId: newId(), part };
    const path = `/v1/bookings/${id}/change`;
    return timed({ client, act: 'change', from, part }, () => answerOf(agent.put(path).send(body)));
  };

const EMPTY: Seats = { capacity: 1, held: {}, pending: [], kept: {}, line: [] };
const others = (from: number, act: (index: number) => Act) =>
  Array.from({ length: CLIENTS - from }, (_, index) => act(from + index));

/** Each begins with what one client does before the others come. */
const SHAPES: Record<string, (round: Round) => Promise<Race>> = {
  'the last seat': () => Promise.resolve({ begin: EMPTY, acts: others(0, (index) => book(index, 'DAY')) }),

  'halves that overlap': ({ random }) =>
    Promise.resolve({
      begin: EMPTY,
      acts: others(0, (index) => book(index, PARTS[Math.floor(random() * PARTS.length)]!)),
    }),

  'a change against bookings': async (round) => {
    const id = newId();
    await book(0, 'MORNING', id)(round);
    const acts = others(1, (index) => book(index, PARTS[index % PARTS.length]!));
    return {
      begin: { ...EMPTY, held: { c0: 'MORNING' } },
      acts: [change(0, 'MORNING', 'AFTERNOON', id), ...acts],
    };
  },

  'a cancellation against bookings': async (round) => {
    const id = newId();
    await book(0, 'DAY', id)(round);
    const acts = others(1, (index) => book(index, PARTS[index % PARTS.length]!));
    return { begin: { ...EMPTY, held: { c0: 'DAY' } }, acts: [cancel(0, 'DAY', id), ...acts] };
  },

  'the end of a hold against its confirmation': async ({ host, day, clients }) => {
    const id = newId();
    const { agent } = clients[0]!;
    await agent
      .put(`/v1/bookings/${id}`)
      .send({ poolId: host.poolId, day, part: 'DAY', hold: true })
      .expect(200);
    const confirm: Act = () =>
      timed({ client: 'c0', act: 'confirm', part: 'DAY' }, () =>
        answerOf(agent.put(`/v1/bookings/${id}/confirmation`)),
      );
    const expire: Act = () =>
      timed({ client: 'sweep', act: 'expire', part: 'DAY' }, async () => {
        clock.travelTo(LATER);
        return String((await app.get(Sweeps).runAll())['bookings.expire']);
      });
    const acts = others(2, (index) => book(index, PARTS[index % PARTS.length]!));
    return { begin: { ...EMPTY, held: { c0: 'DAY' }, pending: ['c0'] }, acts: [confirm, expire, ...acts] };
  },

  'a line against those who do not stand in it': async (round) => {
    const [id, first, second] = [newId(), newId(), newId()];
    await book(0, 'DAY', id)(round);
    await join(1, 'DAY', first)(round);
    await join(2, 'MORNING', second)(round);
    const acts = [
      cancel(0, 'DAY', id),
      leave(1, 'DAY', first),
      join(3, 'MORNING'),
      join(4, 'AFTERNOON'),
      ...others(5, (index) => book(index, PARTS[index % PARTS.length]!)),
    ];
    const line = [['c1', 'DAY'] as const, ['c2', 'MORNING'] as const];
    return { begin: { ...EMPTY, held: { c0: 'DAY' }, line }, acts };
  },
};

it.each(Object.entries(SHAPES))(
  '%s: every history has an order in which each answer was right',
  async (_name, prepare) => {
    for (let number = 0; number < ROUNDS; number += 1) {
      clock.travelTo(NOW);
      const round = nextRound();
      const { begin, acts } = await prepare(round);
      const history = await Promise.all(acts.map((act) => act(round)));
      const end = await seatsIn(round);
      expect({ history, end, isExplained: isExplained(begin, history, end) }).toMatchObject({
        isExplained: true,
      });
    }
    expect(await brokenPromises()).toEqual([]);
  },
  ROUNDS * MS_PER_ROUND_MAX,
);

it('is noticed when a seat is sold twice, left empty or given past the line', () => {
  const at = { began: 0, ended: 1, part: 'DAY' as const };
  const ok = (client: string) => ({ ...at, client, act: 'book' as const, answer: 'ok' });
  const full = { ...ok('b'), client: 'b', answer: 'booking.full' };
  const end = (held: Record<string, Part>) => ({ held, kept: {}, pending: [], line: [] });
  expect(isExplained(EMPTY, [ok('a'), full], end({ a: 'DAY' }))).toBe(true);
  expect(isExplained(EMPTY, [ok('a'), ok('b')], end({ a: 'DAY', b: 'DAY' }))).toBe(false);
  expect(isExplained(EMPTY, [full], end({}))).toBe(false);
  expect(
    isExplained(
      EMPTY,
      [
        { ...full, ended: 0.5 },
        { ...ok('a'), began: 0.6 },
      ],
      end({ a: 'DAY' }),
    ),
  ).toBe(false);
  const waiting = { ...EMPTY, held: { a: 'DAY' as const }, line: [['w', 'DAY'] as const] };
  const left = { ...at, client: 'a', act: 'cancel' as const, answer: 'ok' };
  expect(isExplained(waiting, [left], { ...end({}), kept: { w: 'DAY' } })).toBe(true);
  expect(isExplained(waiting, [left, ok('b')], { ...end({ b: 'DAY' }), line: waiting.line })).toBe(false);
});
