import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';
import {
  brokenPromises,
  makeAgreement,
  makeHost,
  makeMembers,
  type Host,
  type Nomad,
} from '../support/make-bookings.js';

const SEATS = 20;
const ATTEMPTS = 160;
const DAY = '2026-12-03';
let app: NestFastifyApplication;
let home: Host;
let host: Host;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

beforeEach(async () => {
  await emptyDatabase();
  home = await makeHost(app, { name: 'La Garrigue' });
  host = await makeHost(app, { networkId: home.networkId, capacity: SEATS });
  await makeAgreement(app, { homeNetworkId: home.networkId, hostNetworkId: home.networkId, hosts: [host] });
});

afterEach(async () => {
  expect(await brokenPromises()).toEqual([]);
});

const members = (count: number): Promise<Nomad[]> => makeMembers(app, home, count);

/** 'booked', or the code of the refusal. */
async function book({ agent }: Nomad, wish: object, id = newId()): Promise<string> {
  const { status, body } = await agent
    .put(`/v1/bookings/${id}`)
    .send({ poolId: host.poolId, day: DAY, ...wish });
  return status === 200 ? 'booked' : String(body.code);
}

function tally(outcomes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

it('sells each of 20 seats once when 160 ask for one at the same moment', async () => {
  const crowd = await members(ATTEMPTS);
  const outcomes = await Promise.all(crowd.map((nomad) => book(nomad, { part: 'DAY' })));
  expect(tally(outcomes)).toEqual({ booked: SEATS, 'booking.full': ATTEMPTS - SEATS });
  const [seat] = await ownerSql<{ taken: number[] }>('SELECT taken FROM bookings.pool_days');
  expect(Math.max(...seat!.taken)).toBe(SEATS);
}, 60_000);

it('makes one booking of 20 equal requests at once, and sets its half-day aside once', async () => {
  const twins = await members(SEATS + 5);
  for (const [round, nomad] of twins.entries()) {
    const id = newId();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => book(nomad, { part: 'MORNING' }, id)),
    );
    // Everybody after the twentieth finds the morning full, all twenty times.
    expect(tally(outcomes)).toEqual(round < SEATS ? { booked: 20 } : { 'booking.full': 20 });
  }
  const [rows] = await ownerSql<{ bookings: number; holds: number }>(
    `SELECT (SELECT count(*)::int FROM bookings.bookings) AS bookings,
            (SELECT count(*)::int FROM ledger.transfers WHERE kind = 'hold') AS holds`,
  );
  expect(rows).toEqual({ bookings: SEATS, holds: SEATS });
}, 60_000);

it('gives one person no more than a day, however many halves they ask for at once', async () => {
  const hosts = await Promise.all(
    Array.from({ length: 6 }, () => makeHost(app, { networkId: home.networkId })),
  );
  const [nomad] = await members(1);
  await makeAgreementWith(hosts);
  const wishes = hosts.flatMap(({ poolId }) => [
    { poolId, part: 'MORNING' },
    { poolId, part: 'AFTERNOON' },
    { poolId, part: 'DAY' },
  ]);
  const outcomes = await Promise.all(wishes.map((wish) => book(nomad!, wish)));
  const [held] = await ownerSql<{ halfDays: number }>(
    'SELECT half_days AS "halfDays" FROM bookings.person_days',
  );
  expect(held!.halfDays).toBe(2);
  expect(outcomes.filter((outcome) => outcome === 'booked').length).toBeLessThanOrEqual(2);
  expect(
    outcomes.every((outcome) =>
      ['booked', 'booking.overlap', 'booking.same_place', 'booking.day_used_up'].includes(outcome),
    ),
  ).toBe(true);
});

it('ends every booking once when guest, host and sweeps race for it', async () => {
  const crowd = await members(8);
  const ids = crowd.map(() => newId());
  await Promise.all(crowd.map((nomad, index) => book(nomad, { part: 'DAY' }, ids[index])));
  const races = crowd.flatMap(({ agent }, index) =>
    Array.from({ length: 4 }, () =>
      agent.put(`/v1/bookings/${ids[index]!}/cancellation`).send({ reason: 'ill' }).expect(200),
    ),
  );
  await Promise.all(races);
  const [rows] = await ownerSql<{ voids: number }>(
    `SELECT count(*)::int AS voids FROM ledger.transfers WHERE kind = 'void'`,
  );
  expect(rows!.voids).toBe(8);
});

/** A second agreement of the same pair is refused, so every host goes into the first one's next version. */
async function makeAgreementWith(hosts: readonly Host[]): Promise<void> {
  await emptyAgreements();
  await makeAgreement(app, {
    homeNetworkId: home.networkId,
    hostNetworkId: home.networkId,
    hosts: [host, ...hosts],
  });
}

function emptyAgreements(): Promise<unknown> {
  return ownerSql('TRUNCATE reciprocity.agreements CASCADE');
}
