/**
 * Any sequence of transfers, holds, their ends and reversals, told once or twice or in other words, beside the model:
 * each answer is the model's, and so is every account in the end.
 */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import fc from 'fast-check';
import { newId } from '../../src/kernel/ids.js';
import { amount } from '../../src/kernel/money.js';
import { Problem } from '../../src/kernel/problem.js';
import { Ledger } from '../../src/ledger/index.js';
import { Db } from '../../src/platform/db.js';
import { PUBLIC_SCOPE } from '../../src/platform/scope.js';
import { emptyDatabase, startApp } from '../support/app.js';
import {
  LedgerModel,
  type Command,
  type ModelAccount,
  type Moved,
  type Outcome,
} from '../support/ledger-model.js';

/** A few in the suite; LEDGER_RUNS for more. */
const RUNS = Number(process.env['LEDGER_RUNS'] ?? 15);
const COMMANDS_MAX = 60;
const ACCOUNTS = 4;
const MINOR_MAX = 400n;

type Model = { readonly ledger: LedgerModel; readonly accounts: readonly string[]; readonly told: Command[] };
type Real = { readonly ids: Map<string, string> };

let app: NestFastifyApplication;
let db: Db;
let ledger: Ledger;
const seen = new Map<string, number>();

beforeAll(async () => {
  app = await startApp();
  await emptyDatabase();
  [db, ledger] = [app.get(Db), app.get(Ledger)];
});
afterAll(() => app.close());

/** Made of numbers when it is its turn, because what it can name depends on what was told before. */
class Tell implements fc.AsyncCommand<Model, Real> {
  constructor(
    readonly make: (model: Model) => Command | null,
    readonly name: string,
  ) {}

  check(model: Readonly<Model>): boolean {
    return this.make(model) !== null;
  }

  async run(model: Model): Promise<void> {
    const command = this.make(model)!;
    const expected = model.ledger.apply(command);
    const answer = await carryOut(command);
    compare(command, answer, expected);
    model.told.push(command);
    const key = `${this.name} ${answer}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }

  toString(): string {
    return this.name;
  }
}

function compare(command: Command, answer: string, expected: string): void {
  expect({ command, answer }).toEqual({ command, answer: expected });
}

async function carryOut(command: Command): Promise<string> {
  try {
    await db.tx(PUBLIC_SCOPE, (tx) => {
      if (command.kind === 'reverse') return ledger.reverse(tx, command.holdId, 'model');
      if (command.kind !== 'transfer' && command.kind !== 'hold')
        return ledger[command.kind](tx, command.holdId);
      const { id, debit, credit, minor, kind } = command;
      return ledger[kind](tx, { id, debit, credit, amount: amount('EUR', minor), reason: 'model' });
    });
    return 'ok';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

const money = fc.bigInt({ min: 1n, max: MINOR_MAX });
const two = fc.tuple(fc.nat(ACCOUNTS - 1), fc.nat(ACCOUNTS - 1)).filter(([a, b]) => a !== b);
const command = (name: string, make: (model: Model) => Command | null): fc.AsyncCommand<Model, Real> =>
  new Tell(make, name);

const moves = (kind: 'transfer' | 'hold') =>
  fc.tuple(two, money, fc.constant(null)).map(([[from, to], minor]) => {
    const id = newId();
    return command(kind, ({ accounts }) => ({
      kind,
      id,
      debit: accounts[from]!,
      credit: accounts[to]!,
      minor,
    }));
  });
const pick = fc.nat(1_000);
const ends = (kind: Outcome | 'reverse') =>
  pick.map((at) =>
    command(kind, ({ ledger: model }) => {
      const holds = model.holds();
      return { kind, holdId: at % 10 === 0 ? newIdOf(at) : (holds[at % holds.length] ?? newIdOf(at)) };
    }),
  );
/** Nothing of that id was ever told. */
const newIdOf = (at: number) => `00000000-0000-7000-8000-${at.toString().padStart(12, '0')}`;
const again = pick.map((at) => command('again', ({ told }) => told[at % told.length] ?? null));
const otherwise = fc.tuple(pick, money).map(([at, more]) =>
  command('otherwise', ({ told }) => {
    const moved = told.filter((one): one is Moved => one.kind === 'transfer' || one.kind === 'hold');
    const known = moved[at % moved.length];
    return known ? { ...known, minor: known.minor + more } : null;
  }),
);

async function openAccounts(): Promise<Model> {
  const accounts = Array.from({ length: ACCOUNTS }, () => newId());
  const empty = { debits: 0n, credits: 0n, debitsHeld: 0n, creditsHeld: 0n };
  const known = new Map<string, ModelAccount>();
  await db.tx(PUBLIC_SCOPE, async (tx) => {
    for (const [index, id] of accounts.entries()) {
      const floor = index === 0 ? 'none' : 'no_overdraft';
      await ledger.open(tx, id, 'model', 'EUR', floor);
      known.set(id, { floor, ...empty });
    }
  });
  const model = new LedgerModel(known);
  const sides = { debit: accounts[0]!, credit: accounts[1]! };
  const opening = { kind: 'transfer', id: newId(), ...sides, minor: 1_000n } as const;
  expect(await carryOut(opening)).toBe(model.apply(opening));
  return { ledger: model, accounts, told: [] };
}

it('answers any sequence as the model does, and every account is the model’s', async () => {
  const kinds = [
    moves('transfer'),
    moves('hold'),
    moves('hold'),
    ends('post'),
    ends('void'),
    ends('expire'),
    ends('reverse'),
    again,
    otherwise,
  ];
  await fc.assert(
    fc.asyncProperty(fc.commands(kinds, { maxCommands: COMMANDS_MAX, size: 'max' }), async (told) => {
      const model = await openAccounts();
      await fc.asyncModelRun(() => ({ model, real: { ids: new Map() } }), told);
      for (const [id, { floor: _floor, ...expected }] of model.ledger.accounts) {
        const found = await db.read(PUBLIC_SCOPE, (on) => ledger.account(on, id));
        const { debits, credits, debitsHeld, creditsHeld } = found;
        expect({ debits, credits, debitsHeld, creditsHeld }).toEqual(expected);
      }
    }),
    { numRuns: RUNS, seed: 7, endOnFailure: true },
  );
  expect(await db.read(PUBLIC_SCOPE, (on) => ledger.wrongBalances(on))).toEqual([]);
  const needed = [
    'transfer ok',
    'transfer ledger.insufficient',
    'hold ok',
    'hold ledger.insufficient',
    'post ok',
    'post ledger.already_resolved',
    'post ledger.unknown_hold',
    'void ok',
    'expire ok',
    'reverse ok',
    'reverse ledger.unknown_hold',
    'again ok',
    'otherwise ledger.id_reused',
  ];
  expect(needed.filter((one) => !seen.has(one))).toEqual([]); // or the run was too weak to tell anything
}, 120_000);
