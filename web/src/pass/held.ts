import type { PublicKey } from '@wire/kernel/pass-code/credential.js';
import type { TypedKey } from '@wire/kernel/pass-code/typed-code.js';

/** The key pair of this phone for one pass. The private key cannot leave the browser: it is not extractable. */
export type HolderKey = {
  readonly passId: string;
  readonly alg: PublicKey['alg'];
  readonly raw: Uint8Array;
  readonly privateKey: CryptoKey;
};

/** What the issuer signed for that key, good without a network until it expires. */
export type HeldCredential = {
  readonly passId: string;
  readonly credential: Uint8Array;
  readonly credentialId: Uint8Array;
  readonly expiresAtMs: number;
  /** For the code that is read out; credentials of before have none. */
  readonly typedKey?: TypedKey;
};
