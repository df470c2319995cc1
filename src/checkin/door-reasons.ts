import type { Problem } from '../kernel/problem.js';
import type { DoorReason } from './door-reasons.schema.js';

type Sentences = { readonly guest: string; readonly host: string };

/** What the screens say: what is the matter, and what can be done now. */
export const SENTENCES: Readonly<Record<DoorReason, Sentences>> = {
  unknown_token: {
    guest: 'The door cannot read this as a pass. Open your pass in Escale and show it again.',
    host: 'This is not a valid pass. Ask the guest to open their pass and show it again, or book a desk for them.',
  },
  revoked: {
    guest: 'This pass was withdrawn. Ask the network that issued it, or book and pay for a day.',
    host: 'This pass was withdrawn by its network. Do not admit on it; the guest can book and pay for a day.',
  },
  expired_code: {
    guest: 'This code is too old. Show the live code on your phone, not a picture of it.',
    host: 'This code is too old, perhaps a screenshot. Ask for the live code on the phone.',
  },
  replayed_code: {
    guest: 'This code was used a moment ago. Wait for the next code, a few seconds, and show that.',
    host: 'This code was used a moment ago. Wait for the next one; if it happens again, ask whose pass it is.',
  },
  blocked_member: {
    guest:
      'You may not come in here now: this space has blocked you, or your pass is paused. In Escale, “You” says why and how to appeal or resume it.',
    host: 'This guest is blocked here, or their pass is paused. They have been told why, and how to appeal or resume it.',
  },
  pass_expired: {
    guest: 'This pass has run out of time. Renew it in Escale and show the new code.',
    host: 'This pass has run out of time. Ask the guest to renew it in Escale and scan again.',
  },
  no_credit: {
    guest: 'No half-days are left on this pass. Add some, or book and pay for this visit.',
    host: 'No half-days are left on this pass. The guest can add some, or book and pay for this visit.',
  },
  quota_exhausted: {
    guest: 'Your free half-days here are used up for this year. Use a pass, or book and pay for this visit.',
    host: 'The free half-days of this guest are used up for this year. A pass or a paid booking lets them in.',
  },
  pair_cap_reached: {
    guest: 'Your space has reached its limit of visits here. Book and pay for this visit, or ask your space.',
    host: 'The limit of visits between the two spaces is reached. A paid booking lets the guest in.',
  },
  host_cap_reached: {
    guest: 'Your pass allows no more days at this space in this period. Try a space nearby, or book and pay.',
    host: "This guest's pass allows no more days at your space in this period. They can book and pay for a day.",
  },
  not_in_agreement: {
    guest: 'Your network has no agreement with this space. Look in Escale for spaces that accept your pass.',
    host: 'No agreement covers this guest here. Ask your network, or sell them a day yourself.',
  },
  host_suspended: {
    guest: 'This space does not take visits at the moment. Look in Escale for one nearby.',
    host: 'Your space is suspended and cannot take visits. Ask your network what is missing.',
  },
  home_suspended: {
    guest: 'Your home space is suspended, so it cannot send guests. Ask your home space.',
    host: "The guest's home space is suspended and cannot send guests. You can sell them a day yourself.",
  },
  wrong_space: {
    guest: 'This code was made for another space. Choose this space in Escale and show the new code.',
    host: 'This code was made for another space. Ask the guest to choose your space and show the new code.',
  },
  closed_today: {
    guest: 'The space is closed today. Choose another day or a space nearby.',
    host: 'Your space is closed today. Add opening hours for today if you do receive guests.',
  },
  outside_hours: {
    guest: 'The space is not open at this time. Come back within its opening hours.',
    host: 'It is outside your opening hours. Change the hours of today if you do receive guests now.',
  },
  full: {
    guest: 'No desk is free. Look in Escale for a space nearby, or for another day.',
    host: 'No desk is free. Raise the capacity, or send the guest to a space nearby.',
  },
  no_booking_required_here: {
    guest: 'You need no booking here. Walk in and ask the host.',
    host: 'No booking is needed here. Welcome the guest.',
  },
  booking_not_confirmed: {
    guest: 'Your booking is not confirmed yet. Ask the host to accept it, then show your code again.',
    host: 'The booking of this guest waits for your answer. Accept it and scan again.',
  },
  already_in: {
    guest: 'You are checked in already. Check out of your visit in Escale, then show your code again.',
    host: 'This guest is checked in already. Check them out, or ask them to check out where they were before.',
  },
  already_used_today: {
    guest: 'Your day is used or booked already. Cancel the other booking, or come back tomorrow.',
    host: "The guest's day is used or booked already. They can cancel the other booking, or come back tomorrow.",
  },
  too_early: {
    guest: 'It is too early for this visit. Come back when it starts.',
    host: 'It is too early for this visit. Scan again when it starts.',
  },
  sponsor_budget_exhausted: {
    guest: 'The budget of your sponsor is used up. Use a pass, or book and pay for this visit.',
    host: "The budget of the guest's sponsor is used up. A pass or a paid booking lets them in.",
  },
  sponsor_audience: {
    guest: 'Your sponsor does not pay for visits here. Use a pass, or book and pay for this visit.',
    host: 'The sponsor does not pay for visits here. A pass or a paid booking lets the guest in.',
  },
  rules: {
    guest: 'The house rules do not allow this visit. Ask the host.',
    host: 'Your house rules do not allow this visit. See the rules of the space.',
  },
  questions_incomplete: {
    guest: 'The host asks for something more. Complete your visit in Escale and show your code again.',
    host: 'Answers are missing. Ask the guest to complete their visit in Escale, then scan again.',
  },
  ambiguous: {
    guest: 'More than one booking fits. Open the right one in Escale and show its code.',
    host: 'More than one booking fits. Ask the guest for the right one.',
  },
  device_not_allowed: {
    guest: 'This door cannot check passes now. Ask the host.',
    host: 'This door has not been online for too long. Connect it and scan again.',
  },
  offline_not_allowed: {
    guest: 'This pass needs a door that is online. Ask the host.',
    host: 'This pass cannot be checked without a connection. Connect the door and scan again.',
  },
  clock_skew: {
    guest: 'The clock of your phone is ahead. Set it to automatic and show your code again.',
    host: "The clock of the guest's phone is ahead. Ask them to set it to automatic, then scan again.",
  },
  error: {
    guest: 'Something went wrong at the door. Try once more, then ask the host.',
    host: 'Something went wrong. Scan once more; if it fails again, check the guest in by hand.',
  },
};

