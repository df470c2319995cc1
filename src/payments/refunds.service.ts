import { Injectable } from '@nestjs/common';
import { demand, demandPerson, type Actor } from '../identity/index.js';
import type { Amount, Unit } from '../kernel/money.js';
import { instantFromDate } from '../kernel/time.js';
import { amountToWire } from '../kernel/wire.js';
import { Issuing } from '../passes/index.js';
import { sql, violates, type Reader, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks } from '../platform/scope.js';
import { Desk } from './desk.js';
import { Asking } from './asking.service.js';
import { lockPayment, type Payment, type Purchase } from './payment.queries.js';
import { PurchaseProblems, RefundProblems } from './payment.problems.js';
import { mayWithdraw, nextAsk, usedOf } from './payment.rules.js';
import type { PutRefund, RefundView } from './payment.schema.js';
import { RefundDue } from './payments.events.js';
import { notFound, Purchases } from './purchases.service.js';

type Moment = Parameters<typeof instantFromDate>[0];
export type Refund = {
  readonly id: string;
  readonly paymentId: string;
  readonly purchaseId: string;
  readonly networkId: string;
  readonly personId: string;
  readonly amountMinor: string;
  readonly unit: Unit;
  readonly kind: RefundView['kind'];
  readonly reason: string;
  readonly state: RefundView['state'];
  readonly providerRef: string | null;
  readonly intentRef: string | null;
  readonly asks: number;
  readonly requestHash: string;
  readonly createdAt: Moment;
};
type NewRefund = Pick<Refund, 'id' | 'kind' | 'reason'> & {
  readonly amount: Amount;
  readonly askedBy: string;
  readonly hash: string;
};

/** Money that goes back: never more than was paid and not used, and never twice; the row of the payment guards it. */
@Injectable()
export class Refunds {
  constructor(
    private readonly desk: Desk,
    private readonly issuing: Issuing,
    private readonly purchases: Purchases,
    private readonly asking: Asking,
  ) {}

  /** By whoever keeps the network's money. */
  async put(actor: Actor, id: string, body: PutRefund): Promise<RefundView> {
    const { purchase } = await this.purchases.seen(actor, body.purchaseId);
    demand(actor, 'payments:write', { networkId: purchase.networkId });
    await this.asking.purchase(purchase.id);
    const { payments } = await this.purchases.seen(actor, purchase.id);
    const payment = paidOne(payments);
    const hash = requestHash(body);
    return this.desk.db.tx(withNetworks(actor.scope, purchase.networkId), async (tx) => {
      const known = await findRefund(tx, id);
      if (known && known.requestHash !== hash)
        throw RequestProblems.idReused('A refund stays what it is: make another one.');
      if (!known) {
        const usedMinor = await this.usedOf(tx, purchase, payment);
        const { amount, reason } = body;
        await this.reserve(
          tx,
          payment,
          { id, kind: 'GOODWILL', amount, reason, askedBy: actor.name, hash },
          usedMinor,
        );
      }
      return refundView((await findRefund(tx, id))!);
    });
  }

  /** The buyer's right within fourteen days: all of what was paid, less what was used. The pass is given back. */
  async withdraw(actor: Actor, purchaseId: string): Promise<RefundView> {
    const personId = demandPerson(actor);
    await this.asking.purchase(purchaseId);
    const { purchase, payments } = await this.purchases.seen(actor, purchaseId);
    if (purchase.personId !== personId) throw notFound(purchaseId);
    const id = derivedId(purchaseId, 'withdrawal');
    return this.desk.db.tx(withNetworks(actor.scope, purchase.networkId), async (tx) => {
      const known = await findRefund(tx, id);
      if (known) return refundView(known);
      const payment = paidOne(payments);
      if (purchase.kind === 'VISIT' || !mayWithdraw(payment.succeededAt!, this.desk.clock.now()))
        throw PurchaseProblems.withdrawalOver(
          'Fourteen days are over. Ask the network whether it gives money back.',
        );
      await lockPayment(tx, payment.id);
      const usedMinor = await this.closePass(tx, purchase, payment, actor.name);
      const left = payment.amount.minor - payment.refundedMinor - usedMinor;
      if (left <= 0n) throw RefundProblems.nothingPaid('All of it was used.');
      const amount = { unit: payment.amount.unit, minor: left };
      const order = {
        id,
        kind: 'WITHDRAWAL',
        amount,
        reason: 'withdrawal',
        askedBy: actor.name,
        hash: '',
      } as const;
      await this.reserve(tx, payment, order, usedMinor);
      await sql(
        tx,
        `UPDATE payments.purchases SET state = 'REFUNDED', state_at = $2 WHERE id = $1 AND state = 'PAID'`,
        [purchaseId, this.desk.clock.now().toString()],
      );
      return refundView((await findRefund(tx, id))!);
    });
  }

