import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { instantFromDate, Temporal } from '../kernel/time.js';
import { sql } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { Desk } from './desk.js';
import { Kept } from './kept.js';
import { Asking, SWEEP } from './asking.service.js';
import { Clearing } from './clearing.js';
import { paymentsWhere, type Payment } from './payment.queries.js';
import { fromProvider } from './payment.rules.js';
import { outcomeOf, Provider, refOf } from './provider.js';

/** Entries may be written late: the last days are looked through again, and known ones are skipped. */
const LOOK_BACK_HOURS = 72;

/**
 * The provider's own books against ours. An entry whose payment, refund or dispute we have not heard of makes us ask
 * for it, so that one run repairs what lost events left; then the clearing account is zero.
 */
@Injectable()
export class Reconciliation {
  constructor(
    private readonly desk: Desk,
    private readonly provider: Provider,
    private readonly clearing: Clearing,
    private readonly asking: Asking,
    private readonly kept: Kept,
  ) {}

  /** Answers how many entries were booked. A provider that is silent is asked in a minute again. */
  async run(): Promise<number> {
    if (!(await this.hasPayments())) return 0;
    try {
      return await this.compare();
    } catch (error) {
      if (outcomeOf(error).is === 'UNKNOWN') return 0;
      throw error;
    }
  }

  private async compare(): Promise<number> {
    const since = await this.since();
    const entries: Stripe.BalanceTransaction[] = [];
    const query = { limit: 100, ...(since ? { created: { gte: since } } : {}) };
    for await (const entry of this.provider.stripe.balanceTransactions.list(query)) entries.push(entry);
    let booked = 0;
    for (const entry of entries.toReversed()) if (await this.book(entry)) booked += 1;
    return booked;
  }

  private async book(entry: Stripe.BalanceTransaction): Promise<boolean> {
    const amount = fromProvider(entry.amount, entry.currency);
    const source = refOf(entry.source);
    if (!amount || !source || (await this.isBooked(entry.id))) return false;
    const payment = await this.paymentOf(source);
    if (!payment) return false;
    const { networkId } = payment;
    const fee = { unit: amount.unit, minor: BigInt(entry.fee) };
    return this.desk.db.tx(SWEEP, async (tx) => {
      const id = derivedId(networkId, `entry ${entry.id}`);
      const rows = await sql(
        tx,
        `INSERT INTO payments.balance_entries (id, provider_ref, network_id, kind, source_ref, amount_minor, fee_minor,
           unit, booked_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING id`,
        [
          id,
          entry.id,
          networkId,
          entry.type,
          source,
          amount.minor,
          fee.minor,
          amount.unit,
          Temporal.Instant.fromEpochMilliseconds(entry.created * 1000).toString(),
          this.desk.clock.now().toString(),
        ],
      );
      if (rows.length === 0) return false;
      await this.clearing.entry(tx, { id, networkId, amount, fee });
      return true;
    });
  }

  /** Whose money it is; what we have not heard of is followed first. */
  private async paymentOf(source: string): Promise<Payment | null> {
    const intentRef = await this.intentOf(source);
    if (!intentRef) return null;
    const known = await this.byIntent(intentRef);
    if (known) return known;
    const intent = await this.provider.stripe.paymentIntents.retrieve(intentRef);
    if (intent.metadata['paymentId']) await this.asking.ask(intent.metadata['paymentId']);
    else await this.askInvoices(refOf(intent.customer));
    return this.byIntent(intentRef);
  }

  private async intentOf(source: string): Promise<string | null> {
    const { stripe } = this.provider;
    if (source.startsWith('ch_') || source.startsWith('py_'))
      return refOf((await stripe.charges.retrieve(source)).payment_intent);
    if (source.startsWith('re_') || source.startsWith('pyr_')) {
      const intentRef = refOf((await stripe.refunds.retrieve(source)).payment_intent);
      if (intentRef) await this.kept.refunding.takeIn(intentRef);
      return intentRef;
    }
    if (!source.startsWith('du_') && !source.startsWith('dp_')) return null;
    await this.kept.disputes.follow(source);
    return refOf((await stripe.disputes.retrieve(source)).payment_intent);
  }

  private async askInvoices(customer: string | null): Promise<void> {
    if (!customer) return;
    const { data } = await this.provider.stripe.invoices.list({ customer, limit: 20 });
    for (const { id } of data) await this.kept.subscriptions.followInvoice(id);
  }

  private async byIntent(intentRef: string): Promise<Payment | null> {
    const [known] = await this.desk.db.read(SWEEP, (on) =>
      paymentsWhere(on, `intent_ref = $1 AND state = 'SUCCEEDED'`, [intentRef]),
    );
    return known ?? null;
  }

  private async isBooked(ref: string): Promise<boolean> {
    const rows = await this.desk.db.read(SWEEP, (on) =>
      sql(on, 'SELECT FROM payments.balance_entries WHERE provider_ref = $1', [ref]),
    );
    return rows.length > 0;
  }

  private async hasPayments(): Promise<boolean> {
    const rows = await this.desk.db.read(SWEEP, (on) =>
      sql(
        on,
        'SELECT FROM payments.payments WHERE session_ref IS NOT NULL OR intent_ref IS NOT NULL LIMIT 1',
      ),
    );
    return rows.length > 0;
  }

  private async since(): Promise<number | null> {
    const [row] = await this.desk.db.read(SWEEP, (on) =>
      sql<{ last: Parameters<typeof instantFromDate>[0] | null }>(
        on,
        'SELECT max(booked_at) AS last FROM payments.balance_entries',
      ),
    );
    if (!row?.last) return null;
    return Math.floor(
      instantFromDate(row.last).subtract({ hours: LOOK_BACK_HOURS }).epochMilliseconds / 1000,
    );
  }
}
