import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

/** A month of a programme is to be invoiced to its sponsor. */
export const InvoiceDrawn = eventType('programmes.invoice_drawn.v1', z.strictObject({ invoiceId: wireId }));
