import { z } from 'zod';
import {
  inputDay,
  wireAmount,
  wireDay,
  wireFunding,
  wireId,
  wireInstant,
  wireMode,
  wirePage,
} from '../kernel/wire.js';

const PAGE_SIZE_MAX = 1_000;
const PAGE_SIZE_USUAL = 200;

const REVIEW_STATES = [
  'PLAUSIBLE',
  'AWAITS_GUEST',
  'BOUNCED',
  'APPROVED',
  'DECLINED',
  'DEEMED_APPROVED',
] as const;

const filter = {
  networkId: wireId,
  fromDay: inputDay.optional(),
  untilDay: inputDay.optional(),
  hostId: wireId.optional(),
  debtorId: wireId.optional(),
  agreementId: wireId.optional(),
  windowId: wireId.optional(),
  evidence: z.enum(['A', 'B', 'C', 'D']).optional(),
  state: z.enum(REVIEW_STATES).optional(),
};

/** The visits that a clearing network settles or has settled; the latest first. One filter for list, sums and files. */
export const UsageTotalsQuery = z.strictObject(filter).meta({ id: 'UsageTotalsQuery' });
export type UsageTotalsQuery = z.output<typeof UsageTotalsQuery>;
export const UsageQuery = z
  .strictObject({
    ...filter,
    after: z
      .string()
      .regex(/^\d{4}-\d\d-\d\d_[0-9a-f-]{36}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_USUAL),
  })
  .meta({ id: 'UsageQuery' });
export type UsageQuery = z.output<typeof UsageQuery>;

const party = z.strictObject({ id: wireId, name: z.string() });

export const UsageView = z
  .strictObject({
    recordId: wireId,
    visitId: wireId,
    scanId: wireId,
    day: wireDay,
    host: party,
    debtor: party,
    halfDays: z.int(),
    rate: wireAmount,
    amount: wireAmount,
    mode: wireMode,
    funding: wireFunding,
    evidence: z.enum(['A', 'B', 'C', 'D']),
    agreement: z.strictObject({ id: wireId, name: z.string(), versionId: wireId, version: z.int() }),
    window: z.strictObject({ id: wireId, number: z.int() }).nullable(),
    state: z.enum(REVIEW_STATES),
    code: z.string().nullable(),
  })
  .meta({ id: 'Usage' });
export type UsageView = z.infer<typeof UsageView>;
export const UsagePage = wirePage(UsageView).meta({ id: 'UsagePage' });
export type UsagePage = z.infer<typeof UsagePage>;

/** What the filter holds in all: the control sum of whatever shows or exports it. */
const UsageTotal = z.strictObject({
  unit: wireAmount.shape.unit,
  records: z.int(),
  halfDays: z.int(),
  amountMinor: z.int(),
});
export const UsageTotalsPage = wirePage(UsageTotal).meta({ id: 'UsageTotals' });
export type UsageTotalsPage = z.infer<typeof UsageTotalsPage>;

/** Who owes whom how much for how many visits. Of an open window: as it would close now. */
const PairView = z.strictObject({
  host: party,
  debtor: party,
  unit: wireAmount.shape.unit,
  visits: z.int(),
  halfDays: z.int(),
  amountMinor: z.int(),
});
export const PairPage = wirePage(PairView).meta({ id: 'WindowPairs' });
export type PairPage = z.infer<typeof PairPage>;

export const HealthQuery = z.strictObject({ networkId: wireId }).meta({ id: 'SettlementHealthQuery' });
export type HealthQuery = z.output<typeof HealthQuery>;

/** What every member may know of how the network settles, without anybody's name in it. */
export const SettlementHealthView = z
  .strictObject({
    networkId: wireId,
    windows: z.array(
      z.strictObject({
        id: wireId,
        number: z.int(),
        state: z.enum(['OPEN', 'CLOSED', 'ADVISED', 'CALLED', 'SETTLED', 'ABORTED']),
        fromDay: wireDay,
        untilDay: wireDay.nullable(),
        closedAt: wireInstant.nullable(),
        settledAt: wireInstant.nullable(),
        /** Does its zero-sum proof hold, computed again just now? Null while it is open. */
        holds: z.boolean().nullable(),
      }),
    ),
    exposure: z.array(
      z.strictObject({
        unit: wireAmount.shape.unit,
        owedMinor: z.int(),
        members: z.int(),
        warned: z.int(),
        over: z.int(),
      }),
    ),
  })
  .meta({ id: 'SettlementHealth' });
export type SettlementHealthView = z.infer<typeof SettlementHealthView>;
