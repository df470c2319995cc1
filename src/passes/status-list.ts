/** The status list of an issuer, as a Token Status List: a signed bit per credential. Pure. */

const BITS_PER_BYTE = 8;

/** The lowest bit of the first byte is index 0. */
export function statusBits(size: number, revoked: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(Math.max(1, Math.ceil(size / BITS_PER_BYTE)));
  for (const index of revoked) bytes[Math.floor(index / BITS_PER_BYTE)]! |= 1 << (index % BITS_PER_BYTE);
  return bytes;
}

type Key = { readonly kid: Uint8Array; readonly sign: (message: Uint8Array) => Uint8Array };

/** RFC 7515, compact, EdDSA. The type keeps a list from passing for any other token of the same key. */
export function compactJws(claims: object, key: Key, type = 'statuslist+jwt'): string {
  const header = { alg: 'EdDSA', typ: type, kid: Buffer.from(key.kid).toString('base64url') };
  const [head, body] = [header, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const message = `${head}.${body}`;
  return `${message}.${Buffer.from(key.sign(Buffer.from(message))).toString('base64url')}`;
}
