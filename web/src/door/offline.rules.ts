/**
 * What a tablet decides without the server: the same `judge` as there, then the hours and the list of today.
 * Promise: pure; "come in" needs a booking on the list, "come in, will be checked" a good code alone.
 */
import { bearerHash, bearerOf, hex } from '@wire/kernel/pass-code/bearer.js';
import { judge, readPassCode, type Door, type Refusal } from '@wire/kernel/pass-code/esc1.js';
import { spaceTag } from '@wire/kernel/pass-code/space-tag.js';
import { verifyWithWebCrypto } from '@wire/kernel/pass-code/web-crypto.js';
import { closesAt, refuseHours } from '@wire/kernel/opening.js';
import { Temporal } from '@wire/kernel/time.js';
import type { BookedPart, Part } from '@wire/kernel/words.js';
import { REASON_OF_REFUSAL, type DoorReason } from '@wire/checkin/door-reasons.schema.js';
import type { OfflineDoor, Seen } from './offline-door';
import type { OpenPackage } from './package.rules';

/** Fetched behind the camera: few codes are typed. */
const typed = import('./typed.rules');

export type OfflineVerdict =
  | {
      readonly verdict: 'COME_IN' | 'COME_IN_CHECKED';
      readonly reason: null;
      readonly part: BookedPart;
      /** When the visit ends by itself; null when the hours of today are not known. */
      readonly closesAt: string | null;
      readonly seen: Seen;
    }
  | { readonly verdict: 'REFUSED'; readonly reason: DoorReason; readonly refusal: Refusal | null };

export async function decideOffline(code: string, door: OfflineDoor): Promise<OfflineVerdict> {
  if (door.isSetBack) return refused('clock_skew');
  if (!door.lists) return refused('device_not_allowed');
  const { lists } = door;
  if ((await typed).isTypedCode(code)) return decideTyped(code, door, lists);
  const parsed = readPassCode(code);
  if (typeof parsed === 'string') return refused(REASON_OF_REFUSAL[parsed], parsed);
  const { credential, proof } = parsed;
  const hash = (bytes: Uint8Array) => bearerHash(lists, bytes);
  const bearer = await hash(bearerOf(credential));
  const isInside = lists.inside.has(bearer) || door.isInside(bearer);
  const bearers = [bearer, await hash(credential.credentialId)];
  const arrival = arrivalOf(lists, { bearers, isInside }, door.nowMs);
  // whoever sits at a desk may still enter the room that is theirs now
  const isBarred = isInside && arrival.due?.part !== 'HOURS';
  const verdict = await judge(code, await doorOf(door, lists, { isDue: arrival.due !== null, isBarred }));
  if (!verdict.ok) {
    const isEarly = arrival.isEarly && REASON_OF_REFUSAL[verdict.refusal] === 'offline_not_allowed';
    return refused(isEarly ? 'too_early' : REASON_OF_REFUSAL[verdict.refusal], verdict.refusal);
  }
  const seen = { credentialId: hex(credential.credentialId), shownAt: proof?.shownAt ?? null, bearer };
  return admit(arrival, seen, { lists, nowMs: door.nowMs });
}

async function decideTyped(code: string, door: OfflineDoor, lists: OpenPackage): Promise<OfflineVerdict> {
  const read = await (await typed).readOut(code, door, lists);
  if ('reason' in read) return refused(read.reason, read.refusal);
  const { nowMs } = door;
  return admit(arrivalOf(lists, { bearers: [read.bearer], isInside: false }, nowMs), read, { lists, nowMs });
}

type Comes = { readonly due: Expected | null; readonly isEarly: boolean };

/** The code is good: are the hours, and the booking? */
function admit(
  { due, isEarly }: Comes,
  seen: Seen,
  { lists, nowMs }: { lists: OpenPackage; nowMs: number },
): OfflineVerdict {
  const closed = lists.hours && refuseHours(lists.hours, localTime(lists, nowMs));
  if (closed) return refused(closed);
  if (!due && isEarly) return refused('too_early');
  return {
    verdict: due ? 'COME_IN' : 'COME_IN_CHECKED',
    reason: null,
    part: due?.part ?? walkInPart(lists, nowMs),
    closesAt: lists.hours && closesAt(lists.hours, lists.localDay, lists.timeZone).toString(),
    seen,
  };
}

async function doorOf(
  door: OfflineDoor,
  lists: OpenPackage,
  guest: { isDue: boolean; isBarred: boolean },
): Promise<Door> {
  return {
    now: Math.floor(door.nowMs / 1000),
    online: false,
    packageAgeSeconds: Math.max(0, Math.floor((door.nowMs - lists.freshAtMs) / 1000)),
    spaceTag: await spaceTag(lists.spaceId),
    issuers: lists.issuers,
    isRevoked: lists.isWithdrawn,
    hasBooking: () => guest.isDue,
    wasShown: (credentialId, shownAt) => door.wasShown(hex(credentialId), shownAt),
    isInside: () => guest.isBarred,
    verify: verifyWithWebCrypto as Door['verify'],
  };
}

type Expected = OpenPackage['bookings'][number];

/** The booking of now, and whether there is one for later. */
function arrivalOf(
  { bookings, earlyMs }: OpenPackage,
  { bearers, isInside }: { bearers: readonly string[]; isInside: boolean },
  nowMs: number,
): Comes {
  const own = bookings.filter((booking) => bearers.some((bearer) => booking.bearers.has(bearer)));
  const due = own.filter(({ startsAtMs, endsAtMs }) => startsAtMs - earlyMs <= nowMs && nowMs < endsAtMs);
  // a desk first, then the room beside it
  const first = due.find(({ part }) => (part === 'HOURS') === isInside) ?? due[0];
  return { due: first ?? null, isEarly: own.some(({ startsAtMs }) => nowMs < startsAtMs - earlyMs) };
}

/** The half-day boundary of the space: whoever comes later takes what is left of the day. */
function walkInPart(lists: OpenPackage, nowMs: number): Part {
  const isAfternoon =
    Temporal.PlainTime.compare(localTime(lists, nowMs), Temporal.PlainTime.from(lists.halfDayBoundary)) >= 0;
  return isAfternoon ? 'AFTERNOON' : 'DAY';
}

function localTime({ timeZone }: OpenPackage, nowMs: number) {
  return Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainTime();
}

function refused(reason: DoorReason, refusal: Refusal | null = null): OfflineVerdict {
  return { verdict: 'REFUSED', reason, refusal };
}
