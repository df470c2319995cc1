import { z } from 'zod';
import { inputDay, wireAmount, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';

const unit = wireAmount.shape.unit;
const currency = unit.exclude(['HALF_DAY']);
const TEXT_LENGTH_MAX = 300;
const text = z.string().trim().min(1).max(TEXT_LENGTH_MAX);
const DAYS_MAX = 90;
const BPS_MAX = 10_000;

export const ACTS = ['CLOSE_WINDOW', 'CLOSE_PERIOD', 'PAY', 'COLLECT'] as const;

/** The subject is the id of a window, a payment or of network rules that collect, or the month of a period. */
export const PutApproval = z
  .strictObject({
    networkId: wireId,
    act: z.enum(ACTS),
    subject: text,
    note: z.string().max(TEXT_LENGTH_MAX).default(''),
  })
  .meta({ id: 'PutApproval' });
export type PutApproval = z.output<typeof PutApproval>;

export const ApprovalView = z
  .strictObject({
    id: wireId,
    networkId: wireId,
    act: z.enum([...ACTS, 'RATE', 'OPENING_BALANCE']),
    subject: z.string(),
    note: z.string(),
    proposedBy: z.string(),
    proposedAt: wireInstant,
    approvedBy: z.string().nullable(),
    approvedAt: wireInstant.nullable(),
  })
  .meta({ id: 'Approval' });
export type ApprovalView = z.infer<typeof ApprovalView>;
export const ApprovalPage = wirePage(ApprovalView).meta({ id: 'ApprovalPage' });
export type ApprovalPage = z.infer<typeof ApprovalPage>;

export const NetworkQuery = z.strictObject({ networkId: wireId }).meta({ id: 'TreasuryNetworkQuery' });
export type NetworkQuery = z.output<typeof NetworkQuery>;

const rulesShape = {
  networkId: wireId,
  cadence: z.enum(['WEEKLY', 'MONTHLY']),
  /** Days between the advice and the call, in which lines may be disputed. */
  disputeDays: z.int().min(0).max(DAYS_MAX),
  /** Days between the call and the settlement. */
  settleDays: z.int().min(1).max(DAYS_MAX),
  /** What all netting happens in; without it, each currency by itself. */
  clearanceUnit: currency.nullable(),
  /** Closing a window and marking a payment take two people. */
  fourEyes: z.boolean(),
  /** Through the network's licensed account, one movement per party and currency. It takes two people (COLLECT). */
  collects: z.boolean().default(false),
  /** From every member space, once a calendar year. */
  yearlyDues: z.strictObject({ unit: currency, minor: z.int().min(0) }),
};
export const PutNetworkRules = z
  .strictObject({ ...rulesShape, fromDay: inputDay })
  .meta({ id: 'PutNetworkRules' });
export type PutNetworkRules = z.output<typeof PutNetworkRules>;
export const NetworkRulesView = z
  .strictObject({ ...rulesShape, id: wireId, fromDay: wireDay })
  .meta({ id: 'NetworkRules' });
export type NetworkRulesView = z.infer<typeof NetworkRulesView>;
export const NetworkRulesPage = wirePage(NetworkRulesView).meta({ id: 'NetworkRulesPage' });
export type NetworkRulesPage = z.infer<typeof NetworkRulesPage>;

const partyShape = {
  networkId: wireId,
  partyId: wireId,
  vatMode: z.enum(['REVERSE_CHARGE', 'OWN_VAT']),
  vatBps: z.int().min(0).max(BPS_MAX),
  /** How much it may owe at most; a warning comes at four fifths of it. */
  debitCeiling: z.strictObject({ unit: currency, minor: z.int().min(0) }).nullable(),
};
export const PutPartyRules = z
  .strictObject({ ...partyShape, fromDay: inputDay })
  .meta({ id: 'PutPartyRules' });
export type PutPartyRules = z.output<typeof PutPartyRules>;
export const PartyRulesView = z
  .strictObject({ ...partyShape, id: wireId, fromDay: wireDay })
  .meta({ id: 'PartyRules' });
export type PartyRulesView = z.infer<typeof PartyRulesView>;
export const PartyRulesPage = wirePage(PartyRulesView).meta({ id: 'PartyRulesPage' });
export type PartyRulesPage = z.infer<typeof PartyRulesPage>;

const standingShape = {
  networkId: wireId,
  partyId: wireId,
  /** DEFAULTED is never offset; LEAVING still settles its last windows. */
  standing: z.enum(['ACTIVE', 'DEFAULTED', 'LEAVING']),
  reason: text,
};
export const PutStanding = z
  .strictObject({ ...standingShape, fromDay: inputDay })
  .meta({ id: 'PutStanding' });
export type PutStanding = z.output<typeof PutStanding>;
export const StandingView = z
  .strictObject({ ...standingShape, id: wireId, fromDay: wireDay })
  .meta({ id: 'Standing' });
export type StandingView = z.infer<typeof StandingView>;
export const StandingPage = wirePage(StandingView).meta({ id: 'StandingPage' });
export type StandingPage = z.infer<typeof StandingPage>;

/** Units of `quote` for one euro, as a decimal text: 3.38. */
const rate = z.string().regex(/^\d{1,9}(\.\d{1,9})?$/, 'Give a decimal number, such as 3.38.');
const rateShape = { networkId: wireId, quote: currency.exclude(['EUR']), rate, source: text };
export const PutExchangeRate = z
  .strictObject({ ...rateShape, day: inputDay })
  .refine((body) => /[1-9]/.test(body.rate), 'A rate is more than nothing.')
  .meta({ id: 'PutExchangeRate' });
export type PutExchangeRate = z.output<typeof PutExchangeRate>;
export const ExchangeRateView = z
  .strictObject({
    ...rateShape,
    id: wireId,
    day: wireDay,
    proposedBy: z.string(),
    approvedBy: z.string().nullable(),
  })
  .meta({ id: 'ExchangeRate' });
export type ExchangeRateView = z.infer<typeof ExchangeRateView>;
export const ExchangeRatePage = wirePage(ExchangeRateView).meta({ id: 'ExchangeRatePage' });
export type ExchangeRatePage = z.infer<typeof ExchangeRatePage>;
