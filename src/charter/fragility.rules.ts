/** Four signs, each from books that are kept anyway. Thresholds are a first proposal, to be judged by what they foretell. */
import type { MemberState } from './member.schema.js';
import { SIGNS, type Sign } from './fragility.schema.js';

/** The treasury warns at four fifths of a ceiling, and so does this. */
const CEILING_WARNING_PERCENT = 80n;
export const RECENT_DAYS = 30;
export const BEFORE_DAYS = 90;
/** Fewer visits than these before tell nothing when they stop. */
const VISITS_BEFORE_MIN = 6;
export const CLOSED_DAYS_MAX = 5;

export type Seen = {
  /** What it owes beyond what it is owed, in minor units of its ceiling's currency. */
  readonly owesMinor: bigint;
  readonly ceilingMinor: bigint | null;
  readonly standing: 'ACTIVE' | 'DEFAULTED' | 'LEAVING';
  readonly visitsRecent: number;
  readonly visitsBefore: number;
  /** Announced for days of the last three months or to come; null: for good. */
  readonly closedDays: number | null;
  readonly state: MemberState | null;
  readonly isAssessed: boolean;
};

const SHOWS: Readonly<Record<Sign, (seen: Seen) => boolean>> = {
  DEBIT: ({ owesMinor, ceilingMinor, standing }) =>
    standing === 'DEFAULTED' ||
    (ceilingMinor !== null && owesMinor > 0n && owesMinor * 100n >= ceilingMinor * CEILING_WARNING_PERCENT),
  VISITS: ({ visitsRecent, visitsBefore }) =>
    visitsBefore >= VISITS_BEFORE_MIN && visitsRecent < monthlyOf(visitsBefore) / 2,
  CLOSURES: ({ closedDays }) => closedDays === null || closedDays > CLOSED_DAYS_MAX,
  CHARTER: ({ state, isAssessed }) =>
    state !== null && (['CHARTER_LAPSED', 'SUSPENDED', 'CLOSING'].includes(state) || !isAssessed),
};

export function signsOf(seen: Seen): Sign[] {
  return SIGNS.filter((sign) => SHOWS[sign](seen));
}

export function monthlyOf(visitsBefore: number): number {
  return (visitsBefore * RECENT_DAYS) / BEFORE_DAYS;
}
