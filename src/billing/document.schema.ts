import { z } from 'zod';
import { wireAmount, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';

const party = z.strictObject({ id: wireId, name: z.string() });

/** A visit as the document prints it, copied when it was issued. */
const DocumentLine = z.strictObject({
  recordId: wireId,
  visitId: wireId,
  day: wireDay,
  halfDays: z.int(),
  rateMinor: z.int(),
  amountMinor: z.int(),
  late: z.boolean(),
});
export type DocumentLine = z.infer<typeof DocumentLine>;

/** What is billed or credited beside visits. A credit names the invoice that it corrects. */
const DocumentCharge = z.strictObject({
  chargeId: wireId,
  kind: z.enum(['FEE', 'SOLIDARITY', 'DUES', 'CREDIT', 'REBILLED', 'SERVICE']),
  day: wireDay,
  amountMinor: z.int(),
  note: z.string(),
  recordId: wireId.nullable(),
  refersTo: z.string().nullable(),
});
export type DocumentCharge = z.infer<typeof DocumentCharge>;

const vatDecision = z.strictObject({
  country: z.string(),
  category: z.enum(['S', 'AE', 'E', 'O']),
  rateBps: z.int(),
  mention: z.string().nullable(),
  why: z.array(z.strictObject({ rule: z.string(), ref: z.string() })),
});

export const DocumentView = z
  .strictObject({
    id: wireId,
    kind: z.enum(['INVOICE', 'CREDIT_NOTE']),
    number: z.string(),
    issuer: party,
    recipient: party,
    /** null: what a sponsor is asked for is billed outside of windows. */
    windowId: wireId.nullable(),
    net: wireAmount,
    vat: wireAmount,
    vatNote: z.string(),
    lines: z.array(DocumentLine),
    charges: z.array(DocumentCharge),
    /** The number of the document that this one takes back as a whole. */
    refersTo: z.string().nullable(),
    /** Issued in the issuer's name by the network, under an agreement; accepted when this says when. */
    selfBilled: z.boolean(),
    acceptedAt: wireInstant.nullable(),
    /** What its VAT was decided from, and by which rules; null for documents of before they were kept. */
    vatDecision: z.strictObject({ inputs: z.unknown(), decision: vatDecision }).nullable(),
    issuedAt: wireInstant,
  })
  .meta({ id: 'Document' });
export type DocumentView = z.infer<typeof DocumentView>;
export const DocumentPage = wirePage(DocumentView).meta({ id: 'DocumentPage' });
export type DocumentPage = z.infer<typeof DocumentPage>;

export const PaymentInstructionView = z
  .strictObject({
    id: wireId,
    paymentId: wireId,
    windowId: wireId,
    payer: party,
    payee: party,
    amount: wireAmount,
    remittance: z.string(),
    state: z.enum(['ISSUED', 'EXECUTED']),
    issuedAt: wireInstant,
    executedAt: wireInstant.nullable(),
  })
  .meta({ id: 'PaymentInstruction' });
export type PaymentInstructionView = z.infer<typeof PaymentInstructionView>;
export const PaymentInstructionPage = wirePage(PaymentInstructionView).meta({ id: 'PaymentInstructionPage' });
export type PaymentInstructionPage = z.infer<typeof PaymentInstructionPage>;

/** A clearing network's, or those a party issues, receives, pays or is paid by. */
export const BillingQuery = z
  .union([z.strictObject({ networkId: wireId }), z.strictObject({ partyId: wireId })])
  .meta({ id: 'BillingQuery' });
export type BillingQuery = z.output<typeof BillingQuery>;

export const AcceptanceView = z
  .strictObject({
    documentId: wireId,
    /** TACIT when the days agreed went by. */
    kind: z.enum(['EXPLICIT', 'TACIT']),
    acceptedBy: z.string(),
    acceptedAt: wireInstant,
  })
  .meta({ id: 'Acceptance' });
export type AcceptanceView = z.infer<typeof AcceptanceView>;
