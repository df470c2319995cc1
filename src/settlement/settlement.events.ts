import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

/** A window closed: what this party issues in it is to be numbered and written. */
export const DocumentsDue = eventType(
  'settlement.documents_due.v1',
  z.strictObject({ windowId: wireId, issuerPartyId: wireId }),
);

/** Something happened to a window: a step, its documents, a payment, a line that waits. Whoever keeps books looks. */
export const WindowChanged = eventType('settlement.window_changed.v1', z.strictObject({ windowId: wireId }));

/** A payment is due and not made: its payer is to be reminded, for the n-th time. */
export const ReminderDue = eventType(
  'settlement.reminder_due.v1',
  z.strictObject({ paymentId: wireId, number: z.int() }),
);

/** A window was called: this payment is to be instructed. */
export const PaymentDue = eventType('settlement.payment_due.v1', z.strictObject({ paymentId: wireId }));
