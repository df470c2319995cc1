import { z } from 'zod';
import { wireAmount, wireDay, wireId } from '../kernel/wire.js';

const party = z.strictObject({ id: wireId, name: z.string() });

/** A line opens to its visit record (visit and scan) and to the agreement version that priced it. */
export const StatementLine = z
  .strictObject({
    recordId: wireId,
    visitId: wireId,
    scanId: wireId,
    agreementId: wireId,
    agreementVersionId: wireId,
    agreementVersion: z.int(),
    day: wireDay,
    direction: z.enum(['RECEIVES', 'PAYS']),
    counterparty: party,
    halfDays: z.int(),
    rate: wireAmount,
    amount: wireAmount,
    late: z.boolean(),
  })
  .meta({ id: 'StatementLine' });
export type StatementLine = z.infer<typeof StatementLine>;

/** Fees, shares, dues, services, credits, and what earlier windows left over. */
const StatementCharge = z.strictObject({
  chargeId: wireId,
  kind: z.enum([
    'FEE',
    'SOLIDARITY',
    'DUES',
    'CREDIT',
    'RELEASE',
    'CARRIED',
    'REBILLED',
    'OPENING',
    'SERVICE',
  ]),
  day: wireDay,
  direction: z.enum(['RECEIVES', 'PAYS']),
  counterparty: party,
  amount: wireAmount,
  note: z.string(),
  recordId: wireId.nullable(),
  agreementVersionId: wireId.nullable(),
});

const StatementVat = z.strictObject({
  document: z.enum(['INVOICE', 'CREDIT_NOTE']),
  direction: z.enum(['RECEIVES', 'PAYS']),
  counterparty: party,
  net: wireAmount,
  vatBps: z.int(),
  vat: wireAmount,
});

export const StatementView = z
  .strictObject({
    windowId: wireId,
    windowNumber: z.int(),
    fromDay: wireDay,
    untilDay: wireDay,
    party,
    totals: z.array(
      z.strictObject({
        unit: wireAmount.shape.unit,
        receivesMinor: z.int(),
        paysMinor: z.int(),
        netMinor: z.int(),
      }),
    ),
    lines: z.array(StatementLine),
    charges: z.array(StatementCharge),
    vat: z.array(StatementVat),
  })
  .meta({ id: 'Statement' });
export type StatementView = z.infer<typeof StatementView>;
