/**
 * What a tablet decides without the server: the same `judge` as there, then the hours and the list of today.
 * Promise: pure; "come in" needs a booking on the list, "come in, will be checked" a good code alone.
 */
import { bearerHash, bearerOf, hex } from '@wire/kernel/pass-code/bearer.js';
import { judge, readPassCode, type Door, type Refusal } from '@wire/kernel/pass-code/esc1.js';
import { spaceTag } from '@wire/kernel/pass-code/space-tag.js';
import { isTypedCode } from '@wire/kernel/pass-code/typed-code.js';
import { verifyWithWebCrypto } from '@wire/kernel/pass-code/web-crypto.js';
import { closesAt, refuseHours } from '@wire/kernel/opening.js';
import { Temporal } from '@wire/kernel/time.js';
import type { Part } from '@wire/kernel/words.js';
import { REASON_OF_REFUSAL, type DoorReason } from '@wire/checkin/door-reasons.schema.js';
import type { OpenPackage } from './package.rules';

export type OfflineVerdict =
  | {
      readonly verdict: 'COME_IN' | 'COME_IN_CHECKED';
      readonly reason: null;
      readonly part: Part;
      /** When the visit ends by itself; null when the hours of today are not known. */
      readonly closesAt: string | null;
      readonly seen: Seen;
    }
  | { readonly verdict: 'REFUSED'; readonly reason: DoorReason; readonly refusal: Refusal | null };

/** What the door has to remember of an admission. */
export type Seen = {
  readonly credentialId: string;
  readonly shownAt: number | null;
  readonly bearer: string;
};

export type OfflineDoor = {
  readonly nowMs: number;
  /** The tablet's clock runs behind what it has seen. */
  readonly isSetBack: boolean;
  /** Null when this tablet never was online. */
  readonly lists: OpenPackage | null;
  readonly wasShown: (credentialId: string, shownAt: number) => boolean;
  readonly isInside: (bearer: string) => boolean;
};

export async function decideOffline(code: string, door: OfflineDoor): Promise<OfflineVerdict> {
  if (door.isSetBack) return refused('clock_skew');
  if (isTypedCode(code)) return refused('offline_not_allowed');
  if (!door.lists) return refused('device_not_allowed');
  const { lists } = door;
  const parsed = readPassCode(code);
  if (typeof parsed === 'string') return refused(REASON_OF_REFUSAL[parsed], parsed);
  const { credential, proof } = parsed;
  const hash = (bytes: Uint8Array) => bearerHash(lists, bytes);
  const bearer = await hash(bearerOf(credential));
  const arrival = arrivalOf(lists, [bearer, await hash(credential.credentialId)], door.nowMs);
  const verdict = await judge(code, await doorOf(door, lists, { isDue: arrival.due !== null, bearer }));
  if (!verdict.ok) {
    const isEarly = arrival.isEarly && REASON_OF_REFUSAL[verdict.refusal] === 'offline_not_allowed';
    return refused(isEarly ? 'too_early' : REASON_OF_REFUSAL[verdict.refusal], verdict.refusal);
  }
  const closed = lists.hours && refuseHours(lists.hours, localTime(lists, door.nowMs));
  if (closed) return refused(closed);
  if (!arrival.due && arrival.isEarly) return refused('too_early');
  return {
    verdict: arrival.due ? 'COME_IN' : 'COME_IN_CHECKED',
    reason: null,
    part: arrival.due?.part ?? walkInPart(lists, door.nowMs),
    closesAt: lists.hours && closesAt(lists.hours, lists.localDay, lists.timeZone).toString(),
    seen: { credentialId: hex(credential.credentialId), shownAt: proof?.shownAt ?? null, bearer },
  };
}

async function doorOf(
  door: OfflineDoor,
  lists: OpenPackage,
  guest: { isDue: boolean; bearer: string },
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
    isInside: () => lists.inside.has(guest.bearer) || door.isInside(guest.bearer),
    verify: verifyWithWebCrypto as Door['verify'],
  };
}

type Expected = OpenPackage['bookings'][number];

/** The booking of now, and whether there is one for later. */
function arrivalOf(
  { bookings, earlyMs }: OpenPackage,
  bearers: readonly string[],
  nowMs: number,
): { due: Expected | null; isEarly: boolean } {
  const own = bookings.filter((booking) => bearers.some((bearer) => booking.bearers.has(bearer)));
  const due = own.find(({ startsAtMs, endsAtMs }) => startsAtMs - earlyMs <= nowMs && nowMs < endsAtMs);
  return { due: due ?? null, isEarly: own.some(({ startsAtMs }) => nowMs < startsAtMs - earlyMs) };
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
