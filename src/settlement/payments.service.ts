import { Injectable } from '@nestjs/common';
import { Billing } from '../billing/index.js';
import { demand, type Actor } from '../identity/index.js';
import { invariant } from '../kernel/problem.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { TreasuryRules } from '../treasury/index.js';
import { PartyAccounts } from './party-accounts.js';
import { PaymentProblems } from './window.problems.js';
import { paymentRow, paymentView } from './window.queries.js';
import type { PaymentView, PutFailure } from './window.schema.js';

type ToPay = Omit<PaymentView, 'executedAt' | 'failedAt'> & { readonly networkId: string };

/** The payments of called windows, as the treasurer sees them made. */
@Injectable()
export class Payments {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly billing: Billing,
    private readonly accounts: PartyAccounts,
    private readonly rules: TreasuryRules,
  ) {}

  async execute(actor: Actor, id: string): Promise<PaymentView> {
    const payment = await this.db.read(actor.scope, (on) => paymentRow(on, id));
    if (!payment) throw PaymentProblems.notFound('Check the id; your networks have no such payment.');
    const { networkId } = payment;
    demand(actor, 'windows:write', { organisationId: networkId, networkId });
    return this.db.tx(namedScope('clearing'), async (tx) => {
      const today = this.clock.now().toZonedDateTimeISO('UTC').toPlainDate();
      const rules = await this.rules.ofNetwork(tx, networkId, today);
      await this.rules.demandApproval(tx, rules, { networkId, act: 'PAY', subject: id });
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
  }

  /** The accounts of both come back towards zero, and their positions move on. */
  private async clear(tx: Tx, payment: ToPay): Promise<void> {
    await this.accounts.pay(tx, payment);
    await advancePositions(tx, payment.id);
  }

  /**
   * A payer that does not pay holds nobody else up: the window can be settled, and the debt goes on, between the
   * same two, into the window that is open.
   */
  async fail(actor: Actor, id: string, { reason }: PutFailure): Promise<PaymentView> {
    const payment = await this.db.read(actor.scope, (on) => paymentRow(on, id));
    if (!payment) throw PaymentProblems.notFound('Check the id; your networks have no such payment.');
    const { networkId } = payment;
    demand(actor, 'windows:write', { organisationId: networkId, networkId });
    return this.db.tx(namedScope('clearing'), async (tx) => {
      if (await this.addFailure(tx, id, { reason, failedBy: actor.name })) await this.clear(tx, payment);
      return paymentView((await paymentRow(tx, id))!);
    });
  }

  private async addFailure(
    tx: Tx,
    id: string,
    { reason, failedBy }: { readonly reason: string; readonly failedBy: string },
  ): Promise<boolean> {
    const now = this.clock.now();
    const [added] = await sql(
      tx,
      `WITH failed AS (
         INSERT INTO settlement.failures (payment_id, window_id, network_id, reason, failed_by, created_at)
         SELECT payment.id, payment.window_id, payment.network_id, $2, $3, $4
         FROM settlement.current_payments payment JOIN settlement.windows w ON w.id = payment.window_id
         WHERE payment.id = $1 AND w.state = 'CALLED'
           AND NOT EXISTS (SELECT FROM settlement.executions WHERE payment_id = payment.id)
         ON CONFLICT DO NOTHING RETURNING payment_id)
       INSERT INTO settlement.charges (id, network_id, kind, debtor_party_id, creditor_party_id, unit, amount_minor, day,
         note, charged_by, created_at)
       SELECT settlement.derived_id(payment.id, 'carried'), network_id, 'CARRIED', from_party_id, to_party_id, unit,
         amount_minor, $5, $2, $3, $4
       FROM settlement.payments payment JOIN failed ON failed.payment_id = payment.id RETURNING id`,
      [id, reason, failedBy, now.toString(), now.toZonedDateTimeISO('UTC').toPlainDate().toString()],
    );
    if (added) return true;
    const found = await paymentRow(tx, id);
    if (found?.failedAt) return false;
    throw PaymentProblems.notCalled('Only a payment that is called and not executed can fail.');
  }

  /** False when it is there already. Only a called window has payments that are due. */
  private async addExecution(tx: Tx, id: string, actor: string): Promise<boolean> {
    const [added] = await sql(
      tx,
      `INSERT INTO settlement.executions (payment_id, window_id, network_id, actor, executed_at, created_at)
       SELECT payment.id, payment.window_id, payment.network_id, $2, $3, $3
       FROM settlement.current_payments payment JOIN settlement.windows w ON w.id = payment.window_id
       WHERE payment.id = $1 AND w.state = 'CALLED'
         AND NOT EXISTS (SELECT FROM settlement.failures WHERE payment_id = payment.id) ON CONFLICT DO NOTHING RETURNING payment_id`,
      [id, actor, this.clock.now().toString()],
    );
    if (added) return true;
    const executed = await paymentRow(tx, id);
    if (executed?.executedAt) return false;
    throw PaymentProblems.notCalled('Call the window first: PUT /v1/windows/{id}/call.');
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
     SET state = CASE
       WHEN EXISTS (
         SELECT FROM settlement.current_payments failed JOIN settlement.failures ON payment_id = failed.id
         WHERE failed.window_id = position.window_id AND failed.unit = position.unit
           AND position.party_id IN (failed.from_party_id, failed.to_party_id)) THEN 'FAILED'
       WHEN net_minor + netting_minor < 0 THEN 'COLLECTED' ELSE 'PAID_OUT' END
     WHERE (window_id, unit, party_id) IN ${POSITIONS_OF_PAYMENT} AND NOT EXISTS (
       SELECT FROM settlement.current_payments other
       WHERE other.window_id = position.window_id AND other.unit = position.unit
         AND position.party_id IN (other.from_party_id, other.to_party_id)
         AND NOT EXISTS (SELECT FROM settlement.executions WHERE payment_id = other.id)
         AND NOT EXISTS (SELECT FROM settlement.failures WHERE payment_id = other.id))`,
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
