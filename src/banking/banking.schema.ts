import { z } from 'zod';
import { inputDay, wireAmount, wireDay, wireId, wireInstant, wirePage } from '../kernel/wire.js';
import { CsvMapping } from './bank-file.schema.js';

const NAME_LENGTH_MAX = 140;
const FILE_TEXT_LENGTH_MAX = 9_000_000;
const name = z.string().trim().min(1).max(NAME_LENGTH_MAX);
const unit = wireAmount.shape.unit.exclude(['HALF_DAY']);
const minor = z.int();
const party = z.strictObject({ id: wireId, name: z.string() });

/** An IBAN, or a number at a named bank where there are none. */
export const PutBankAccount = z
  .strictObject({
    partyId: wireId,
    holder: name,
    country: z.string().regex(/^[A-Z]{2}$/),
    unit,
    iban: z.string().max(50).optional(),
    bic: z.string().max(11).optional(),
    number: name.optional(),
    bank: name.optional(),
  })
  .refine(({ iban, number, bank }) => (iban !== undefined) !== (number !== undefined && bank !== undefined), {
    message: 'Give an IBAN, or a number and the name of the bank.',
  })
  .meta({ id: 'PutBankAccount' });
export type PutBankAccount = z.output<typeof PutBankAccount>;

export const BankAccountView = z
  .strictObject({
    id: wireId,
    party,
    holder: z.string(),
    country: z.string(),
    unit: z.string(),
    iban: z.string().nullable(),
    bic: z.string().nullable(),
    number: z.string().nullable(),
    bank: z.string().nullable(),
    proposedAt: wireInstant,
    /** PROPOSED waits for a second person; WAITING for its cool-down; REPLACED by a later one. */
    state: z.enum(['PROPOSED', 'WAITING', 'USED', 'REPLACED']),
    usableFrom: wireInstant.nullable(),
    /** How its last table was explained. */
    mapping: CsvMapping.nullable(),
  })
  .meta({ id: 'BankAccount' });
export type BankAccountView = z.infer<typeof BankAccountView>;
export const BankAccountPage = wirePage(BankAccountView).meta({ id: 'BankAccountPage' });
export type BankAccountPage = z.infer<typeof BankAccountPage>;
/** Of one party, or of all in a network. */
export const OfParty = z
  .union([z.strictObject({ partyId: wireId }), z.strictObject({ networkId: wireId })])
  .meta({ id: 'OfParty' });
export type OfParty = z.output<typeof OfParty>;

/** All payments that a party has to make in one currency after a window was called. */
export const PutPaymentBatch = z
  .strictObject({ windowId: wireId, payerPartyId: wireId, unit, executionDay: inputDay.optional() })
  .meta({ id: 'PutPaymentBatch' });
export type PutPaymentBatch = z.output<typeof PutPaymentBatch>;
export const PutRejection = z
  .strictObject({ reason: z.string().trim().min(1).max(500) })
  .meta({ id: 'PutRejection' });
export type PutRejection = z.output<typeof PutRejection>;

