/**
 * The scans a door has made and the server has not answered yet. Pure: the store and the network are outside.
 * Promise: only an answer of the server ends an item, and the oldest goes first.
 */
import type { DoorReason } from '@wire/checkin/door-reasons.schema.js';

/** What the tablet decided by itself, and by which lists: goes to the server with the scan. */
export type Decided = {
  readonly verdict: 'COME_IN' | 'COME_IN_CHECKED' | 'REFUSED';
  readonly reason: DoorReason | null;
  readonly packageId: string | null;
  readonly packageFrom: string | null;
  readonly decidedAt: string;
  /** Taken back at once: written beside the decision, which is sent all the same. */
  readonly undoneAt?: string;
};

export type WaitingScan = {
  /** Version 7, made at the door: the primary key at the server, so that sending twice is harmless. */
  readonly id: string;
  readonly spaceId: string;
  readonly code: string;
  readonly scannedAt: string;
  readonly tries: number;
  /** The code of the problem met while sending, or 'offline'. */
  readonly lastFault: string | null;
  /** STUCK: the server will never take it as it is; somebody has to look. It is kept all the same. */
  readonly state: 'WAITING' | 'STUCK';
  /** Null until the tablet has decided: nobody was let in on this scan yet. */
  readonly offline: Decided | null;
};

/** For this long an admission can be taken back on the tablet; it is sent afterwards. */
export const UNDO_MS = 10_000;

/** Null when there is nothing to take back: a refusal, or a scan that nobody has decided. */
export function undone(item: WaitingScan, at: string): WaitingScan | null {
  const { offline } = item;
  if (!offline || offline.verdict === 'REFUSED' || offline.undoneAt) return null;
  return { ...item, offline: { ...offline, undoneAt: at } };
}

/** What is sent: the scan as it was made, and what was decided on it. */
export function bodyOf({ spaceId, code, scannedAt, offline }: WaitingScan) {
  return { spaceId, code, scannedAt, ...(offline && { offline }) };
}

const BACK_OFF_SECONDS = [0, 5, 15, 30];

/** How long to wait before the oldest is tried again. */
export function waitSeconds(oldest: WaitingScan): number {
  return BACK_OFF_SECONDS[Math.min(oldest.tries, BACK_OFF_SECONDS.length - 1)]!;
}

/** What goes next, the oldest first: version 7 ids sort by the time they were made. */
export function inTurn(items: readonly WaitingScan[]): WaitingScan[] {
  return items.filter(({ state }) => state === 'WAITING').toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Statuses that a sign-in, a grant or time can cure. Any other refusal stays the same however often it is asked. */
const CURABLE = new Set([401, 403, 408, 425, 429]);

/** `status` is null when no answer came at all. */
export function afterFault(item: WaitingScan, status: number | null, fault: string): WaitingScan {
  const isStuck = status !== null && status >= 400 && status < 500 && !CURABLE.has(status);
  return { ...item, tries: item.tries + 1, lastFault: fault, state: isStuck ? 'STUCK' : 'WAITING' };
}
