import type { OfflinePolicy } from '../kernel/pass-code/credential.js';
import type { Amount, Unit } from '../kernel/money.js';
import { instantFromDate, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import type { PassScope, PassState } from './pass.rules.js';

export type Pass = {
  readonly id: string;
  readonly networkId: string;
  readonly productId: string;
  readonly personId: string;
  readonly productName: string;
  readonly halfDays: number;
  readonly price: Amount;
  readonly scope: PassScope;
  readonly productClass: number;
  readonly offline: OfflinePolicy;
  readonly validFrom: PlainDate;
  readonly validUntil: PlainDate;
  /** As stored: `stateAt` says what it is now. */
  readonly state: PassState;
  readonly requestHash: string;
  readonly createdAt: Instant;
  /** From the ledger. */
  readonly leftHalfDays: number;
  readonly heldHalfDays: number;
};

type PassRow = {
  id: string;
  network_id: string;
  product_id: string;
  person_id: string;
  product_name: string;
  half_days: number;
  price_minor: string;
  price_unit: Unit;
  network_ids: string[];
  space_ids: string[];
  resource_kinds: string[];
  product_class: number;
  offline: OfflinePolicy;
  first_day: string;
  last_day: string;
  state: PassState;
  request_hash: string;
  created_at: Parameters<typeof instantFromDate>[0];
};

/** The ledger's accounts of a pass. */
export function passAccounts(passId: string) {
  return {
    sold: derivedId(passId, 'sold'),
    available: derivedId(passId, 'available'),
    used: derivedId(passId, 'used'),
  };
}

export async function findPass(on: Reader, id: string): Promise<Pass | null> {
  const [pass] = await passesWhere(on, 'id = $1', [id]);
  return pass ?? null;
}

/** Nobody else changes the pass until this transaction ends. */
export async function lockPass(on: Reader, id: string): Promise<Pass | null> {
  await sql(on, 'SELECT FROM passes.passes WHERE id = $1 FOR UPDATE', [id]);
  return findPass(on, id);
}

export function findPassesOf(on: Reader, personId: string): Promise<Pass[]> {
  return passesWhere(on, 'person_id = $1', [personId]);
}

/** Soonest expiry first: whoever takes half-days takes those that lapse first. */
async function passesWhere(on: Reader, condition: string, values: unknown[]): Promise<Pass[]> {
  const query = `SELECT *, valid_from::text AS first_day, valid_until::text AS last_day
    FROM passes.passes WHERE ${condition} ORDER BY valid_until, id`;
  const rows = await sql<PassRow>(on, query, values);
  const accounts = await balances(
    on,
    rows.map((row) => passAccounts(row.id).available),
  );
  return rows.map((row) => passOf(row, accounts.get(passAccounts(row.id).available)));
}

type Balance = { readonly left: number; readonly held: number };

async function balances(on: Reader, accountIds: readonly string[]): Promise<Map<string, Balance>> {
  const rows = await sql<Balance & { id: string }>(
    on,
    `SELECT id, (credits - debits - debits_held)::int AS left, debits_held::int AS held
     FROM ledger.pub_accounts WHERE id = ANY ($1::uuid[])`,
    [accountIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function passOf(row: PassRow, balance: Balance | undefined): Pass {
  return {
    id: row.id,
    networkId: row.network_id,
    productId: row.product_id,
    personId: row.person_id,
    productName: row.product_name,
    halfDays: row.half_days,
    price: { unit: row.price_unit, minor: BigInt(row.price_minor) },
    scope: { networkIds: row.network_ids, spaceIds: row.space_ids, resourceKinds: row.resource_kinds },
    productClass: row.product_class,
    offline: row.offline,
    validFrom: Temporal.PlainDate.from(row.first_day),
    validUntil: Temporal.PlainDate.from(row.last_day),
    state: row.state,
    requestHash: row.request_hash,
    createdAt: instantFromDate(row.created_at),
    leftHalfDays: balance?.left ?? 0,
    heldHalfDays: balance?.held ?? 0,
  };
}
