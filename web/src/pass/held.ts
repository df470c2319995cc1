import type { PublicKey } from '@wire/kernel/pass-code/credential.js';

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
};
