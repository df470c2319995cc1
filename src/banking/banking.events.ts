import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

/** Lines came from a bank, or were matched or not after all, in the books of this network. */
export const BankBookChanged = eventType(
  'banking.bank_book_changed.v1',
  z.strictObject({ networkId: wireId }),
);

/** A party will be paid to another account than before, after the cool-down. */
export const BankAccountChanged = eventType(
  'banking.bank_account_changed.v1',
  z.strictObject({ bankAccountId: wireId, beforeId: wireId }),
);
