import { sql, type Tx } from '../platform/db.js';
import { PasskeyProblems } from './identity.problems.js';

const LIFE_MINUTES = 5;

/** What a passkey has to sign, once. Of somebody who adds one, or of nobody yet: the signature tells who it is. */
export async function putChallenge(
  tx: Tx,
  id: string,
  { challenge, personId }: { readonly challenge: string; readonly personId: string | null },
): Promise<string> {
  await sql(
    tx,
    `INSERT INTO identity.challenges (id, person_id, challenge, expires_at)
     VALUES ($1, $2, $3, now() + make_interval(mins => ${LIFE_MINUTES})) ON CONFLICT (id) DO NOTHING`,
    [id, personId, challenge],
  );
  const [stored] = await sql<{ challenge: string }>(
    tx,
    'SELECT challenge FROM identity.challenges WHERE id = $1 AND person_id IS NOT DISTINCT FROM $2',
    [id, personId],
  );
  if (!stored) throw refusedPasskey();
  return stored.challenge;
}

/** Used up, whatever comes of it: it is deleted in a transaction of its own. */
export async function takeChallenge(tx: Tx, id: string, personId: string | null): Promise<string | null> {
  const [taken] = await sql<{ challenge: string }>(
    tx,
    `DELETE FROM identity.challenges WHERE id = $1 AND person_id IS NOT DISTINCT FROM $2 AND expires_at > now()
     RETURNING challenge`,
    [id, personId],
  );
  return taken?.challenge ?? null;
}

export function refusedPasskey() {
  return PasskeyProblems.refused('Try once more, from the page of this service, with a passkey of yours.');
}
