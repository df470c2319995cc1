import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Sealing } from '../platform/sealing.js';

/** An Ed25519 private key in PKCS #8 is this, then its seed. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key that signs posters. A poster hangs for years, so it is not one of the keys that issuers roll. */
@Injectable()
export class PosterKey {
  private readonly privateKey;
  readonly raw: Buffer;

  constructor(sealing: Sealing) {
    const der = Buffer.concat([PKCS8_HEAD, sealing.seedFor('escale-posters-1')]);
    this.privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    this.raw = Buffer.from(createPublicKey(this.privateKey).export({ format: 'jwk' }).x!, 'base64url');
  }

  sign(message: Uint8Array): Uint8Array {
    return new Uint8Array(sign(null, message, this.privateKey));
  }
}
