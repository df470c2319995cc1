import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { sql, type Reader } from '../platform/db.js';
import { Desk } from './desk.js';
import { Kept } from './kept.js';
import { Asking, SWEEP } from './asking.service.js';
import { paymentsWhere } from './payment.queries.js';
import { outcomeOf, Provider, refOf } from './provider.js';

const FOLLOWED_AT_ONCE = 100;
type Received = { readonly id: string; readonly type: string; readonly kind: string; readonly ref: string };

/**
 * Acts on what the provider has told, by asking it for the object again: neither order nor repetition matter.
 * What is of no use to us is kept.
 */
@Injectable()
export class Following {
  constructor(
    private readonly desk: Desk,
    private readonly provider: Provider,
    private readonly asking: Asking,
    private readonly kept: Kept,
  ) {}

  /** What a job has not taken: the queue was lost, or the process died. */
  async due(): Promise<number> {
    const waiting = await this.desk.db.read(SWEEP, (on) =>
      sql<Received>(on, `${SELECT} WHERE state = 'RECEIVED' ORDER BY created_at LIMIT ${FOLLOWED_AT_ONCE}`),
    );
    let followed = 0;
    for (const { id } of waiting) if (await this.followNow(id)) followed += 1;
    return followed;
  }

  /** A provider that is silent is asked in a minute again. */
  private async followNow(id: string): Promise<boolean> {
    try {
      await this.follow(id);
      return true;
    } catch (error) {
      if (outcomeOf(error).is === 'UNKNOWN') return false;
      throw error;
    }
  }

  async follow(providerEventId: string): Promise<void> {
    const [event] = await this.desk.db.read(SWEEP, (on) =>
      sql<Received>(on, `${SELECT} WHERE id = $1 AND state = 'RECEIVED'`, [providerEventId]),
    );
    if (!event) return;
    const isOurs = await this.act(event).catch((error: unknown) => {
      if (outcomeOf(error).is === 'UNKNOWN') throw error;
      return false; // the object is not of our account, or gone
    });
    await this.desk.db.tx(SWEEP, (tx) =>
      sql(
        tx,
        `UPDATE payments.provider_events SET state = $2, state_at = $3 WHERE id = $1 AND state = 'RECEIVED'`,
        [event.id, isOurs ? 'PROCESSED' : 'KEPT', this.desk.clock.now().toString()],
      ),
    );
  }

  private async act({ type, kind, ref }: Received): Promise<boolean> {
    if (kind === 'checkout.session') return this.session(ref);
    if (kind === 'payment_intent')
      return this.intent(await this.provider.stripe.paymentIntents.retrieve(ref));
    if (kind === 'invoice') return this.kept.subscriptions.followInvoice(ref);
    if (kind === 'subscription') return this.kept.subscriptions.follow(ref);
    if (kind === 'dispute') return this.kept.disputes.follow(ref);
    if (kind === 'refund') return this.refund(await this.provider.stripe.refunds.retrieve(ref));
    if (kind === 'charge' && type === 'charge.refunded') return this.charge(ref);
    return false;
  }

  private async session(ref: string): Promise<boolean> {
    const { metadata, subscription } = await this.provider.stripe.checkout.sessions.retrieve(ref);
    const isOurs = await this.ask(metadata?.['paymentId']);
    const subscriptionRef = refOf(subscription);
    if (isOurs && subscriptionRef) await this.kept.subscriptions.follow(subscriptionRef);
    return isOurs;
  }

  private async intent({ id, metadata }: Stripe.PaymentIntent): Promise<boolean> {
    if (await this.ask(metadata['paymentId'])) return true;
    const [known] = await this.desk.db.read(SWEEP, (on) => paymentsWhere(on, 'intent_ref = $1', [id]));
    if (known) await this.asking.ask(known.id);
    return known !== undefined;
  }

  private async charge(ref: string): Promise<boolean> {
    const charge = await this.provider.stripe.charges.retrieve(ref);
    const intentRef = refOf(charge.payment_intent);
    if (intentRef) await this.kept.refunding.takeIn(intentRef);
    return intentRef !== null;
  }

  private async refund(refund: Stripe.Refund): Promise<boolean> {
    const intentRef = refOf(refund.payment_intent);
    if (intentRef) await this.kept.refunding.takeIn(intentRef);
    return intentRef !== null;
  }

  /** By the id that we gave it, which the event carries even before we have stored the provider's answer. */
  private async ask(paymentId: string | undefined): Promise<boolean> {
    if (!paymentId || !(await this.desk.db.read(SWEEP, (on) => isThere(on, paymentId)))) return false;
    await this.asking.ask(paymentId);
    return true;
  }
}

const SELECT = `SELECT id, type, object_kind AS kind, object_ref AS ref FROM payments.provider_events`;

async function isThere(on: Reader, id: string): Promise<boolean> {
  return (await sql(on, 'SELECT FROM payments.payments WHERE id::text = $1', [id])).length > 0;
}
