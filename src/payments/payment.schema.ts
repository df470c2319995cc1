import { z } from 'zod';
import { inputAmount, inputDay, wireAmount, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';

const CODE_LENGTH_MAX = 40;
const REASON_LENGTH_MAX = 300;
const USES_MAX = 1_000_000;
const wireCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9-]+$/, 'letters, figures and hyphens')
  .max(CODE_LENGTH_MAX);

export const wirePaymentState = z.enum(['PENDING', 'UNKNOWN', 'SUCCEEDED', 'FAILED', 'CANCELED']);
const wirePurchaseState = z.enum(['OPEN', 'PAID', 'FAILED', 'EXPIRED', 'REFUNDED']);

export const PutPurchase = z
  .strictObject({
    productId: wireId,
    /** A pass of one period that is bought again at the end of each, until it is canceled. */
    renews: z.boolean().default(false),
    promotionCode: wireCode.optional(),
    /** The buyer asks to begin before the time to withdraw is over: what is used by then is not paid back. */
    startsAtOnce: z.literal(true),
  })
  .meta({ id: 'PutPurchase' });
export type PutPurchase = z.output<typeof PutPurchase>;

const PaymentView = z.strictObject({
  id: wireId,
  state: wirePaymentState,
  amount: wireAmount,
  /** `card` or `sepa_debit`, once it is known. */
  method: z.string().nullable(),
  failureCode: z.string().nullable(),
  refunded: wireAmount,
  createdAt: wireInstant,
  succeededAt: wireInstant.nullable(),
});

export const PurchaseView = z
  .strictObject({
    id: wireId,
    kind: z.enum(['ONCE', 'RENEWING', 'VISIT']),
    state: wirePurchaseState,
    networkId: wireId,
    productId: wireId.nullable(),
    passId: wireId.nullable(),
    name: z.string(),
    price: wireAmount,
    discount: wireAmount,
    tax: wireAmount,
    total: wireAmount,
    /** Where to pay, as long as that is open. */
    checkoutUrl: z.string().nullable(),
    payments: z.array(PaymentView),
    /** The last day on which it can be given back for a right of the law. */
    withdrawUntil: wireDay.nullable(),
    createdAt: wireInstant,
    paidAt: wireInstant.nullable(),
  })
  .meta({ id: 'Purchase' });
export type PurchaseView = z.infer<typeof PurchaseView>;
export const PurchasePage = wirePage(PurchaseView).meta({ id: 'PurchasePage' });
export type PurchasePage = z.infer<typeof PurchasePage>;

export const PutRefund = z
  .strictObject({
    purchaseId: wireId,
    amount: inputAmount.refine(({ minor }) => minor > 0n, { message: 'More than nothing.' }),
    reason: z.string().trim().min(1).max(REASON_LENGTH_MAX),
  })
  .meta({ id: 'PutRefund' });
export type PutRefund = z.output<typeof PutRefund>;

export const RefundView = z
  .strictObject({
    id: wireId,
    purchaseId: wireId,
    kind: z.enum(['WITHDRAWAL', 'GOODWILL', 'PROVIDER']),
    state: z.enum(['PENDING', 'UNKNOWN', 'SUCCEEDED', 'FAILED']),
    amount: wireAmount,
    reason: z.string(),
    createdAt: wireInstant,
  })
  .meta({ id: 'Refund' });
export type RefundView = z.infer<typeof RefundView>;

export const SubscriptionView = z
  .strictObject({
    id: wireId,
    productId: wireId,
    name: z.string(),
    state: z.enum(['ACTIVE', 'PAST_DUE', 'PAUSED', 'ENDED']),
    isEnding: z.boolean(),
    price: wireAmount,
    periodUntil: wireInstant,
  })
  .meta({ id: 'Subscription' });
export type SubscriptionView = z.infer<typeof SubscriptionView>;
export const SubscriptionPage = wirePage(SubscriptionView).meta({ id: 'SubscriptionPage' });
export type SubscriptionPage = z.infer<typeof SubscriptionPage>;
export const PutSubscriptionProduct = z
  .strictObject({ productId: wireId })
  .meta({ id: 'PutSubscriptionProduct' });
