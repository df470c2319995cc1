import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Identity } from '../identity/index.js';
import { UNITS, type Amount } from '../kernel/money.js';
import { dayAt } from '../kernel/time.js';
import type { Language } from '../kernel/wire.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import type { Tx } from '../platform/db.js';
import { Mails } from '../platform/mail/mails.js';
import { Consumers } from '../platform/outbox/consumers.js';
import { PAYMENT_MAILS, type PaymentMailKind } from './mail-texts.js';
import { findPayment, findPurchase, type Purchase } from './payment.queries.js';
import { PaymentFailed, PurchasePaid, Refunded, SubscriptionChanged } from './payments.events.js';
import { findRefund } from './refunds.service.js';

/** Receipts, reminders and refunds, to whoever bought, in their language. The scope `identity` is for addresses. */
@Injectable()
export class PaymentMails implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly consumers: Consumers,
    private readonly identity: Identity,
    private readonly mails: Mails,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    const { consumers } = this;
    consumers.on('payments.mail_paid', PurchasePaid, (tx, { payload }) => this.paid(tx, payload), 'identity');
    consumers.on(
      'payments.mail_failed',
      PaymentFailed,
      (tx, { payload }) => this.failed(tx, payload),
      'identity',
    );
    consumers.on(
      'payments.mail_refunded',
      Refunded,
      (tx, { payload }) => this.refunded(tx, payload),
      'identity',
    );
    consumers.on(
      'payments.mail_subscription',
      SubscriptionChanged,
      (tx, { payload }) => this.subscription(tx, payload),
      'identity',
    );
  }

  private async paid(
    tx: Tx,
    { purchaseId, paymentId }: { purchaseId: string; paymentId: string },
  ): Promise<void> {
    const purchase = (await findPurchase(tx, purchaseId))!;
    const { amount } = (await findPayment(tx, paymentId))!;
    await this.send(tx, purchase, { kind: 'receipt', amount, path: `/me/money/purchases/${purchaseId}` });
  }

  /** A period that could not be collected is told by its subscription. */
  private async failed(
    tx: Tx,
    { purchaseId, paymentId }: { purchaseId: string; paymentId: string },
  ): Promise<void> {
    const purchase = (await findPurchase(tx, purchaseId))!;
    const { amount, invoiceRef } = (await findPayment(tx, paymentId))!;
    if (invoiceRef) return;
    const kind = purchase.kind === 'VISIT' ? 'visit' : 'failed';
    await this.send(tx, purchase, { kind, amount, path: `/me/money/purchases/${purchaseId}` });
  }

  private async refunded(tx: Tx, { refundId }: { refundId: string }): Promise<void> {
    const refund = (await findRefund(tx, refundId))!;
    const purchase = (await findPurchase(tx, refund.purchaseId))!;
    const amount = { unit: refund.unit, minor: BigInt(refund.amountMinor) };
    await this.send(tx, purchase, { kind: 'refunded', amount, path: `/me/money/purchases/${purchase.id}` });
  }

  private async subscription(
    tx: Tx,
    { subscriptionId, state }: { subscriptionId: string; state: string },
  ): Promise<void> {
    if (state !== 'PAST_DUE' && state !== 'ENDED') return;
    const purchase = (await findPurchase(tx, subscriptionId))!;
    const kind = state === 'ENDED' ? 'ended' : 'past_due';
    const path = state === 'ENDED' ? '/me/money/buy' : '/me/money/methods';
    await this.send(tx, purchase, { kind, amount: purchase.total, path });
  }

  private async send(
    tx: Tx,
    { personId, name: product }: Purchase,
    { kind, amount, path }: { kind: PaymentMailKind; amount: Amount; path: string },
  ): Promise<void> {
    const { email, name, language } = await this.identity.person(tx, personId);
    const { PUBLIC_URL, HOST, PORT } = this.config;
    const text = PAYMENT_MAILS[language][kind]({
      name,
      product,
      amount: moneyText(amount, language),
      day: dayAt(this.clock.now(), 'UTC').toLocaleString(tagOf(language), { dateStyle: 'long' }),
      link: new URL(path, PUBLIC_URL ?? `http://${HOST}:${PORT}`).href,
    });
    await this.mails.send(tx, { to: email, language, personId, ...text });
  }
}

/** Our own scale: the platform's differs for some currencies. An exact decimal text, which Intl formats as it is. */
function moneyText({ unit, minor }: Amount, language: Language): string {
  const { scale } = UNITS[unit];
  const digits = String(minor).padStart(scale + 1, '0');
  const decimal =
    `${digits.slice(0, -scale || undefined)}.${scale ? digits.slice(-scale) : '0'}` as `${number}`;
  return new Intl.NumberFormat(tagOf(language), {
    style: 'currency',
    currency: unit,
    minimumFractionDigits: scale,
    maximumFractionDigits: scale,
  }).format(decimal);
}

function tagOf(language: Language): string {
  return `${language === 'en' ? 'en-GB' : language}-u-ca-gregory-nu-latn`;
}
