import { sql, type Reader } from '../platform/db.js';

const SETTLES_WITHIN_HOURS = 72;

/**
 * Accounts that money only passes through and in which some has stayed: what a provider said and what its books show
 * do not agree. Younger money may still be on its way.
 */
export function stuckInClearing(on: Reader): Promise<{ id: string; unit: string; minor: string }[]> {
  return sql(
    on,
    `SELECT account.id, account.unit, (account.credits - account.debits)::text AS minor
     FROM ledger.accounts account
     WHERE account.kind = 'provider_clearing' AND account.credits <> account.debits
       AND NOT EXISTS (SELECT FROM ledger.transfers young
         WHERE account.id IN (young.debit_account_id, young.credit_account_id)
           AND young.created_at > now() - interval '${SETTLES_WITHIN_HOURS} hours')
     ORDER BY account.id`,
  );
}
