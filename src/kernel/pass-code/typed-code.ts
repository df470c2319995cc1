/**
 * What somebody reads out when no camera can: eight characters, four that find the credential and four that prove
 * this half-minute and this door. It carries no holder's signature, so only a door that is online may take it.
 */
import { joinBytes } from './cbor.js';

/** No 0, O, 1 or I: they look alike. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const HALF = 4;
export const TYPED_STEP_SECONDS = 30;
/** Reading out and typing takes time: this many steps back are taken. */
export const TYPED_STEPS_BACK = 2;
const PATTERN = /^[2-9A-HJ-NP-Z]{4}[ -]?[2-9A-HJ-NP-Z]{4}$/i;

/** Computes HMAC-SHA-256 under the key that phone and issuer share. */
export type Mac = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

export function isTypedCode(text: string): boolean {
  return PATTERN.test(text.trim());
}

/** Any 20 bits as four characters. */
export function fourCharacters(bytes: Uint8Array): string {
  let text = '';
  let bits = bytes[0]! * 65_536 + bytes[1]! * 256 + bytes[2]!;
  for (let place = 0; place < HALF; place += 1) {
    text += ALPHABET[bits % ALPHABET.length];
    bits = Math.floor(bits / ALPHABET.length);
  }
  return text;
}

export function stepAt(epochSeconds: number): number {
  return Math.floor(epochSeconds / TYPED_STEP_SECONDS);
}

/** The half that changes: for one step and one space. */
export async function typedProof(mac: Mac, step: number, spaceTag: Uint8Array): Promise<string> {
  const number = Uint8Array.of(step >>> 24, (step >> 16) & 0xff, (step >> 8) & 0xff, step & 0xff);
  const message = joinBytes([new TextEncoder().encode('escale-typed-1\0'), number, spaceTag]);
  return fourCharacters(await mac(message));
}

/** Two groups of four, however it was typed. */
export function readTypedCode(text: string): { handle: string; proof: string } {
  const plain = text.trim().toUpperCase().replaceAll(/[ -]/g, '');
  return { handle: plain.slice(0, HALF), proof: plain.slice(HALF) };
}