  /** The same row again says the same; more than is left breaks the check on the payment, and nothing was written. */
  private async reserve(tx: Tx, payment: Payment, refund: NewRefund, usedMinor: bigint): Promise<void> {
    if (refund.amount.unit !== payment.amount.unit) throw aboveWhatIsLeft(payment, usedMinor);
    const now = this.desk.clock.now();
    try {
      await sql(
        tx,
        `UPDATE payments.payments SET refunded_minor = refunded_minor + $2, used_minor = $3
         WHERE id = $1 AND state = 'SUCCEEDED'`,
        [payment.id, refund.amount.minor, usedMinor],
      );
    } catch (error) {
      if (!violates(error, 'refunds_within_payment')) throw error;
      throw aboveWhatIsLeft(payment, usedMinor);
    }
    await sql(
      tx,
      `INSERT INTO payments.refunds (id, payment_id, network_id, person_id, amount_minor, unit, kind, reason, asked_by,
         state, state_at, ask_at, request_hash, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'PENDING', $10, $11, $12, $10)`,
      [
        refund.id,
        payment.id,
        payment.networkId,
        payment.personId,
        refund.amount.minor,
        refund.amount.unit,
        refund.kind,
        refund.reason,
        refund.askedBy,
        now.toString(),
        nextAsk('UNKNOWN', 0, now)!.toString(),
        refund.hash,
      ],
    );
    const cause = { actor: refund.askedBy, networkIds: [payment.networkId] };
    await this.desk.outbox.add(tx, RefundDue, { refundId: refund.id }, cause);
  }

  private async usedOf(tx: Tx, purchase: Purchase, payment: Payment): Promise<bigint> {
    if (purchase.kind === 'VISIT' || !purchase.passId) return 0n;
    const { used, of } = await this.issuing.usage(tx, purchase.passId);
    return usedOf(payment.amount, { used, of }).minor;
  }

  private async closePass(tx: Tx, purchase: Purchase, payment: Payment, actor: string): Promise<bigint> {
    if (!purchase.passId) return 0n;
    const { used, held, of } = await this.issuing.usage(tx, purchase.passId);
    if (held > 0)
      throw PurchaseProblems.bookingsOpen(
        'Cancel the bookings that take days from this pass, then try again.',
      );
    await this.issuing.giveBack(tx, purchase.passId, actor);
    return usedOf(payment.amount, { used, of }).minor;
  }
}

const SELECT = `SELECT refund.id, payment_id AS "paymentId", payment.purchase_id AS "purchaseId",
    refund.network_id AS "networkId", refund.person_id AS "personId", refund.amount_minor AS "amountMinor",
    refund.unit, kind, reason, refund.state, provider_ref AS "providerRef", payment.intent_ref AS "intentRef",
    refund.asks, request_hash AS "requestHash", refund.created_at AS "createdAt"
  FROM payments.refunds refund JOIN payments.payments payment ON payment.id = refund.payment_id`;

export async function refundsWhere(on: Reader, condition: string, values: unknown[]): Promise<Refund[]> {
  return sql<Refund>(on, `${SELECT} WHERE ${condition}`, values);
}

export async function findRefund(on: Reader, id: string): Promise<Refund | null> {
  return (await refundsWhere(on, 'refund.id = $1', [id]))[0] ?? null;
}

function paidOne(payments: readonly Payment[]): Payment {
  const paid = payments.findLast(({ state, amount }) => state === 'SUCCEEDED' && amount.minor > 0n);
  if (!paid) throw RefundProblems.nothingPaid('Nothing was paid for it.');
  return paid;
}

function aboveWhatIsLeft({ amount, refundedMinor }: Payment, usedMinor: bigint) {
  const left = amountToWire({ unit: amount.unit, minor: amount.minor - refundedMinor - usedMinor });
  return RefundProblems.aboveWhatIsLeft(
    'Give back at most what was paid, not used, and not given back yet.',
    { left },
  );
}

function refundView({
  id,
  purchaseId,
  kind,
  state,
  amountMinor,
  unit,
  reason,
  createdAt,
}: Refund): RefundView {
  const amount = amountToWire({ unit, minor: BigInt(amountMinor) });
  return { id, purchaseId, kind, state, amount, reason, createdAt: instantFromDate(createdAt).toString() };
}
