/** Codes that were read out, at a door without a network: only of guests on today's list, whose keys this door has. */
import { PACKAGE_USELESS_SECONDS, type Refusal } from '@wire/kernel/pass-code/esc1.js';
import { provenAt, readTypedCode } from '@wire/kernel/pass-code/typed-code.js';
import type { DoorReason } from '@wire/checkin/door-reasons.schema.js';
import type { OfflineDoor, Seen } from './offline-door';
import type { OpenPackage } from './package.rules';

export { isTypedCode } from '@wire/kernel/pass-code/typed-code.js';

type NotTaken = { readonly reason: DoorReason; readonly refusal: Refusal | null };

export async function readOut(
  code: string,
  { nowMs, wasShown, isInside }: OfflineDoor,
  lists: OpenPackage,
): Promise<Seen | NotTaken> {
  if (nowMs - lists.freshAtMs > PACKAGE_USELESS_SECONDS * 1000)
    return { reason: 'device_not_allowed', refusal: null };
  const { handle, proof } = readTypedCode(code);
  const named = lists.bookings
    .flatMap(({ typed }) => typed)
    .filter((guest) => guest.handle === handle && guest.untilMs > nowMs);
  for (const { key, bearer } of named) {
    const shownAt = await provenAt(key, proof, Math.floor(nowMs / 1000));
    if (shownAt === null) continue;
    if (wasShown(handle, shownAt)) return { reason: 'replayed_code', refusal: 'replayed' };
    if (lists.inside.has(bearer) || isInside(bearer)) return { reason: 'already_in', refusal: 'already_in' };
    return { credentialId: handle, shownAt, bearer };
  }
  return { reason: named.length > 0 ? 'expired_code' : 'offline_not_allowed', refusal: null };
}
