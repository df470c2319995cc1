/** What vectors are made of: fixed test keys and moments, good codes, and ways to bend them. */
import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { encodeBase45, decodeBase45 } from './base45.js';
import { CborTag, decodeCbor, encodeCbor, type Cbor, type CborMap } from './cbor.js';
import { EDDSA, claimsOf } from './credential.js';
import { issueCredential, showPass, showStaticCard, type Refusal } from './esc1.js';

export const NOW = 1_796_083_200; // 2026-12-01T00:00:00Z, a multiple of 15
const DAY = 86_400;

/** Test keys only: the seed is one byte repeated. */
export function testKey(seedByte: number) {
  const pkcs8 = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.alloc(32, seedByte),
  ]);
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    raw: Uint8Array.from(spki.subarray(-32)),
    kid: Uint8Array.from(createHash('sha256').update(spki).digest().subarray(0, 4)),
    sign: (message: Uint8Array) => edSign(privateKey, message),
  };
}

function edSign(key: KeyObject, message: Uint8Array): Uint8Array {
  return Uint8Array.from(sign(null, message, key));
}

export function spaceTag(spaceId: string): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(spaceId).digest().subarray(0, 4));
}

export const issuer = testKey(1);
export const retiredIssuer = testKey(2);
export const holder = testKey(3);
export const stranger = testKey(9);
export const HERE = spaceTag('0193aa00-0000-7000-8000-000000000001');
export const ELSEWHERE = spaceTag('0193aa00-0000-7000-8000-000000000002');
export const id = (last: number) => Uint8Array.from([...Array.from({ length: 15 }, () => 7), last]);

/** Ids that the door of the vectors knows something about. */
export const KNOWN = { fresh: id(0), booked: id(1), seen: id(2), inside: id(3) };
export const REVOKED_INDEX = 666;

type Facts = Parameters<typeof claimsOf>[0];
export const usual: Facts = {
  issuer: 'nm-eu',
  issuedAt: NOW - DAY,
  expiresAt: NOW + 5 * DAY,
  credentialId: KNOWN.fresh,
  holder: { alg: EDDSA, raw: holder.raw },
  productClass: 3,
  statusIndex: 123_456,
  offline: 'booked_only',
};
export const issuerKey = { alg: EDDSA, kid: issuer.kid, sign: issuer.sign };

type Made = { facts?: Partial<Facts>; claims?: (claims: CborMap) => void; key?: typeof issuerKey };
export async function credential({
  facts = {},
  claims: change,
  key = issuerKey,
}: Made = {}): Promise<Uint8Array> {
  const claims = claimsOf({ ...usual, ...facts });
  change?.(claims);
  return issueCredential(claims, key);
}

type Shown = Made & {
  at?: number;
  space?: Uint8Array;
  signer?: typeof holder;
  credential?: Uint8Array | Promise<Uint8Array>;
};
export async function shown(made: Shown = {}): Promise<string> {
  const credentialId = made.facts?.credentialId ?? KNOWN.fresh;
  const at = { credentialId, now: made.at ?? NOW, spaceTag: made.space ?? HERE };
  return showPass((await made.credential) ?? (await credential(made)), at, (made.signer ?? holder).sign);
}

export async function card(facts: Partial<Facts> = {}): Promise<string> {
  const { holder: _none, ...rest } = { ...usual, ...facts };
  return showStaticCard(await issueCredential(claimsOf(rest), issuerKey));
}

/** Takes a good code apart, changes one thing without signing again, and puts it together. */
export async function bent(change: (parts: Cbor[]) => void): Promise<string> {
  const { value } = decodeCbor(await credential()) as CborTag;
  change(value as Cbor[]);
  return shown({ credential: encodeCbor(new CborTag(18, value)) });
}

export async function bentBytes(change: (bytes: Uint8Array) => Uint8Array): Promise<string> {
  return `ESC1:${encodeBase45(change(decodeBase45((await shown()).slice(5))!))}`;
}

export type Vector = {
  name: string;
  text: string;
  door?: { online?: boolean; now?: number; packageAgeSeconds?: number };
  expect: 'A' | 'B' | 'C' | Refusal;
};

/** A vector in the making. */
export type Bad = readonly [Vector['expect'], string, string | Promise<string>, Vector['door']?];
