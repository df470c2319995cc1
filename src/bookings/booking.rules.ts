/** Pure decisions about a booking: who pays and why, what it costs, until when leaving is free. */
import type { Home } from '../directory/index.js';
import { amount, type Amount } from '../kernel/money.js';
import { dayAt, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import type { UsablePass } from '../passes/index.js';
import type { Sponsorship } from '../programmes/index.js';
import { type BookingState, type Fee, type Booking } from './booking.js';
import { FUNDINGS, type Funding, type Mode, type VoucherRefusal } from '../kernel/words.js';

export const HORIZON_DAYS = 180;
const VOUCHER_HALF_DAYS = 2;

type PassLeft = Pick<UsablePass, 'passId' | 'networkId' | 'leftHalfDays'> &
  Partial<Pick<UsablePass, 'limitedBy'>>;

export type FundingCase = {
  readonly halfDays: number;
  readonly hostSpaceId: string;
  readonly home: Home | null;
  readonly leftOfQuota: number;
  /** Soonest expiry first. */
  readonly passes: readonly PassLeft[];
  /** The pass that was shown at the door: tried before the others. */
  readonly preferPassId?: string | undefined;
  readonly homeNetworkId: string;
  readonly mode: Mode;
  /** Of whoever holds vouchers; nobody else is told about programmes. */
  readonly sponsorship?: Sponsorship | null | undefined;
  /** A room or a machine: where money is owed, half-days do not pay for it. */
  readonly isByTime?: boolean;
};

export const SKIPPED_BECAUSE = [
  'NO_HOME_SPACE',
  'AT_HOME',
  'QUOTA_USED_UP',
  'NO_PASS',
  'PASS_USED_UP',
  'HOST_CAP_REACHED',
  'NO_PRICE_IN_MONEY',
  'PAID_BY_TIME',
] as const;
export type SkippedBecause = (typeof SKIPPED_BECAUSE)[number] | VoucherRefusal;

/** TAKEN pays. POSSIBLE could pay, but one before it does. SKIPPED cannot, for the reason given. */
export type FundingOption = {
  readonly funding: Funding;
  readonly outcome: 'TAKEN' | 'POSSIBLE' | 'SKIPPED';
  readonly because: SkippedBecause | null;
  readonly passId: string | null;
  readonly programmeId: string | null;
  /** Half-days there now, and what is left of them when this one pays. */
  readonly leftHalfDays: number | null;
  readonly leftAfterHalfDays: number | null;
  readonly debtorPartyId: string | null;
};

type Candidate = Omit<FundingOption, 'outcome'>;

/**
 * The first of a sponsor's voucher, visa quota, pass units and pay-as-you-go that can pay for the whole booking; a booking is never
 * split between two. Every option is explained, taken or not; none is taken when nothing pays.
 */
export function decideFunding(funding: FundingCase): FundingOption[] {
  const kinds = FUNDINGS.filter((kind) => kind !== 'SPONSOR_VOUCHER' || funding.sponsorship);
  const candidates = kinds.map((kind) => CANDIDATE[kind](funding));
  const taken = candidates.find((candidate) => candidate.because === null);
  return candidates.map((candidate) => ({
    ...candidate,
    outcome: candidate === taken ? 'TAKEN' : candidate.because === null ? 'POSSIBLE' : 'SKIPPED',
  }));
}

const CANDIDATE: Record<Funding, (funding: FundingCase) => Candidate> = {
  SPONSOR_VOUCHER: ({ sponsorship }) => {
    if (!sponsorship) return skipped('SPONSOR_VOUCHER', 'NO_VOUCHER_LEFT');
    const { because, leftHalfDays, programmeId, networkId } = sponsorship;
    const option = { ...skipped('SPONSOR_VOUCHER', because), leftHalfDays, programmeId };
    if (because) return option;
    // A voucher is one day: whoever comes for half of it uses it as well.
    return { ...option, leftAfterHalfDays: leftHalfDays - VOUCHER_HALF_DAYS, debtorPartyId: networkId };
  },
  VISA_QUOTA: ({ home, hostSpaceId, leftOfQuota, halfDays, ...visit }) => {
    if (isPaidByTime(visit)) return skipped('VISA_QUOTA', 'PAID_BY_TIME');
    if (!home) return skipped('VISA_QUOTA', 'NO_HOME_SPACE');
    if (home.spaceId === hostSpaceId) return skipped('VISA_QUOTA', 'AT_HOME');
    if (leftOfQuota < halfDays)
      return { ...skipped('VISA_QUOTA', 'QUOTA_USED_UP'), leftHalfDays: leftOfQuota };
    return { ...paying('VISA_QUOTA', leftOfQuota, halfDays), debtorPartyId: home.spaceId };
  },
  PASS_UNITS: ({ passes, preferPassId, halfDays, ...visit }) => {
    if (isPaidByTime(visit)) return skipped('PASS_UNITS', 'PAID_BY_TIME');
    const shownFirst = passes.toSorted(
      (a, b) => Number(b.passId === preferPassId) - Number(a.passId === preferPassId),
    );
    const first = shownFirst[0];
    if (!first) return skipped('PASS_UNITS', 'NO_PASS');
    const pass = shownFirst.find(({ leftHalfDays }) => leftHalfDays >= halfDays);
    if (!pass)
      return {
        ...skipped('PASS_UNITS', first.limitedBy === 'HOST' ? 'HOST_CAP_REACHED' : 'PASS_USED_UP'),
        passId: first.passId,
        leftHalfDays: first.leftHalfDays,
      };
    const { passId, networkId, leftHalfDays } = pass;
    return { ...paying('PASS_UNITS', leftHalfDays, halfDays), passId, debtorPartyId: networkId };
  },
  PAY_AS_YOU_GO: ({ mode, homeNetworkId }) => {
    if (mode !== 'ACCRUAL_CASH') return skipped('PAY_AS_YOU_GO', 'NO_PRICE_IN_MONEY');
    return { ...skipped('PAY_AS_YOU_GO', null), debtorPartyId: homeNetworkId };
  },
};

function isPaidByTime({ mode, isByTime = false }: Pick<FundingCase, 'mode' | 'isByTime'>): boolean {
  return isByTime && mode === 'ACCRUAL_CASH';
}

function skipped(funding: Funding, because: SkippedBecause | null): Candidate {
  return {
    funding,
    because,
    passId: null,
    programmeId: null,
    leftHalfDays: null,
    leftAfterHalfDays: null,
    debtorPartyId: null,
  };
}

function paying(funding: Funding, left: number, halfDays: number): Candidate {
  return { ...skipped(funding, null), leftHalfDays: left, leftAfterHalfDays: left - halfDays };
}

/** What the guest still pays. */
export function guestPriceOf(price: Amount, funding: Funding): Amount {
  return funding === 'PAY_AS_YOU_GO' ? price : amount(price.unit, 0);
}

/** Nothing while leaving is free, or when the space asks nothing; afterwards what the booking would have consumed. A hold not yet confirmed costs nothing. */
export function feeOf(
  booking: Pick<Booking, 'state' | 'terms' | 'halfDays' | 'funding' | 'guestPrice'>,
  at: Instant,
): Fee {
  const isFree =
    booking.state === 'PENDING' ||
    booking.terms.noShow === 'FREE' ||
    Temporal.Instant.compare(at, Temporal.Instant.from(booking.terms.cancelUntil)) <= 0;
  if (isFree) return { halfDays: 0, amount: amount(booking.guestPrice.unit, 0) };
  return {
    halfDays: booking.funding === 'PAY_AS_YOU_GO' ? 0 : booking.halfDays,
    amount: booking.guestPrice,
  };
}

/** How long a guest can take their cancellation back. */
const UNDO_MINUTES = 10;

/** Until when this cancellation can be undone by the guest, if the seat is still there; null when it cannot. */
export function undoUntil({
  state,
  stateBefore,
  stateAt,
  stateBy,
  personId,
  endsAt,
}: Pick<Booking, 'state' | 'stateBefore' | 'stateAt' | 'stateBy' | 'personId' | 'endsAt'>): Instant | null {
  const isTheirs = state === 'CANCELED' && stateBefore === 'RESERVED' && stateBy === `person:${personId}`;
  if (!isTheirs) return null;
  const until = stateAt.add({ minutes: UNDO_MINUTES });
  return Temporal.Instant.compare(until, endsAt) < 0 ? until : endsAt;
}

export type BookingAct =
  | 'confirm'
  | 'fulfil'
  | 'cancel'
  | 'restore'
  | 'replace'
  | 'miss'
  | 'expire'
  | 'accept'
  | 'decline'
  | 'comeLate'
  | 'reopen'
  | 'takeBack';

/** Each act: from which states, into which. Whatever is not here does not happen. */
export const TRANSITIONS: Record<
  BookingAct,
  { readonly from: readonly BookingState[]; readonly into: BookingState }
> = {
  confirm: { from: ['PENDING'], into: 'RESERVED' },
  accept: { from: ['PENDING'], into: 'RESERVED' },
  decline: { from: ['PENDING'], into: 'REJECTED' },
  fulfil: { from: ['PENDING', 'RESERVED'], into: 'FULFILLED' },
  cancel: { from: ['PENDING', 'RESERVED'], into: 'CANCELED' },
  /** A cancellation is undone. */
  restore: { from: ['CANCELED'], into: 'RESERVED' },
  /** It becomes another booking. */
  replace: { from: ['PENDING', 'RESERVED'], into: 'REPLACED' },
  miss: { from: ['RESERVED'], into: 'NO_SHOW' },
  expire: { from: ['PENDING'], into: 'EXPIRED' },
  // A door without a network tells only now that the guest had come.
  comeLate: { from: ['NO_SHOW'], into: 'FULFILLED' },
  // The visit was taken back (ADR 20): a booking made before waits for its guest again, one made at the door ends.
  reopen: { from: ['FULFILLED'], into: 'RESERVED' },
  takeBack: { from: ['FULFILLED'], into: 'CANCELED' },
};

/** Days are the space's own: the horizon moves at its midnight. */
export function isTooFarAhead(day: PlainDate, now: Instant, timeZone: string): boolean {
  const last = dayAt(now, timeZone).add({ days: HORIZON_DAYS });
  return Temporal.PlainDate.compare(day, last) > 0;
}

/** Asked of the host, unlike a seat that is kept until its guest confirms. */
export function awaitsHost({ state, terms }: Pick<Booking, 'state' | 'terms'>): boolean {
  return state === 'PENDING' && terms.bookingMode === 'ON_REQUEST';
}
