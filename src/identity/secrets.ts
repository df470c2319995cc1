import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const CODE_LENGTH = 8;
/** Crockford's alphabet: no I, L, O or U, so that a code can be read out loud and typed. */
const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 256 random bits: long enough that a plain hash keeps them, and nobody guesses one. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(SECRET_BYTES).toString('base64url');
}

/** Typed by a person at a door; lives for minutes and works once. 256 is a multiple of 32: no bias. */
export function newCode(): string {
  return Array.from(randomBytes(CODE_LENGTH), (byte) => CODE_ALPHABET[byte % CODE_ALPHABET.length]).join('');
}

/** What is stored in a secret's place. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** People mix up letters and digits, and add spaces and hyphens. */
export function codeAsTyped(typed: string): string {
  return typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}
