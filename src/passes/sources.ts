import { Injectable } from '@nestjs/common';
import { amount } from '../kernel/money.js';
import { Problem } from '../kernel/problem.js';
import type { PlainDate } from '../kernel/time.js';
import { Ledger } from '../ledger/index.js';
import { sql, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import type { GuestPass } from './guest.queries.js';
import { PassProblems } from './pass.problems.js';
import { balances, passAccounts, periodAccount, sourceAccount, type Pass } from './pass.queries.js';

type Taking = {
  readonly transferId: string;
  readonly visit: { readonly day: PlainDate; readonly spaceId: string };
  readonly to: string;
  readonly halfDays: number;
  readonly reason: string;
  readonly how: 'hold' | 'transfer';
};

/** Where the half-days of passes are: opened and filled at issue, taken for visits and for guests. */
@Injectable()
export class Sources {
  constructor(private readonly ledger: Ledger) {}

  /** Every period has its own account, filled at once, so that a booking ahead takes from its own period. */
  async grant(tx: Tx, pass: Pass): Promise<void> {
    const { sold, used } = passAccounts(pass.id);
    await this.ledger.open(tx, sold, 'pass_sold', 'HALF_DAY', 'none');
    await this.ledger.open(tx, used, 'pass_used', 'HALF_DAY', 'no_overdraft');
    if (pass.kind === 'UNLIMITED') return;
    for (let index = 0; index < (pass.kind === 'PERIOD' ? pass.periods : 1); index += 1) {
      const account = periodAccount(pass, index);
      await this.fill(tx, pass, { account, halfDays: pass.halfDays, reason: 'pass issued' });
    }
  }

  async take(tx: Tx, pass: Pass, { transferId, visit, to, halfDays, reason, how }: Taking): Promise<void> {
    const debit = sourceAccount(pass, visit);
    if (pass.kind === 'UNLIMITED') {
      await this.fill(tx, pass, { account: debit, halfDays: pass.hostCapHalfDays!, reason: 'host cap' });
    }
    const order = { id: transferId, debit, credit: to, amount: amount('HALF_DAY', halfDays), reason };
    try {
      await this.ledger[how](tx, order);
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'ledger.insufficient')) throw error;
      throw pass.kind === 'UNLIMITED' ? hostCapReached() : exhausted();
    }
  }

  /** For a guest, on accounts of their own. */
  async setAside(tx: Tx, pass: Pass, { id, spaceId, day, halfDays }: GuestPass): Promise<void> {
    const { available, used } = passAccounts(id);
    await this.ledger.open(tx, available, 'pass_available', 'HALF_DAY', 'no_overdraft');
    await this.ledger.open(tx, used, 'pass_used', 'HALF_DAY', 'no_overdraft');
    await this.take(tx, pass, {
      transferId: id,
      visit: { day, spaceId },
      to: available,
      halfDays,
      reason: `guest ${id}`,
      how: 'transfer',
    });
  }

  /** What a guest left goes back to the pass. If that is over, it lapses with the next sweep. */
  async returnGuests(tx: Tx, pass: Pass, { id, day, spaceId }: GuestPass): Promise<void> {
    const to = sourceAccount(pass, { day, spaceId });
    await this.empty(tx, [passAccounts(id).available], { to, reason: 'guest returned' });
    await sql(tx, 'UPDATE passes.passes SET settled_at = NULL WHERE id = $1', [pass.id]);
  }

  /** Moves what is left of the accounts; returns how much that was. */
  async empty(
    tx: Tx,
    accounts: readonly string[],
    { to, reason }: { to: string; reason: string },
  ): Promise<number> {
    const known = await balances(tx, accounts);
    let total = 0;
    for (const from of accounts) {
      const halfDays = known.get(from)?.left ?? 0;
      await this.move(tx, { from, to, halfDays, reason });
      total += halfDays;
    }
    return total;
  }

  /** By adding. What the account gave before makes the id, so that a rest that comes back later moves once, too. */
  async move(
    tx: Tx,
    { from, to, halfDays, reason }: { from: string; to: string; halfDays: number; reason: string },
  ): Promise<void> {
    if (halfDays === 0) return;
    const given = (await balances(tx, [from])).get(from)?.debits ?? 0;
    await this.ledger.open(tx, to, 'pass_lapsed', 'HALF_DAY', 'no_overdraft');
    await this.ledger.transfer(tx, {
      id: derivedId(from, `${reason} after ${given}`),
      debit: from,
      credit: to,
      amount: amount('HALF_DAY', halfDays),
      reason,
    });
  }

  /** Does nothing the second time. A member's account is filled from what the team's pass was sold for. */
  private async fill(
    tx: Tx,
    pass: Pass,
    { account, halfDays, reason }: { account: string; halfDays: number; reason: string },
  ): Promise<void> {
    await this.ledger.open(tx, account, 'pass_available', 'HALF_DAY', 'no_overdraft');
    await this.ledger.transfer(tx, {
      id: derivedId(account, 'grant'),
      debit: passAccounts(pass.drawnFrom ?? pass.id).sold,
      credit: account,
      amount: amount('HALF_DAY', halfDays),
      reason,
    });
  }
}

/** The first day booked starts a pass that waits for it, and says when it ends. */
export async function startOn(tx: Tx, pass: Pass, day: PlainDate): Promise<void> {
  if (pass.starts !== 'FIRST_USE' || pass.startedOn) return;
  const last = day.add({ days: pass.validDays - 1 });
  await sql(tx, 'UPDATE passes.passes SET started_on = $2, valid_until = $3 WHERE id = $1', [
    pass.id,
    day.toString(),
    last.toString(),
  ]);
}

/** A team's own pass opens no door: its members have one each. */
export function isTeamsOwn({ sharing, drawnFrom }: Pick<Pass, 'sharing' | 'drawnFrom'>): boolean {
  return sharing === 'TEAM' && drawnFrom === null;
}

/** Nothing left and nothing held. A new period, or another host, would give more. */
export function isUsedUp({ kind, drawnFrom, leftOfPeriods, heldHalfDays }: Pass): boolean {
  return kind === 'DAYS' && drawnFrom === null && heldHalfDays === 0 && leftOfPeriods[0] === 0;
}

export function exhausted() {
  return PassProblems.exhausted('Not enough half-days are left on the pass: choose another one.');
}

export function memberLimit() {
  return PassProblems.memberLimit("Your share of the team's days is used up. Ask whoever manages the team.");
}

function hostCapReached() {
  return PassProblems.hostCapReached(
    'The pass allows no more half-days at this space in this period. Choose another space, or pay for the visit.',
  );
}
