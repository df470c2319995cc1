/** Which version of which agreement a visit is priced by. Pure: no database, no framework. */
import type { Unit } from '../kernel/money.js';
import type { Tariff } from '../kernel/tariff.js';
import { Temporal, type PlainDate } from '../kernel/time.js';
import type { Mode, ResourceKind } from '../kernel/words.js';

/** What a version says for one host space and resource kind. */
export type Terms = {
  readonly agreementId: string;
  readonly versionId: string;
  readonly clearingNetworkId: string;
  readonly mode: Mode;
  readonly resourceKind: ResourceKind;
  /** The host's currency; HALF_DAY in kind. */
  readonly unit: Unit;
  readonly tariff: Tariff;
  /** The visa quota: per person, host space and calendar year. */
  readonly freeHalfDays: number;
  /** At most so many free half-days per person and calendar year at all hosts of the agreement together. */
  readonly capHalfDaysPerPersonYear: number | null;
};

/** Terms, with what decides between them. Which side is called home says nothing: both accept each other. */
export type Offer = {
  readonly terms: Terms;
  readonly sides: readonly [string, string];
  /** Of these two spaces alone: nearer than anything their networks agreed on. */
  readonly betweenSpaces?: boolean;
  readonly signedBy: readonly string[];
  readonly validFrom: PlainDate;
  readonly number: number;
};

type Visit = {
  /** A network, then the networks above it. */
  readonly homeChain: readonly string[];
  readonly hostChain: readonly string[];
  readonly day: PlainDate;
};

/**
 * Of the versions that every side has signed and that are valid on the day, the one of the most specific
 * agreement; within it the latest. A chapter without an agreement of its own inherits its parent's.
 */
export function pickTerms(offers: readonly Offer[], visit: Visit): Terms | null {
  return pickOffer(offers, visit)?.terms ?? null;
}

export function pickOffer(offers: readonly Offer[], visit: Visit): Offer | null {
  const applicable = offers
    .filter((offer) => offer.sides.every((side) => offer.signedBy.includes(side)))
    .filter((offer) => Temporal.PlainDate.compare(offer.validFrom, visit.day) <= 0)
    .map((offer) => ({ offer, steps: offer.betweenSpaces ? -1 : stepsTo(offer.sides, visit) }))
    .filter(({ steps }) => Number.isFinite(steps));
  const [best] = applicable.toSorted(
    (a, b) =>
      a.steps - b.steps ||
      Temporal.PlainDate.compare(b.offer.validFrom, a.offer.validFrom) ||
      b.offer.number - a.offer.number ||
      (a.offer.terms.versionId < b.offer.terms.versionId ? -1 : 1),
  );
  return best?.offer ?? null;
}

/** How many networks one climbs from the two spaces to the two sides, in the direction that fits best. */
function stepsTo([one, other]: readonly [string, string], { homeChain, hostChain }: Visit): number {
  return Math.min(
    climb(homeChain, one) + climb(hostChain, other),
    climb(homeChain, other) + climb(hostChain, one),
  );
}

function climb(chain: readonly string[], network: string): number {
  const steps = chain.indexOf(network);
  return steps < 0 ? Number.POSITIVE_INFINITY : steps;
}

/** The ledger's accounts of one person's quota, and of all that person used under one agreement in a year. */
export type QuotaOf = { readonly personId: string; readonly hostSpaceId: string; readonly year: number };

/** What can still be taken: of this host's quota, and of the cap over all hosts. */
export function leftOf(free: { granted: number; taken: number }, cap: { max: number | null; taken: number }) {
  const left = free.granted - free.taken;
  return Math.max(0, cap.max === null ? left : Math.min(left, cap.max - cap.taken));
}
