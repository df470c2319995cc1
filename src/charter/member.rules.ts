/** The states of a member under its charter, as pure decisions. */
import type { HostingStop } from '../kernel/words.js';
import { Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { type Command, type MemberState, type TopicAnswer, TOPICS } from './member.schema.js';

/** Changes to the terms of a platform are told at least that long before (Regulation (EU) 2019/1150, art. 3(2)). */
export const RENEWAL_NOTICE_DAYS = 15;
/** And the reasons of a termination (art. 4(2)); a space that leaves gives as much. */
export const LEAVING_NOTICE_DAYS = 30;
/** Until there are so many members, nobody could find two peers. */
export const FOUNDERS_MAX = 3;
export const REVIEW_QUORUM = 2;
export const OPEN_MONTHS_MIN = 3;
export const VISITS_MIN = 5;
export const PROVISIONAL_DAYS = 90;
export const ASSESSMENT_VALID_DAYS = 365;

type Facts = {
  /** The version in force is signed. */
  readonly hasSigned: boolean;
  /** An administrator has confirmed the member once. */
  readonly isConfirmed: boolean;
};

const IN_FORCE: readonly MemberState[] = ['PROVISIONAL', 'ACTIVE', 'RENEWAL_DUE', 'CHARTER_LAPSED'];

const FROM: Readonly<Record<Command, readonly MemberState[]>> = {
  APPLY: ['INTERESTED'],
  ASSESS: ['APPLIED', 'RETURNED'],
  RECOMMEND: ['ASSESSED'],
  RETURN: ['ASSESSED'],
  FOUND: ['ASSESSED'],
  SIGN: ['REVIEWED', 'RENEWAL_DUE', 'CHARTER_LAPSED'],
  CONFIRM: ['PROVISIONAL'],
  RENEW: ['PROVISIONAL', 'ACTIVE', 'RENEWAL_DUE'],
  LAPSE: ['RENEWAL_DUE'],
  SUSPEND: IN_FORCE,
  RESTORE: ['SUSPENDED', 'CHARTER_LAPSED', 'CLOSING'],
  TERMINATE: [...IN_FORCE, 'SUSPENDED'],
  WITHDRAW: IN_FORCE,
  CLOSE: [
    'INTERESTED',
    'APPLIED',
    'ASSESSED',
    'RETURNED',
    'REVIEWED',
    ...IN_FORCE,
    'SUSPENDED',
    'TERMINATING',
  ],
  SETTLE: ['TERMINATING', 'CLOSING'],
};

const TO: Readonly<Record<Command, (facts: Facts) => MemberState>> = {
  APPLY: () => 'APPLIED',
  ASSESS: () => 'ASSESSED',
  RECOMMEND: () => 'REVIEWED',
  RETURN: () => 'RETURNED',
  FOUND: () => 'REVIEWED',
  SIGN: standing,
  CONFIRM: () => 'ACTIVE',
  RENEW: () => 'RENEWAL_DUE',
  LAPSE: () => 'CHARTER_LAPSED',
  SUSPEND: () => 'SUSPENDED',
  // Whoever is let back in without having signed what is in force gets the time to do so.
  RESTORE: (facts) => (facts.hasSigned ? standing(facts) : 'RENEWAL_DUE'),
  TERMINATE: () => 'TERMINATING',
  WITHDRAW: () => 'TERMINATING',
  CLOSE: () => 'CLOSING',
  SETTLE: () => 'EXITED',
};

function standing({ isConfirmed }: Facts): MemberState {
  return isConfirmed ? 'ACTIVE' : 'PROVISIONAL';
}

/** null: not from there. */
export function moved(from: MemberState, command: Command, facts: Facts): MemberState | null {
  return FROM[command].includes(from) ? TO[command](facts) : null;
}

const HOSTING_STOP_OF: Readonly<Partial<Record<MemberState, HostingStop>>> = {
  CHARTER_LAPSED: 'CHARTER_LAPSED',
  SUSPENDED: 'SUSPENDED',
  CLOSING: 'CLOSING',
  TERMINATING: 'LEAVING',
  EXITED: 'LEFT',
};

/** Why a space takes no new bookings in this state; null: it does. Whoever joins hosts as before. */
export function hostingStopOf(state: MemberState): HostingStop | null {
  return HOSTING_STOP_OF[state] ?? null;
}

/** May it review others, and does it count among those who have signed? */
export function isMember(state: MemberState): boolean {
  return state === 'PROVISIONAL' || state === 'ACTIVE' || state === 'RENEWAL_DUE';
}

/** The topics without a word of evidence although they score. */
export function withoutEvidence(answers: readonly TopicAnswer[]): string[] {
  return answers.filter(({ score, evidence }) => score > 0 && evidence === '').map(({ topic }) => topic);
}

export function topicsAtZero(answers: readonly TopicAnswer[]): string[] {
  return TOPICS.filter((topic) => !answers.some((answer) => answer.topic === topic && answer.score > 0));
}

/** Of the last year: after it, the next one is due. */
export function isStillGood(assessedAt: Instant, now: Instant): boolean {
  const goodUntil = assessedAt.add({ hours: ASSESSMENT_VALID_DAYS * 24 });
  return Temporal.Instant.compare(now, goodUntil) <= 0;
}

type Verdict = { readonly verdict: 'RECOMMENDED' | 'RETURNED'; readonly country: string };

/** One peer who has doubts sends the assessment back; two who have none, one of them from abroad, are enough. */
export function outcomeOf(reviews: readonly Verdict[], homeCountry: string): 'RECOMMEND' | 'RETURN' | null {
  if (reviews.some(({ verdict }) => verdict === 'RETURNED')) return 'RETURN';
  const hasForeign = reviews.some(({ country }) => country !== homeCountry);
  return reviews.length >= REVIEW_QUORUM && hasForeign ? 'RECOMMEND' : null;
}

/** Would this peer leave no room for one from abroad? */
export function mustBeForeign(reviews: readonly Verdict[], country: string, homeCountry: string): boolean {
  const noneForeign = [...reviews, { country }].every((review) => review.country === homeCountry);
  return reviews.length + 1 >= REVIEW_QUORUM && noneForeign;
}

/** Open for three months, and five visits or 90 days since it signed. */
export function mayConfirm(
  space: { readonly openSince: PlainDate; readonly visits: number; readonly provisionalSince: PlainDate },
  today: PlainDate,
): boolean {
  const isOpenLong = !isBefore(today, space.openSince.add({ months: OPEN_MONTHS_MIN }));
  const isTried =
    space.visits >= VISITS_MIN || !isBefore(today, space.provisionalSince.add({ days: PROVISIONAL_DAYS }));
  return isOpenLong && isTried;
}

export function isNoticeLong(today: PlainDate, day: PlainDate, days: number): boolean {
  return !isBefore(day, today.add({ days }));
}

export function isBefore(a: PlainDate, b: PlainDate): boolean {
  return Temporal.PlainDate.compare(a, b) < 0;
}