export type PutSubscriptionProduct = z.output<typeof PutSubscriptionProduct>;

export const PaymentMethodView = z
  .strictObject({
    id: z.string(),
    type: z.enum(['card', 'sepa_debit']),
    brand: z.string().nullable(),
    last4: z.string(),
    validUntil: z.string().nullable(),
    isDefault: z.boolean(),
  })
  .meta({ id: 'PaymentMethod' });
export type PaymentMethodView = z.infer<typeof PaymentMethodView>;
export const PaymentMethodPage = wirePage(PaymentMethodView).meta({ id: 'PaymentMethodPage' });
export type PaymentMethodPage = z.infer<typeof PaymentMethodPage>;
export const SetupView = z.strictObject({ id: wireId, url: z.string() }).meta({ id: 'PaymentMethodSetup' });
export type SetupView = z.infer<typeof SetupView>;
/** The provider's own name of it. */
export const wireMethodRef = z.string().regex(/^pm_[\w]{1,100}$/);

export const PutPromotionCode = z
  .strictObject({
    networkId: wireId,
    code: wireCode,
    percent: z.int().min(1).max(100).nullable().default(null),
    amount: inputAmount.nullable().default(null),
    /** Who pays the rest of the price: a public sponsor, or the network itself. */
    sponsorId: wireId.nullable().default(null),
    usesMax: z.int().min(1).max(USES_MAX),
    validUntil: inputDay,
  })
  .refine(({ percent, amount }) => (percent === null) !== (amount === null), {
    path: ['percent'],
    message: 'A share of the price, or an amount: one of them.',
  })
  .meta({ id: 'PutPromotionCode' });
export type PutPromotionCode = z.output<typeof PutPromotionCode>;

export const PromotionCodeView = z
  .strictObject({
    id: wireId,
    networkId: wireId,
    code: z.string(),
    percent: z.int().nullable(),
    amount: wireAmount.nullable(),
    sponsorId: wireId.nullable(),
    uses: z.int(),
    usesMax: z.int(),
    validUntil: wireDay,
  })
  .meta({ id: 'PromotionCode' });
export type PromotionCodeView = z.infer<typeof PromotionCodeView>;

export const PromotionCodePage = wirePage(PromotionCodeView).meta({ id: 'PromotionCodePage' });
export type PromotionCodePage = z.infer<typeof PromotionCodePage>;

export const OfNetwork = z.strictObject({ networkId: wireId });
export type OfNetwork = z.output<typeof OfNetwork>;

export const FailedPaymentView = z
  .strictObject({
    id: wireId,
    purchaseId: wireId,
    name: z.string(),
    personFirstName: z.string(),
    state: wirePaymentState,
    amount: wireAmount,
    failureCode: z.string().nullable(),
    /** When the provider is asked next; null when a person should look. */
    askAt: wireInstant.nullable(),
    createdAt: wireInstant,
  })
  .meta({ id: 'FailedPayment' });
export const FailedPaymentPage = wirePage(FailedPaymentView).meta({ id: 'FailedPaymentPage' });
export type FailedPaymentPage = z.infer<typeof FailedPaymentPage>;

export const ReceivedView = z
  .strictObject({ received: z.literal(true) })
  .meta({ id: 'ProviderEventReceipt' });
export type ReceivedView = z.infer<typeof ReceivedView>;

/** What the provider has told, for whoever runs the platform. RECEIVED: not acted on yet. KEPT: of no use to us. */
export const ProviderEventView = z
  .strictObject({
    id: wireId,
    type: z.string(),
    objectKind: z.string(),
    state: z.enum(['RECEIVED', 'PROCESSED', 'KEPT']),
    occurredAt: wireInstant,
    createdAt: wireInstant,
  })
  .meta({ id: 'ProviderEvent' });
export type ProviderEventView = z.infer<typeof ProviderEventView>;
export const ProviderEventPage = wirePage(ProviderEventView).meta({ id: 'ProviderEventPage' });
export type ProviderEventPage = z.infer<typeof ProviderEventPage>;
