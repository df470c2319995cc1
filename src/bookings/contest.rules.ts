/** Pure decisions about no-shows: until when a guest may contest one, and what stands against it. */
import { Temporal, type Instant } from '../kernel/time.js';
import type { Booking } from './booking.js';

/** As long as the line of a visit can be reviewed, and some days more: whoever travels reads late. */
export const CONTEST_DAYS = 14;
const HOURS_PER_DAY = 24;

type Missed = Pick<Booking, 'state' | 'fee' | 'endsAt'>;
export type Obstacle = 'notMissed' | 'nothingLost' | 'tooLate';

export function contestUntil({ endsAt }: Pick<Booking, 'endsAt'>): Instant {
  return endsAt.add({ hours: CONTEST_DAYS * HOURS_PER_DAY });
}

/** Why this cannot be contested or given back; null when it can. An answer to a contest is never too late. */
export function obstacleTo(missed: Missed, now: Instant, isContested = false): Obstacle | null {
  if (missed.state !== 'NO_SHOW') return 'notMissed';
  if (!missed.fee || (missed.fee.halfDays === 0 && missed.fee.amount.minor === 0n)) return 'nothingLost';
  const isLate = Temporal.Instant.compare(now, contestUntil(missed)) > 0;
  return isLate && !isContested ? 'tooLate' : null;
}
