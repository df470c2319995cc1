/**
 * Tablets at doors without a network. Each judges with the product's own code and the lists it fetched in the morning; what
 * it let in is told of later, as often as it takes.
 */
import { inflateSync } from 'node:zlib';
import { newId } from '../dist/src/kernel/ids.js';
import { EDDSA } from '../dist/src/kernel/pass-code/credential.js';
import { judge } from '../dist/src/kernel/pass-code/esc1.js';
import { spaceTag } from '../dist/src/kernel/pass-code/space-tag.js';
import { verifyWithWebCrypto } from '../dist/src/kernel/pass-code/web-crypto.js';
import { Temporal } from '../dist/src/kernel/time.js';
import { must } from './client.mjs';
import { pick } from './faults.mjs';

const bytes = (text) => new Uint8Array(Buffer.from(text, 'base64url'));
const seconds = (moment) => Math.floor(moment.epochMilliseconds / 1000);
/** How long the evening is behind the scans: the day began longer ago. */
export const HOURS_BACK = 11;

/** A tablet with its day package. It remembers what it was shown; `ahead` is by how much its clock is wrong. */
export async function openDoor(stage, { spaceId, token }, ahead = { seconds: 0 }) {
  const made = await must(
    stage.clients[0].send('GET', `/v1/spaces/${spaceId}/day-package`, { bearer: token }),
  );
  const lists = JSON.parse(Buffer.from(made.signed.split('.')[1], 'base64url').toString('utf8'));
  const issuers = new Map(
    lists.issuers.map(({ issuer, keys }) => [
      issuer,
      keys.map(({ kid, raw, useFrom, useUntil }) => ({
        kid: bytes(kid),
        publicKey: { alg: EDDSA, raw: bytes(raw) },
        useFrom,
        useUntil,
      })),
    ]),
  );
  const withdrawn = new Map(
    lists.issuers.map(({ issuer, withdrawn: bits }) => [issuer, inflateSync(bytes(bits))]),
  );
  const isRevoked = (issuer, index) => ((withdrawn.get(issuer)?.[index >> 3] ?? 0) >> (index & 7)) % 2 === 1;
  const shown = new Set();
  const tag = await spaceTag(spaceId);
  const judgeAt = (code, moment, packageAgeSeconds = 60) =>
    judge(code, {
      now: seconds(moment),
      online: false,
      packageAgeSeconds,
      spaceTag: tag,
      issuers,
      isRevoked,
      hasBooking: () => false,
      wasShown: (id, at) => shown.has(`${Buffer.from(id).toString('hex')} ${at}`),
      isInside: () => false,
      verify: verifyWithWebCrypto,
    });
  return {
    spaceId,
    token,
    judgeAt,
    /** A guest shows the code of that moment, by the guest's clock; null when the tablet refuses it. */
    async read(guest, moment) {
      const own = moment.add(ahead);
      const code = await guest.show(spaceId, moment);
      const verdict = await judgeAt(code, own);
      if (!verdict.ok) return null;
      shown.add(`${Buffer.from(verdict.pass.credentialId).toString('hex')} ${verdict.shownAt}`);
      return {
        id: newId(),
        spaceId,
        token,
        guest,
        body: scanOf({ spaceId, code, at: own, packageId: made.id }),
      };
    },
  };
}

function scanOf({ spaceId, code, at, packageId }) {
  const moment = at.toString();
  const offline = {
    verdict: 'COME_IN_CHECKED',
    reason: null,
    packageId,
    packageFrom: moment,
    decidedAt: moment,
  };
  return { spaceId, code, scannedAt: moment, offline };
}

export const openDoors = (stage) => Promise.all(stage.scene.doors.map((door) => openDoor(stage, door)));

/** Uploads one scan to either process; again while nobody knows. */
function upload(stage, history, { id, token, body }, random) {
  return history.run({ kind: 'upload', id }, () =>
    pick(random, stage.clients).send('PUT', `/v1/scans/${id}`, { bearer: token, body }),
  );
}

/** So many at a time; those of one guest may well meet. */
export async function uploadAll(stage, history, { scans, random, atOnce = 6 }) {
  const left = [...scans];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let scan = left.shift(); scan; scan = left.shift()) await upload(stage, history, scan, random);
    }),
  );
}

/** Of each scan: what became of it. */
export async function outcomesOf({ ask }, scans) {
  const rows = await ask(
    `SELECT scan_id AS id, outcome, conflict, visit_id AS visit FROM checkin.offline_scans WHERE scan_id = ANY ($1)`,
    [scans.map(({ id }) => id)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export const visitsOf = ({ ask }, guests) =>
  ask(
    `SELECT person_id AS person, space_id AS space, half_days AS half_days FROM checkin.visits
      WHERE state <> 'INVALID' AND person_id = ANY ($1)`,
    [guests.map(({ id }) => id)],
  );

export const momentsBack = (random) =>
  Temporal.Now.instant().subtract({ seconds: 60 + Math.floor(random() * HOURS_BACK * 3600) });
