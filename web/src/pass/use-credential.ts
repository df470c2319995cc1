import { EDDSA } from '@wire/kernel/pass-code/credential.js';
import { newId } from '@wire/kernel/ids.js';
import { Temporal } from '@wire/kernel/time.js';
import { useQuery } from '@tanstack/react-query';
import { CredentialView } from '@wire/passes/pass.schema.js';
import { call, serverNowMs } from '../api/call';
import { fromBase64Url, toBase64Url } from './bytes';
import type { HeldCredential, HolderKey } from './held';
import { heldCredential, holderKey, keepCredential } from './pass-store';

const RENEW_BELOW_MS = 6 * 86_400_000;
const LOOK_AGAIN_MS = 600_000;

export type ShowablePass = { readonly key: HolderKey; readonly held: HeldCredential };

/** The phone's key and a credential for it: renewed silently while there is a network, the kept one without. */
export function useCredential(passId: string | undefined) {
  return useQuery({
    queryKey: ['credential', passId],
    enabled: passId !== undefined,
    refetchInterval: LOOK_AGAIN_MS,
    networkMode: 'always',
    structuralSharing: false,
    queryFn: () => showable(passId!),
  });
}

async function showable(passId: string): Promise<ShowablePass> {
  const [key, held] = [await holderKey(passId), await heldCredential(passId)];
  const leftMs = held ? held.expiresAtMs - serverNowMs() : 0;
  if (held && leftMs > RENEW_BELOW_MS) return { key, held };
  try {
    return { key, held: await renew(passId, key) };
  } catch (error) {
    if (held && leftMs > 0) return { key, held };
    throw error;
  }
}

async function renew(passId: string, { alg, raw }: HolderKey): Promise<HeldCredential> {
  const issued = await call(`/v1/credentials/${newId()}`, {
    method: 'PUT',
    body: { passId, holderKey: { alg: alg === EDDSA ? 'EdDSA' : 'ES256', raw: toBase64Url(raw) } },
    returns: CredentialView,
  });
  const held = {
    passId,
    credential: fromBase64Url(issued.credential),
    credentialId: fromBase64Url(issued.credentialId),
    expiresAtMs: Temporal.Instant.from(issued.expiresAt).epochMilliseconds,
  };
  await keepCredential(held);
  return held;
}
