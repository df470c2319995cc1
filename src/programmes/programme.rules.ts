/** Pure decisions about sponsor programmes: what may follow what, whether a voucher pays, and how money is spread. */
import { Temporal, type PlainDate } from '../kernel/time.js';
import type { ProgrammeAct, ProgrammeState } from './programme.schema.js';
import { VOUCHER_LIMITS, type VoucherLimit, type VoucherRefusal } from '../kernel/words.js';

export const TRANSITIONS: Readonly<
  Record<
    ProgrammeAct | 'exhaust' | 'expire',
    { readonly from: readonly ProgrammeState[]; readonly into: ProgrammeState }
  >
> = {
  approve: { from: ['DRAFT'], into: 'APPROVED' },
  open: { from: ['APPROVED', 'PAUSED'], into: 'OPEN' },
  pause: { from: ['OPEN'], into: 'PAUSED' },
  exhaust: { from: ['OPEN', 'PAUSED'], into: 'EXHAUSTED' },
  expire: { from: ['OPEN', 'PAUSED'], into: 'EXPIRED' },
  close: { from: ['EXHAUSTED', 'EXPIRED'], into: 'CLOSING' },
  report: { from: ['CLOSING'], into: 'REPORTED' },
  archive: { from: ['REPORTED'], into: 'ARCHIVED' },
};

export const HALF_DAYS_PER_DAY = 2;
const PERCENT = 100;

/** A share of all days of the programme, in whole half-days. */
export function capHalfDays(budget: { votedMinor: bigint; dayPriceMinor: bigint }, percent: number): number {
  const halfDays = (budget.votedMinor * BigInt(HALF_DAYS_PER_DAY)) / budget.dayPriceMinor;
  return Number((halfDays * BigInt(percent)) / BigInt(PERCENT));
}

/** The visit would have been paid for, but for a limit: the guest is told, instead of paying themselves unawares. */
export function isLimit(because: string | null): because is VoucherLimit {
  return (VOUCHER_LIMITS as readonly (string | null)[]).includes(because);
}

export type SponsoredVisit = {
  readonly day: PlainDate;
  readonly halfDays: number;
  readonly isDesk: boolean;
  readonly country: string;
  /** What the host asks for a day of anybody else. */
  readonly hostDayMinor: bigint | null;
  readonly programme: {
    readonly state: ProgrammeState;
    readonly startsOn: PlainDate;
    readonly endsOn: PlainDate;
    readonly countries: readonly string[];
    readonly priceCeilingMinor: bigint | null;
    readonly daysPerWeek: number | null;
    readonly daysPerPerson: number | null;
    readonly needsMissionOrder: boolean;
  };
  /** null: the space is not in the programme. */
  readonly place: PlaceUse | null;
  readonly others: readonly PlaceUse[];
  readonly totalHalfDays: number;
  readonly agent: {
    readonly employerCountry: string;
    readonly daysPerWeek: number;
    readonly validUntil: PlainDate;
  } | null;
  readonly vouchersLeft: number;
  readonly usedThisWeek: number;
  readonly usedInAll: number;
  readonly hasMissionOrder: boolean;
};

export type PlaceUse = {
  readonly capHalfDays: number | null;
  readonly floorHalfDays: number;
  readonly usedHalfDays: number;
};

/** null when the voucher pays. What does not concern the visit comes first, then the programme, the person, the place. */
export function voucherRefusal(visit: SponsoredVisit): VoucherRefusal | null {
  return unconcerned(visit) ?? ofPerson(visit) ?? ofPlace(visit);
}

function unconcerned({ programme, place, ...visit }: SponsoredVisit): VoucherRefusal | null {
  if (!visit.isDesk) return 'NOT_A_DESK';
  if (!place) return 'OTHER_PLACE';
  const { startsOn, endsOn, countries, priceCeilingMinor } = programme;
  const isBefore = Temporal.PlainDate.compare(visit.day, startsOn) < 0;
  if (isBefore || Temporal.PlainDate.compare(visit.day, endsOn) > 0) return 'OTHER_TIME';
  if (countries.length > 0 && !countries.includes(visit.country)) return 'OTHER_COUNTRY';
  const isDear = priceCeilingMinor !== null && (visit.hostDayMinor ?? 0n) > priceCeilingMinor;
  return isDear ? 'ABOVE_PRICE_CEILING' : null;
}