/** What the door says when no booking can be made for a guest who walks in. */
const REASON_OF_PROBLEM: Readonly<Record<string, DoorReason>> = {
  'booking.blocked_member': 'blocked_member',
  'booking.closed': 'outside_hours',
  'booking.not_hosting': 'host_suspended',
  'booking.past': 'outside_hours',
  'booking.full': 'full',
  'booking.no_pool': 'full',
  'booking.overlap': 'already_used_today',
  'booking.same_place': 'already_used_today',
  'booking.day_used_up': 'already_used_today',
  'booking.no_home': 'not_in_agreement',
  'booking.not_in_agreement': 'not_in_agreement',
  'voucher.space_cap_reached': 'sponsor_budget_exhausted',
  'voucher.no_voucher_left': 'sponsor_budget_exhausted',
  'voucher.floors_kept_free': 'sponsor_budget_exhausted',
  'voucher.programme_not_open': 'sponsor_budget_exhausted',
  'voucher.week_cap_reached': 'sponsor_audience',
  'voucher.person_cap_reached': 'sponsor_audience',
  'voucher.not_confirmed': 'sponsor_audience',
  'voucher.no_mission_order': 'sponsor_audience',
  'voucher.pool_reserved': 'full',
  'pass.exhausted': 'no_credit',
  'pass.member_limit': 'no_credit',
  'pass.host_cap_reached': 'host_cap_reached',
  'pass.not_usable': 'blocked_member',
  'quota.exhausted': 'quota_exhausted',
  'quota.pair_cap_reached': 'pair_cap_reached',
  'quota.host_cap_reached': 'host_cap_reached',
};

/** Null for what is no refusal of the guest: an outage, or a mistake of ours. */
export function reasonOfProblem(problem: Problem): DoorReason | null {
  if (problem.code !== 'booking.no_funding') return REASON_OF_PROBLEM[problem.code] ?? null;
  const options = problem.extra['options'] as readonly { because: string | null }[] | undefined;
  if (options?.some(({ because }) => because === 'HOST_CAP_REACHED')) return 'host_cap_reached';
  const isQuotaAlone = options?.every(({ because }) => because !== 'PASS_USED_UP');
  if (!isQuotaAlone || !options?.some(({ because }) => because === 'QUOTA_USED_UP')) return 'no_credit';
  const limitedBy = problem.extra['quotaLimitedBy'];
  if (limitedBy === 'PAIR_CAP') return 'pair_cap_reached';
  return limitedBy === 'SEASON_CAP' ? 'host_cap_reached' : 'quota_exhausted';
}
