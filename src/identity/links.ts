import { newId } from '../kernel/ids.js';
import { sql, type Tx } from '../platform/db.js';
import { LinkProblems } from './identity.problems.js';
import { hashSecret, newSecret } from './secrets.js';

type LinkKind = 'EMAIL_CONFIRMATION' | 'PASSWORD_RESET';

const LIFE_HOURS: Readonly<Record<LinkKind, number>> = { EMAIL_CONFIRMATION: 48, PASSWORD_RESET: 1 };

/** A secret that proves somebody reads the person's mail; it works once. Only its hash is stored. */
export async function newLink(
  tx: Tx,
  kind: LinkKind,
  personId: string,
): Promise<{ id: string; token: string }> {
  const link = { id: newId(), token: newSecret() };
  await sql(
    tx,
    `INSERT INTO identity.links (id, kind, person_id, token_hash, expires_at)
     VALUES ($1, $2, $3, $4, now() + make_interval(hours => $5))`,
    [link.id, kind, personId, hashSecret(link.token), LIFE_HOURS[kind]],
  );
  return link;
}

/**
 * Whose link it is, and whether this is its first use: a repeat of a request whose answer got lost must be
 * told from the request. An unknown, expired or other link is refused alike.
 */
export async function takeLink(
  tx: Tx,
  kind: LinkKind,
  token: string,
): Promise<{ id: string; personId: string; isFirst: boolean }> {
  const values = [kind, hashSecret(token)];
  const [taken] = await sql<{ id: string; personId: string }>(
    tx,
    `UPDATE identity.links SET used_at = now()
     WHERE kind = $1 AND token_hash = $2 AND used_at IS NULL AND expires_at > now()
     RETURNING id, person_id AS "personId"`,
    values,
  );
  if (taken) return { ...taken, isFirst: true };
  const [used] = await sql<{ id: string; personId: string }>(
    tx,
    `SELECT id, person_id AS "personId" FROM identity.links
     WHERE kind = $1 AND token_hash = $2 AND used_at IS NOT NULL`,
    values,
  );
  if (!used) throw linkSpent();
  return { ...used, isFirst: false };
}

/** A newer password makes the links that could change it worthless. */
export async function burnLinks(tx: Tx, kind: LinkKind, personId: string): Promise<void> {
  await sql(
    tx,
    'UPDATE identity.links SET used_at = now() WHERE kind = $1 AND person_id = $2 AND used_at IS NULL',
    [kind, personId],
  );
}

export function linkSpent() {
  return LinkProblems.spent('Ask for a new link: this one was used, is too old, or is not complete.');
}
