/**
 * What somebody reads out when no camera can: eight characters, four that find the credential and four that prove
 * this half-minute at this door. Phone and issuer share a key for it; a door is given one that is good for its own
 * space alone, so a tablet can check the guests on its list without a network and can make no code for another door.
 * It carries no holder's signature: whoever types it looks at the guest, as with a card.
 */
import { joinBytes } from './cbor.js';

/** No 0, O, 1 or I: they look alike. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const HALF = 4;
export const TYPED_KEY_BYTES = 32;
export const TYPED_STEP_SECONDS = 30;
/** Reading out and typing takes time: this many steps back are taken, and one ahead for a clock that is not ours. */
const STEPS_BACK = 2;
const STEPS_AHEAD = 1;
const PATTERN = /^[2-9A-HJ-NP-Z]{4}[ -]?[2-9A-HJ-NP-Z]{4}$/i;

/** CryptoKey by the way it is made: the name is a global only where the DOM types are loaded. */
export type TypedKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

export function isTypedCode(text: string): boolean {
  return PATTERN.test(text.trim());
}

/** Two groups of four, however it was typed. */
export function readTypedCode(text: string): { handle: string; proof: string } {
  const plain = text.trim().toUpperCase().replaceAll(/[ -]/g, '');
  return { handle: plain.slice(0, HALF), proof: plain.slice(HALF) };
}

/** What the credential is found by: not secret, and not quite unique. */
export async function typedHandle(credentialId: Uint8Array): Promise<string> {
  return fourCharacters(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(credentialId))));
}

/** Never extractable: a page that is broken into can use it, not take it along. */
export function importTypedKey(raw: Uint8Array): Promise<TypedKey> {
  return crypto.subtle.importKey('raw', Uint8Array.from(raw), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
}

/** The key of one door, out of the one that phone and issuer share. */
export function spaceKey(shared: TypedKey, spaceTag: Uint8Array): Promise<Uint8Array> {
  return mac(shared, joinBytes([new TextEncoder().encode('escale-typed-space-1\0'), spaceTag]));
}

/** The eight characters of now, as they are shown. */
export async function showTyped(
  shared: TypedKey,
  at: { readonly credentialId: Uint8Array; readonly now: number; readonly spaceTag: Uint8Array },
): Promise<string> {
  const door = await importTypedKey(await spaceKey(shared, at.spaceTag));
  return `${await typedHandle(at.credentialId)} ${await proofOf(door, stepAt(at.now))}`;
}

/** The second at which the proven half-minute began; null when no half-minute of these has this proof. */
export async function provenAt(doorKey: Uint8Array, proof: string, now: number): Promise<number | null> {
  const key = await importTypedKey(doorKey);
  for (let step = stepAt(now) + STEPS_AHEAD; step >= stepAt(now) - STEPS_BACK; step -= 1) {
    if ((await proofOf(key, step)) === proof) return step * TYPED_STEP_SECONDS;
  }
  return null;
}

async function proofOf(doorKey: TypedKey, step: number): Promise<string> {
  const number = Uint8Array.of(step >>> 24, (step >> 16) & 0xff, (step >> 8) & 0xff, step & 0xff);
  return fourCharacters(
    await mac(doorKey, joinBytes([new TextEncoder().encode('escale-typed-1\0'), number])),
  );
}

async function mac(key: TypedKey, message: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, Uint8Array.from(message)));
}

/** Any 20 bits as four characters. */
function fourCharacters(bytes: Uint8Array): string {
  let text = '';
  let bits = bytes[0]! * 65_536 + bytes[1]! * 256 + bytes[2]!;
  for (let place = 0; place < HALF; place += 1) {
    text += ALPHABET[bits % ALPHABET.length];
    bits = Math.floor(bits / ALPHABET.length);
  }
  return text;
}

function stepAt(epochSeconds: number): number {
  return Math.floor(epochSeconds / TYPED_STEP_SECONDS);
}
