import { Temporal } from '@wire/kernel/time.js';
import { lastStamp, serverNowMs } from '../api/call';
import { recall, remember } from './door-memory';

/** A clock that runs behind what was seen already by more than this was set back. */
const SLACK_MS = 60_000;
const KEEP_EVERY_MS = 20_000;
const CLOCK = 'clock';

/**
 * The time at the door: the server's, as it said last, carried on by the tablet's clock. A tablet whose clock
 * was set back would take old codes, so what was seen stays known, also when the page is loaded again.
 */
export function doorNow(): { readonly nowMs: number; readonly isSetBack: boolean } {
  const nowMs = serverNowMs();
  const stamp = lastStamp();
  // The stopwatch of this page cannot be set; it may stand still while the tablet sleeps, which is no fault.
  const steadyMs = stamp ? stamp.serverMs + performance.now() - stamp.atMs : 0;
  const seenMs = Math.max(steadyMs, recall(CLOCK) ?? 0);
  return { nowMs, isSetBack: nowMs < seenMs - SLACK_MS };
}

/** Writes the time down now and then, for the page that comes after this one. */
export function keepTime(): () => void {
  const keep = () => {
    const { nowMs, isSetBack } = doorNow();
    if (!isSetBack) void remember(CLOCK, nowMs);
  };
  keep();
  const timer = setInterval(keep, KEEP_EVERY_MS);
  return () => clearInterval(timer);
}

export function instantOf(ms: number): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(ms)).toString();
}
