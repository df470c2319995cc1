import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

type Options = { challenge: string };
/** What a real one does not do: another site, no finger asked for, a counter that stands still. */
type Twist = { origin?: string; rpId?: string; isVerified?: boolean; counter?: number };

/** A security key in software (WebAuthn level 3): one ES256 key pair, made for one site. */
export class SoftPasskey {
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private readonly credential = randomBytes(16);
  private counter = 0;

  constructor(
    private readonly origin: string,
    private readonly rpId = new URL(origin).hostname,
  ) {}

  register({ challenge }: Options, twist: Twist = {}) {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credential.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.credential, coseKey(this.keys.publicKey)]);
    const authData = Buffer.concat([this.data(HAS_CREDENTIAL, twist), attested]);
    const attestation = Buffer.concat([
      Buffer.from([0xa3]), // a CBOR map of three (RFC 8949)
      text('fmt'),
      text('none'),
      text('attStmt'),
      Buffer.from([0xa0]),
      text('authData'),
      bytes(authData),
    ]);
    const response = {
      clientDataJSON: this.client('webauthn.create', challenge, twist).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    };
    return { ...this.name(), response };
  }

  sign({ challenge }: Options, twist: Twist = {}) {
    const authenticatorData = this.data(0, twist);
    const client = this.client('webauthn.get', challenge, twist);
    const signed = Buffer.concat([authenticatorData, sha256(client)]);
    const response = {
      clientDataJSON: client.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: sign('sha256', signed, this.keys.privateKey).toString('base64url'),
    };
    return { ...this.name(), response };
  }

  private name() {
    const id = this.credential.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {} };
  }

  private client(type: string, challenge: string, { origin = this.origin }: Twist): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  private data(flags: number, { rpId = this.rpId, isVerified = true, counter }: Twist): Buffer {
    this.counter += 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter ?? this.counter);
    const all = flags | USER_PRESENT | (isVerified ? USER_VERIFIED : 0);
    return Buffer.concat([sha256(rpId), Buffer.from([all]), count]);
  }
}

/** {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} (RFC 9053). */
function coseKey(key: KeyObject): Buffer {
  const { x, y } = key.export({ format: 'jwk' });
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytes(Buffer.from(x!, 'base64url')),
    Buffer.from([0x22]),
    bytes(Buffer.from(y!, 'base64url')),
  ]);
}

function text(word: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + word.length]), Buffer.from(word)]);
}

/** With a length of one byte, which is enough for all of these. */
function bytes(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x58, content.length]), content]);
}

function sha256(content: Buffer | string): Buffer {
  return createHash('sha256').update(content).digest();
}
