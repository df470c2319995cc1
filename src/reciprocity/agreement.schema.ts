import { z } from 'zod';
import {
  inputAmount,
  inputDay,
  inputTariff,
  tariffFromWire,
  wireAmount,
  wireDay,
  wireId,
  wireInstant,
  wireMode,
  wirePage,
  wireResourceKind,
  wireTariff,
  type WireTariff,
} from '../kernel/wire.js';
import { isWholeStep, perHalfDay, SLOT_MINUTES, stepMinor, type Tariff } from '../kernel/tariff.js';
import type { Unit } from '../kernel/money.js';

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
  /** In the host's currency; in kind, in HALF_DAY. Short for a tariff per half-day. */
  ratePerHalfDay: inputAmount.optional(),
  /** What the host asks, where it is more than an amount per half-day. One of the two. */
  tariff: inputTariff.optional(),
  /** Where this host gives more or fewer free half-days than the version says. */
  freeHalfDays: wireHalfDays.nullish().transform((count) => count ?? null),
});

type RateAsked = Pick<z.output<typeof PutRate>, 'ratePerHalfDay' | 'tariff'>;

/** As it was asked for, in one or the other form. */
export function tariffOf({ ratePerHalfDay, tariff }: RateAsked): { unit: Unit; tariff: Tariff } | null {
  if ((ratePerHalfDay === undefined) === (tariff === undefined)) return null;
  if (tariff) return { unit: tariff.rate.unit, tariff: tariffFromWire(tariff) };
  return ratePerHalfDay ? { unit: ratePerHalfDay.unit, tariff: perHalfDay(ratePerHalfDay.minor) } : null;
}

/** What makes a tariff none, in words; null when it is one. */
export function whyNoTariff({ per, rate, stepMinutes, dayMax, ...more }: WireTariff): string | null {
  const { minimumMinutes, graceMinutes } = more;
  if (per !== 'HOUR') {
    const isPlain = stepMinutes === null && minimumMinutes === 0 && dayMax === null && graceMinutes === null;
    return isPlain ? null : 'Steps, a minimum, a maximum and a grace belong to tariffs by the hour.';
  }
  if (stepMinutes === null || stepMinutes === 0) return 'By the hour, say how many minutes a step has.';
  if (stepMinutes % SLOT_MINUTES !== 0 || minimumMinutes % SLOT_MINUTES !== 0)
    return 'Steps and the minimum are whole half-hours.';
  const asked = { rateMinor: BigInt(rate.minor), stepMinutes };
  if (!isWholeStep(asked)) return 'A step costs a whole amount: choose another rate or step.';
  if (dayMax && dayMax.unit !== rate.unit) return 'The maximum is in the unit of the rate.';
  if (dayMax && BigInt(dayMax.minor) < stepMinor(asked)) return 'The maximum is at least one step.';
  return null;
}

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
      const asked = tariffOf(rate);
      if (!asked) {
        refuse(index, 'Give ratePerHalfDay or tariff, one of the two.');
        return;
      }
      const { unit, tariff } = asked;
      const minor = tariff.rateMinor;
      if (minor < 0n) refuse(index, 'A rate is not negative.');
      const why = rate.tariff && whyNoTariff(rate.tariff);
      if (why) refuse(index, why);
      if (mode !== 'ACCRUAL_CASH' && tariff.per !== 'HALF_DAY')
        refuse(index, 'Days and hours are paid in money: where none is owed, rates are per half-day.');
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
  /** null where the tariff is by the day or the hour. */
  ratePerHalfDay: wireAmount.nullable(),
  tariff: wireTariff,
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
    /** null where the tariff is by the day or the hour. */
    ratePerHalfDay: wireAmount.nullable(),
    tariff: wireTariff,
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
