import { EDDSA } from '@wire/kernel/pass-code/credential.js';
import { newId } from '@wire/kernel/ids.js';
import { Temporal } from '@wire/kernel/time.js';
import { useQuery } from '@tanstack/react-query';
import { CredentialView } from '@wire/passes/pass.schema.js';
import { PhonePage } from '@wire/passes/phone.schema.js';
import { ApiProblem, call, serverNowMs } from '../api/call';
import { fromBase64Url, toBase64Url } from './bytes';
import type { HeldCredential, HolderKey } from './held';
import { forgetPass, heldCredential, holderKey, keepCredential } from './pass-store';

const RENEW_BELOW_MS = 6 * 86_400_000;
const LOOK_AGAIN_MS = 600_000;
const SUPERSEDED = 'credential.superseded';
const CONFLICT = 409;

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
  if (held?.typedKey && leftMs > RENEW_BELOW_MS) {
    await refuseEnded(passId, key);
    return { key, held };
  }
  try {
    return { key, held: await renew(passId, key) };
  } catch (error) {
    if (held && leftMs > 0 && !isSuperseded(error)) return { key, held };
    throw error;
  }
}

/** The pass was moved to another phone, or this one was given up as lost. */
export function isSuperseded(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === SUPERSEDED;
}

/** Takes the pass to this phone, under a new key. */
export async function moveHere(passId: string): Promise<void> {
  await forgetPass(passId);
  await renew(passId, await holderKey(passId));
}

/** Asks while there is a network; without one, the door has to know. */
async function refuseEnded(passId: string, { raw }: HolderKey): Promise<void> {
  const own = toBase64Url(raw);
  const phones = await call(`/v1/credentials?passId=${passId}`, { returns: PhonePage }).catch(() => null);
  if (phones?.items.some(({ holderKey: key, endedBy }) => key === own && endedBy !== null))
    throw new ApiProblem(CONFLICT, SUPERSEDED, 'The pass is on another phone now.');
}

/** What the list of one's phones calls this one. */
function phoneLabel(): string {
  return /iPhone|iPad|Android|Macintosh|Windows|Linux/.exec(navigator.userAgent)?.[0] ?? 'Browser';
}

async function renew(passId: string, { alg, raw }: HolderKey): Promise<HeldCredential> {
  const issued = await call(`/v1/credentials/${newId()}`, {
    method: 'PUT',
    body: {
      passId,
      holderKey: { alg: alg === EDDSA ? 'EdDSA' : 'ES256', raw: toBase64Url(raw) },
      label: phoneLabel(),
    },
    returns: CredentialView,
  });
  const { importTypedKey } = await import('./typed');
  const held = {
    passId,
    credential: fromBase64Url(issued.credential),
    credentialId: fromBase64Url(issued.credentialId),
    expiresAtMs: Temporal.Instant.from(issued.expiresAt).epochMilliseconds,
    ...(issued.typedKey && { typedKey: await importTypedKey(fromBase64Url(issued.typedKey)) }),
  };
  await keepCredential(held);
  return held;
}
