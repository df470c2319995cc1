import { z } from 'zod';
import { inputAmount, inputDay, wireAmount, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';

export const PROGRAMME_STATES = [
  'DRAFT',
  'APPROVED',
  'OPEN',
  'PAUSED',
  'EXHAUSTED',
  'EXPIRED',
  'CLOSING',
  'REPORTED',
  'ARCHIVED',
] as const;
export type ProgrammeState = (typeof PROGRAMME_STATES)[number];

/** What people do beside approving; EXHAUSTED and EXPIRED come by themselves. */
export const PROGRAMME_STEPS = ['open', 'pause', 'close', 'report', 'archive'] as const;
export type ProgrammeStep = (typeof PROGRAMME_STEPS)[number];
export type ProgrammeAct = ProgrammeStep | 'approve';

const TEXT_MAX = 500;
const NAME_MAX = 120;
const PLACES_MAX = 200;
const VOUCHER_DAYS_MAX = 366;
const VOUCHER_DAYS = 60;

const text = (max: number) => z.string().trim().min(1).max(max);
const country = z.string().regex(/^[A-Z]{2}$/);

const place = z.strictObject({
  spaceId: wireId,
  /** Days that are kept for this place until it has had them. */
  floorDays: z.int().min(0).default(0),
});

/** Who may come where, how often and for how much: a programme is its rules, and no deployment. */
export const PutProgramme = z
  .strictObject({
    networkId: wireId,
    sponsorId: wireId,
    name: text(NAME_MAX),
    purpose: text(TEXT_MAX),
    startsOn: inputDay,
    endsOn: inputDay,
    /** The same everywhere, whatever a host asks of others. An even number: a half-day costs half of it. */
    dayPrice: inputAmount,
    /** Hosts that ask more of others for a day are left out. */
    priceCeiling: inputAmount.nullable().default(null),
    daysPerWeek: z.int().min(1).max(7).nullable().default(null),
    daysPerPerson: z.int().positive().nullable().default(null),
    /** Of all days of the budget, the share that one place may have at most. */
    spaceCapPercent: z.int().min(1).max(100),
    /** Empty: any. */
    countries: z.array(country).default([]),
    /** Every public space of these territories is in the programme, besides those that are named. */
    territories: z.array(text(10)).default([]),
    mailDomains: z.array(z.string().toLowerCase()).default([]),
    /** A voucher that is not used in so many days goes back to the pot. */
    voucherDays: z.int().positive().max(VOUCHER_DAYS_MAX).default(VOUCHER_DAYS),
    needsMissionOrder: z.boolean().default(false),
    employerIds: z.array(wireId).min(1),
    places: z.array(place).max(PLACES_MAX).default([]),
    /** What the sponsor wants to read on every invoice. */
    orderNumber: text(50),
    serviceCode: text(50),
    siret: z.string().regex(/^\d{14}$/),
  })
  .refine(({ dayPrice }) => dayPrice.minor > 0n && dayPrice.minor % 2n === 0n, {
    message: 'The price of a day is above zero and even.',
    path: ['dayPrice'],
  })
  .refine(({ startsOn, endsOn }) => startsOn.toString() <= endsOn.toString(), {
    message: 'It ends after it starts.',
    path: ['endsOn'],
  })
  .meta({ id: 'PutProgramme' });
export type PutProgramme = z.output<typeof PutProgramme>;

/** A decision of the sponsor's assembly or office, and the money it votes. */
export const PutApproval = z
  .strictObject({ decisionRef: text(100), budgetLine: text(100), voted: inputAmount })
  .meta({ id: 'PutProgrammeApproval' });
export type PutApproval = z.output<typeof PutApproval>;

export const PutStep = z.strictObject({ step: z.enum(PROGRAMME_STEPS) }).meta({ id: 'PutProgrammeStep' });
export type PutStep = z.output<typeof PutStep>;

/** Four columns, each no more than the one before it. */
export const BudgetView = z.strictObject({
  voted: wireAmount,
  committed: wireAmount,
  delivered: wireAmount,
  paid: wireAmount,
});

const named = z.strictObject({ id: wireId, name: z.string() });

export const ProgrammeView = z
  .strictObject({
    id: wireId,
    networkId: wireId,
    sponsor: named,
    name: z.string(),
    purpose: z.string(),
    startsOn: wireDay,
    endsOn: wireDay,
    dayPrice: wireAmount,
    priceCeiling: wireAmount.nullable(),
    daysPerWeek: z.int().nullable(),
    daysPerPerson: z.int().nullable(),
    spaceCapPercent: z.int(),
    countries: z.array(z.string()),
    territories: z.array(z.string()),
    mailDomains: z.array(z.string()),
    voucherDays: z.int(),
    needsMissionOrder: z.boolean(),
    employers: z.array(named),
    places: z.array(
      z.strictObject({
        id: wireId,
        name: z.string(),
        city: z.string(),
        country: z.string(),
        floorDays: z.int(),
      }),
    ),
    orderNumber: z.string(),
    serviceCode: z.string(),
    siret: z.string(),
    decisionRef: z.string().nullable(),
    budgetLine: z.string().nullable(),
    state: z.enum(PROGRAMME_STATES),
    stateAt: wireInstant,
    carriedToId: wireId.nullable(),
  })
  .meta({ id: 'Programme' });
export type ProgrammeView = z.infer<typeof ProgrammeView>;
export const ProgrammePage = wirePage(ProgrammeView).meta({ id: 'ProgrammePage' });
export type ProgrammePage = z.infer<typeof ProgrammePage>;

export const ProgrammesQuery = z
  .strictObject({ sponsorId: wireId.optional(), networkId: wireId.optional(), employerId: wireId.optional() })
  .meta({ id: 'ProgrammesQuery' });
export type ProgrammesQuery = z.output<typeof ProgrammesQuery>;

/** For the sponsor: places with fewer than five persons are one line, and no person is on any. */
export const ProgrammeReportView = z
  .strictObject({
    programmeId: wireId,
    budget: BudgetView,
    vouchers: z.strictObject({
      offered: z.int(),
      accepted: z.int(),
      reserved: z.int(),
      consumed: z.int(),
      released: z.int(),
      expired: z.int(),
      clawedBack: z.int(),
    }),
    places: z.array(
      z.strictObject({
        /** null: several places with too few persons, together. */
        id: wireId.nullable(),
        name: z.string(),
        places: z.int(),
        halfDays: z.int(),
        amount: wireAmount,
      }),
    ),
    persons: z.int().nullable(),
    halfDays: z.int(),
    /** Σ share² of all places, in ten-thousandths. */
    concentration: z.int(),
    ruralShare: z.int(),
    publicHostShare: z.int(),
    /** Of places with a floor: whether they have had it, without telling how much. */
    floors: z.array(
      z.strictObject({ id: wireId, name: z.string(), floorDays: z.int(), isReached: z.boolean() }),
    ),
    /** Delivered of voted, in ten-thousandths. */
    uptake: z.int(),
    costPerDay: wireAmount.nullable(),
  })
  .meta({ id: 'ProgrammeReport' });
export type ProgrammeReportView = z.infer<typeof ProgrammeReportView>;

/** Days of each agent, without places: for the sponsor. */
export const ProgrammeAgentPage = wirePage(
  z.strictObject({
    agentId: wireId,
    name: z.string(),
    employer: z.string(),
    vouchersLeft: z.int(),
    reserved: z.int(),
    attestedHalfDays: z.int(),
  }),
).meta({ id: 'ProgrammeAgentPage' });
export type ProgrammeAgentPage = z.infer<typeof ProgrammeAgentPage>;

export const PutCarryOver = z.strictObject({ toProgrammeId: wireId }).meta({ id: 'PutCarryOver' });
export type PutCarryOver = z.output<typeof PutCarryOver>;

export const CarryOverView = z
  .strictObject({ fromProgrammeId: wireId, toProgrammeId: wireId, amount: wireAmount })
  .meta({ id: 'CarryOver' });
export type CarryOverView = z.infer<typeof CarryOverView>;

const InvoiceLine = z.strictObject({
  month: z.string(),
  /** Empty: several places with too few persons, together. */
  place: z.string(),
  halfDays: z.int(),
  amountMinor: z.int(),
});
export type InvoiceLine = z.infer<typeof InvoiceLine>;

export const PutSponsorInvoice = z
  .strictObject({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) })
  .meta({ id: 'PutSponsorInvoice' });
export type PutSponsorInvoice = z.output<typeof PutSponsorInvoice>;

export const SponsorInvoiceView = z
  .strictObject({
    id: wireId,
    programmeId: wireId,
    month: z.string(),
    amount: wireAmount,
    halfDays: z.int(),
    lines: z.array(InvoiceLine),
    orderNumber: z.string(),
    serviceCode: z.string(),
    siret: z.string(),
    paidOn: wireDay.nullable(),
    createdAt: wireInstant,
  })
  .meta({ id: 'SponsorInvoice' });
export type SponsorInvoiceView = z.infer<typeof SponsorInvoiceView>;
export const SponsorInvoicePage = wirePage(SponsorInvoiceView).meta({ id: 'SponsorInvoicePage' });
export type SponsorInvoicePage = z.infer<typeof SponsorInvoicePage>;

export const PutSponsorPayment = z
  .strictObject({ paidOn: inputDay, reference: text(100) })
  .meta({ id: 'PutSponsorPayment' });
export type PutSponsorPayment = z.output<typeof PutSponsorPayment>;
