import { Injectable } from '@nestjs/common';
import { amount, type Unit } from '../kernel/money.js';
import { Ledger, type TransferOrder } from '../ledger/index.js';
import { sql, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { inBulk, partyMoves } from './closing.queries.js';
import { WindowChanged } from './settlement.events.js';
import type { PaymentView } from './window.schema.js';

type Payment = Pick<PaymentView, 'id' | 'windowId' | 'from' | 'to' | 'amount'> & {
  readonly networkId: string;
};
type WindowKey = { readonly id: string; readonly networkId: string };

/**
 * A party's account with a clearing network: what it is owed less what it owes, until payments bring it to zero. A
 * closing moves all of them against one clearing account per unit, which is even again afterwards.
 */
@Injectable()
export class PartyAccounts {
  constructor(
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
  ) {}

  async postWindow(tx: Tx, window: WindowKey): Promise<void> {
    await this.post(tx, window, { reason: 'settlement.claim', isReversed: false });
  }

  /** The same moves, the other way. */
  async reverseWindow(tx: Tx, window: WindowKey): Promise<void> {
    await this.post(tx, window, { reason: 'settlement.aborted', isReversed: true });
  }

  /** What was claimed is paid: the accounts of both parties come back towards zero. */
  async pay(tx: Tx, payment: Payment): Promise<void> {
    const { id, networkId, from, to, amount: paid } = payment;
    await this.ledger.transfer(tx, {
      id: derivedId(id, 'execution'),
      debit: await this.account(tx, networkId, to.id, paid.unit),
      credit: await this.account(tx, networkId, from.id, paid.unit),
      amount: amount(paid.unit, paid.minor),
      reason: 'settlement.payment',
      groupId: id,
    });
    await this.announce(tx, payment);
  }

  /** What a dispute keeps waiting is not owed meanwhile; it is again, by a charge, in the window after its end. */
  async suspend(tx: Tx, disputeId: string): Promise<void> {
    const [waiting] = await suspended(tx, 'dispute_id', disputeId);
    if (!waiting) return;
    await this.moveWaiting(tx, waiting, 'settlement.suspense');
    await this.announce(tx, waiting);
  }

  /** An aborted window owes nothing, and nothing of it waits. */
  async release(tx: Tx, window: WindowKey): Promise<void> {
    for (const waiting of await suspended(tx, 'window_id', window.id))
      await this.moveWaiting(tx, waiting, 'settlement.released');
  }

  private async announce(
    tx: Tx,
    { windowId, networkId }: { readonly windowId: string; readonly networkId: string },
  ): Promise<void> {
    await this.outbox.add(tx, WindowChanged, { windowId }, { actor: 'system', networkIds: [networkId] });
  }

  private async moveWaiting(
    tx: Tx,
    waiting: Waiting,
    reason: 'settlement.suspense' | 'settlement.released',
  ): Promise<void> {
    const { disputeId, windowId, networkId, unit, minor } = waiting;
    if (minor === '0') return;
    const creditor = await this.account(tx, networkId, waiting.creditorPartyId, unit);
    const debtor = await this.account(tx, networkId, waiting.debtorPartyId, unit);
    const isBegin = reason === 'settlement.suspense';
    await this.ledger.transfer(tx, {
      id: derivedId(disputeId, reason),
      debit: isBegin ? creditor : debtor,
      credit: isBegin ? debtor : creditor,
      amount: amount(unit, BigInt(minor)),
      reason,
      groupId: windowId,
    });
  }

  private async account(tx: Tx, networkId: string, partyId: string, unit: Unit): Promise<string> {
    const id = accountId(networkId, partyId, unit);
    await this.ledger.open(tx, id, 'party', unit, 'none');
    return id;
  }

  private async post(
    tx: Tx,
    { id, networkId }: WindowKey,
    { reason, isReversed }: { readonly reason: string; readonly isReversed: boolean },
  ): Promise<void> {
    const moves = await inBulk(tx, () => partyMoves(tx, id));
    const units = [...new Set(moves.map(({ unit }) => unit))];
    await this.ledger.openAll(tx, [
      ...units.map((unit) => ({ id: clearingId(networkId, unit), kind: 'clearing', unit })),
      ...moves.map(({ partyId, unit }) => ({ id: accountId(networkId, partyId, unit), kind: 'party', unit })),
    ]);
    const orders = moves.flatMap(({ partyId, unit, debit, credit }) => {
      const [party, clearing] = [accountId(networkId, partyId, unit), clearingId(networkId, unit)];
      const order = (side: 'debit' | 'credit', minor: string): TransferOrder => {
        const takesFromParty = (side === 'debit') !== isReversed;
        return {
          id: derivedId(id, `${reason}/${side}/${partyId}/${unit}`),
          debit: takesFromParty ? party : clearing,
          credit: takesFromParty ? clearing : party,
          amount: amount(unit, BigInt(minor)),
          reason,
          groupId: id,
        };
      };
      return [order('debit', debit), order('credit', credit)];
    });
    await this.ledger.transferAll(
      tx,
      orders.filter((order) => order.amount.minor > 0n),
    );
  }
}

type Waiting = {
  readonly disputeId: string;
  readonly windowId: string;
  readonly networkId: string;
  readonly debtorPartyId: string;
  readonly creditorPartyId: string;
  readonly unit: Unit;
  readonly minor: string;
};

function suspended(tx: Tx, column: 'dispute_id' | 'window_id', id: string): Promise<Waiting[]> {
  return sql<Waiting>(
    tx,
    `SELECT dispute_id AS "disputeId", window_id AS "windowId", network_id AS "networkId",
       debtor_party_id AS "debtorPartyId", creditor_party_id AS "creditorPartyId", unit, minor::text AS minor
     FROM settlement.pub_suspensions WHERE ${column} = $1`,
    [id],
  );
}

export function accountId(networkId: string, partyId: string, unit: Unit): string {
  return derivedId(networkId, `party/${partyId}/${unit}`);
}

function clearingId(networkId: string, unit: Unit): string {
  return derivedId(networkId, `clearing/${unit}`);
}
