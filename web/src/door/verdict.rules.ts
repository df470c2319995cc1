/**
 * What the door's pane says to an answer of the server: which of the pictures, and what to do next.
 * Promise: every reason of the closed list has a tone; a new one does not compile until it has.
 */
import type { ScanView } from '@wire/checkin/checkin.schema.js';
import type { DoorAnswer } from './door-scans';
import type { DoorReason } from '@wire/checkin/door-reasons.schema.js';

/** in: pine · check: aegean, let in and checked later · wait: saffron, can be put right · no: bougainvillea. */
export type Tone = 'in' | 'check' | 'wait' | 'no';

const TONES: Record<DoorReason, Tone> = {
  unknown_token: 'no',
  revoked: 'no',
  expired_code: 'wait',
  replayed_code: 'wait',
  blocked_member: 'no',
  pass_expired: 'no',
  no_credit: 'no',
  quota_exhausted: 'no',
  pair_cap_reached: 'no',
  host_cap_reached: 'no',
  not_in_agreement: 'no',
  host_suspended: 'no',
  home_suspended: 'no',
  wrong_space: 'wait',
  closed_today: 'wait',
  outside_hours: 'wait',
  full: 'wait',
  no_booking_required_here: 'wait',
  booking_not_confirmed: 'wait',
  already_in: 'wait',
  already_used_today: 'wait',
  too_early: 'wait',
  sponsor_budget_exhausted: 'no',
  sponsor_audience: 'no',
  rules: 'no',
  questions_incomplete: 'wait',
  ambiguous: 'no',
  device_not_allowed: 'wait',
  offline_not_allowed: 'wait',
  clock_skew: 'wait',
  error: 'wait',
};

export function toneOf(scan: Pick<ScanView, 'state' | 'reason'>): Tone {
  const isIn = scan.state === 'ACCEPTED' || scan.state === 'CONFIRMED';
  return isIn ? 'in' : TONES[scan.reason ?? 'error'];
}

/** Of the server's answer, or of what the tablet says without one. */
export function toneOfAnswer(answer: DoorAnswer): Tone {
  if ('answer' in answer) return toneOf(answer.answer);
  switch (answer.offline.verdict) {
    case 'COME_IN':
      return 'in';
    case 'COME_IN_CHECKED':
      return 'check';
    case 'REFUSED':
      return TONES[answer.offline.reason];
  }
}
