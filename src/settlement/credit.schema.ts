import { z } from 'zod';
import { wireAmount, wireDay, wireId, wirePage } from '../kernel/wire.js';

const NOTE_LENGTH_MAX = 300;

/** Of a record that stands on a line: what of it the host takes back. It lands in the window that is open. */
export const PutCreditRecord = z
  .strictObject({
    recordId: wireId,
    amountMinor: z.int().min(1),
    reason: z.string().trim().min(1).max(NOTE_LENGTH_MAX),
  })
  .meta({ id: 'PutCreditRecord' });
export type PutCreditRecord = z.output<typeof PutCreditRecord>;

const party = z.strictObject({ id: wireId, name: z.string() });

export const CreditRecordView = z
  .strictObject({
    id: wireId,
    recordId: wireId,
    /** The host, who owes it back; and whom it is owed to. */
    from: party,
    to: party,
    amount: wireAmount,
    day: wireDay,
    reason: z.string(),
    windowId: wireId.nullable(),
  })
  .meta({ id: 'CreditRecord' });
export type CreditRecordView = z.infer<typeof CreditRecordView>;

export const ExposuresQuery = z.strictObject({ networkId: wireId }).meta({ id: 'ExposuresQuery' });
export type ExposuresQuery = z.output<typeof ExposuresQuery>;

/** What a member owes beyond what it is owed, settled or not; WARNED from four fifths of its ceiling on. */
export const ExposureView = z.strictObject({
  party,
  unit: wireAmount.shape.unit,
  owesMinor: z.int(),
  ceilingMinor: z.int().nullable(),
  state: z.enum(['FREE', 'WITHIN', 'WARNED', 'OVER']),
});
export const ExposurePage = wirePage(ExposureView).meta({ id: 'ExposurePage' });
export type ExposurePage = z.infer<typeof ExposurePage>;

/** What two sides gave each other under one agreement in a year, and whether it lies within their band. */
export const TradeBalanceQuery = z
  .strictObject({ year: z.coerce.number().int().min(2000).max(2999) })
  .meta({ id: 'TradeBalanceQuery' });
export type TradeBalanceQuery = z.output<typeof TradeBalanceQuery>;
export const TradeBalanceView = z
  .strictObject({
    agreementId: wireId,
    year: z.int(),
    bandHalfDays: z.int().nullable(),
    pairs: z.array(
      z.strictObject({
        one: party,
        other: party,
        oneHostedHalfDays: z.int(),
        otherHostedHalfDays: z.int(),
        isWithinBand: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'TradeBalance' });
export type TradeBalanceView = z.infer<typeof TradeBalanceView>;