function ofPerson({ programme, agent, ...visit }: SponsoredVisit): VoucherRefusal | null {
  if (programme.state !== 'OPEN') return 'PROGRAMME_NOT_OPEN';
  if (!agent || Temporal.PlainDate.compare(visit.day, agent.validUntil) > 0) return 'NOT_CONFIRMED';
  if (visit.vouchersLeft === 0) return 'NO_VOUCHER_LEFT';
  const perWeek = Math.min(agent.daysPerWeek, programme.daysPerWeek ?? agent.daysPerWeek);
  if (visit.usedThisWeek + visit.halfDays > perWeek * HALF_DAYS_PER_DAY) return 'WEEK_CAP_REACHED';
  const inAll = programme.daysPerPerson;
  if (inAll !== null && visit.usedInAll + visit.halfDays > inAll * HALF_DAYS_PER_DAY)
    return 'PERSON_CAP_REACHED';
  const isAbroad = visit.country !== agent.employerCountry;
  return programme.needsMissionOrder && isAbroad && !visit.hasMissionOrder ? 'NO_MISSION_ORDER' : null;
}

/** The days that others are promised are not given away: a floor is kept free until it is reached. */
function ofPlace({ place, others, totalHalfDays, halfDays }: SponsoredVisit): VoucherRefusal | null {
  if (!place) return 'OTHER_PLACE';
  const { capHalfDays: cap, usedHalfDays: used } = place;
  if (cap !== null && used + halfDays > cap) return 'SPACE_CAP_REACHED';
  const isPromised = used + halfDays <= place.floorHalfDays;
  const all = others.reduce((sum, other) => sum + other.usedHalfDays, used) + halfDays;
  const owed = others.reduce((sum, other) => sum + Math.max(0, other.floorHalfDays - other.usedHalfDays), 0);
  return !isPromised && all + owed > totalHalfDays ? 'FLOORS_KEPT_FREE' : null;
}

const TEN_THOUSAND = 10_000;

/**
 * Herfindahl–Hirschman index: Σ share², in ten-thousandths; 10 000 when one place has it all, nothing when nobody
 * has anything.
 */
export function concentration(uses: readonly number[]): number {
  const all = uses.reduce((sum, use) => sum + use, 0);
  if (all === 0) return 0;
  const squares = uses.reduce((sum, use) => sum + use * use, 0);
  return Math.round((squares * TEN_THOUSAND) / (all * all));
}

export function shareInTenThousandths(part: number, all: number): number {
  return all === 0 ? 0 : Math.round((part * TEN_THOUSAND) / all);
}

/** A place where fewer persons were could tell who was where. */
export const PERSONS_MIN = 5;

export type Uptake = {
  readonly spaceId: string;
  readonly name: string;
  readonly persons: number;
  readonly halfDays: number;
  readonly minor: bigint;
};

/**
 * Places with fewer than five persons become one line, so that nobody is told apart. When those together are still too
 * few, the smallest of the others joins them: nothing can be found by subtracting.
 */
export function mergeSmall(uptakes: readonly Uptake[]): { places: Uptake[]; merged: Uptake[] } {
  const sorted = uptakes.toSorted((a, b) => b.persons - a.persons || b.halfDays - a.halfDays);
  const places = sorted.filter(({ persons }) => persons >= PERSONS_MIN);
  const merged = sorted.filter(({ persons }) => persons < PERSONS_MIN);
  // How many different persons the small places have together is at least what the largest of them has.
  while (merged.length > 0 && Math.max(...merged.map(({ persons }) => persons)) < PERSONS_MIN) {
    const next = places.pop();
    if (!next) break;
    merged.push(next);
  }
  return { places, merged };
}

/** Days are counted per ISO week: Monday to Sunday of the space's local days. */
export function weekOf(day: PlainDate): { readonly from: PlainDate; readonly until: PlainDate } {
  const from = day.subtract({ days: day.dayOfWeek - 1 });
  return { from, until: from.add({ days: 6 }) };
}

/** Until when only agents may take a desk of a reserved pool: a wall time so many days before, at the space. */
export function releasedAt(
  day: PlainDate,
  rule: { readonly releaseDaysBefore: number; readonly releaseTime: string },
  timeZone: string,
): Temporal.Instant {
  return day
    .subtract({ days: rule.releaseDaysBefore })
    .toZonedDateTime({ timeZone, plainTime: rule.releaseTime })
    .toInstant();
}
