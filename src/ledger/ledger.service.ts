import { Injectable } from '@nestjs/common';
import { invariant } from '../kernel/problem.js';
import type { Amount, Unit } from '../kernel/money.js';
import { Clock } from '../platform/clock.js';
import { sql, violates, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Account, type Floor } from './account.entity.js';
import { LedgerProblems } from './ledger.problems.js';
import { Transfer, type Outcome, type TransferKind } from './transfer.entity.js';

/** Moves `amount` out of `debit` and into `credit`. Several legs of one event share a `groupId`. */
export type TransferOrder = {
  readonly id: string;
  readonly debit: string;
  readonly credit: string;
  readonly amount: Amount;
  readonly reason: string;
  readonly groupId?: string;
  readonly correctsId?: string;
};

/** What each kind of transfer does to the two accounts: +1 adds the amount, -1 takes it away. */
const EFFECTS: Record<TransferKind, { readonly posted: bigint; readonly held: bigint }> = {
  direct: { posted: 1n, held: 0n },
  hold: { posted: 0n, held: 1n },
  post: { posted: 1n, held: -1n },
  void: { posted: 0n, held: -1n },
  expire: { posted: 0n, held: -1n },
};

/**
 * Double entry, two phases. Every method takes the caller's transaction, and every method may be
 * repeated with the same id: the second call finds the first one's row and changes nothing.
 */
@Injectable()
export class Ledger {
  constructor(private readonly clock: Clock) {}

  async open(tx: Tx, id: string, kind: string, unit: Unit, floor: Floor): Promise<void> {
    await sql(
      tx,
      `INSERT INTO ledger.accounts (id, kind, unit, floor, created_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING`,
      [id, kind, unit, floor, this.clock.now().toString()],
    );
  }

  account(on: Reader, id: string): Promise<Account> {
    return on.findOneByOrFail(Account, { id });
  }

  /** Credits less debits of each account that exists. */
  async balances(on: Reader, ids: readonly string[]): Promise<Map<string, bigint>> {
    const rows = await sql<{ id: string; minor: string }>(
      on,
      'SELECT id, (credits - debits)::text AS minor FROM ledger.accounts WHERE id = ANY ($1)',
      [ids],
    );
    return new Map(rows.map(({ id, minor }) => [id, BigInt(minor)]));
  }

  /** At once, for what needs no second phase. */
  async transfer(tx: Tx, order: TransferOrder): Promise<void> {
    await this.write(tx, 'direct', order);
  }

  /** Many at once, in statements of their own size: none of them may be there already with another meaning. */
  async transferAll(tx: Tx, orders: readonly TransferOrder[]): Promise<void> {
    if (orders.length === 0) return;
    const given = JSON.stringify(
      orders.map((order) => ({
        id: order.id,
        group_id: order.groupId ?? order.id,
        debit: order.debit,
        credit: order.credit,
        unit: order.amount.unit,
        minor: order.amount.minor.toString(),
        reason: order.reason,
      })),
    );
    const moved = await moveAll(tx, given, this.clock.now().toString());
    if (moved === orders.length) return;
    const [same] = await sql<{ n: number }>(tx, SAME_TRANSFERS, [given]);
    if (same!.n !== orders.length)
      throw LedgerProblems.idReused('Some of these transfers already mean something else.');
  }

  async openAll(
    tx: Tx,
    accounts: readonly { readonly id: string; readonly kind: string; readonly unit: Unit }[],
  ): Promise<void> {
    await sql(
      tx,
      `INSERT INTO ledger.accounts (id, kind, unit, floor, created_at)
       SELECT id, kind, unit, 'none', $2 FROM jsonb_to_recordset($1::jsonb) AS given (id uuid, kind text, unit text)
       ORDER BY id ON CONFLICT (id) DO NOTHING`,
      [JSON.stringify(accounts), this.clock.now().toString()],
    );
  }

  /** Sets the amount aside, until exactly one of post, void or expire. */
  async hold(tx: Tx, order: TransferOrder): Promise<void> {
    await this.write(tx, 'hold', order);
  }

  post(tx: Tx, holdId: string): Promise<void> {
    return this.resolve(tx, holdId, 'post');
  }

