/** Pure decisions about what is proposed to a guest whose host cannot have them: never worse, and who bears it. */
import { amount, type Amount } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';
import type { Booking, FrozenTerms } from './booking.js';
import type { Offer } from './offers.js';
import type { ProposalCause } from './proposal.js';

export type Before = Pick<
  Booking,
  'halfDays' | 'funding' | 'price' | 'guestPrice' | 'hostNetworkId' | 'terms'
>;

/** A host that had promised a seat owes it; one that never said yes owes nothing. */
export function owesSeat(cause: ProposalCause): boolean {
  return cause === 'CLOSURE' || cause === 'HOURS' || cause === 'FULL';
}

/**
 * The offer on terms at least as good as the booking's, paid in the same way. Where the way it was paid does not
 * reach, the network of the host that owes the seat pays. null: it would be worse for the guest, or would wait for
 * another host's answer, or somebody would bear a cost they do not owe.
 */
export function neverWorse(
  before: Before,
  offer: Offer,
  isOwed: boolean,
): { readonly offer: Offer; readonly cost: Amount } | null {
  const isSure = offer.terms.bookingMode === 'INSTANT';
  const isComparable = offer.price.unit === before.price.unit && offer.halfDays <= before.halfDays;
  if (!isSure || !isComparable) return null;
  const paid = paidAsBefore(before, offer);
  if (!paid) return null;
  const cost = paid.funding === before.funding ? more(paid.price, before.price) : paid.price;
  if (cost.minor > 0n && !isOwed) return null;
  return { offer: { ...paid, terms: kinder(before.terms, paid.terms) }, cost };
}

function paidAsBefore(before: Before, offer: Offer): Offer | null {
  const same = offer.options.find((option) => option.funding === before.funding && option.because === null);
  const isGuests = before.funding === 'PAY_AS_YOU_GO';
  const guestPrice = less(isGuests ? offer.price : amount(offer.price.unit, 0), before.guestPrice);
  if (same) {
    const { funding, passId, programmeId, debtorPartyId } = same;
    return { ...offer, funding, passId, programmeId, debtorPartyId, guestPrice };
  }
  if (offer.terms.mode !== 'ACCRUAL_CASH') return null;
  return {
    ...offer,
    funding: 'PAY_AS_YOU_GO',
    passId: null,
    programmeId: null,
    debtorPartyId: before.hostNetworkId,
    guestPrice,
  };
}

/** Each term as the better of the two has it. */
export function kinder(before: FrozenTerms, offered: FrozenTerms): FrozenTerms {
  const isLater =
    Temporal.Instant.compare(
      Temporal.Instant.from(before.cancelUntil),
      Temporal.Instant.from(offered.cancelUntil),
    ) > 0;
  return {
    ...offered,
    cancelUntil: isLater ? before.cancelUntil : offered.cancelUntil,
    graceMinutes: Math.max(before.graceMinutes, offered.graceMinutes),
    noShow: before.noShow === 'FREE' ? 'FREE' : offered.noShow,
    lateCancellation: before.lateCancellation === 'FREE' ? 'FREE' : offered.lateCancellation,
  };
}

function less(a: Amount, b: Amount): Amount {
  return a.minor < b.minor ? a : amount(a.unit, b.minor);
}

function more(a: Amount, b: Amount): Amount {
  return amount(a.unit, a.minor > b.minor ? a.minor - b.minor : 0n);
}

/** The same city first, and within each the nearest. */
export function sameCityFirst<Place extends { readonly city: string; readonly country: string }>(
  nearestFirst: readonly Place[],
  { city, country }: { readonly city: string; readonly country: string },
): Place[] {
  const rank = (place: Place) => (place.city === city && place.country === country ? 0 : 1);
  return nearestFirst.toSorted((a, b) => rank(a) - rank(b));
}
