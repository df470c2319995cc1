import type { Unit } from '../kernel/money.js';
import type { ResourceKind } from '../kernel/words.js';
import { NATIONAL_REFS, UNION_REFS, type Mention } from './mentions.data.js';
import { PLACE_RULES, type Customer, type PlaceRule } from './place.data.js';
import { STANDARD_RATES, TERRITORIES, UNION } from './rates.data.js';

/** How a party stands in its country's VAT, from a day on. */
export const VAT_STATUSES = [
  'STANDARD',
  'OPTED',
  'EXEMPT_LETTING',
  'SME_DOMESTIC',
  'SME_CROSS_BORDER',
  'NON_PROFIT_EXEMPT',
  'NON_EU',
] as const;
export type VatStatus = (typeof VAT_STATUSES)[number];

/** Everything a decision is made from, and nothing else. It is stored beside the decision. */
export type VatInputs = {
  /** The local day of the supply. */
  readonly day: string;
  readonly supplier: {
    readonly country: string;
    /** Where the desk stands: NUTS or ISO 3166-2. */
    readonly territoryCode: string | null;
    readonly status: VatStatus;
  };
  readonly customer: { readonly kind: Customer; readonly country: string };
  readonly resourceKind: ResourceKind;
};

/** UNCL 5305 as EN 16931 has it: standard rate, reverse charge, exempt, outside the scope. */
export type VatCategory = 'S' | 'AE' | 'E' | 'O';

export type VatDecision = {
  /** The country whose VAT it is. */
  readonly country: string;
  readonly category: VatCategory;
  readonly rateBps: number;
  readonly mention: Mention | null;
  /** The rules that decided, in their order, each with its provision. */
  readonly why: readonly { readonly rule: string; readonly ref: string }[];
};

const LETTING: readonly ResourceKind[] = ['hot_desk', 'dedicated_desk', 'meeting_room'];

/** One supply: whose VAT, at which rate, and which words have to be said. Pure, so that it can be made again. */
export function decideVat(inputs: VatInputs): VatDecision {
  const { supplier, customer, day } = inputs;
  const rule = placeRule(inputs);
  const place = { rule: rule.id, ref: rule.ref };
  const isAbroad = customer.country !== supplier.country;
  const country =
    rule.place === 'CUSTOMER' && customer.kind !== 'CONSUMER' ? customer.country : supplier.country;

  if (supplier.status === 'NON_EU') return withoutVat('O', 'OUTSIDE_UNION', supplier.country, [place]);
  if (country !== supplier.country && isAbroad) {
    return UNION.has(country) && UNION.has(supplier.country)
      ? withoutVat('AE', 'REVERSE_CHARGE', country, [place])
      : withoutVat('O', 'OUTSIDE_UNION', country, [place]);
  }
  const exempt = exemption(inputs, rule);
  if (exempt)
    return withoutVat('E', exempt, country, [
      place,
      { rule: `status.${supplier.status.toLowerCase()}`, ref: '' },
    ]);
  const rate = rateOn(country, supplier.territoryCode, day);
  if (rate.bps === null)
    return withoutVat('O', 'OUTSIDE_UNION', country, [place, { rule: 'rate.territory', ref: rate.ref }]);
  return {
    country,
    category: 'S',
    rateBps: rate.bps,
    mention: null,
    why: [place, { rule: `rate.${country.toLowerCase()}.${rate.from}`, ref: rate.ref }],
  };
}

/** The most particular of the rows that fit: its country named, then the newest. */
export function placeRule({ supplier, customer, resourceKind, day }: VatInputs): PlaceRule {
  const fitting = PLACE_RULES.filter(
    (rule) =>
      rule.from <= day &&
      (rule.country === '*' || rule.country === supplier.country) &&
      (rule.resourceKinds === '*' || rule.resourceKinds.includes(resourceKind)) &&
      (rule.customers === '*' || rule.customers.includes(customer.kind)),
  ).toSorted((a, b) => Number(a.country === '*') - Number(b.country === '*') || (a.from < b.from ? 1 : -1));
  // Before the first row began, the supplier's place was the rule (art. 43 as it stood).
  return fitting[0] ?? EARLIER;
}

const EARLIER: PlaceRule = {
  id: 'place.earlier',
  country: '*',
  resourceKinds: '*',
  customers: '*',
  from: '0001-01-01',
  place: 'SUPPLIER',
  ref: 'Directive 2006/112/EC, art. 43 as it stood until 2009',
};

function exemption({ supplier, resourceKind }: VatInputs, rule: PlaceRule): Mention | null {
  switch (supplier.status) {
    case 'SME_DOMESTIC':
    case 'SME_CROSS_BORDER':
    case 'NON_PROFIT_EXEMPT':
      return supplier.status;
    case 'EXEMPT_LETTING':
      return LETTING.includes(resourceKind) ? 'EXEMPT_LETTING' : null;
    case 'STANDARD':
      return rule.exemptLetting ? 'EXEMPT_LETTING' : null;
    case 'OPTED':
    case 'NON_EU':
      return null;
  }
}

type Rate = { readonly bps: number | null; readonly from: string; readonly ref: string };

/** The rate of that day where the desk stands; a country that is not in the table has no VAT of ours. */
export function rateOn(country: string, territoryCode: string | null, day: string): Rate {
  const territory = TERRITORIES.find(
    ({ code, from }) => code.startsWith(country) && territoryCode?.startsWith(code) && from <= day,
  );
  if (territory) return territory;
  const rates = STANDARD_RATES[country] ?? [];
  return (
    rates.findLast(({ from }) => from <= day) ??
    rates[0] ?? { bps: null, from: '', ref: `no rate of ${country}` }
  );
}

function withoutVat(
  category: Exclude<VatCategory, 'S'>,
  mention: Mention,
  country: string,
  why: VatDecision['why'],
): VatDecision {
  const ref = NATIONAL_REFS[country]?.[mention] ?? UNION_REFS[mention];
  const reason = { rule: `mention.${mention.toLowerCase()}`, ref };
  return {
    country,
    category,
    rateBps: 0,
    mention,
    why: [...why.filter(({ ref: known }) => known !== ''), reason],
  };
}

export type Taxed = { readonly unit: Unit; readonly netMinor: bigint; readonly vatMinor: bigint };

const WHOLE_BPS = 10_000n;

/** Takes the VAT out of a price that contains it: the net is rounded half up, and the VAT is what is left. */
export function taxWithin(unit: Unit, grossMinor: bigint, rateBps: number): Taxed {
  const divisor = WHOLE_BPS + BigInt(rateBps);
  const netMinor = roundedHalfUp(grossMinor * WHOLE_BPS, divisor);
  return { unit, netMinor, vatMinor: grossMinor - netMinor };
}

/** The VAT on top of a net amount, rounded half up. */
export function taxOnTop(netMinor: bigint, rateBps: number): bigint {
  return roundedHalfUp(netMinor * BigInt(rateBps), WHOLE_BPS);
}

function roundedHalfUp(numerator: bigint, denominator: bigint): bigint {
  const sign = numerator < 0n ? -1n : 1n;
  return sign * ((2n * sign * numerator + denominator) / (2n * denominator));
}
