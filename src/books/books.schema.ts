import { z } from 'zod';
import { inputDay, wireAmount, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';

const TEXT_LENGTH_MAX = 300;
const POSTINGS_MAX = 200;
const PAGE_SIZE_MAX = 500;
const PAGE_SIZE = 100;
const unit = wireAmount.shape.unit;
const minor = z.int();
/** A month of the books, such as 2026-11. */
export const wireMonth = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Give a month, such as 2026-11.');
const account = z.string().regex(/^[1-9]\d{5}$/, 'Give the six digits of an account.');
const party = z.strictObject({ id: wireId, name: z.string() });

export const SOURCE_KINDS = [
  'DOCUMENT',
  'WINDOW',
  'CONVERSION',
  'ABORT',
  'SUSPENSION',
  'PAYMENT',
  'FAILURE',
  'BANK_LINE',
  'MATCH',
  'MATCH_UNDONE',
  'CORRECTION',
  'OPENING',
] as const;

/** A month of a network: what is in it, and the head of its chain. */
const Period = z
  .strictObject({
    month: wireMonth,
    state: z.enum(['OPEN', 'SOFT_CLOSED', 'CLOSED']),
    entries: z.int(),
    /** The hash of the last entry; it goes on while the period is open. */
    head: z.string(),
    /** Binds this closed period to the ones before it. */
    closedHead: z.string().nullable(),
    steps: z.array(
      z.strictObject({
        state: z.enum(['SOFT_CLOSED', 'CLOSED']),
        actor: z.string(),
        takenAt: wireInstant,
      }),
    ),
  })
  .meta({ id: 'BookPeriod' });
export type PeriodView = z.infer<typeof Period>;
export const PeriodView = Period;
export const PeriodPage = wirePage(Period).meta({ id: 'BookPeriodPage' });
export type PeriodPage = z.infer<typeof PeriodPage>;

export const AccountPage = wirePage(
  z
    .strictObject({
      number: account,
      label: z.string(),
      labelFr: z.string(),
      /** Its name in hledger and beancount; the party follows it. */
      path: z.string(),
      isControlled: z.boolean(),
    })
    .meta({ id: 'BookAccount' }),
).meta({ id: 'BookAccountPage' });
export type AccountPage = z.infer<typeof AccountPage>;

/** Which postings: those of a month, of months from and until, of an account, of a party. */
const filters = {
  from: wireMonth.optional(),
  until: wireMonth.optional(),
  account: account.optional(),
  partyId: wireId.optional(),
};
const paging = {
  after: z.string().max(TEXT_LENGTH_MAX).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE),
};
export const BookQuery = z.strictObject({ ...filters, ...paging }).meta({ id: 'BookQuery' });
export type BookQuery = z.output<typeof BookQuery>;

export const JournalQuery = z
  .strictObject({
    ...filters,
    ...paging,
    journal: z.enum(['VT', 'CO', 'BQ', 'OD', 'AN']).optional(),
    windowId: wireId.optional(),
    sourceId: wireId.optional(),
  })
  .meta({ id: 'BookJournalQuery' });
export type JournalQuery = z.output<typeof JournalQuery>;

const TrialBalanceLine = z
  .strictObject({
    account,
    label: z.string(),
    party,
    unit,
    debitMinor: minor,
    creditMinor: minor,
    /** Debits less credits. */
    balanceMinor: minor,
  })
  .meta({ id: 'TrialBalanceLine' });
export const TrialBalancePage = wirePage(TrialBalanceLine).meta({ id: 'TrialBalancePage' });
export type TrialBalancePage = z.infer<typeof TrialBalancePage>;

/** What an entry is made of: open a DOCUMENT by its id, a WINDOW by its statements, a BANK_LINE among its account's. */
const entryHead = {
  entryId: wireId,
  month: wireMonth,
  journal: z.string(),
  number: z.int(),
  day: wireDay,
  source: z.strictObject({ kind: z.enum(SOURCE_KINDS), id: wireId }),
  windowId: wireId.nullable(),
  reference: z.string(),
  label: z.string(),
  reason: z.string().nullable(),
  /** The month it would have been in, had that not been closed. */
  lateOf: wireMonth.nullable(),
  postedBy: z.string(),
};
const posting = {
  line: z.int(),
  account,
  accountLabel: z.string(),
  party,
  /** Debits are positive, credits negative. */
  amount: wireAmount,
};
export const JournalPage = wirePage(
  z.strictObject({ ...entryHead, ...posting }).meta({ id: 'BookPosting' }),
).meta({ id: 'BookJournalPage' });
export type JournalPage = z.infer<typeof JournalPage>;

export const EntryView = z
  .strictObject({
    ...entryHead,
    hash: z.string(),
    postings: z.array(z.strictObject(posting)),
    rates: z.array(z.strictObject({ unit, perEuro: z.string(), day: wireDay, source: z.string() })),
  })
  .meta({ id: 'BookEntry' });
export type EntryView = z.infer<typeof EntryView>;

export const StatementQuery = z
  .strictObject({ ...paging, from: wireMonth.optional(), until: wireMonth.optional(), partyId: wireId, unit })
  .meta({ id: 'BookStatementQuery' });
export type StatementQuery = z.output<typeof StatementQuery>;
export const AccountStatementPage = z
  .strictObject({
    account,
    label: z.string(),
    party,
    unit,
    /** Before the first month that was asked for. */
    openingMinor: minor,
    closingMinor: minor,
    items: z.array(
      z.strictObject({ ...entryHead, line: z.int(), amountMinor: minor, balanceMinor: minor }).meta({
        id: 'AccountStatementLine',
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: 'AccountStatement' });
export type AccountStatementPage = z.infer<typeof AccountStatementPage>;

export const PutCorrection = z
  .strictObject({
    kind: z.enum(['CORRECTION', 'OPENING']),
    day: inputDay,
    reason: z.string().trim().min(1).max(TEXT_LENGTH_MAX),
    postings: z
      .array(z.strictObject({ account, partyId: wireId, amount: wireAmount }))
      .min(2)
      .max(POSTINGS_MAX),
  })
  .meta({ id: 'PutBookCorrection' });
export type PutCorrection = z.output<typeof PutCorrection>;

export const CHECKS = [
  'entries_balance',
  'numbers_without_gaps',
  'chain_holds',
  'documents_unchanged',
  'ledger_agrees',
  'positions_agree',
  'bank_agrees',
] as const;
export const Difference = z.strictObject({
  check: z.enum(CHECKS),
  /** What differs, by name. */
  subject: z.string(),
  expected: z.string(),
  found: z.string(),
});
export type Difference = z.infer<typeof Difference>;
export const IntegrityView = z
  .strictObject({
    networkId: wireId,
    periods: z.array(Period),
    lastVerification: z
      .strictObject({
        verifiedAt: wireInstant,
        holds: z.boolean(),
        entries: z.int(),
        head: z.string(),
        differences: z.array(Difference),
      })
      .nullable(),
  })
  .meta({ id: 'BookIntegrity' });
export type IntegrityView = z.infer<typeof IntegrityView>;

const SIREN_LENGTH = 9;
export const FecQuery = z
  .strictObject({
    siren: z.string().regex(/^\d+$/).length(SIREN_LENGTH),
    year: z.coerce.number().int().min(2000).max(9999),
    partyId: wireId.optional(),
  })
  .meta({ id: 'FecQuery' });
export type FecQuery = z.output<typeof FecQuery>;