export const PaymentBatchView = z
  .strictObject({
    id: wireId,
    windowId: wireId,
    payer: party,
    sum: wireAmount,
    executionDay: wireDay,
    /** Five working days after the window closed: by then the money has left. */
    dueDay: wireDay,
    state: z.enum(['PROPOSED', 'APPROVED', 'SENT', 'BOOKED', 'REJECTED']),
    stateAt: wireInstant,
    rejectReason: z.string().nullable(),
    proposedBy: wireId,
    approvals: z.array(z.strictObject({ approvedBy: wireId, approvedAt: wireInstant })),
    /** Whether the bank takes all of it as SEPA credit transfers; otherwise there is a payment order. */
    isSepa: z.boolean(),
    payments: z.array(
      z.strictObject({
        id: wireId,
        payee: party,
        amount: wireAmount,
        endToEndId: z.string(),
        account: z.string().nullable(),
        bank: z.string().nullable(),
        /** What is paid by it: the numbers of the payee's documents in this window. */
        documents: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'PaymentBatch' });
export type PaymentBatchView = z.infer<typeof PaymentBatchView>;
export const PaymentBatchPage = wirePage(PaymentBatchView).meta({ id: 'PaymentBatchPage' });
export type PaymentBatchPage = z.infer<typeof PaymentBatchPage>;
export const OfWindow = z.strictObject({ windowId: wireId }).meta({ id: 'OfWindow' });
export type OfWindow = z.output<typeof OfWindow>;
export const TransferQuery = z
  .strictObject({ version: z.enum(['09', '03']).default('09') })
  .meta({ id: 'TransferQuery' });
export type TransferQuery = z.output<typeof TransferQuery>;

/** `content` is the file in base64: banks still send other encodings than UTF-8. */
export const PutBankFile = z
  .strictObject({
    bankAccountId: wireId,
    name,
    content: z.base64().min(1).max(FILE_TEXT_LENGTH_MAX),
    mapping: CsvMapping.optional(),
  })
  .meta({ id: 'PutBankFile' });
export type PutBankFile = z.output<typeof PutBankFile>;

const candidate = z.strictObject({
  paymentIds: z.array(wireId),
  reason: z.enum([
    'REFERENCE',
    'REFERENCE_IN_TEXT',
    'REFERENCE_OTHER_AMOUNT',
    'ACCOUNT_AND_AMOUNT',
    'NAME_AND_AMOUNT',
    'SUM_OF_SEVERAL',
  ]),
});
const pile = z.enum(['MATCHED', 'SUGGESTED', 'UNKNOWN']);
const line = {
  bookedDay: wireDay,
  valueDay: wireDay,
  amount: wireAmount,
  counterparty: z.string().nullable(),
  counterpartyAccount: z.string().nullable(),
  endToEndId: z.string().nullable(),
  text: z.string(),
};

/** What the file says, before or after it was imported. Nothing is stored but the file until it is. */
export const BankFileView = z
  .strictObject({
    id: wireId,
    bankAccountId: wireId,
    name: z.string(),
    format: z.enum(['CAMT053', 'MT940', 'CSV']),
    importedAt: wireInstant.nullable(),
    faults: z.array(z.strictObject({ row: z.int().nullable(), code: z.string(), text: z.string() })),
    lines: z.array(
      z.strictObject({
        row: z.int(),
        ...line,
        /** The account has it already, from this file or an earlier one. */
        isKnown: z.boolean(),
        pile,
      }),
    ),
  })
  .meta({ id: 'BankFile' });
export type BankFileView = z.infer<typeof BankFileView>;

const match = z.strictObject({
  id: wireId,
  paymentId: wireId,
  minor,
  reason: z.string(),
  matchedBy: z.string(),
});
export const BankLineView = z
  .strictObject({
    id: wireId,
    bankAccountId: wireId,
    ...line,
    openMinor: minor,
    pile,
    candidates: z.array(candidate),
    matches: z.array(match),
  })
  .meta({ id: 'BankLine' });
export type BankLineView = z.infer<typeof BankLineView>;
export const BankLinePage = wirePage(BankLineView).meta({ id: 'BankLinePage' });
export type BankLinePage = z.infer<typeof BankLinePage>;
export const BankLinesQuery = z
  .union([
    z.strictObject({ bankAccountId: wireId, pile: pile.optional() }),
    z.strictObject({ networkId: wireId, pile: pile.optional() }),
  ])
  .meta({ id: 'BankLinesQuery' });
export type BankLinesQuery = z.output<typeof BankLinesQuery>;

export const PutMatch = z
  .strictObject({
    bankLineId: wireId,
    paymentId: wireId,
    /** How much of the payment. */
    minor: z.int().positive(),
    /** How much of the line, if its currency is another one than the payment's. */
    lineMinor: z.int().positive().optional(),
  })
  .meta({ id: 'PutMatch' });
export type PutMatch = z.output<typeof PutMatch>;
