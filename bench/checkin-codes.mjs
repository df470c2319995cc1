/** How many pass codes a core can check, in processor time, so that other work on the machine does not spoil it. */
import { newId } from '../dist/src/kernel/ids.js';
import { claimsOf, EDDSA } from '../dist/src/kernel/pass-code/credential.js';
import { issueCredential, judge, showPass } from '../dist/src/kernel/pass-code/esc1.js';
import { spaceTag } from '../dist/src/kernel/pass-code/space-tag.js';
import { verifyWithWebCrypto } from '../dist/src/kernel/pass-code/web-crypto.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { median } from './statistics.mjs';

const ROUND_CHECKS = 250;

const nowSeconds = () => Math.floor(Temporal.Now.instant().epochMilliseconds / 1000);

/** Seconds a code. Every code is another guest's on another phone: nothing but the issuer's key is known beforehand. */
export async function checkCodes(count) {
  const issuer = await signingKey();
  const space = newId();
  const at = { now: nowSeconds(), spaceTag: await spaceTag(space) };
  const kid = Uint8Array.of(1, 2, 3, 4);
  const codes = [];
  for (let number = 0; number < count; number += 1) codes.push(await codeOf(issuer, { kid, number, ...at }));
  const key = { kid, publicKey: { alg: EDDSA, raw: issuer.raw }, useFrom: 0, useUntil: at.now + 1 };
  const door = {
    ...at,
    online: true,
    packageAgeSeconds: 0,
    issuers: new Map([['bench', [key]]]),
    isRevoked: () => false,
    hasBooking: () => false,
    wasShown: () => false,
    isInside: () => false,
    verify: verifyWithWebCrypto,
  };
  const each = Math.min(ROUND_CHECKS, count);
  const rates = [];
  for (let first = 0; first + each <= count; first += each)
    rates.push(await checked(codes.slice(first, first + each), door));
  return { seconds: 1 / median(rates) };
}

async function checked(codes, door) {
  const before = process.cpuUsage();
  for (const code of codes) if (!(await judge(code, door)).ok) throw new Error('A good code was refused.');
  const { user, system } = process.cpuUsage(before);
  return codes.length / ((user + system) / 1e6);
}

async function signingKey() {
  const { publicKey, privateKey } = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  return {
    raw: new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)),
    sign: async (message) => new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, message)),
  };
}

async function codeOf(issuer, { kid, number, now, spaceTag: tag }) {
  const holder = await signingKey();
  const credentialId = crypto.getRandomValues(new Uint8Array(16));
  const claims = claimsOf({
    issuer: 'bench',
    issuedAt: now - 60,
    expiresAt: now + 86_400,
    credentialId,
    holder: { alg: EDDSA, raw: holder.raw },
    productClass: 1,
    statusIndex: number,
    offline: 'allowed',
  });
  const credential = await issueCredential(claims, { alg: EDDSA, kid, sign: issuer.sign });
  return showPass(credential, { credentialId, now, spaceTag: tag }, holder.sign);
}
