import { Injectable } from '@nestjs/common';
import { Billing } from '../billing/index.js';
import { demand, type Actor } from '../identity/index.js';
import { amount } from '../kernel/money.js';
import { invariant } from '../kernel/problem.js';
import { Ledger } from '../ledger/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { namedScope } from '../platform/scope.js';
import { Closing } from './closing.service.js';
import { PaymentProblems } from './window.problems.js';
import { paymentRow, paymentView } from './window.queries.js';
import type { PaymentView } from './window.schema.js';

type ToPay = Omit<PaymentView, 'executedAt'> & { readonly networkId: string };

/** The payments of called windows, as the treasurer sees them made. */
@Injectable()
export class Payments {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
    private readonly billing: Billing,
    private readonly closing: Closing,
  ) {}

  async execute(actor: Actor, id: string): Promise<PaymentView> {
    const payment = await this.db.read(actor.scope, (on) => paymentRow(on, id));
    if (!payment) throw PaymentProblems.notFound('Check the id; your networks have no such payment.');
    const { networkId } = payment;
    demand(actor, 'windows:write', { organisationId: networkId, networkId });
    return this.db.tx(namedScope('clearing'), async (tx) => {
      await this.executeOnce(tx, payment, actor.name);
      return paymentView((await paymentRow(tx, id))!);
    });
  }

  /**
   * Scope \`clearing\`: all of a payment was found at the bank of one of its two parties. It is executed by that,
   * if nobody had said so before; a party's position is reconciled with the last of its payments.
   */
  async reconcile(
    tx: Tx,
    { paymentId, partyId, actor }: { paymentId: string; partyId: string; actor: string },
  ): Promise<void> {
    const payment = await paymentRow(tx, paymentId);
    invariant(payment !== undefined, 'a matched payment exists');
    await this.executeOnce(tx, payment, actor);
    await sql(
      tx,
      `INSERT INTO settlement.reconciliations (payment_id, party_id, window_id, network_id, actor, created_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [paymentId, partyId, payment.windowId, payment.networkId, actor, this.clock.now().toString()],
    );
    await sql(tx, RECONCILE_POSITION, [paymentId, partyId]);
  }

  /** Scope \`clearing\`: it was another payment after all. That it was executed stays what somebody has said. */
  async reopen(tx: Tx, paymentId: string, partyId: string): Promise<void> {
    await sql(tx, 'DELETE FROM settlement.reconciliations WHERE payment_id = $1 AND party_id = $2', [
      paymentId,
      partyId,
    ]);
    await sql(
      tx,
      `UPDATE settlement.positions SET state = CASE WHEN net_minor < 0 THEN 'COLLECTED' ELSE 'PAID_OUT' END
       WHERE state = 'RECONCILED' AND party_id = $2 AND (window_id, unit) IN (
         SELECT window_id, unit FROM settlement.payments WHERE id = $1)`,
      [paymentId, partyId],
    );
  }

  private async executeOnce(tx: Tx, payment: ToPay, actor: string): Promise<void> {
    if (!(await this.addExecution(tx, payment.id, actor))) return;
    if (!(await this.billing.execute(tx, payment.id)))
      throw PaymentProblems.notInstructed('Its instruction is being issued: try again in a moment.');
    await this.clear(tx, payment);
    await advancePositions(tx, payment.id);
  }

  /** False when it is there already. Only a called window has payments that are due. */
  private async addExecution(tx: Tx, id: string, actor: string): Promise<boolean> {
    const [added] = await sql(
      tx,
      `INSERT INTO settlement.executions (payment_id, window_id, network_id, actor, executed_at, created_at)
       SELECT payment.id, payment.window_id, payment.network_id, $2, $3, $3
       FROM settlement.payments payment JOIN settlement.windows w ON w.id = payment.window_id
       WHERE payment.id = $1 AND w.state = 'CALLED' ON CONFLICT DO NOTHING RETURNING payment_id`,
      [id, actor, this.clock.now().toString()],
    );
    if (added) return true;
    const executed = await paymentRow(tx, id);
    if (executed?.executedAt) return false;
    throw PaymentProblems.notCalled('Call the window first: PUT /v1/windows/{id}/call.');
  }

  /** What was claimed is paid: the accounts of both parties come back towards zero. */
  private async clear(tx: Tx, { id, networkId, from, to, amount: paid }: ToPay): Promise<void> {
    await this.ledger.transfer(tx, {
      id: derivedId(id, 'execution'),
      debit: await this.closing.account(tx, networkId, to.id, paid.unit),
      credit: await this.closing.account(tx, networkId, from.id, paid.unit),
      amount: amount(paid.unit, paid.minor),
      reason: 'settlement.payment',
      groupId: id,
    });
  }
}

const POSITIONS_OF_PAYMENT = `
  (SELECT position.window_id, position.unit, position.party_id
   FROM settlement.payments payment JOIN settlement.positions position
     ON position.window_id = payment.window_id AND position.unit = payment.unit
     AND position.party_id IN (payment.from_party_id, payment.to_party_id)
   WHERE payment.id = $1)`;

/**
 * A position moves on with the last of its payments. Of two payments of one party, executed at once, the
 * second waited for that party's account in the ledger, so it finds the first one made.
 */
async function advancePositions(tx: Tx, paymentId: string): Promise<void> {
  await sql(
    tx,
    `UPDATE settlement.positions AS position
     SET state = CASE WHEN net_minor < 0 THEN 'COLLECTED' ELSE 'PAID_OUT' END
     WHERE (window_id, unit, party_id) IN ${POSITIONS_OF_PAYMENT} AND NOT EXISTS (
       SELECT FROM settlement.payments other LEFT JOIN settlement.executions ON payment_id = other.id
       WHERE other.window_id = position.window_id AND other.unit = position.unit
         AND position.party_id IN (other.from_party_id, other.to_party_id) AND payment_id IS NULL)`,
    [paymentId],
  );
}

const RECONCILE_POSITION = `
  UPDATE settlement.positions AS position SET state = 'RECONCILED'
  WHERE party_id = $2 AND (window_id, unit) IN (SELECT window_id, unit FROM settlement.payments WHERE id = $1)
    AND NOT EXISTS (
      SELECT FROM settlement.payments other
      LEFT JOIN settlement.reconciliations ON payment_id = other.id AND reconciliations.party_id = $2
      WHERE other.window_id = position.window_id AND other.unit = position.unit
        AND $2 IN (other.from_party_id, other.to_party_id) AND payment_id IS NULL)`;
