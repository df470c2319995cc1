/** Making and using the Ed25519 keys that sign a network's credentials. The seed is the whole private key. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

const KID_BYTES = 4;

export type KeyPair = { readonly kid: Buffer; readonly publicKey: Buffer; readonly seed: Buffer };

export function makeKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x, d } = privateKey.export({ format: 'jwk' });
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return {
    kid: createHash('sha256').update(spki).digest().subarray(0, KID_BYTES),
    publicKey: Buffer.from(x!, 'base64url'),
    seed: Buffer.from(d!, 'base64url'),
  };
}

/** A signer of messages, from what was sealed. */
export function signerOf(publicKey: Uint8Array, seed: Uint8Array): (message: Uint8Array) => Uint8Array {
  const [x, d] = [base64url(publicKey), base64url(seed)];
  const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', x, d }, format: 'jwk' });
  return (message) => new Uint8Array(sign(null, message, key));
}

/** Is this a point of its curve at all? */
export function isPublicKey(alg: 'EdDSA' | 'ES256', raw: Uint8Array): boolean {
  const part = (from: number, to: number) => base64url(raw.slice(from, to));
  const jwk =
    alg === 'EdDSA'
      ? { kty: 'OKP', crv: 'Ed25519', x: part(0, 32) }
      : { kty: 'EC', crv: 'P-256', x: part(1, 33), y: part(33, 65) };
  if (raw.length !== (alg === 'EdDSA' ? 32 : 65) || (alg === 'ES256' && raw[0] !== 4)) return false;
  try {
    createPublicKey({ key: jwk, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