  void(tx: Tx, holdId: string): Promise<void> {
    return this.resolve(tx, holdId, 'void');
  }

  expire(tx: Tx, holdId: string): Promise<void> {
    return this.resolve(tx, holdId, 'expire');
  }

  /** What a hold posted goes back where it came from, by a transfer of its own that names what it corrects. */
  async reverse(tx: Tx, holdId: string, reason: string): Promise<void> {
    const posted = await tx.findOneBy(Transfer, { holdId, kind: 'post' });
    if (!posted) throw LedgerProblems.unknownHold(`The hold ${holdId} was not posted.`);
    await this.transfer(tx, {
      id: derivedId(posted.id, 'reversal'),
      debit: posted.creditAccountId,
      credit: posted.debitAccountId,
      amount: { unit: posted.unit, minor: posted.minor },
      groupId: posted.groupId,
      correctsId: posted.id,
      reason,
    });
  }

  /**
   * The accounts whose balances are not what their transfers add up to. Always empty; run nightly and
   * after every scenario test, because a ledger that checks itself is worth more than one that is trusted.
   */
  wrongBalances(on: Reader): Promise<{ id: string }[]> {
    return sql(
      on,
      `WITH moves AS (
         SELECT debit_account_id AS id, 'debit' AS side, kind, hold_id, minor FROM ledger.transfers
         UNION ALL
         SELECT credit_account_id, 'credit', kind, hold_id, minor FROM ledger.transfers),
       sums AS (
         SELECT id,
           coalesce(sum(minor) FILTER (WHERE side = 'debit' AND kind IN ('direct', 'post')), 0) AS debits,
           coalesce(sum(minor) FILTER (WHERE side = 'credit' AND kind IN ('direct', 'post')), 0) AS credits,
           coalesce(sum(CASE WHEN kind = 'hold' THEN minor ELSE -minor END)
             FILTER (WHERE side = 'debit' AND kind <> 'direct'), 0) AS debits_held,
           coalesce(sum(CASE WHEN kind = 'hold' THEN minor ELSE -minor END)
             FILTER (WHERE side = 'credit' AND kind <> 'direct'), 0) AS credits_held
         FROM moves GROUP BY id)
       SELECT account.id FROM ledger.accounts account LEFT JOIN sums USING (id)
       WHERE (account.debits, account.credits, account.debits_held, account.credits_held)
         IS DISTINCT FROM (coalesce(sums.debits, 0), coalesce(sums.credits, 0),
                           coalesce(sums.debits_held, 0), coalesce(sums.credits_held, 0))`,
    );
  }

  private async write(tx: Tx, kind: 'direct' | 'hold', order: TransferOrder): Promise<void> {
    const row: NewTransfer = {
      id: order.id,
      kind,
      holdId: null,
      correctsId: order.correctsId ?? null,
      groupId: order.groupId ?? order.id,
      debitAccountId: order.debit,
      creditAccountId: order.credit,
      unit: order.amount.unit,
      minor: order.amount.minor,
      reason: order.reason,
    };
    if (await this.insert(tx, row)) return move(tx, row);
    const earlier = await tx.findOneByOrFail(Transfer, { id: order.id });
    if (!sameTransfer(earlier, row))
      throw LedgerProblems.idReused(`Transfer ${order.id} already means something else.`);
  }

  private async resolve(tx: Tx, holdId: string, outcome: Outcome): Promise<void> {
    const hold = await tx.findOneBy(Transfer, { id: holdId, kind: 'hold' });
    if (!hold) throw LedgerProblems.unknownHold(`There is no hold ${holdId}.`);
    const row: NewTransfer = {
      id: derivedId(holdId, 'outcome'),
      kind: outcome,
      holdId,
      correctsId: null,
      groupId: hold.groupId,
      debitAccountId: hold.debitAccountId,
      creditAccountId: hold.creditAccountId,
      unit: hold.unit,
      minor: hold.minor,
      reason: hold.reason,
    };
    if (await this.insert(tx, row)) return move(tx, row);
    const earlier = await tx.findOneByOrFail(Transfer, { holdId });
    if (earlier.kind !== outcome) {
      throw LedgerProblems.alreadyResolved(`Hold ${holdId} ended with ${earlier.kind}.`, {
        outcome: earlier.kind,
      });
    }
  }

