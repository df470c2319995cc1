import { z } from 'zod';
import { wireAmount, wireDay, wireId, wireInstant, wireMode, wirePage } from '../kernel/wire.js';

const NAME_LENGTH_MAX = 60;
const POLICIES_MAX = 3;
const WINDOWS_MAX = 12;
const HALF_DAYS_PER_YEAR_MAX = 732;
const BPS_MAX = 10_000;
/** Ten times what it was. */
const RATE_BPS_MAX = 100_000;
const MINOR_MAX = 1_000_000_000;

const currency = wireAmount.shape.unit.exclude(['HALF_DAY']);
const amounts = z.array(z.strictObject({ unit: currency, minor: z.int().min(0).max(MINOR_MAX) })).max(20);
const halfDays = z.int().min(0).max(HALF_DAYS_PER_YEAR_MAX).nullable().default(null);
const bps = z.int().min(0).max(BPS_MAX).nullable().default(null);

/** What is not said stays as the agreements had it. */
const Policy = z
  .strictObject({
    name: z.string().trim().min(1).max(NAME_LENGTH_MAX),
    mode: wireMode.nullable().default(null),
    /** Of what each visit cost: 11000 is a tenth more. Rounded half up, line by line. */
    rateBps: z.int().min(0).max(RATE_BPS_MAX).nullable().default(null),
    /** Per half-day, for every host of that currency; before `rateBps`. */
    fixedRates: amounts.default([]),
    /** Per half-day: no visit costs less. */
    floors: amounts.default([]),
    /** Per guest, host and calendar year. Whoever is beyond pays for themselves, and the home space owes nothing. */
    freeHalfDays: halfDays,
    capHalfDaysPerPersonYear: halfDays,
    capHalfDaysPerPairYear: halfDays,
    solidarityBps: bps,
    networkFeeBps: bps,
    /** For every party that is not in default. */
    profile: z.enum(['NETTING_ALLOWED', 'GROSS_ONLY', 'IN_KIND_ONLY']).nullable().default(null),
  })
  .check(({ value, issues }) => {
    if ((value.solidarityBps ?? 0) + (value.networkFeeBps ?? 0) > BPS_MAX)
      issues.push({ code: 'custom', message: 'Shares are at most the whole.', path: [], input: value });
    for (const field of ['fixedRates', 'floors'] as const)
      if (new Set(value[field].map(({ unit }) => unit)).size < value[field].length)
        issues.push({ code: 'custom', message: 'One amount per currency.', path: [field], input: value });
  });
export type Policy = z.output<typeof Policy>;

export const PutLaboratoryRun = z
  .strictObject({
    networkId: wireId,
    windowIds: z
      .array(wireId)
      .min(1)
      .max(WINDOWS_MAX)
      .refine((ids) => new Set(ids).size === ids.length, 'Each window once.'),
    policies: z.array(Policy).min(1).max(POLICIES_MAX),
  })
  .meta({ id: 'PutLaboratoryRun' });
export type PutLaboratoryRun = z.output<typeof PutLaboratoryRun>;

export const LaboratoryRunsQuery = z.strictObject({ networkId: wireId }).meta({ id: 'LaboratoryRunsQuery' });
export type LaboratoryRunsQuery = z.output<typeof LaboratoryRunsQuery>;

const minor = z.int();
const unit = wireAmount.shape.unit;

/** The first of each list is how it was; the others follow the policies. */
export const LaboratoryResult = z.strictObject({
  windows: z.array(
    z.strictObject({
      id: wireId,
      number: z.int(),
      fromDay: wireDay,
      untilDay: wireDay,
      linesHash: z.string(),
    }),
  ),
  /** The policy "as it is" gave the positions of the books, to the cent. */
  reproducesBooks: z.boolean(),
  policies: z.array(
    z.strictObject({
      name: z.string(),
      totals: z.array(z.strictObject({ unit, grossMinor: minor, payments: z.int(), paymentsMinor: minor })),
      /** Parties that come out better or worse than they did, in any unit. */
      winners: z.int(),
      losers: z.int(),
      quotaHalfDays: z.int(),
      beyondHalfDays: z.int(),
    }),
  ),
  parties: z.array(
    z.strictObject({
      party: z.strictObject({ id: wireId, name: z.string() }),
      unit,
      results: z.array(
        z.strictObject({
          netMinor: minor,
          nettingMinor: minor,
          /** Against how it was. */
          changeMinor: minor,
          /** As a host: what visits brought, and what of it went to the network and the solidarity fund. */
          incomeMinor: minor,
          sharesMinor: minor,
          /** Half-days that the home spaces of the guests took over, and those that guests paid by themselves. */
          quotaHalfDays: z.int(),
          beyondHalfDays: z.int(),
        }),
      ),
    }),
  ),
});
export type LaboratoryResult = z.infer<typeof LaboratoryResult>;

const runShape = {
  id: wireId,
  networkId: wireId,
  createdAt: wireInstant,
  runBy: z.string(),
  sharedAt: wireInstant.nullable(),
  policyNames: z.array(z.string()),
};
export const LaboratoryRunView = z
  .strictObject({
    ...runShape,
    policies: z.array(Policy),
    /** Of the windows' lines and the policies: equal inputs, equal hash. */
    inputsHash: z.string(),
    resultHash: z.string(),
    result: LaboratoryResult,
  })
  .meta({ id: 'LaboratoryRun' });
export type LaboratoryRunView = z.infer<typeof LaboratoryRunView>;

export const LaboratoryRunPage = wirePage(z.strictObject(runShape)).meta({ id: 'LaboratoryRunPage' });
export type LaboratoryRunPage = z.infer<typeof LaboratoryRunPage>;
