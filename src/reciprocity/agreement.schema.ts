import { z } from 'zod';
import {
  inputAmount,
  inputDay,
  wireAmount,
  wireDay,
  wireId,
  wireInstant,
  wireMode,
  wirePage,
  wireResourceKind,
} from '../kernel/wire.js';

const NAME_LENGTH_MAX = 120;
const HALF_DAYS_PER_YEAR_MAX = 732;
const RATES_MAX = 500;

const wireHalfDays = z.int().min(0).max(HALF_DAYS_PER_YEAR_MAX);

const absent = <Value>(value: Value | null | undefined): Value | null => value ?? null;

export const PutAgreement = z
  .strictObject({
    name: z.string().trim().min(1).max(NAME_LENGTH_MAX),
    homeNetworkId: wireId,
    hostNetworkId: wireId,
    clearingNetworkId: wireId,
    /** Between two spaces alone, rather than all of both networks. */
    homeSpaceId: wireId.nullish().transform(absent),
    hostSpaceId: wireId.nullish().transform(absent),
    fromDay: inputDay.nullish().transform(absent),
  })
  .check(({ value, issues }) => {
    if ((value.homeSpaceId === null) === (value.hostSpaceId === null)) return;
    issues.push({
      code: 'custom',
      message: 'Name both spaces, or neither.',
      path: ['hostSpaceId'],
      input: value,
    });
  })
  .meta({ id: 'PutAgreement' });
export type PutAgreement = z.output<typeof PutAgreement>;

export const PutAgreementEnd = z.strictObject({ untilDay: inputDay }).meta({ id: 'PutAgreementEnd' });
export type PutAgreementEnd = z.output<typeof PutAgreementEnd>;

const PutRate = z.strictObject({
  hostSpaceId: wireId,
  resourceKind: wireResourceKind,
  /** In the host's currency; in kind, in HALF_DAY. */
  ratePerHalfDay: inputAmount,
  /** Where this host gives more or fewer free half-days than the version says. */
  freeHalfDays: wireHalfDays.nullish().transform((count) => count ?? null),
});

const DAYS_MAX = 365;
const BPS_MAX = 10_000;
const wireDays = z.int().min(1).max(DAYS_MAX);
const wireBps = z.int().min(0).max(BPS_MAX);
const SEASONS_MAX = 12;

/** Whatever the two sides agree on beside rates and free days. What is not said stands at its usual value. */
export const Clauses = z
  .strictObject({
    /** Free half-days of all guests of one space at one other, per calendar year. */
    capHalfDaysPerPairYear: wireHalfDays.nullable().default(null),
    /** Free half-days of all guests at one host within a season. */
    seasonCaps: z
      .array(z.strictObject({ fromDay: wireDay, untilDay: wireDay, halfDays: wireHalfDays }))
      .max(SEASONS_MAX)
      .default([]),
    /** How far giving and taking of the two sides may lie apart before they are warned. */
    balanceBandHalfDays: wireHalfDays.nullable().default(null),
    /** Of each line, from the host, rounded down. */
    solidarityBps: wireBps.default(0),
    networkFeeBps: wireBps.default(0),
    /** After that, a record counts as approved. */
    reviewDays: wireDays.default(10),
    /** How long after the advice a line may be disputed, and how long each answer may take. */
    disputeDays: wireDays.default(7),
    replyDays: wireDays.default(7),
    /** Where shares are rounded down: on each line, or on their sum. */
    rounding: z.enum(['LINE', 'STATEMENT']).default('LINE'),
    /** Half-days a host may attest by hand, per calendar month. */
    handHalfDaysPerMonth: wireHalfDays.default(20),
  })
  .check(({ value, issues }) => {
    if (value.solidarityBps + value.networkFeeBps > BPS_MAX)
      issues.push({ code: 'custom', message: 'Shares are at most the whole.', path: [], input: value });
    value.seasonCaps.forEach((season, index) => {
      if (season.fromDay > season.untilDay)
        issues.push({
          code: 'custom',
          message: 'A season ends on or after its first day.',
          path: ['seasonCaps', index],
          input: season,
        });
    });
  })
  .meta({ id: 'AgreementClauses' });
export type Clauses = z.output<typeof Clauses>;

