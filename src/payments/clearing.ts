import { Injectable } from '@nestjs/common';
import type { Amount, Unit } from '../kernel/money.js';
import { Ledger } from '../ledger/index.js';
import type { Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';

/**
 * What the provider holds for a network passes through one account, `provider_clearing`: in when the provider says
 * that a payment is good, out when its own books show the money. It is zero when both say the same.
 */
const KINDS = {
  clearing: 'provider_clearing',
  balance: 'provider_balance',
  fees: 'provider_fees',
  sales: 'pass_sales',
  disputed: 'provider_disputed',
} as const;
type Name = keyof typeof KINDS;

type Posting = {
  /** What is posted, once for each role. */
  readonly ofId: string;
  readonly role: string;
  readonly networkId: string;
  readonly amount: Amount;
  readonly from: Name;
  readonly to: Name;
};

@Injectable()
export class Clearing {
  constructor(private readonly ledger: Ledger) {}

  paid(tx: Tx, { id, networkId, amount }: { id: string; networkId: string; amount: Amount }): Promise<void> {
    return this.post(tx, { ofId: id, role: 'paid', networkId, amount, from: 'clearing', to: 'sales' });
  }

  refunded(
    tx: Tx,
    { id, networkId, amount }: { id: string; networkId: string; amount: Amount },
  ): Promise<void> {
    return this.post(tx, { ofId: id, role: 'refunded', networkId, amount, from: 'sales', to: 'clearing' });
  }

  /** Taken back by the bank, and given back or lost. */
  async disputed(
    tx: Tx,
    {
      id,
      networkId,
      amount,
      state,
    }: { id: string; networkId: string; amount: Amount; state: 'OPEN' | 'WON' | 'LOST' },
  ): Promise<void> {
    const shared = { ofId: id, networkId, amount };
    await this.post(tx, { ...shared, role: 'taken', from: 'disputed', to: 'clearing' });
    if (state === 'WON') await this.post(tx, { ...shared, role: 'won', from: 'clearing', to: 'disputed' });
    if (state === 'LOST') await this.post(tx, { ...shared, role: 'lost', from: 'sales', to: 'disputed' });
  }

  /** An entry of the provider's own books: what came or went, and what it kept. */
  async entry(
    tx: Tx,
    { id, networkId, amount, fee }: { id: string; networkId: string; amount: Amount; fee: Amount },
  ): Promise<void> {
    const { unit, minor } = amount;
    const shared = { ofId: id, networkId };
    if (minor < 0n) {
      const out = { unit, minor: -minor };
      await this.post(tx, { ...shared, role: 'entry', amount: out, from: 'clearing', to: 'balance' });
    } else {
      const net = { unit, minor: minor - fee.minor };
      await this.post(tx, { ...shared, role: 'entry', amount: net, from: 'balance', to: 'clearing' });
    }
    await this.post(tx, {
      ...shared,
      role: 'fee',
      amount: fee,
      from: 'fees',
      to: minor < 0n ? 'balance' : 'clearing',
    });
  }

  private async post(tx: Tx, { ofId, role, networkId, amount, from, to }: Posting): Promise<void> {
    if (amount.minor === 0n) return;
    const debit = await this.account(tx, from, networkId, amount.unit);
    const credit = await this.account(tx, to, networkId, amount.unit);
    const order = { id: derivedId(ofId, `money ${role}`), debit, credit, amount, reason: `provider ${role}` };
    await this.ledger.transfer(tx, { ...order, groupId: ofId });
  }

  private async account(tx: Tx, name: Name, networkId: string, unit: Unit): Promise<string> {
    const id = derivedId(networkId, `${KINDS[name]}:${unit}`);
    await this.ledger.open(tx, id, KINDS[name], unit, 'none');
    return id;
  }
}
