import { z } from 'zod';
import { wireAmount, wireId, wireInstant, wirePage } from '../kernel/wire.js';

export const ReceiptView = z
  .strictObject({
    id: wireId,
    kind: z.enum(['INVOICE', 'CREDIT_NOTE', 'RECEIPT']),
    number: z.string(),
    issuer: z.strictObject({ id: wireId, name: z.string() }),
    title: z.string(),
    paid: wireAmount,
    vat: wireAmount,
    vatNote: z.string(),
    issuedAt: wireInstant,
  })
  .meta({ id: 'Receipt' });
export type ReceiptView = z.infer<typeof ReceiptView>;
export const ReceiptPage = wirePage(ReceiptView).meta({ id: 'ReceiptPage' });
export type ReceiptPage = z.infer<typeof ReceiptPage>;
