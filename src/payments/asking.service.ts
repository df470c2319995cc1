import { Injectable } from '@nestjs/common';
import { namedScope } from '../platform/scope.js';
import { Desk } from './desk.js';
import { Checkouts } from './checkouts.service.js';
import {
  findPayment,
  findPurchase,
  paymentsOf,
  paymentsWhere,
  type Payment,
  type Purchase,
} from './payment.queries.js';
import { PaymentTruth, type Truth } from './payment-truth.js';
import { outcomeOf, Provider, refOf } from './provider.js';
import { intentTruth, sessionTruth } from './truth.rules.js';
import { chargeOf, VisitCharges } from './visit-charges.service.js';

const ASKED_AT_ONCE = 50;
/** How long the provider keeps an answer under a key of idempotency. */
const KEYS_KEPT_HOURS = 23;
export const SWEEP = namedScope('sweep');

/** Asks the provider what became of a payment, and writes down its answer. It is never guessed. */
@Injectable()
export class Asking {
  constructor(
    private readonly desk: Desk,
    private readonly provider: Provider,
    private readonly truth: PaymentTruth,
    private readonly checkouts: Checkouts,
    private readonly visits: VisitCharges,
  ) {}

  /** What has waited for its answer long enough. */
  async due(): Promise<number> {
    const now = this.desk.clock.now().toString();
    const payments = await this.desk.db.read(SWEEP, (on) =>
      paymentsWhere(on, `ask_at <= $1 ORDER BY ask_at LIMIT ${ASKED_AT_ONCE}`, [now]),
    );
    for (const payment of payments) await this.ask(payment.id);
    return payments.length;
  }

  /** Before anything new is done to a purchase, everything unclear about it is asked. */
  async purchase(purchaseId: string): Promise<void> {
    const payments = await this.desk.db.read(SWEEP, (on) => paymentsOf(on, purchaseId));
    for (const { id, state } of payments) if (state === 'PENDING' || state === 'UNKNOWN') await this.ask(id);
  }

  async ask(paymentId: string): Promise<void> {
    const found = await this.desk.db.read(SWEEP, async (on) => {
      const payment = await findPayment(on, paymentId);
      return payment && { payment, purchase: (await findPurchase(on, payment.purchaseId))! };
    });
    if (!found || found.payment.state === 'SUCCEEDED') return;
    const truth = await this.answer(found.payment, found.purchase);
    await this.desk.db.tx(SWEEP, (tx) => this.truth.write(tx, paymentId, truth));
  }

  private async answer(payment: Payment, purchase: Purchase): Promise<Truth> {
    try {
      if (payment.sessionRef) return await this.session(payment.sessionRef);
      if (payment.invoiceRef) return await this.invoice(payment.invoiceRef);
      if (payment.intentRef) return await this.intent(payment.intentRef);
      return await this.again(payment, purchase);
    } catch (error) {
      const outcome = outcomeOf(error);
      if (outcome.is === 'REFUSED') return { state: 'FAILED', amount: null, failureCode: outcome.code };
      return { state: payment.state, amount: null };
    }
  }

  /** A page that was left complete says nothing of a debit on its way: its payment does. */
  private async session(ref: string): Promise<Truth> {
    const session = await this.provider.stripe.checkout.sessions.retrieve(ref);
    const truth = sessionTruth(session);
    if (session.status !== 'complete') return truth;
    const { sessionRef = null, invoiceRef = null } = truth;
    const paid = invoiceRef ? await this.invoice(invoiceRef) : await this.intent(truth.intentRef!);
    return { ...paid, sessionRef, invoiceRef };
  }

  private async invoice(ref: string): Promise<Truth> {
    const invoice = await this.provider.stripe.invoices.retrieve(ref, { expand: ['payments'] });
    const intentRef = refOf(invoice.payments?.data.at(-1)?.payment.payment_intent);
    if (intentRef) return this.intent(intentRef);
    return { state: invoice.status === 'void' ? 'CANCELED' : 'PENDING', amount: null };
  }

  /** With what it was paid, too. */
  private async intent(ref: string): Promise<Truth> {
    const intent = await this.provider.stripe.paymentIntents.retrieve(ref);
    const truth = intentTruth(intent);
    const chargeRef = refOf(intent.latest_charge);
    if (truth.state !== 'SUCCEEDED' || !chargeRef) return truth;
    const charge = await this.provider.stripe.charges.retrieve(chargeRef);
    return { ...truth, method: charge.payment_method_details?.type ?? null };
  }

  /** We never heard an answer: the same words under the same key get it, or do it now. */
  private async again(payment: Payment, purchase: Purchase): Promise<Truth> {
    const isKept = this.desk.clock.now().since(payment.createdAt).total('hours') < KEYS_KEPT_HOURS;
    const isCharge = payment.id === chargeOf(purchase.id);
    if (isKept && !isCharge) return this.checkouts.open(payment, purchase);
    const known = await this.byMetadata(payment);
    if (known) return known;
    if (!isKept) return { state: 'FAILED', amount: null, failureCode: 'never_received' };
    return this.visits.charge(payment, purchase);
  }

  /** Charges of the last day that carry the name of this payment. */
  private async byMetadata(payment: Payment): Promise<Truth | null> {
    const customer = await this.checkouts.knownCustomer(payment.personId);
    if (!customer) return null;
    const intents = await this.provider.stripe.paymentIntents.list({ customer, limit: 100 });
    const ours = intents.data.find(({ metadata }) => metadata['paymentId'] === payment.id);
    return ours ? intentTruth(ours) : null;
  }
}
