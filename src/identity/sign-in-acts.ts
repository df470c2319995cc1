import { newId } from '../kernel/ids.js';
import { sql, type Tx } from '../platform/db.js';
import type { Actor } from './actor.js';

export const SIGN_IN_ACTS = [
  'PASSKEY_ADDED',
  'PASSKEY_REMOVED',
  'AUTHENTICATOR_ADDED',
  'AUTHENTICATOR_REMOVED',
  'RECOVERY_CODES_MADE',
  'RECOVERY_CODE_USED',
  'PASSWORD_CHANGED',
  'SESSION_ENDED',
  'ALL_SESSIONS_ENDED',
  'LOOKED_AT',
] as const;
export type SignInAct = (typeof SIGN_IN_ACTS)[number];

/** What somebody can look up when they wonder whether it was themselves. Written with the fact, never changed. */
export async function noteSignInAct(
  tx: Tx,
  by: Pick<Actor, 'name' | 'session'> | { readonly name: string; readonly device: string },
  personId: string,
  kind: SignInAct,
  impersonationId: string | null = null,
): Promise<void> {
  const device = 'device' in by ? by.device : (by.session?.device ?? '');
  await sql(
    tx,
    `INSERT INTO identity.sign_in_acts (id, person_id, kind, actor, device, impersonation_id)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [newId(), personId, kind, by.name, device, impersonationId],
  );
}
