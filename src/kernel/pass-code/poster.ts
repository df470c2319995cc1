/**
 * ESCD, the code on the wall of a space, for guests to scan with their own phone.
 * Promise: a text is read as a poster only if the service signed it; anything else is null, never an address to open.
 */
import { decodeBase45, encodeBase45 } from './base45.js';
import { joinBytes } from './cbor.js';
import { EDDSA, type PublicKey } from './credential.js';
import type { Sign } from './esc1.js';

export const POSTER_PREFIX = 'ESCD:';
const ID_BYTES = 16;
const SIGNATURE_BYTES = 64;
const BYTES = 2 * ID_BYTES + SIGNATURE_BYTES;
const CONTEXT = new TextEncoder().encode('escale-poster-1\0');

export type Poster = { readonly spaceId: string; readonly posterId: string };
type Verify = (key: PublicKey, message: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;

export async function makePoster({ spaceId, posterId }: Poster, sign: Sign): Promise<string> {
  const ids = joinBytes([bytesOf(spaceId), bytesOf(posterId)]);
  const signature = await sign(joinBytes([CONTEXT, ids]));
  return POSTER_PREFIX + encodeBase45(joinBytes([ids, signature]));
}

export async function readPoster(text: string, rawKey: Uint8Array, verify: Verify): Promise<Poster | null> {
  if (!text.startsWith(POSTER_PREFIX)) return null;
  const bytes = decodeBase45(text.slice(POSTER_PREFIX.length));
  if (bytes?.length !== BYTES) return null;
  const ids = bytes.slice(0, 2 * ID_BYTES);
  const signature = bytes.slice(2 * ID_BYTES);
  const isOurs = await verify({ alg: EDDSA, raw: rawKey }, joinBytes([CONTEXT, ids]), signature);
  return isOurs ? { spaceId: idOf(ids.slice(0, ID_BYTES)), posterId: idOf(ids.slice(ID_BYTES)) } : null;
}

function bytesOf(id: string): Uint8Array {
  const hex = id.replaceAll('-', '');
  return Uint8Array.from({ length: ID_BYTES }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

function idOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