export const PutAgreementVersion = z
  .strictObject({
    agreementId: wireId,
    mode: wireMode,
    validFrom: inputDay,
    freeHalfDays: wireHalfDays,
    capHalfDaysPerPersonYear: wireHalfDays.nullish().transform((count) => count ?? null),
    rates: z.array(PutRate).min(1).max(RATES_MAX),
    clauses: Clauses.prefault({}),
  })
  .check((context) => {
    const { mode, rates } = context.value;
    const refuse = (index: number, message: string) =>
      context.issues.push({ code: 'custom', message, path: ['rates', index], input: rates[index] });
    const freeAt = new Map<string, number | null>();
    const seen = new Set<string>();
    rates.forEach((rate, index) => {
      const { unit, minor } = rate.ratePerHalfDay;
      if (minor < 0n) refuse(index, 'A rate is not negative.');
      if (mode === 'GIFT' && minor !== 0n) refuse(index, 'Nothing is owed for a gift: give the rate as 0.');
      if ((mode === 'ACCRUAL_IN_KIND') !== (unit === 'HALF_DAY'))
        refuse(index, 'Rates are in HALF_DAY when half-days are owed, and only then.');
      const key = `${rate.hostSpaceId} ${rate.resourceKind}`;
      if (seen.has(key)) refuse(index, 'This host and resource kind has a rate already.');
      seen.add(key);
      const free = freeAt.get(rate.hostSpaceId);
      if (free !== undefined && free !== rate.freeHalfDays)
        refuse(index, 'A host has one quota: give the same freeHalfDays for all its resource kinds.');
      freeAt.set(rate.hostSpaceId, rate.freeHalfDays);
    });
  })
  .meta({ id: 'PutAgreementVersion' });
export type PutAgreementVersion = z.output<typeof PutAgreementVersion>;

export const PutSignature = z.strictObject({ networkId: wireId }).meta({ id: 'PutSignature' });
export type PutSignature = z.output<typeof PutSignature>;

const RateView = z.strictObject({
  hostSpaceId: wireId,
  resourceKind: wireResourceKind,
  ratePerHalfDay: wireAmount,
  freeHalfDays: z.int(),
});

export const AgreementVersionView = z
  .strictObject({
    id: wireId,
    agreementId: wireId,
    number: z.int(),
    mode: wireMode,
    validFrom: wireDay,
    freeHalfDays: z.int(),
    capHalfDaysPerPersonYear: z.int().nullable(),
    rates: z.array(RateView),
    clauses: Clauses,
    signatures: z.array(z.strictObject({ networkId: wireId, signedAt: wireInstant, signedBy: z.string() })),
    /** Every side has signed: it counts from `validFrom` on. */
    isBinding: z.boolean(),
  })
  .meta({ id: 'AgreementVersion' });
export type AgreementVersionView = z.infer<typeof AgreementVersionView>;

export const AgreementView = z
  .strictObject({
    id: wireId,
    name: z.string(),
    homeNetworkId: wireId,
    hostNetworkId: wireId,
    clearingNetworkId: wireId,
    homeSpaceId: wireId.nullable(),
    hostSpaceId: wireId.nullable(),
    fromDay: wireDay.nullable(),
    untilDay: wireDay.nullable(),
    versions: z.array(AgreementVersionView),
  })
  .meta({ id: 'Agreement' });
export type AgreementView = z.infer<typeof AgreementView>;

export const AgreementPage = wirePage(AgreementView).meta({ id: 'AgreementPage' });
export type AgreementPage = z.infer<typeof AgreementPage>;

export const TermsQuery = z
  .strictObject({
    homeNetworkId: wireId,
    hostSpaceId: wireId,
    resourceKind: wireResourceKind,
    day: inputDay,
    homeSpaceId: wireId.optional(),
  })
  .meta({ id: 'TermsQuery' });
export type TermsQuery = z.output<typeof TermsQuery>;

export const TermsView = z
  .strictObject({
    agreementId: wireId,
    versionId: wireId,
    clearingNetworkId: wireId,
    mode: wireMode,
    resourceKind: wireResourceKind,
    ratePerHalfDay: wireAmount,
    freeHalfDays: z.int(),
    capHalfDaysPerPersonYear: z.int().nullable(),
  })
  .meta({ id: 'Terms' });
export type TermsView = z.infer<typeof TermsView>;

const YEAR_MIN = 2000;
const YEAR_MAX = 2999;

export const VisaQuotaQuery = z
  .strictObject({
    hostSpaceId: wireId,
    year: z.coerce.number().int().min(YEAR_MIN).max(YEAR_MAX),
    resourceKind: wireResourceKind.default('hot_desk'),
  })
  .meta({ id: 'VisaQuotaQuery' });
export type VisaQuotaQuery = z.output<typeof VisaQuotaQuery>;

export const VisaQuotaView = z
  .strictObject({
    hostSpaceId: wireId,
    year: z.int(),
    grantedHalfDays: z.int(),
    leftHalfDays: z.int(),
  })
  .meta({ id: 'VisaQuota' });
export type VisaQuotaView = z.infer<typeof VisaQuotaView>;
