import { EDDSA, ES256, type PublicKey } from '@wire/kernel/pass-code/credential.js';
import { database } from '../offline/database';
import type { HeldCredential, HolderKey } from './held';

/** Makes the phone's key for a pass once; afterwards finds it again. */
export async function holderKey(passId: string): Promise<HolderKey> {
  const db = await database();
  const known = await db.get('holderKeys', passId);
  if (known) return known;
  const made = await makeKey(passId);
  await db.put('holderKeys', made);
  return made;
}

/** Ed25519 where the browser has it, P-256 where it has not. */
async function makeKey(passId: string): Promise<HolderKey> {
  const [alg, pair] = await generate();
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { passId, alg, raw, privateKey: pair.privateKey };
}

async function generate(): Promise<[PublicKey['alg'], CryptoKeyPair]> {
  try {
    return [EDDSA, await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify'])];
  } catch {
    const p256 = { name: 'ECDSA', namedCurve: 'P-256' };
    return [ES256, await crypto.subtle.generateKey(p256, false, ['sign', 'verify'])];
  }
}

export function signer({ alg, privateKey }: HolderKey): (message: Uint8Array) => Promise<Uint8Array> {
  const how = alg === EDDSA ? 'Ed25519' : { name: 'ECDSA', hash: 'SHA-256' };
  return async (message) =>
    new Uint8Array(await crypto.subtle.sign(how, privateKey, Uint8Array.from(message)));
}

export async function heldCredential(passId: string): Promise<HeldCredential | null> {
  return (await (await database()).get('credentials', passId)) ?? null;
}

export async function keepCredential(held: HeldCredential): Promise<void> {
  await (await database()).put('credentials', held);
}

/** Its key had to go: the next one is made when somebody moves the pass here again. */
export async function forgetPass(passId: string): Promise<void> {
  const db = await database();
  await Promise.all([db.delete('holderKeys', passId), db.delete('credentials', passId)]);
}

export async function forgetPasses(): Promise<void> {
  const db = await database();
  await Promise.all([db.clear('holderKeys'), db.clear('credentials')]);
}
