import { z } from 'zod';
import { wireId } from '../kernel/wire.js';
import { eventType } from '../platform/outbox/outbox.js';

/** A party will be paid to another account than before, after the cool-down. */
export const BankAccountChanged = eventType(
  'banking.bank_account_changed.v1',
  z.strictObject({ bankAccountId: wireId, beforeId: wireId }),
);
