import { z } from 'zod';
import { inputDay, wireAmount, wireDay, wireId, wirePage } from '../kernel/wire.js';

const NOTE_LENGTH_MAX = 300;
const money = z.strictObject({
  unit: wireAmount.shape.unit.exclude(['HALF_DAY']),
  minor: z.int().min(1),
});

/** What one party owed another before the network settled here. One writes it, another signs. */
export const PutOpeningBalance = z
  .strictObject({
    networkId: wireId,
    debtorPartyId: wireId,
    creditorPartyId: wireId,
    amount: money,
    day: inputDay,
    note: z.string().trim().min(1).max(NOTE_LENGTH_MAX),
  })
  .check(({ value, issues }) => {
    if (value.debtorPartyId === value.creditorPartyId)
      issues.push({
        code: 'custom',
        message: 'Name two parties.',
        path: ['creditorPartyId'],
        input: value.creditorPartyId,
      });
  })
  .meta({ id: 'PutOpeningBalance' });
export type PutOpeningBalance = z.output<typeof PutOpeningBalance>;

export const OpeningBalancesQuery = z
  .strictObject({ networkId: wireId })
  .meta({ id: 'OpeningBalancesQuery' });
export type OpeningBalancesQuery = z.output<typeof OpeningBalancesQuery>;

const party = z.strictObject({ id: wireId, name: z.string() });
export const OpeningBalanceView = z
  .strictObject({
    id: wireId,
    networkId: wireId,
    debtor: party,
    creditor: party,
    amount: wireAmount,
    day: wireDay,
    note: z.string(),
    proposedBy: z.string(),
    approvedBy: z.string().nullable(),
    /** The window whose closing took it. */
    windowId: wireId.nullable(),
  })
  .meta({ id: 'OpeningBalance' });
export type OpeningBalanceView = z.infer<typeof OpeningBalanceView>;
export const OpeningBalancePage = wirePage(OpeningBalanceView).meta({ id: 'OpeningBalancePage' });
export type OpeningBalancePage = z.infer<typeof OpeningBalancePage>;
