/** Credentials of the right shape that must not open this door now: checks 5 to 13. */
import { decodeBase45 } from './base45.js';
import { CborTag, decodeCbor, encodeCbor, type Cbor, type CborMap } from './cbor.js';
import { CLAIM, EDDSA } from './credential.js';
import { ANY_SPACE, issueCredential, showPass, showStaticCard } from './esc1.js';
import {
  bent,
  bentBytes,
  card,
  credential,
  ELSEWHERE,
  holder,
  id,
  issuer,
  issuerKey,
  KNOWN,
  NOW,
  REVOKED_INDEX,
  retiredIssuer,
  shown,
  stranger,
  type Bad,
} from './vector-parts.js';

const DAY = 86_400;
const OFFLINE = { online: false, packageAgeSeconds: 3600 };
const aged = (packageAgeSeconds: number) => ({ online: false, packageAgeSeconds });

/** 5 and 6 */
export function issuers(): Bad[] {
  const flipped = (at: number) =>
    bent((parts) => {
      const signature = (parts[3] as Uint8Array).slice();
      signature[at]! ^= 1;
      parts[3] = signature;
    });
  return [
    ...['nm', 'nm-eu2', 'aa', '--', '00000000'].map(
      (name) => ['issuer_unknown', `issuer ${name}`, shown({ facts: { issuer: name } })] as const,
    ),
    ['key_unknown', 'a key id of zeros', shown({ key: { ...issuerKey, kid: new Uint8Array(4) } })],
    [
      'key_unknown',
      "the holder's own key",
      shown({ key: { alg: EDDSA, kid: holder.kid, sign: holder.sign } }),
    ],
    [
      'key_not_in_use',
      'issued two years before the key',
      shown({ facts: { issuedAt: NOW - 730 * DAY, expiresAt: NOW + DAY } }),
    ],
    [
      'key_not_in_use',
      'a retired key, a minute ago',
      shown({
        key: { alg: EDDSA, kid: retiredIssuer.kid, sign: retiredIssuer.sign },
        facts: { issuedAt: NOW - 60 },
      }),
    ],
    ['issuer_signature', 'signed by the holder', shown({ key: { ...issuerKey, sign: holder.sign } })],
    [
      'issuer_signature',
      'a retired key under the name of the one in use',
      shown({ key: { ...issuerKey, sign: retiredIssuer.sign } }),
    ],
    ['issuer_signature', 'a signature of zeros', bent((parts) => void (parts[3] = new Uint8Array(64)))],
    [
      'issuer_signature',
      'a signature of ones',
      bent((parts) => void (parts[3] = new Uint8Array(64).fill(0xff))),
    ],
    ['issuer_signature', 'the first bit of the signature', flipped(0)],
    ['issuer_signature', 'the last bit of the signature', flipped(63)],
    ['issuer_signature', "the proof's signature in the place of the issuer's", swapped()],
    ['issuer_signature', 'a card turned into a rotating pass', cardAsPass()],
    ['issuer_signature', 'a rotating pass turned into a card', passAsCard()],
  ];
}

/** 7 and 8 */
export function lives(): Bad[] {
  const lived = (from: number, until: number) =>
    shown({ facts: { issuedAt: NOW + from, expiresAt: NOW + until } });
  return [
    ['life_too_long', 'a second more than a week', lived(-DAY, 6 * DAY + 1)],
    ['life_too_long', 'a year', lived(-DAY, 364 * DAY)],
    ['not_yet_valid', 'issued in a minute', lived(60, DAY)],
    ['not_yet_valid', 'issued in half a minute, offline', lived(31, DAY), OFFLINE],
    ['expired', 'ended a second ago', lived(-DAY, -1)],
    ['expired', 'ended yesterday', lived(-5 * DAY, -DAY)],
    ['expired', 'ended before it began', lived(0, -DAY)],
    ['expired', 'ended now, offline', lived(-DAY, 0), OFFLINE],
    ['expired', 'a card that ended', card({ expiresAt: NOW })],
    [
      'revoked',
      'revoked, offline',
      shown({ facts: { statusIndex: REVOKED_INDEX, offline: 'allowed' } }),
      OFFLINE,
    ],
    [
      'revoked',
      'revoked and booked, offline',
      shown({ facts: { statusIndex: REVOKED_INDEX, credentialId: KNOWN.booked } }),
      OFFLINE,
    ],
    [
      'revoked',
      'revoked and copied: the list comes before the holder',
      shown({ facts: { statusIndex: REVOKED_INDEX }, signer: stranger }),
    ],
  ];
}

/** 9 */
export function proofs(): Bad[] {
  const proof = (name: string, change: (bytes: Uint8Array) => void): Bad => [
    'holder_signature',
    name,
    bentBytes((bytes) => {
      const changed = bytes.slice();
      change(changed);
      return changed;
    }),
  ];
  return [
    proof('a proof of zeros', (bytes) => void bytes.fill(0, -64)),
    proof('the first bit of the proof', (bytes) => void (bytes[bytes.length - 64]! ^= 0x80)),
    proof('the last bit of the proof', (bytes) => void (bytes[bytes.length - 1]! ^= 1)),
    proof('the next step under the same proof', (bytes) => void (bytes[bytes.length - 69]! += 15)),
    proof('the space changed to any', (bytes) => bytes.set(ANY_SPACE, bytes.length - 68)),
    proof('the space changed to another', (bytes) => bytes.set(ELSEWHERE, bytes.length - 68)),
    ['holder_signature', "the issuer's key as the holder", shown({ signer: issuer })],
    [
      'holder_signature',
      'a proof of another pass',
      shown({ facts: { credentialId: id(60) }, credential: credential({ facts: { credentialId: id(61) } }) }),
    ],
    [
      'holder_signature',
      'a copied credential, offline',
      shown({ facts: { offline: 'allowed' }, signer: stranger }),
      OFFLINE,
    ],
  ];
}

