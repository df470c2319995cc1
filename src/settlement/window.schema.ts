import { z } from 'zod';
import { inputDay, wireAmount, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';

const windowState = z.enum(['OPEN', 'CLOSED', 'ADVISED', 'CALLED', 'SETTLED']);
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
  })
  .meta({ id: 'Window' });
export type WindowView = z.infer<typeof WindowView>;
export const WindowPage = wirePage(WindowView.omit({ totals: true, steps: true, nextWindowId: true })).meta({
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
    state: z.enum(['CALCULATED', 'COMMITTED', 'PAID_OUT', 'COLLECTED', 'RECONCILED']),
  })
  .meta({ id: 'Position' });
export const PositionPage = wirePage(PositionView).meta({ id: 'PositionPage' });
export type PositionPage = z.infer<typeof PositionPage>;

export const PaymentView = z
  .strictObject({
    id: wireId,
    windowId: wireId,
    kind: z.enum(['NETTED', 'GROSS']),
    from: party,
    to: party,
    amount: wireAmount,
    executedAt: wireInstant.nullable(),
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
        paymentsMinor: minor,
      }),
    ),
    lines: z.int(),
    linesHash: z.string(),
  })
  .meta({ id: 'WindowProof' });
export type ProofView = z.infer<typeof ProofView>;
