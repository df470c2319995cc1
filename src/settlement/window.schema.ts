import { z } from 'zod';
import { inputDay, wireAmount, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';

const windowState = z.enum(['OPEN', 'CLOSED', 'ADVISED', 'CALLED', 'SETTLED', 'ABORTED']);
const unit = wireAmount.shape.unit;
const minor = z.int();

/** Opens a network's first window; closing one opens the next. */
export const PutWindow = z.strictObject({ networkId: wireId, fromDay: inputDay }).meta({ id: 'PutWindow' });
export type PutWindow = z.output<typeof PutWindow>;

/** `until` is the last day the window takes; without it, every sealed record is taken. */
export const PutClosure = z
  .strictObject({ until: inputDay.optional() })
  .prefault({})
  .meta({ id: 'PutClosure' });
export type PutClosure = z.output<typeof PutClosure>;

export const PutAbort = z
  .strictObject({ reason: z.string().trim().min(1).max(300) })
  .meta({ id: 'PutWindowAbort' });
export type PutAbort = z.output<typeof PutAbort>;

export const PutFailure = z
  .strictObject({ reason: z.string().trim().min(1).max(300) })
  .meta({ id: 'PutPaymentFailure' });
export type PutFailure = z.output<typeof PutFailure>;

/** Windows of a network, or those in which a party has a position. */
export const WindowsQuery = z
  .union([z.strictObject({ networkId: wireId }), z.strictObject({ partyId: wireId })])
  .meta({ id: 'WindowsQuery' });
export type WindowsQuery = z.output<typeof WindowsQuery>;

/** gross: what the lines add up to. reductionPercent = (gross − payments) ÷ gross × 100, two decimals. */
const WindowTotal = z.strictObject({
  unit,
  lines: z.int(),
  late: z.int(),
  grossMinor: minor,
  paymentsMinor: minor,
  payments: z.int(),
  reductionPercent: z.number(),
});

export const WindowView = z
  .strictObject({
    id: wireId,
    networkId: wireId,
    number: z.int(),
    state: windowState,
    fromDay: wireDay,
    untilDay: wireDay.nullable(),
    steps: z.array(z.strictObject({ state: windowState, takenAt: wireInstant })),
    totals: z.array(WindowTotal),
    nextWindowId: wireId.nullable(),
    /** By the network's rules: when it may be closed and called, and must be settled. Null without rules. */
    closesAfter: wireDay.nullable(),
    callFrom: wireInstant.nullable(),
    settleBy: wireInstant.nullable(),
    /** What one currency counted in the other, fixed at the closing. */
    conversions: z.array(
      z.strictObject({
        fromUnit: unit,
        toUnit: unit,
        fromRate: z.string(),
        toRate: z.string(),
        rateDay: wireDay,
        source: z.string(),
      }),
    ),
  })
  .meta({ id: 'Window' });
export type WindowView = z.infer<typeof WindowView>;
export const WindowPage = wirePage(
  WindowView.omit({
    totals: true,
    steps: true,
    nextWindowId: true,
    closesAfter: true,
    callFrom: true,
    settleBy: true,
    conversions: true,
  }),
).meta({
  id: 'WindowPage',
});
export type WindowPage = z.infer<typeof WindowPage>;

const party = z.strictObject({ id: wireId, name: z.string() });

export const PositionView = z
  .strictObject({
    party,
    unit,
    profile: z.enum(['NETTING_ALLOWED', 'GROSS_ONLY', 'IN_KIND_ONLY']),
    receivesMinor: minor,
    paysMinor: minor,
    netMinor: minor,
    nettingMinor: minor,
    state: z.enum(['CALCULATED', 'RESERVED', 'COMMITTED', 'PAID_OUT', 'COLLECTED', 'RECONCILED', 'FAILED']),
  })
  .meta({ id: 'Position' });
export const PositionPage = wirePage(PositionView).meta({ id: 'PositionPage' });
export type PositionPage = z.infer<typeof PositionPage>;

export const PaymentView = z
  .strictObject({
    id: wireId,
    windowId: wireId,
    kind: z.enum(['NETTED', 'GROSS', 'VAT']),
    from: party,
    to: party,
    amount: wireAmount,
    executedAt: wireInstant.nullable(),
    failedAt: wireInstant.nullable(),
  })
  .meta({ id: 'Payment' });
export type PaymentView = z.infer<typeof PaymentView>;
export const PaymentPage = wirePage(PaymentView).meta({ id: 'PaymentPage' });
export type PaymentPage = z.infer<typeof PaymentPage>;

export const PROOF_CHECKS = [
  'lines_match_records',
  'lines_hash_unchanged',
  'positions_match_lines',
  'positions_sum_to_zero',
  'payments_clear_positions',
  'documents_match_lines',
  'charges_match_terms',
  'documents_equal_offsets_and_payments',
  'twin_agrees',
] as const;

export const ProofView = z
  .strictObject({
    windowId: wireId,
    holds: z.boolean(),
    checks: z.array(z.strictObject({ name: z.enum(PROOF_CHECKS), holds: z.boolean(), detail: z.string() })),
    sums: z.array(
      z.strictObject({
        unit,
        linesMinor: minor,
        positionsMinor: minor,
        documentsMinor: minor,
        vatMinor: minor,
        suspendedMinor: minor,
        paymentsMinor: minor,
      }),
    ),
    lines: z.int(),
    linesHash: z.string(),
  })
  .meta({ id: 'WindowProof' });
export type ProofView = z.infer<typeof ProofView>;
