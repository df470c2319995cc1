import type { Unit } from '../kernel/money.js';
import { instantFromDate, Temporal, type Instant } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { CsvMapping } from './bank-file.schema.js';
import type { BankAccountView } from './banking.schema.js';

export type BankAccount = {
  readonly id: string;
  readonly party: { readonly id: string; readonly name: string };
  readonly networkId: string;
  readonly holder: string;
  readonly country: string;
  readonly unit: Unit;
  readonly iban: string | null;
  readonly bic: string | null;
  readonly number: string | null;
  readonly bank: string | null;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly usableFrom: Date | null;
  readonly requestHash: string;
};

const ACCOUNT = `
  SELECT account.id, jsonb_build_object('id', party.id, 'name', party.name) AS party,
    account.network_id AS "networkId", account.holder, account.country, account.unit, account.iban, account.bic,
    account.number, account.bank, account.proposed_by AS "proposedBy", account.proposed_at AS "proposedAt",
    approval.usable_from AS "usableFrom", account.request_hash AS "requestHash"
  FROM banking.bank_accounts account
  JOIN directory.pub_parties party ON party.id = account.party_id
  LEFT JOIN banking.bank_account_approvals approval ON approval.bank_account_id = account.id`;

export async function accountRow(on: Reader, id: string): Promise<BankAccount | undefined> {
  const [row] = await sql<BankAccount>(on, `${ACCOUNT} WHERE account.id = $1`, [id]);
  return row;
}

export function accountsOfNetwork(on: Reader, networkId: string): Promise<BankAccount[]> {
  return sql<BankAccount>(
    on,
    `${ACCOUNT} WHERE account.network_id = $1 ORDER BY party.name, account.proposed_at DESC`,
    [networkId],
  );
}

export function accountsOfParty(on: Reader, partyId: string): Promise<BankAccount[]> {
  return sql<BankAccount>(on, `${ACCOUNT} WHERE account.party_id = $1 ORDER BY account.proposed_at DESC`, [
    partyId,
  ]);
}

/** For each party the account it pays from and is paid to: of those that may be used, the last approved. */
export function usedAccounts(
  on: Reader,
  partyIds: readonly string[],
  unit: Unit,
  now: Instant,
): Promise<BankAccount[]> {
  return sql<BankAccount>(
    on,
    `SELECT DISTINCT ON (party ->> 'id') * FROM (${ACCOUNT}) AS known
     WHERE (party ->> 'id')::uuid = ANY ($1) AND unit = $2 AND "usableFrom" <= $3
     ORDER BY party ->> 'id', "usableFrom" DESC, id DESC`,
    [partyIds, unit, now.toString()],
  );
}

export async function accountView(on: Reader, account: BankAccount, now: Instant): Promise<BankAccountView> {
  const {
    networkId: _networkId,
    requestHash: _hash,
    proposedBy: _by,
    proposedAt,
    usableFrom,
    ...told
  } = account;
  const from = usableFrom && instantFromDate(usableFrom);
  const [used] = await usedAccounts(on, [account.party.id], account.unit, now);
  const [last] = await sql<{ mapping: CsvMapping }>(
    on,
    `SELECT mapping FROM banking.bank_files WHERE bank_account_id = $1 AND mapping IS NOT NULL
     ORDER BY created_at DESC LIMIT 1`,
    [account.id],
  );
  const isReady = from !== null && Temporal.Instant.compare(from, now) <= 0;
  return {
    ...told,
    proposedAt: instantFromDate(proposedAt).toString(),
    state: from === null ? 'PROPOSED' : !isReady ? 'WAITING' : used?.id === account.id ? 'USED' : 'REPLACED',
    usableFrom: from?.toString() ?? null,
    mapping: last?.mapping ?? null,
  };
}
