import type { Instant, PlainDate } from '../kernel/time.js';
import type { Part, ResourceKind } from '../kernel/words.js';
import type { Seat } from './seats.js';

/**
 * WAITING: in line. KEPT: a seat came free and is taken for this person. OFFERED: they were told, and the clock runs.
 * SKIPPED: nothing pays for them any more, or the space does not let them in. OVER: the time waited for has passed.
 */
export const WAIT_STATES = [
  'WAITING',
  'KEPT',
  'OFFERED',
  'ACCEPTED',
  'DECLINED',
  'LAPSED',
  'SKIPPED',
  'LEFT',
  'OVER',
] as const;
export type WaitState = (typeof WAIT_STATES)[number];

export type Wait = {
  readonly id: string;
  readonly personId: string;
  readonly homeNetworkId: string;
  readonly spaceId: string;
  readonly hostNetworkId: string;
  readonly resourceKind: ResourceKind;
  /** null: any pool of the kind. */
  readonly poolId: string | null;
  readonly day: PlainDate;
  readonly part: Part;
  readonly endsAt: Instant;
  readonly state: WaitState;
  readonly stateAt: Instant;
  readonly answerBy: Instant | null;
  /** The code of the refusal that a booking would have met. */
  readonly skippedBecause: string | null;
  /** The seat that is taken for this person, or was. */
  readonly kept: Seat | null;
  readonly bookingId: string | null;
  readonly createdAt: Instant;
};

export function isKept({ state }: Wait): boolean {
  return state === 'KEPT' || state === 'OFFERED';
}
