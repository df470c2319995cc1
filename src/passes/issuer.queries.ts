import { instantFromDate, type Instant } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';

/** The public half of a key that signs a network's credentials. */
export type IssuerKeyRow = {
  readonly id: string;
  readonly networkId: string;
  /** The network's short id, as credentials name it. */
  readonly issuer: string;
  readonly number: number;
  readonly kid: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly useFrom: Instant;
  readonly useUntil: Instant;
};

type Stored = Parameters<typeof instantFromDate>[0];

/** Those still good for verifying, of one network or of all. */
export async function findIssuerKeys(
  on: Reader,
  usedSince: Instant,
  networkId?: string,
): Promise<IssuerKeyRow[]> {
  const rows = await sql<Omit<IssuerKeyRow, 'useFrom' | 'useUntil'> & { useFrom: Stored; useUntil: Stored }>(
    on,
    `SELECT key.id, key.network_id AS "networkId", issuer.short_id AS issuer, key.number, key.kid,
            key.public_key AS "publicKey", key.use_from AS "useFrom", key.use_until AS "useUntil"
     FROM passes.issuer_keys key JOIN passes.issuers issuer USING (network_id)
     WHERE key.use_until > $1 AND ($2::uuid IS NULL OR key.network_id = $2)
     ORDER BY issuer.short_id, key.number`,
    [usedSince.toString(), networkId ?? null],
  );
  return rows.map((row) => ({
    ...row,
    useFrom: instantFromDate(row.useFrom),
    useUntil: instantFromDate(row.useUntil),
  }));
}