  /** False when the row is already there. A concurrent writer of the same id waits here for the first one. */
  private async insert(tx: Tx, row: NewTransfer): Promise<boolean> {
    invariant(row.minor > 0n, 'a transfer moves more than nothing');
    const inserted = await sql(
      tx,
      `INSERT INTO ledger.transfers (id, kind, hold_id, corrects_id, group_id,
         debit_account_id, credit_account_id, unit, minor, reason, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        row.id,
        row.kind,
        row.holdId,
        row.correctsId,
        row.groupId,
        row.debitAccountId,
        row.creditAccountId,
        row.unit,
        row.minor,
        row.reason,
        this.clock.now().toString(),
      ],
    );
    return inserted.length === 1;
  }
}

const GIVEN = `jsonb_to_recordset($1::jsonb)
  AS given (id uuid, group_id uuid, debit uuid, credit uuid, unit text, minor bigint, reason text)`;

const SAME_TRANSFERS = `
  SELECT count(*)::int AS n FROM ${GIVEN} JOIN ledger.transfers known
    ON (known.id, known.kind, known.group_id, known.debit_account_id, known.credit_account_id, known.unit, known.minor)
     = (given.id, 'direct', given.group_id, given.debit, given.credit, given.unit, given.minor)`;

/** Accounts are locked in the order of their ids first, as single transfers lock theirs. Answers how many were new. */
async function moveAll(tx: Tx, given: string, now: string): Promise<number> {
  await sql(
    tx,
    `SELECT account.id FROM ledger.accounts account
     WHERE account.id IN (SELECT debit FROM ${GIVEN} UNION SELECT credit FROM ${GIVEN})
     ORDER BY account.id FOR UPDATE`,
    [given],
  );
  const [moved] = await sql<{ n: number }>(
    tx,
    `WITH added AS (
       INSERT INTO ledger.transfers (id, kind, group_id, debit_account_id, credit_account_id, unit, minor, reason,
         created_at)
       SELECT id, 'direct', group_id, debit, credit, unit, minor, reason, $2 FROM ${GIVEN}
       ON CONFLICT DO NOTHING RETURNING id, debit_account_id, credit_account_id, minor),
     sums AS (
       SELECT id, sum(debits) AS debits, sum(credits) AS credits FROM (
         SELECT debit_account_id AS id, minor AS debits, 0 AS credits FROM added
         UNION ALL SELECT credit_account_id, 0, minor FROM added) AS sides
       GROUP BY id),
     changed AS (
       UPDATE ledger.accounts account SET debits = account.debits + sums.debits, credits = account.credits + sums.credits
       FROM sums WHERE account.id = sums.id)
     SELECT count(*)::int AS n FROM added`,
    [given, now],
  );
  return moved!.n;
}

type NewTransfer = Omit<Transfer, 'createdAt'>;

/** Accounts are updated in the order of their ids, so that two crossing transfers cannot deadlock. */
async function move(tx: Tx, row: NewTransfer): Promise<void> {
  const sides = [
    { id: row.debitAccountId, column: 'debits' },
    { id: row.creditAccountId, column: 'credits' },
  ] as const;
  const effect = EFFECTS[row.kind];
  try {
    for (const { id, column } of sides.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      await sql(
        tx,
        `UPDATE ledger.accounts SET ${column} = ${column} + $2, ${column}_held = ${column}_held + $3 WHERE id = $1`,
        [id, row.minor * effect.posted, row.minor * effect.held],
      );
    }
  } catch (error) {
    if (!violates(error, 'accounts_no_overdraft')) throw error;
    throw LedgerProblems.insufficient('The account does not hold enough for this.');
  }
}

function sameTransfer(a: NewTransfer, b: NewTransfer): boolean {
  const keys = [
    'kind',
    'groupId',
    'correctsId',
    'debitAccountId',
    'creditAccountId',
    'unit',
    'minor',
  ] as const;
  return keys.every((key) => a[key] === b[key]);
}
