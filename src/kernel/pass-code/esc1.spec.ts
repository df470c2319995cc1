/**
 * Proves the pass code with the published vectors, through Node and through WebCrypto, and with mutants.
 * Promise: each refusal is reached by a vector, and a control shows that the good code is accepted.
 */
import { createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { create } from 'qrcode';
import { seededRandom } from '../../../test/support/seeded-random.js';
import { decodeBase45, encodeBase45 } from './base45.js';
import { compareBytes } from './cbor.js';
import { EDDSA, ES256, claimsOf, type PublicKey } from './credential.js';
import { REFUSALS, issueCredential, judge, showPass, type Door, type Verdict } from './esc1.js';
import { makeVectors } from './make-vectors.js';
import { HERE, KNOWN, NOW, REVOKED_INDEX, issuer, retiredIssuer, type Vector } from './vector-parts.js';
import { verifyWithWebCrypto } from './web-crypto.js';

const vectors = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')) as Vector[];
const is = (known: Uint8Array) => (id: Uint8Array) => compareBytes(known, id) === 0;
const YEAR = 31_536_000;

function door(change: Partial<Door> = {}): Door {
  return {
    now: NOW,
    online: true,
    packageAgeSeconds: 0,
    spaceTag: HERE,
    issuers: new Map([
      [
        'nm-eu',
        [
          {
            kid: issuer.kid,
            publicKey: { alg: EDDSA, raw: issuer.raw },
            useFrom: NOW - YEAR,
            useUntil: NOW + YEAR,
          },
          {
            kid: retiredIssuer.kid,
            publicKey: { alg: EDDSA, raw: retiredIssuer.raw },
            useFrom: NOW - YEAR,
            useUntil: NOW - 30 * 86_400,
          },
        ],
      ],
    ]),
    isRevoked: (_issuer, index) => index === REVOKED_INDEX,
    hasBooking: is(KNOWN.booked),
    wasShown: (id) => is(KNOWN.seen)(id),
    isInside: is(KNOWN.inside),
    verify: verifyWithNode,
    ...change,
  };
}

/** Synchronous, for the many mutants; a mutant of a key is one key more, so only some are kept. */
function verifyWithNode({ raw }: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const name = String(raw);
  const key = keys.get(name) ?? nodeKey(raw);
  if (keys.size < 100) keys.set(name, key);
  return verify(null, message, key, signature);
}
const keys = new Map<string, KeyObject>();

function nodeKey(raw: Uint8Array): KeyObject {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  return createPublicKey({ key: spki, format: 'der', type: 'spki' });
}

const told = (verdict: Verdict) => (verdict.ok ? verdict.evidence : verdict.refusal);

describe('ESC1', () => {
  it('makes the published vectors again, exactly', async () => {
    expect(await makeVectors()).toEqual(vectors);
  });

  it('has a vector for every refusal and every kind of evidence', () => {
    const covered = new Set(vectors.map((vector) => vector.expect));
    expect(
      ['A', 'B', 'C', ...REFUSALS].filter((verdict) => !covered.has(verdict as Vector['expect'])),
    ).toEqual([]);
  });

  it.each(vectors.map((vector) => [vector.expect, vector.name, vector] as const))(
    '%s: %s',
    async (expected, _name, vector) => {
      expect(told(await judge(vector.text, door(vector.door)))).toBe(expected);
      expect(
        told(
          await judge(vector.text, door({ ...vector.door, verify: verifyWithWebCrypto as Door['verify'] })),
        ),
      ).toBe(expected);
    },
  );

  it('has at least 150 bad vectors', () => {
    const bad = vectors.filter(({ expect: verdict }) => !['A', 'B', 'C'].includes(verdict));
    expect(bad.length).toBeGreaterThanOrEqual(150);
    expect(new Set(vectors.map(({ text, door: at }) => JSON.stringify([text, at]))).size).toBe(
      vectors.length,
    );
  });

  it('accepts no mutant: 100 000 changed codes, and the unchanged one as the control', async () => {
    const random = seededRandom(11);
    const good = decodeBase45(vectors[0]!.text.slice(5))!;
    expect(told(await judge(`ESC1:${encodeBase45(good)}`, door()))).toBe('A');
    const seen: Record<string, number> = {};
    for (let run = 0; run < 100_000; run += 1) {
      const verdict = told(await judge(`ESC1:${encodeBase45(mutant(good, random))}`, door()));
      seen[verdict] = (seen[verdict] ?? 0) + 1;
    }
    console.log(seen);
    expect(Object.keys(seen).filter((verdict) => ['A', 'B', 'C'].includes(verdict))).toEqual([]);
  });

  it('also takes holders with a P-256 key, through WebCrypto', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const raw = Uint8Array.from(publicKey.export({ format: 'der', type: 'spki' }).subarray(-65));
    const facts = {
      issuer: 'nm-eu',
      issuedAt: NOW,
      expiresAt: NOW + 86_400,
      credentialId: KNOWN.fresh,
      productClass: 3,
      statusIndex: 5,
      offline: 'allowed' as const,
    };
    const credential = await issueCredential(claimsOf({ ...facts, holder: { alg: ES256, raw } }), {
      alg: EDDSA,
      ...issuer,
    });
    const text = await showPass(
      credential,
      { credentialId: KNOWN.fresh, now: NOW, spaceTag: HERE },
      (message) => Uint8Array.from(sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' })),
    );
    expect(told(await judge(text, door({ verify: verifyWithWebCrypto as Door['verify'] })))).toBe('A');
  });

  it('fits a QR code of version 12 at level M', () => {
    const sizes = ['online, right space', 'static card, online'].map((name) => {
      const { text } = vectors.find((vector) => vector.name === name)!;
      const code = create([{ data: text, mode: 'alphanumeric' }], { errorCorrectionLevel: 'M' });
      return { name, characters: text.length, version: code.version, modules: code.modules.size };
    });
    console.log(sizes);
    expect(sizes.map(({ version }) => version)).toEqual([12, 8]);
  });
});

function mutant(good: Uint8Array, random: () => number): Uint8Array {
  const at = Math.floor(random() * good.length);
  const byte = Math.floor(random() * 256);
  const changed = good.slice();
  switch (Math.floor(random() * 5)) {
    case 0:
      changed[at]! ^= 1 << Math.floor(random() * 8);
      return changed;
    case 1:
      for (let count = 0; count < 3; count += 1)
        changed[Math.floor(random() * good.length)]! ^= 1 + Math.floor(random() * 255);
      return compareBytes(changed, good) === 0 ? changed.slice(1) : changed;
    case 2:
      return good.slice(0, at);
    case 3:
      return Uint8Array.from([...good.slice(0, at), byte, ...good.slice(at)]);
    default:
      return Uint8Array.from([...good.slice(0, at), ...good.slice(at + 1)]);
  }
}
