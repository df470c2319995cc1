import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

const payment = z.strictObject({ purchaseId: wireId, paymentId: wireId });

/** Money has come for a purchase, once, or once for each period of one that renews itself. Its pass is issued from this. */
export const PurchasePaid = eventType('payments.purchase_paid.v1', payment);
/** The pass of a payment is there. */
export const PassSold = eventType('payments.pass_sold.v1', payment.extend({ passId: wireId }));
/** A try to collect money has failed for good: whoever buys can try again. */
export const PaymentFailed = eventType('payments.payment_failed.v1', payment);
/** Money is to go back: a consumer asks the provider for it. */
export const RefundDue = eventType('payments.refund_due.v1', z.strictObject({ refundId: wireId }));
/** Money went back. */
export const Refunded = eventType('payments.refunded.v1', z.strictObject({ refundId: wireId }));
/** A visit beyond quota and pass is to be paid by its guest: a consumer charges the card kept for this. */
export const VisitDue = eventType('payments.visit_due.v1', payment);
/** A bank takes money back until it is decided who was right, or has decided. */
export const DisputeChanged = eventType('payments.dispute_changed.v1', z.strictObject({ disputeId: wireId }));
/** A subscription was paused, is ending, has ended, or could not be collected. */
export const SubscriptionChanged = eventType(
  'payments.subscription_changed.v1',
  z.strictObject({ subscriptionId: wireId, state: z.enum(['ACTIVE', 'PAST_DUE', 'PAUSED', 'ENDED']) }),
);
/** The provider told us something: a consumer asks it for the object again. */
export const ProviderEventReceived = eventType(
  'payments.provider_event_received.v1',
  z.strictObject({ providerEventId: wireId }),
);
