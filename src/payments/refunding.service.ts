import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import type { Amount } from '../kernel/money.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { SWEEP } from './asking.service.js';
import { Clearing } from './clearing.js';
import { paymentsWhere, type Payment } from './payment.queries.js';
import { fromProvider, nextAsk } from './payment.rules.js';
import { Refunded } from './payments.events.js';
import { outcomeOf, Provider, refOf } from './provider.js';
import { findRefund, refundsWhere, type Refund } from './refunds.service.js';

const ASKED_AT_ONCE = 50;
type Said = {
  readonly state: 'PENDING' | 'UNKNOWN' | 'SUCCEEDED' | 'FAILED';
  readonly ref: string | null;
  readonly code?: string;
};

/** Takes refunds to the provider, and takes in those that were made there. */
@Injectable()
export class Refunding {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly provider: Provider,
    private readonly clearing: Clearing,
  ) {}

  async due(): Promise<number> {
    const now = this.clock.now().toString();
    const refunds = await this.db.read(SWEEP, (on) =>
      refundsWhere(on, `refund.ask_at <= $1 ORDER BY refund.ask_at LIMIT ${ASKED_AT_ONCE}`, [now]),
    );
    for (const { id } of refunds) await this.ask(id);
    return refunds.length;
  }

  /** Under one key: a repeat gets the first answer, and never gives money back twice. */
  async ask(refundId: string): Promise<void> {
    const refund = await this.db.read(SWEEP, (on) => findRefund(on, refundId));
    if (!refund || refund.state === 'SUCCEEDED' || refund.state === 'FAILED') return;
    const said = await this.answer(refund);
    await this.db.tx(SWEEP, (tx) => this.write(tx, refund, said));
  }

  /** Every refund of a charge, those that somebody made in the provider's own office as well. */
  async takeIn(intentRef: string): Promise<void> {
    const { data } = await this.provider.stripe.refunds.list({ payment_intent: intentRef, limit: 100 });
    for (const given of data) {
      const ours = given.metadata?.['refundId'];
      if (ours) await this.takeOurs(ours, given);
      else await this.takeForeign(intentRef, given);
    }
  }

  private async takeOurs(id: string, given: Stripe.Refund): Promise<void> {
    await this.db.tx(SWEEP, async (tx) => {
      const refund = await findRefund(tx, id);
      if (refund) await this.write(tx, refund, saidOf(given));
    });
  }

  private async takeForeign(intentRef: string, given: Stripe.Refund): Promise<void> {
    const amount = fromProvider(given.amount, given.currency);
    await this.db.tx(SWEEP, async (tx) => {
      const [payment] = await paymentsWhere(tx, 'intent_ref = $1 FOR UPDATE', [intentRef]);
      if (!payment || !amount) return;
      const id = derivedId(payment.id, `refund ${given.id}`);
      if (await findRefund(tx, id)) return;
      await this.insertForeign(tx, payment, { id, amount, ref: given.id });
      await this.write(tx, (await findRefund(tx, id))!, saidOf(given));
    });
  }

  /** It has happened: what was counted as used gives way to what went back. */
  private async insertForeign(
    tx: Tx,
    payment: Payment,
    { id, amount }: { id: string; amount: Amount; ref: string },
  ): Promise<void> {
    const now = this.clock.now().toString();
    await sql(
      tx,
      `UPDATE payments.payments SET refunded_minor = refunded_minor + $2,
         used_minor = least(used_minor, amount_minor - refunded_minor - $2) WHERE id = $1`,
      [payment.id, amount.minor],
    );
    await sql(
      tx,
      `INSERT INTO payments.refunds (id, payment_id, network_id, person_id, amount_minor, unit, kind, reason, asked_by,
         state, state_at, request_hash, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, 'PROVIDER', 'made at the provider', 'system', 'PENDING', $7, '', $7)`,
      [id, payment.id, payment.networkId, payment.personId, amount.minor, amount.unit, now],
    );
  }

  private async answer(refund: Refund): Promise<Said> {
    try {
      if (refund.providerRef) return saidOf(await this.provider.stripe.refunds.retrieve(refund.providerRef));
      const made = await this.provider.stripe.refunds.create(
        {
          payment_intent: refund.intentRef!,
          amount: Number(refund.amountMinor),
          metadata: { refundId: refund.id },
        },
        { idempotencyKey: `refund:${refund.id}` },
      );
      return saidOf(made);
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome.is === 'REFUSED') return { state: 'FAILED', ref: null, code: outcome.code };
      return { state: 'UNKNOWN', ref: null };
    }
  }

  private async write(tx: Tx, refund: Refund, { state, ref, code }: Said): Promise<void> {
    const now = this.clock.now();
    const isWaiting = state === 'PENDING' || state === 'UNKNOWN';
    const asks = state === refund.state ? refund.asks + 1 : 0;
    const changed = await sql(
      tx,
      `UPDATE payments.refunds SET state = $2, state_at = $3, provider_ref = coalesce($4, provider_ref),
         failure_code = $5, asks = $6, ask_at = $7 WHERE id = $1 AND state IN ('PENDING', 'UNKNOWN') RETURNING id`,
      [
        refund.id,
        state,
        now.toString(),
        ref,
        code ?? null,
        asks,
        isWaiting ? (nextAsk(state, asks, now)?.toString() ?? null) : null,
      ],
    );
    if (changed.length === 0 || isWaiting) return;
    if (state === 'FAILED') return void (await this.release(tx, refund));
    const amount = { unit: refund.unit, minor: BigInt(refund.amountMinor) };
    await this.clearing.refunded(tx, { id: refund.id, networkId: refund.networkId, amount });
    const cause = { actor: 'system', networkIds: [refund.networkId] };
    await this.outbox.add(tx, Refunded, { refundId: refund.id }, cause);
  }

  /** What did not go back can go back another time. */
  private release(tx: Tx, { paymentId, amountMinor }: Refund): Promise<unknown[]> {
    return sql(tx, 'UPDATE payments.payments SET refunded_minor = refunded_minor - $2 WHERE id = $1', [
      paymentId,
      amountMinor,
    ]);
  }
}

function saidOf({ id, status, failure_reason: code }: Stripe.Refund): Said {
  if (status === 'succeeded') return { state: 'SUCCEEDED', ref: id };
  if (status === 'failed' || status === 'canceled') return { state: 'FAILED', ref: id, code: code ?? status };
  return { state: 'PENDING', ref: refOf(id) };
}
