/** The decisions of the door and of a visit's life. Pure: the same facts always give the same answer. */
import { EARLY_MINUTES, endOfDay } from '../kernel/opening.js';
import { Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import type { DoorReason } from './door-reasons.schema.js';

export type VisitState = 'EXPECTED' | 'ACTIVE' | 'COMPLETED' | 'SEALED' | 'INVALID';
export type Part = 'DAY' | 'MORNING' | 'AFTERNOON';
type Step = { readonly from: readonly VisitState[]; readonly to: VisitState };

/**
 * What may happen to a visit; a booking is what expects one. A guest who comes back to the same space
 * on the same day enters the same visit again, as often as they like, until it is sealed.
 */
export const STEPS = {
  enter: { from: ['EXPECTED', 'COMPLETED'], to: 'ACTIVE' },
  complete: { from: ['ACTIVE'], to: 'COMPLETED' },
  seal: { from: ['COMPLETED'], to: 'SEALED' },
  invalidate: { from: ['ACTIVE', 'COMPLETED'], to: 'INVALID' },
} as const satisfies Record<string, Step>;

const CORRECTABLE_HOURS = 24;
const HALF_DAYS_PER_DAY = 2;

/** 24 hours after the end of the visit's local day, be that day 23, 24 or 25 hours long. */
export function sealsAt(day: PlainDate, timeZone: string): Instant {
  return endOfDay(day, timeZone).add({ hours: CORRECTABLE_HOURS });
}

/** Is the guest early for a booking, on time, or was its time over when they came? */
export function arrival(
  booking: { startsAt: Instant; endsAt: Instant },
  now: Instant,
): 'early' | 'due' | 'past' {
  if (Temporal.Instant.compare(now, booking.startsAt.subtract({ minutes: EARLY_MINUTES })) < 0)
    return 'early';
  return Temporal.Instant.compare(now, booking.endsAt) < 0 ? 'due' : 'past';
}

/**
 * Which part of the day a guest without a booking takes. After the boundary only the afternoon is left.
 * Another space on the same day takes a further half-day, and never more than a day in all.
 */
export function walkInPart(facts: {
  isAfternoon: boolean;
  halfDaysUsed: number;
  asked: Part | undefined;
}): Part | (DoorReason & ('already_used_today' | 'too_early')) {
  if (facts.halfDaysUsed >= HALF_DAYS_PER_DAY) return 'already_used_today';
  if (facts.isAfternoon) return 'AFTERNOON';
  if (facts.asked === 'AFTERNOON') return 'too_early';
  return facts.halfDaysUsed > 0 ? 'MORNING' : (facts.asked ?? 'DAY');
}

/** Whole minutes that somebody stayed beyond what was theirs; what is not told at the door is none. */
export function overMinutes(endsAt: Instant, leftAt: Instant): number {
  return Math.max(0, Math.floor(leftAt.since(endsAt).total('minutes')));
}
