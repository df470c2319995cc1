import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { demandPerson, type Actor } from '../identity/index.js';
import { Checkouts } from './checkouts.service.js';
import { PaymentMethodProblems } from './payment.problems.js';
import type { PaymentMethodPage, PaymentMethodView, SetupView } from './payment.schema.js';
import { Provider, refOf } from './provider.js';
import { askedInVain } from './subscriptions.service.js';

/** Cards and accounts that somebody left for later. The provider keeps them; we keep none. */
@Injectable()
export class PaymentMethods {
  constructor(
    private readonly provider: Provider,
    private readonly checkouts: Checkouts,
  ) {}

  async list(actor: Actor): Promise<PaymentMethodPage> {
    const customer = await this.checkouts.knownCustomer(demandPerson(actor));
    return { items: customer ? await this.of(customer) : [], next: null };
  }

  async setup(actor: Actor, id: string): Promise<SetupView> {
    const url = await this.call(() => this.checkouts.setup(demandPerson(actor), id));
    return { id, url };
  }

  async choose(actor: Actor, ref: string): Promise<PaymentMethodPage> {
    const customer = await this.owner(actor, ref);
    await this.call(() =>
      this.provider.stripe.customers.update(customer, { invoice_settings: { default_payment_method: ref } }),
    );
    return this.list(actor);
  }

  async remove(actor: Actor, ref: string): Promise<PaymentMethodPage> {
    await this.owner(actor, ref);
    await this.call(() => this.provider.stripe.paymentMethods.detach(ref));
    return this.list(actor);
  }

  private async of(customer: string): Promise<PaymentMethodView[]> {
    return this.call(async () => {
      const [methods, known] = await Promise.all([
        this.provider.stripe.paymentMethods.list({ customer, limit: 20 }),
        this.provider.stripe.customers.retrieve(customer),
      ]);
      const chosen = known.deleted ? null : refOf(known.invoice_settings.default_payment_method);
      return methods.data.flatMap((method) => viewOf(method, chosen ?? methods.data[0]!.id));
    });
  }

  private async owner(actor: Actor, ref: string): Promise<string> {
    const customer = await this.checkouts.knownCustomer(demandPerson(actor));
    const isOwn = customer && (await this.of(customer)).some(({ id }) => id === ref);
    if (!isOwn) throw PaymentMethodProblems.notFound('Your own are in GET /v1/payment-methods.');
    return customer;
  }

  private async call<Result>(ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      throw askedInVain(error);
    }
  }
}

function viewOf({ id, card, sepa_debit: debit }: Stripe.PaymentMethod, chosen: string): PaymentMethodView[] {
  const isDefault = id === chosen;
  if (card) {
    const validUntil = `${card.exp_year}-${String(card.exp_month).padStart(2, '0')}`;
    return [{ id, type: 'card', brand: card.brand, last4: card.last4, validUntil, isDefault }];
  }
  if (!debit) return [];
  return [{ id, type: 'sepa_debit', brand: null, last4: debit.last4 ?? '', validUntil: null, isDefault }];
}
