import type { ResourceKind } from '../kernel/words.js';

/** Who buys: a business gives a VAT number or proves otherwise that it is one; a public body buys as one or the other. */
export const CUSTOMERS = ['CONSUMER', 'BUSINESS', 'PUBLIC_BODY'] as const;
export type Customer = (typeof CUSTOMERS)[number];

/** Where a supply is: where the property stands, where the customer is, or where the supplier is. */
export type Place = 'PROPERTY' | 'CUSTOMER' | 'SUPPLIER';

/** One row of the table. `*` is everywhere and everybody; of the rows that fit, the most particular and newest decides. */
export type PlaceRule = {
  readonly id: string;
  readonly country: string;
  readonly resourceKinds: readonly ResourceKind[] | '*';
  readonly customers: readonly Customer[] | '*';
  readonly from: string;
  readonly place: Place;
  /** A letting that this country exempts, whatever the status of who lets. */
  readonly exemptLetting?: true;
  readonly ref: string;
};

const PROPERTY_REF =
  'Directive 2006/112/EC, art. 47; Implementing Regulation 282/2011, arts 13b and 31a(2)(h)';

export const PLACE_RULES: readonly PlaceRule[] = [
  {
    id: 'place.desk_of_ones_own',
    country: '*',
    resourceKinds: ['dedicated_desk', 'meeting_room'],
    customers: '*',
    from: '2017-01-01',
    place: 'PROPERTY',
    ref: PROPERTY_REF,
  },
  {
    id: 'place.any_desk.business',
    country: '*',
    resourceKinds: ['hot_desk', 'machine_time'],
    customers: ['BUSINESS', 'PUBLIC_BODY'],
    from: '2010-01-01',
    place: 'CUSTOMER',
    ref: 'Directive 2006/112/EC, art. 44',
  },
  {
    id: 'place.any_desk.consumer',
    country: '*',
    resourceKinds: ['hot_desk', 'machine_time'],
    customers: ['CONSUMER'],
    from: '2010-01-01',
    place: 'SUPPLIER',
    ref: 'Directive 2006/112/EC, art. 45',
  },
  {
    id: 'place.letting.sweden',
    country: 'SE',
    resourceKinds: ['hot_desk', 'dedicated_desk', 'meeting_room'],
    customers: '*',
    from: '2020-01-01',
    place: 'PROPERTY',
    exemptLetting: true,
    ref: 'ML 10 kap. 35 §; Högsta förvaltningsdomstolen on coworking memberships',
  },
];

export const VOUCHER_REFS = {
  SINGLE_PURPOSE: 'Directive 2006/112/EC, arts 30a(2) and 30b(1), as of Directive (EU) 2016/1065; C-68/23',
  MULTI_PURPOSE:
    'Directive 2006/112/EC, arts 30a(3), 30b(2) and 73a, as of Directive (EU) 2016/1065; C-637/20',
  NOT_A_VOUCHER:
    'Directive 2006/112/EC, art. 24(1): a subscription without a number of days is a service by itself',
} as const;
