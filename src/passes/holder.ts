import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type JsonWebKey } from 'node:crypto';
import { ANY_SPACE, showPass } from '../kernel/pass-code/esc1.js';
import { CborTag, decodeCbor } from '../kernel/pass-code/cbor.js';
import { readCredential } from '../kernel/pass-code/credential.js';
import { spaceTag } from '../kernel/pass-code/space-tag.js';
import { invariant } from '../kernel/problem.js';
import type { Instant } from '../kernel/time.js';

/** A phone without a phone: keeps a holder's key and shows rotating codes. For the command line, the demo and tests. */
export type Holder = {
  /** As PUT /v1/credentials/{id} takes it. */
  readonly holderKey: { readonly alg: 'EdDSA'; readonly raw: string };
  /** To keep, and to make the same holder from again. */
  readonly secret: JsonWebKey;
  /** The text of the code, for one space's door, or for any that is online. */
  show(credential: string, spaceId: string | null, now: Instant): Promise<string>;
};

/** With a new key, or with the secret of a holder that was kept. */
export function makeHolder(kept?: JsonWebKey): Holder {
  const privateKey = kept
    ? createPrivateKey({ key: kept, format: 'jwk' })
    : generateKeyPairSync('ed25519').privateKey;
  const raw = createPublicKey(privateKey).export({ format: 'jwk' }).x!;
  return {
    holderKey: { alg: 'EdDSA', raw },
    secret: privateKey.export({ format: 'jwk' }),
    async show(credential, spaceId, now) {
      const bytes = new Uint8Array(Buffer.from(credential, 'base64url'));
      const at = {
        credentialId: credentialIdOf(bytes),
        now: Math.floor(now.epochMilliseconds / 1000),
        spaceTag: spaceId === null ? ANY_SPACE : await spaceTag(spaceId),
      };
      return showPass(bytes, at, (message) => new Uint8Array(sign(null, message, privateKey)));
    },
  };
}

function credentialIdOf(bytes: Uint8Array): Uint8Array {
  const envelope = decodeCbor(bytes);
  const credential = envelope instanceof CborTag ? readCredential(envelope, 'rotating') : 'shape';
  invariant(typeof credential !== 'string', 'what was issued is a credential');
  return credential.credentialId;
}
