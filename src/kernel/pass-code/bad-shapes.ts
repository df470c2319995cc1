/** Well-formed objects that are no credential: check 4, the closed lists of parts, claims, keys and algorithms. */
import { CborTag, decodeCbor, encodeCbor, joinBytes, type Cbor, type CborMap } from './cbor.js';
import { CLAIM, EDDSA } from './credential.js';
import { bent, credential, holder, issuer, shown, type Bad } from './vector-parts.js';

/** 4: right encoding, wrong object. */
export function shapes(): Bad[] {
  const as = (name: string, change: (parts: Cbor[]) => void): Bad => ['shape', name, bent(change)];
  const tagged = async (tag: number) => {
    const { value } = decodeCbor(await credential()) as CborTag;
    return shown({ credential: encodeCbor(new CborTag(tag, value)) });
  };
  return [
    ['shape', 'another tag: a message to encrypt', tagged(16)],
    ['shape', 'another tag: many signatures', tagged(98)],
    ['shape', 'a number where the credential belongs', shown({ credential: encodeCbor(7) })],
    ['shape', 'a text where the credential belongs', shown({ credential: encodeCbor('ESC1') })],
    ['shape', 'a tag around nothing but a number', shown({ credential: encodeCbor(new CborTag(18, 7)) })],
    as('five parts', (parts) => void parts.push(1)),
    as('no parts', (parts) => void parts.splice(0)),
    as('the header as a map', (parts) => void (parts[0] = decodeCbor(parts[0] as Uint8Array)!)),
    as('the payload as a map', (parts) => void (parts[2] = decodeCbor(parts[2] as Uint8Array)!)),
    as('the payload as a text', (parts) => void (parts[2] = 'pass')),
    as('the unsigned header as a list', (parts) => void (parts[1] = [])),
    as(
      'a signature of 65 bytes',
      (parts) => void (parts[3] = joinBytes([parts[3] as Uint8Array, Uint8Array.of(0)])),
    ),
    as('no signature', (parts) => void (parts[3] = new Uint8Array())),
    as('a key id of five bytes', (parts) => void (parts[0] = headerOf(EDDSA, new Uint8Array(5)))),
    as('a third entry in the header', (parts) => {
      parts[0] = encodeCbor(
        new Map<number, Cbor>([
          [1, EDDSA],
          [2, [4]],
          [4, issuer.kid],
        ]),
      ); // crit
    }),
    as('an empty header', (parts) => void (parts[0] = encodeCbor(new Map()))),
    as('a header that is a list', (parts) => void (parts[0] = encodeCbor([1, 4]))),
  ];
}

/** 4: the closed list of claims. */
export function claims(): Bad[] {
  const change = (name: string, to: (map: CborMap) => void): Bad => ['shape', name, shown({ claims: to })];
  const labels = Object.entries(CLAIM).filter(([name]) => name !== 'holder');
  return [
    ...labels
      .filter(([name]) => name !== 'statusIndex')
      .map(([name, label]) => change(`no ${name}`, (map) => void map.delete(label))),
    ...labels.map(([name, label]) => change(`${name} as a list`, (map) => void map.set(label, []))),
    change('an e-mail among the claims', (map) => void map.set(1001, 'marko@example.org')),
    change('a negative status index', (map) => void map.set(CLAIM.statusIndex, -1)),
    change('a negative moment of issue', (map) => void map.set(CLAIM.issuedAt, -1)),
    change('a credential id of 15 bytes', (map) => void map.set(CLAIM.credentialId, new Uint8Array(15))),
    change('a credential id of 17 bytes', (map) => void map.set(CLAIM.credentialId, new Uint8Array(17))),
    change('an offline policy that is a text', (map) => void map.set(CLAIM.offline, 'allowed')),
    change('a negative offline policy', (map) => void map.set(CLAIM.offline, -1)),
    ...['', 'n', 'nm-europe', 'NM-EU', 'nm_eu', 'nm eu', '<b>', 'nm-eu\0'].map((name) =>
      change(`an issuer called ${JSON.stringify(name)}`, (map) => void map.set(CLAIM.issuer, name)),
    ),
  ];
}

/** 4: the key of the phone. */
export function holders(): Bad[] {
  const key = (name: string, made: Cbor): Bad => [
    'shape',
    `holder key: ${name}`,
    shown({ claims: (map) => void map.set(CLAIM.holder, made) }),
  ];
  const okp = (x: Cbor, curve = 6) =>
    new Map<number, Cbor>([
      [
        1,
        new Map<number, Cbor>([
          [1, 1],
          [-1, curve],
          [-2, x],
        ]),
      ],
    ]);
  return [
    key('no key', new Map()),
    key('a text', 'key'),
    key('31 bytes', okp(new Uint8Array(31))),
    key('33 bytes', okp(new Uint8Array(33))),
    key('a curve for exchanging keys', okp(new Uint8Array(32), 4)),
    key(
      'a shared secret',
      new Map<number, Cbor>([
        [
          1,
          new Map<number, Cbor>([
            [1, 4],
            [-1, new Uint8Array(32)],
          ]),
        ],
      ]),
    ),
    key(
      'with the private half',
      new Map<number, Cbor>([
        [
          1,
          new Map<number, Cbor>([
            [1, 1],
            [-1, 6],
            [-2, holder.raw],
            [-4, new Uint8Array(32)],
          ]),
        ],
      ]),
    ),
    key(
      'two keys',
      new Map<number, Cbor>([
        [1, okp(holder.raw).get(1)!],
        [2, 0],
      ]),
    ),
    key(
      'half a point',
      new Map<number, Cbor>([
        [
          1,
          new Map<number, Cbor>([
            [1, 2],
            [-1, 1],
            [-2, new Uint8Array(32)],
          ]),
        ],
      ]),
    ),
  ];
}

export function algorithms(): Bad[] {
  const names = {
    '-35': 'ES384',
    '-36': 'ES512',
    '-37': 'PS256',
    '-257': 'RS256',
    '4': 'HS256/64',
    '6': 'HS384',
    '1': 'AES',
    '7': 'HS512',
  };
  return Object.entries(names).map(
    ([alg, name]) =>
      [
        'algorithm',
        `alg ${name}`,
        bent((parts) => void (parts[0] = headerOf(Number(alg), issuer.kid))),
      ] as const,
  );
}

function headerOf(alg: number, kid: Uint8Array): Uint8Array {
  return encodeCbor(
    new Map<number, Cbor>([
      [1, alg],
      [4, kid],
    ]),
  );
}
