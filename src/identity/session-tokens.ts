import { createHash } from 'node:crypto';
import { newId } from '../kernel/ids.js';
import { sql, type Tx } from '../platform/db.js';
import type { Grant, ProofKind } from './actor.js';
import { hashSecret, newSecret } from './secrets.js';

/** How long requests that were under way may still carry the secret before. */
export const PREVIOUS_TOKEN_SECONDS = 60;

export type NewSession = {
  readonly device: string;
  readonly provedBy: ProofKind;
  readonly rightsHash: Buffer;
};

/** What the roles of somebody come to: other roles, another hash. What others lent them for a time does not count. */
export function rightsHash(grants: readonly Grant[]): Buffer {
  const own = grants.filter(({ delegation }) => !delegation);
  const rights = own.map(({ role, organisationId }) => `${role} ${organisationId}`).toSorted();
  return createHash('sha256').update(rights.join('\n')).digest();
}

/** Whoever signs in has just proven who they are. Returns the token: only its hash is stored. */
export async function newSession(tx: Tx, personId: string, made: NewSession): Promise<string> {
  const token = newSecret();
  await sql(
    tx,
    `INSERT INTO identity.sessions (id, person_id, token_hash, device, rights_hash, proved_at, proved_by)
     VALUES ($1, $2, $3, $4, $5, now(), $6)`,
    [newId(), personId, hashSecret(token), made.device, made.rightsHash, made.provedBy],
  );
  return token;
}

type Rotation = { readonly rightsHash?: Buffer; readonly provedBy?: ProofKind };

/** The same session under another secret, because more has been proven in it. */
export async function rotateSession(
  tx: Tx,
  id: string,
  { rightsHash: rights, provedBy }: Rotation,
): Promise<string> {
  const token = newSecret();
  await sql(tx, `${ROTATE} WHERE id = $1`, [id, hashSecret(token), rights ?? null, provedBy ?? null]);
  return token;
}

/** The same, because more may be done with it. Of requests that come with the old secret at once, one gets the new one. */
export async function rotateForRights(
  tx: Tx,
  { id, token: before }: { readonly id: string; readonly token: string },
  rights: Buffer,
): Promise<string | null> {
  const token = newSecret();
  const rotated = await sql(tx, `${ROTATE} WHERE id = $1 AND token_hash = $5 RETURNING id`, [
    id,
    hashSecret(token),
    rights,
    null,
    hashSecret(before),
  ]);
  return rotated.length === 1 ? token : null;
}

const ROTATE = `
  UPDATE identity.sessions SET previous_token_hash = token_hash, rotated_at = now(), token_hash = $2,
    rights_hash = coalesce($3::bytea, rights_hash), proved_by = coalesce($4, proved_by),
    proved_at = CASE WHEN $4::text IS NULL THEN proved_at ELSE now() END`;
