import { instantFromDate, type Instant } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';

/** What must not open a door though it has not expired, by issuer. */
export type Withdrawn = {
  readonly networkId: string;
  readonly issuer: string;
  /** How many indexes the list has. */
  readonly size: number;
  readonly indexes: readonly number[];
};

/** Of one network, or of all that issue passes; as far as the scope reaches. */
export function findWithdrawn(on: Reader, now: Instant, networkId?: string): Promise<Withdrawn[]> {
  return sql<Withdrawn>(
    on,
    `SELECT issuer.network_id AS "networkId", issuer.short_id AS issuer, issuer.next_status_index AS size,
            coalesce(array_agg(credential.status_index ORDER BY credential.status_index)
              FILTER (WHERE credential.revoked_at IS NOT NULL OR pass.state IN ('PAUSED', 'REVOKED', 'REFUNDED')),
              '{}') AS indexes
     FROM passes.issuers issuer
     LEFT JOIN passes.credentials credential ON credential.network_id = issuer.network_id
       AND credential.expires_at > $1
     LEFT JOIN passes.passes pass ON pass.id = credential.pass_id
     WHERE $2::uuid IS NULL OR issuer.network_id = $2
     GROUP BY issuer.network_id ORDER BY issuer.short_id`,
    [now.toString(), networkId ?? null],
  );
}

/** Ids and holder keys of everything these people can show. */
export function findBearers(
  on: Reader,
  personIds: readonly string[],
  now: Instant,
): Promise<{ personId: string; cti: Uint8Array; holderKey: Uint8Array | null }[]> {
  return sql(
    on,
    `SELECT person_id AS "personId", cti, holder_key AS "holderKey" FROM passes.credentials
     WHERE person_id = ANY ($1) AND expires_at > $2 AND revoked_at IS NULL ORDER BY cti`,
    [personIds, now.toString()],
  );
}

export async function findWithdrawnAt(on: Reader, credentialId: string): Promise<Instant | null> {
  const [row] = await sql<{ at: Parameters<typeof instantFromDate>[0] | null }>(
    on,
    `SELECT least(credential.revoked_at,
              CASE WHEN pass.state IN ('PAUSED', 'REVOKED', 'REFUNDED') THEN (
                SELECT max(change.created_at) FROM passes.pass_changes change
                WHERE change.pass_id = pass.id AND change.to_state = pass.state) END) AS at
     FROM passes.credentials credential JOIN passes.passes pass ON pass.id = credential.pass_id
     WHERE credential.id = $1`,
    [credentialId],
  );
  return row?.at ? instantFromDate(row.at) : null;
}
