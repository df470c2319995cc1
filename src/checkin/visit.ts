import type { Unit } from '../kernel/money.js';
import type { Evidence } from '../kernel/pass-code/esc1.js';
import type { Instant, PlainDate } from '../kernel/time.js';
import type { Booking, FrozenTerms } from '../bookings/index.js';
import type { VisitState } from './checkin.rules.js';
import type { Tariff } from '../kernel/tariff.js';
import type { BookedPart, Funding } from '../kernel/words.js';

/** Attested presence. What it was booked on is copied from the booking when the guest comes in. */
export type Visit = {
  readonly id: string;
  readonly bookingId: string;
  readonly personId: string;
  readonly guestFirstName: string;
  readonly spaceId: string;
  readonly hostNetworkId: string;
  readonly homeSpaceId: string | null;
  readonly homeNetworkId: string;
  readonly day: PlainDate;
  readonly part: BookedPart;
  readonly halfDays: 1 | 2;
  readonly funding: Funding;
  readonly debtorPartyId: string | null;
  readonly terms: FrozenTerms;
  readonly state: Exclude<VisitState, 'EXPECTED'>;
  readonly evidence: Evidence | 'D';
  readonly startedAt: Instant;
  /** The end of the day's opening hours: the visit is over by itself. */
  readonly closesAt: Instant;
  readonly sealsAt: Instant;
  readonly completedAt: Instant | null;
  /** What was booked; null of visits that began before stays had minutes. */
  readonly minutes: number | null;
  readonly endsAt: Instant | null;
  /** How long after it the guest was seen to leave. */
  readonly overMinutes: number;
  readonly invalidReason: string | null;
  /** Of the space and of the home space, for people to read. */
  readonly spaceName: string;
  readonly homeSpaceName: string | null;
  readonly timeZone: string;
};

/** What is written at the door. */
export type NewVisit = Pick<
  Visit,
  'id' | 'guestFirstName' | 'evidence' | 'startedAt' | 'closesAt' | 'sealsAt'
> & {
  readonly booking: Booking;
  /** When it was over before we were told of it. */
  readonly completedAt?: Instant;
};

export type RecordedStay = Omit<Tariff, 'rateMinor'> & {
  readonly part: BookedPart;
  readonly minutes: number;
  readonly overMinutes: number;
};

/** A sealed visit: who was where on which terms, what the host earns by it, and who owes that. */
export type VisitRecord = {
  readonly id: string;
  readonly visitId: string;
  readonly scanId: string;
  /** Stands for the person without naming them. */
  readonly personRef: string;
  readonly sealedAt: Instant;
  readonly day: PlainDate;
  readonly homeSpaceId: string | null;
  readonly homeNetworkId: string;
  readonly hostSpaceId: string;
  readonly hostNetworkId: string;
  readonly debtorPartyId: string | null;
  readonly creditorPartyId: string;
  readonly agreementVersionId: string;
  readonly clearingNetworkId: string;
  readonly mode: FrozenTerms['mode'];
  readonly unit: Unit;
  readonly halfDays: 1 | 2;
  readonly rateMinor: bigint;
  readonly amountMinor: bigint;
  readonly funding: Funding;
  readonly evidence: Evidence | 'D';
  /** Whether it is due: what a guest still has to pay for is not (ADR 16). */
  readonly settles: boolean;
  /** The stay and the whole tariff, to price it again; not of records sealed before there were any. */
  readonly stay?: RecordedStay;
  readonly terms: FrozenTerms;
};
