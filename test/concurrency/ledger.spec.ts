import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '../../src/kernel/ids.js';
import { amount } from '../../src/kernel/money.js';
import { Problem } from '../../src/kernel/problem.js';
import { Ledger, type TransferOrder } from '../../src/ledger/index.js';
import { Db } from '../../src/platform/db.js';
import { PUBLIC_SCOPE } from '../../src/platform/scope.js';
import { emptyDatabase, ownerSql, startApp } from '../support/app.js';

let app: NestFastifyApplication;
let db: Db;
let ledger: Ledger;
let issued: string;
let member: string;
let space: string;

const halfDays = (count: number) => amount('HALF_DAY', count);
const order = (debit: string, credit: string, count: number, id = newId()): TransferOrder => {
  return { id, debit, credit, amount: halfDays(count), reason: 'test' };
};
const transfer = (leg: TransferOrder) => db.tx(PUBLIC_SCOPE, (tx) => ledger.transfer(tx, leg));
const hold = (leg: TransferOrder) => db.tx(PUBLIC_SCOPE, (tx) => ledger.hold(tx, leg));
const account = (id: string) => db.tx(PUBLIC_SCOPE, (tx) => ledger.account(tx, id));

/** 'ok', or the code of the refusal. Anything else fails the test. */
const outcome = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'ok',
    (error: unknown) => {
      if (error instanceof Problem) return error.code;
      throw error;
    },
  );

const tally = (outcomes: string[]) =>
  Object.fromEntries([...new Set(outcomes)].map((kind) => [kind, outcomes.filter((o) => o === kind).length]));

beforeAll(async () => {
  app = await startApp();
  db = app.get(Db);
  ledger = app.get(Ledger);
});
afterAll(() => app.close());

beforeEach(async () => {
  await emptyDatabase();
  [issued, member, space] = [newId(), newId(), newId()];
  await db.tx(PUBLIC_SCOPE, async (tx) => {
    await ledger.open(tx, issued, 'issued', 'HALF_DAY', 'none');
    await ledger.open(tx, member, 'member', 'HALF_DAY', 'no_overdraft');
    await ledger.open(tx, space, 'space', 'HALF_DAY', 'no_overdraft');
    await ledger.transfer(tx, order(issued, member, 10));
  });
});

afterEach(async () => {
  expect(await db.read(PUBLIC_SCOPE, (on) => ledger.wrongBalances(on))).toEqual([]);
});

it('never holds more than the account has', async () => {
  const holds = Array.from({ length: 15 }, () => hold(order(member, space, 1)));
  expect(tally(await Promise.all(holds.map(outcome)))).toEqual({ ok: 10, 'ledger.insufficient': 5 });
  expect((await account(member)).available).toBe(0n);
});

it('gives every hold exactly one outcome, however many race for it', async () => {
  const ids = Array.from({ length: 10 }, () => newId());
  await Promise.all(ids.map((id) => hold(order(member, space, 1, id))));
  const races = ids.flatMap((id) => [
    db.tx(PUBLIC_SCOPE, (tx) => ledger.post(tx, id)),
    db.tx(PUBLIC_SCOPE, (tx) => ledger.void(tx, id)),
    db.tx(PUBLIC_SCOPE, (tx) => ledger.expire(tx, id)),
  ]);
  expect(tally(await Promise.all(races.map(outcome)))).toEqual({ ok: 10, 'ledger.already_resolved': 20 });

  const { debits, debitsHeld } = await account(member);
  const [posted] = await ownerSql<{ n: number }>(
    `SELECT count(*)::int AS n FROM ledger.transfers WHERE kind = 'post'`,
  );
  expect(debitsHeld).toBe(0n);
  expect(debits).toBe(BigInt(posted!.n));
});

it('moves the amount once when the same id comes twenty times at once', async () => {
  const leg = order(member, space, 1);
  expect(tally(await Promise.all(Array.from({ length: 20 }, () => outcome(transfer(leg)))))).toEqual({
    ok: 20,
  });
  expect((await account(space)).credits).toBe(1n);
});

it('refuses an id that already means something else', async () => {
  const leg = order(member, space, 1);
  await transfer(leg);
  expect(await outcome(transfer({ ...leg, amount: halfDays(2) }))).toBe('ledger.id_reused');
});

it('crosses transfers without a deadlock and without losing a unit', async () => {
  await transfer(order(member, space, 5));
  const crossing = Array.from({ length: 60 }, (_, index) =>
    transfer(index % 2 ? order(member, space, 1) : order(space, member, 1)),
  );
  const outcomes = tally(await Promise.all(crossing.map(outcome)));
  expect((outcomes['ok'] ?? 0) + (outcomes['ledger.insufficient'] ?? 0)).toBe(60);
  expect((await account(member)).available + (await account(space)).available).toBe(10n);
});

it('repeats an outcome harmlessly and answers an unknown hold', async () => {
  const leg = order(member, space, 1);
  await hold(leg);
  const post = () => db.tx(PUBLIC_SCOPE, (tx) => ledger.post(tx, leg.id));
  expect(await outcome(post())).toBe('ok');
  expect(await outcome(post())).toBe('ok');
  expect((await account(space)).credits).toBe(1n);
  expect(await outcome(db.tx(PUBLIC_SCOPE, (tx) => ledger.void(tx, newId())))).toBe('ledger.unknown_hold');
});

it.each(['UPDATE ledger.transfers SET minor = 2', 'DELETE FROM ledger.transfers'])(
  'refuses %s',
  async (statement) => {
    await expect(ownerSql(statement)).rejects.toThrow('append-only');
  },
);
