/** In which order scans of many doors count, and which come too late. Pure: the order they are uploaded in is not asked. */
import { Temporal, type Instant } from '../kernel/time.js';
import type { DoorReason } from './door-reasons.schema.js';

/** A scan that is told of later than this opens no visit any more. */
export const UPLOAD_HOURS_MAX = 48;
/** A door's clock may run ahead by this much. */
const CLOCK_SECONDS_MAX = 60;

export type Ordered = { readonly id: string; readonly spaceId: string; readonly scannedAt: Instant };

/** By the time at the door; scans of the same moment by the door, then by the id that the door made. */
export function inOrder<Scan extends Ordered>(scans: readonly Scan[]): Scan[] {
  return scans.toSorted(
    (a, b) =>
      Temporal.Instant.compare(a.scannedAt, b.scannedAt) ||
      compareText(a.spaceId, b.spaceId) ||
      compareText(a.id, b.id),
  );
}

/** `null` when the scan was told of in time, by a clock that may be believed. */
export function refuseMoment(scannedAt: Instant, toldAt: Instant): DoorReason | null {
  const late = Temporal.Instant.compare(toldAt, scannedAt.add({ hours: UPLOAD_HOURS_MAX })) > 0;
  if (late) return 'device_not_allowed';
  const ahead = Temporal.Instant.compare(scannedAt, toldAt.add({ seconds: CLOCK_SECONDS_MAX })) > 0;
  return ahead ? 'clock_skew' : null;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
