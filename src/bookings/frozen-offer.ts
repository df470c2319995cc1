/** An offer as it is kept: terms as JSON, amounts as numbers, and back. */
import { amount, type Amount } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';
import { tariffFromWire, tariffOfOld } from '../kernel/wire.js';
import type { Terms } from '../reciprocity/index.js';
import type { FrozenTerms } from './booking.js';
import type { Offer } from './offers.js';
import { DEFAULT_TERMS } from './space-terms.js';

/** The terms as reciprocity knows them. */
export function thaw(frozen: FrozenTerms): Terms {
  const { agreementId, versionId, clearingNetworkId, mode, resourceKind, unit } = frozen;
  const { freeHalfDays, capHalfDaysPerPersonYear } = frozen;
  const same = { agreementId, versionId, clearingNetworkId, mode, resourceKind, unit };
  return { ...same, freeHalfDays, capHalfDaysPerPersonYear, tariff: tariffFromWire(frozen.tariff) };
}

/** As they were written before there were tariffs, or before a space had terms of its own. */
type OldTerms = Omit<FrozenTerms, 'tariff'> & { readonly rateHalfDayMinor?: number };

export function frozenTerms(stored: FrozenTerms | OldTerms): FrozenTerms {
  if ('tariff' in stored) return { ...DEFAULT_TERMS, ...stored };
  const { rateHalfDayMinor = 0, ...terms } = stored;
  return { ...DEFAULT_TERMS, ...terms, tariff: tariffOfOld(terms.unit, rateHalfDayMinor) };
}

type StoredAmount = { readonly unit: Amount['unit']; readonly minor: number };

export type StoredOffer = Omit<Offer, 'day' | 'startsAt' | 'endsAt' | 'price' | 'guestPrice'> &
  Record<'day' | 'startsAt' | 'endsAt', string> &
  Record<'price' | 'guestPrice', StoredAmount>;

/** Amounts become wire amounts; days and moments are written as text. */
export function storedOffer(offer: Offer): StoredOffer {
  const { day, startsAt, endsAt, price, guestPrice, ...rest } = offer;
  return {
    ...rest,
    day: day.toString(),
    startsAt: startsAt.toString(),
    endsAt: endsAt.toString(),
    price: { unit: price.unit, minor: Number(price.minor) },
    guestPrice: { unit: guestPrice.unit, minor: Number(guestPrice.minor) },
  };
}

export function offerFrom(stored: StoredOffer): Offer {
  return {
    ...stored,
    programmeId: stored.programmeId ?? null, // what was kept before there were programmes has none
    terms: frozenTerms(stored.terms),
    day: Temporal.PlainDate.from(stored.day),
    startsAt: Temporal.Instant.from(stored.startsAt),
    endsAt: Temporal.Instant.from(stored.endsAt),
    price: amount(stored.price.unit, stored.price.minor),
    guestPrice: amount(stored.guestPrice.unit, stored.guestPrice.minor),
  };
}