/** 10 */
export function moments(): Bad[] {
  const at = (seconds: number) => shown({ at: NOW + seconds, facts: { offline: 'allowed' } });
  return [
    ['code_expired', 'a minute old', at(-60)],
    ['code_expired', 'an hour old', at(-3600)],
    ['code_expired', 'yesterday', at(-DAY)],
    ['code_expired', 'from 1970', shown({ at: 0 })],
    ['code_expired', 'two minutes old, offline', at(-120), OFFLINE],
    ['clock', 'a minute ahead', at(60)],
    ['clock', 'an hour ahead', at(3600)],
    ['clock', 'tomorrow, offline', at(DAY), OFFLINE],
    ['clock', 'the last moment there is', shown({ at: 0xffff_ffff })],
  ];
}

/** 11 */
export function places(): Bad[] {
  const one = (last: number) => Uint8Array.of(0, 0, 0, last);
  return [
    ['wrong_space', 'a space whose tag differs in one bit', shown({ space: one(1) })],
    ['wrong_space', 'a tag of ones', shown({ space: new Uint8Array(4).fill(0xff) })],
    [
      'wrong_space',
      'another space, offline',
      shown({ space: ELSEWHERE, facts: { offline: 'allowed' } }),
      OFFLINE,
    ],
    [
      'wrong_space',
      'another space, booked, offline',
      shown({ space: ELSEWHERE, facts: { credentialId: KNOWN.booked } }),
      OFFLINE,
    ],
  ];
}

/** 12 */
export function policies(): Bad[] {
  const hours = (count: number) => aged(count * 3600 + 1);
  const pass = (offline: 'never' | 'booked_only' | 'allowed', credentialId = KNOWN.fresh) =>
    shown({ facts: { offline, credentialId } });
  return [
    ['package_too_old', 'lists of 72 hours and a second', pass('allowed'), hours(72)],
    ['package_too_old', 'lists of a month, a card', card({ credentialId: KNOWN.booked }), hours(720)],
    ['offline_never', 'never, on fresh lists', pass('never'), aged(0)],
    [
      'offline_needs_booking',
      'a guest without a booking, lists of 24 hours and a second',
      pass('allowed'),
      hours(24),
    ],
    ['offline_needs_booking', 'booked only, on fresh lists', pass('booked_only'), aged(0)],
    ['static_needs_online_or_booking', 'a card on fresh lists', card(), aged(0)],
    ['static_needs_online_or_booking', 'a card whose policy allows', card({ offline: 'allowed' }), OFFLINE],
  ];
}

/** 13 */
export function repeats(): Bad[] {
  const seen = { credentialId: KNOWN.seen, offline: 'allowed' } as const;
  const inside = { credentialId: KNOWN.inside, offline: 'allowed' } as const;
  return [
    ['replayed', 'the same code twice, offline', shown({ facts: seen }), OFFLINE],
    ['replayed', 'used for any space', shown({ facts: seen, space: ANY_SPACE })],
    ['already_in', 'inside, offline', shown({ facts: inside }), OFFLINE],
    ['already_in', 'inside, with a card', card(inside)],
    ['already_in', 'inside, for any space', shown({ facts: inside, space: ANY_SPACE })],
  ];
}

async function swapped(): Promise<string> {
  const bytes = decodeBase45((await shown()).slice(5))!;
  const proof = bytes.slice(-64);
  return bent((parts) => void (parts[3] = proof));
}

/** The issuer's signature names the kind, so neither passes for the other. */
async function cardAsPass(): Promise<string> {
  const claimed = await credential();
  const { value } = decodeCbor(claimed) as CborTag;
  const parts = value as Cbor[];
  const bare = decodeCbor(parts[2] as Uint8Array) as CborMap;
  const asCard = decodeCbor(
    await issueCredential(new Map([...bare].filter(([label]) => label !== CLAIM.holder)), issuerKey),
  ) as CborTag;
  parts[3] = (asCard.value as Cbor[])[3]!;
  return showPass(
    encodeCbor(new CborTag(18, parts)),
    { credentialId: KNOWN.fresh, now: NOW, spaceTag: ANY_SPACE },
    holder.sign,
  );
}

async function passAsCard(): Promise<string> {
  const { value } = decodeCbor(await credential()) as CborTag;
  const parts = value as Cbor[];
  const bare = decodeCbor(parts[2] as Uint8Array) as CborMap;
  parts[2] = encodeCbor(new Map([...bare].filter(([label]) => label !== CLAIM.holder)));
  return showStaticCard(encodeCbor(new CborTag(18, parts)));
}
