import { instantFromDate, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { PassState } from './pass.rules.js';

export type CredentialKind = 'rotating' | 'card';

export type CredentialRow = {
  readonly id: string;
  readonly passId: string;
  readonly personId: string;
  /** Who issued it. */
  readonly networkId: string;
  readonly kind: CredentialKind;
  readonly revokedAt: Instant | null;
  readonly passState: PassState;
  readonly validUntil: PlainDate;
  readonly pausedOn: PlainDate | null;
  readonly pauseExtends: boolean;
};

type MaybeDate = Parameters<typeof instantFromDate>[0] | null;

export async function findCredentialByCti(on: Reader, cti: Uint8Array): Promise<CredentialRow | null> {
  const [row] = await sql<
    Omit<CredentialRow, 'revokedAt' | 'validUntil' | 'pausedOn'> & {
      revokedAt: MaybeDate;
      validUntil: string;
      pausedOn: string | null;
    }
  >(
    on,
    `SELECT credential.id, credential.pass_id AS "passId", credential.person_id AS "personId",
            credential.network_id AS "networkId", credential.kind, credential.revoked_at AS "revokedAt",
            pass.state AS "passState", pass.valid_until::text AS "validUntil",
            pass.paused_on::text AS "pausedOn", pass.pause_extends AS "pauseExtends"
     FROM passes.credentials credential JOIN passes.passes pass ON pass.id = credential.pass_id
     WHERE credential.cti = $1`,
    [Buffer.from(cti)],
  );
  return row
    ? {
        ...row,
        revokedAt: row.revokedAt && instantFromDate(row.revokedAt),
        validUntil: Temporal.PlainDate.from(row.validUntil),
        pausedOn: row.pausedOn === null ? null : Temporal.PlainDate.from(row.pausedOn),
      }
    : null;
}

/** Living passes of the issuer that say the same class. */
export async function countClass(
  on: Reader,
  of: { readonly networkId: string; readonly productClass: number },
): Promise<number> {
  const [row] = await sql<{ count: number }>(
    on,
    `SELECT count(*)::int AS count FROM passes.passes
     WHERE network_id = $1 AND product_class = $2 AND state IN ('ISSUED', 'ACTIVE')`,
    [of.networkId, of.productClass],
  );
  return row!.count;
}

/** What was signed, as it is handed out. */
export type Signed = {
  readonly id: string;
  readonly cti: Uint8Array;
  readonly kind: CredentialKind;
  readonly passId: string;
  readonly personId: string;
  readonly networkId: string;
  readonly credential: Uint8Array;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
  readonly requestHash: string;
};

export async function findSigned(on: Reader, id: string): Promise<Signed | null> {
  const [row] = await sql<
    Omit<Signed, 'issuedAt' | 'expiresAt' | 'revokedAt'> & {
      issuedAt: NonNullable<MaybeDate>;
      expiresAt: NonNullable<MaybeDate>;
      revokedAt: MaybeDate;
    }
  >(
    on,
    `SELECT id, cti, kind, pass_id AS "passId", person_id AS "personId", network_id AS "networkId", credential,
            issued_at AS "issuedAt", expires_at AS "expiresAt", revoked_at AS "revokedAt",
            request_hash AS "requestHash"
     FROM passes.credentials WHERE id = $1`,
    [id],
  );
  return row
    ? {
        ...row,
        issuedAt: instantFromDate(row.issuedAt),
        expiresAt: instantFromDate(row.expiresAt),
        revokedAt: row.revokedAt && instantFromDate(row.revokedAt),
      }
    : null;
}
