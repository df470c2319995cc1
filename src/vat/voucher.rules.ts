import type { ResourceKind } from '../kernel/words.js';
import { VOUCHER_REFS } from './place.data.js';
import { decideVat, type VatDecision, type VatStatus } from './vat.rules.js';

/** What a pass is for VAT, decided when it is issued and never again. */
export type VoucherCharacter = 'SINGLE_PURPOSE' | 'MULTI_PURPOSE' | 'NOT_A_VOUCHER';

/** A space that the pass opens, as it stands on the day of issue. */
export type ScopeSpace = {
  readonly spaceId: string;
  readonly country: string;
  readonly territoryCode: string | null;
  readonly status: VatStatus;
};

export type VoucherInputs = {
  readonly day: string;
  readonly sellerCountry: string;
  readonly sellerStatus: VatStatus;
  /** Whether it counts days at all: a subscription without a number of days does not. */
  readonly halfDays: number;
  readonly resourceKinds: readonly ResourceKind[];
  readonly spaces: readonly ScopeSpace[];
};

export type VoucherDecision = {
  readonly character: VoucherCharacter;
  readonly ref: string;
  /** Every treatment that a day of it could have, as "country category rate". */
  readonly treatments: readonly string[];
  /** The VAT of the sale; null when it falls due at redemption. */
  readonly atSale: VatDecision | null;
};

/** Single-purpose if, and only if, one country and one rate are all that it can ever be spent at. */
export function decideVoucher(inputs: VoucherInputs): VoucherDecision {
  if (inputs.halfDays === 0) {
    const atSale = decideVat({
      day: inputs.day,
      supplier: { country: inputs.sellerCountry, territoryCode: null, status: inputs.sellerStatus },
      customer: { kind: 'CONSUMER', country: inputs.sellerCountry },
      resourceKind: 'machine_time', // a service of the seller's own, no letting
    });
    return {
      character: 'NOT_A_VOUCHER',
      ref: VOUCHER_REFS.NOT_A_VOUCHER,
      treatments: [treatment(atSale)],
      atSale,
    };
  }
  const decisions = inputs.spaces.flatMap((space) =>
    inputs.resourceKinds.map((resourceKind) => redemptionAt(space, resourceKind, inputs.day)),
  );
  const treatments = [...new Set(decisions.map(treatment))].toSorted();
  const character = treatments.length === 1 ? 'SINGLE_PURPOSE' : 'MULTI_PURPOSE';
  const atSale = character === 'SINGLE_PURPOSE' ? decisions[0]! : null;
  return { character, ref: VOUCHER_REFS[character], treatments, atSale };
}

/** A holder redeems as a consumer: both ways of finding the place give the host's country then. */
export function redemptionAt(
  { country, territoryCode, status }: Omit<ScopeSpace, 'spaceId'>,
  resourceKind: ResourceKind,
  day: string,
): VatDecision {
  return decideVat({
    day,
    supplier: { country, territoryCode, status },
    customer: { kind: 'CONSUMER', country },
    resourceKind,
  });
}

function treatment({ country, category, rateBps }: VatDecision): string {
  return `${country} ${category} ${rateBps}`;
}

/**
 * The price of some half-days in the middle of a pass: what all up to here cost, less what all before cost. So
 * that every minor unit of the price is spent once, whatever the order and the size of the visits.
 */
export function unitsPrice(priceMinor: bigint, halfDays: number, before: number, taken: number): bigint {
  const upTo = (count: number) => (priceMinor * BigInt(count)) / BigInt(halfDays);
  return upTo(before + taken) - upTo(before);
}
