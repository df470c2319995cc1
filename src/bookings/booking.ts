import type { Amount } from '../kernel/money.js';
import type { Instant, PlainDate } from '../kernel/time.js';
import type { Terms } from '../reciprocity/index.js';
import type { SpaceTerms } from './space-terms.schema.js';
import type { WireTariff } from '../kernel/wire.js';
import type { BookedPart, Funding, ResourceKind } from '../kernel/words.js';

export const BOOKING_STATES = [
  'PENDING',
  'RESERVED',
  'FULFILLED',
  'CANCELED',
  'NO_SHOW',
  'EXPIRED',
  'REJECTED',
  'REPLACED',
] as const;
export type BookingState = (typeof BOOKING_STATES)[number];

/**
 * The terms as they were when the booking was made, as JSON: what prices the visit and what leaving late costs.
 * Free until `cancelUntil`; after that, and for a no-show, the booking is consumed as if the guest had come,
 * unless the space asks nothing for it.
 */
export type FrozenTerms = Omit<Terms, 'tariff'> &
  SpaceTerms & {
    readonly tariff: WireTariff;
    readonly cancelUntil: string;
    readonly lateCancellation: SpaceTerms['noShow'];
  };

/** What was consumed by not coming: entitlements of a quota or pass, or money the guest owes. */
export type Fee = { readonly halfDays: number; readonly amount: Amount };

/** What was offered and, with a booking, taken: one local day, half of it, or some half-hours of it at one pool, and who pays on which terms. */
export type OfferedVisit = {
  readonly personId: string;
  readonly spaceId: string;
  readonly poolId: string;
  readonly resourceKind: ResourceKind;
  readonly day: PlainDate;
  readonly part: BookedPart;
  readonly halfDays: 1 | 2;
  /** Half-hours of the space's day, [from, to). */
  readonly fromSlot: number;
  readonly toSlot: number;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly timeZone: string;
  readonly homeSpaceId: string | null;
  readonly homeNetworkId: string;
  readonly hostNetworkId: string;
  readonly funding: Funding;
  readonly passId: string | null;
  /** Of a sponsor, when a voucher of it pays. */
  readonly programmeId: string | null;
  /** Who owes the host: the network of a programme, which asks its sponsor; the home space for a quota, the issuing network for a pass, else the home network once the guest has paid. */
  readonly debtorPartyId: string | null;
  readonly terms: FrozenTerms;
  /** What the host earns. */
  readonly price: Amount;
  /** What the guest still pays: zero unless PAY_AS_YOU_GO. */
  readonly guestPrice: Amount;
};

export type Booking = OfferedVisit & {
  readonly id: string;
  readonly bookedAt: Instant;
  readonly state: BookingState;
  readonly stateAt: Instant;
  readonly stateBy: string;
  readonly stateBefore: BookingState | null;
  readonly heldUntil: Instant | null;
  readonly quoteId: string | null;
  readonly itineraryId: string | null;
  readonly cancelReason: string | null;
  readonly declineReason: string | null;
  readonly fee: Fee | null;
  /** Grows with whatever a calendar has to show: a change, a cancellation, its undoing. */
  readonly sequence: number;
  /** The same for a booking and what it was changed into. */
  readonly calendarUid: string;
  readonly changedFrom: string | null;
  /** What it was changed into, for whoever sees that too. */
  readonly replacedBy: string | null;
  /** How often its entitlement was set aside anew: each time in a hold of its own. */
  readonly reopened: number;
};
