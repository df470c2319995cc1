import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

/** A closed window found this claim: a document is to be issued, named by the id it will have. */
export const DocumentDue = eventType(
  'settlement.document_due.v1',
  z.strictObject({
    documentId: wireId,
    windowId: wireId,
    debtorPartyId: wireId,
    creditorPartyId: wireId,
    unit: z.string(),
  }),
);

/** A window was called: this payment is to be instructed. */
export const PaymentDue = eventType('settlement.payment_due.v1', z.strictObject({ paymentId: wireId }));
