import { Injectable } from '@nestjs/common';
import { derivedId } from '../platform/derived-id.js';
import { Checkouts, payable } from './checkouts.service.js';
import type { Payment, Purchase } from './payment.queries.js';
import type { Truth } from './payment-truth.js';
import { outcomeOf, Provider, refOf } from './provider.js';
import { intentTruth } from './truth.rules.js';

/** The payment that is tried while the guest is away; every other one has a page. */
export function chargeOf(purchaseId: string): string {
  return derivedId(purchaseId, 'charge');
}

/** Charges while the guest is away: only to a card or an account that they left for this. */
@Injectable()
export class VisitCharges {
  constructor(
    private readonly provider: Provider,
    private readonly checkouts: Checkouts,
  ) {}

  /** A bank that wants to be asked refuses: then the guest gets a page to confirm it on. */
  async charge(payment: Payment, purchase: Purchase): Promise<Truth> {
    const customer = await this.checkouts.customer(payment.personId);
    const method = await this.methodOf(customer);
    if (!method) return { state: 'FAILED', amount: null, failureCode: 'no_payment_method' };
    const { amount, currency } = payable(payment);
    try {
      const intent = await this.provider.stripe.paymentIntents.create(
        {
          amount,
          currency,
          customer,
          payment_method: method,
          confirm: true,
          off_session: true,
          description: purchase.name,
          metadata: { paymentId: payment.id, purchaseId: purchase.id },
        },
        { idempotencyKey: `charge:${payment.id}` },
      );
      return intentTruth(intent);
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome.is !== 'REFUSED') return { state: 'UNKNOWN', amount: null };
      return { state: 'FAILED', amount: null, failureCode: outcome.code };
    }
  }

  /** The one that was chosen, else the one that was left last. */
  private async methodOf(customer: string): Promise<string | null> {
    const { stripe } = this.provider;
    const known = await stripe.customers.retrieve(customer);
    const chosen = known.deleted ? null : refOf(known.invoice_settings.default_payment_method);
    if (chosen) return chosen;
    const { data } = await stripe.paymentMethods.list({ customer, limit: 1 });
    return data[0]?.id ?? null;
  }
}
