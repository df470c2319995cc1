/**
 * Who shows a code, as a list on a tablet may name them: hashed with the space and the day, so that the lists
 * of two doors or two days cannot be laid side by side, and a stolen tablet knows no credential.
 */
import { joinBytes } from './cbor.js';
import type { Credential } from './credential.js';

const HASH_BYTES = 12;

/** What stays the same when a phone renews its credential: its key. A card has none, and is known by its id. */
export function bearerOf({ holder, credentialId }: Pick<Credential, 'holder' | 'credentialId'>): Uint8Array {
  return holder?.raw ?? credentialId;
}

/** In hexadecimal. */
export async function bearerHash(at: { spaceId: string; day: string }, bearer: Uint8Array): Promise<string> {
  const salt = new TextEncoder().encode(`escale-bearer-1\0${at.spaceId.toLowerCase()}/${at.day}\0`);
  const hash = await crypto.subtle.digest('SHA-256', Uint8Array.from(joinBytes([salt, bearer])));
  return hex(new Uint8Array(hash.slice(0, HASH_BYTES)));
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
