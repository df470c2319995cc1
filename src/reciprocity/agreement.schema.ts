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

export const PutAgreement = z
  .strictObject({
    name: z.string().trim().min(1).max(NAME_LENGTH_MAX),
    homeNetworkId: wireId,
    hostNetworkId: wireId,
    clearingNetworkId: wireId,
  })
  .meta({ id: 'PutAgreement' });
export type PutAgreement = z.output<typeof PutAgreement>;

const PutRate = z.strictObject({
  hostSpaceId: wireId,
  resourceKind: wireResourceKind,
  /** In the host's currency; in kind, in HALF_DAY. */
  ratePerHalfDay: inputAmount,
  /** Where this host gives more or fewer free half-days than the version says. */
  freeHalfDays: wireHalfDays.nullish().transform((count) => count ?? null),
});

export const PutAgreementVersion = z
  .strictObject({
    agreementId: wireId,
    mode: wireMode,
    validFrom: inputDay,
    freeHalfDays: wireHalfDays,
    capHalfDaysPerPersonYear: wireHalfDays.nullish().transform((count) => count ?? null),
    rates: z.array(PutRate).min(1).max(RATES_MAX),
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
    signatures: z.array(z.strictObject({ networkId: wireId, signedAt: wireInstant })),
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
