/** Closed lists of words that several rooms share; docs/glossary.md says what each means. */

/** What one visits for; a space offers each kind in pools of its own. */
export const RESOURCE_KINDS = ['hot_desk', 'dedicated_desk', 'meeting_room', 'machine_time'] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** Which part of the space's day: the half-day boundary lies between MORNING and AFTERNOON. */
export const PARTS = ['DAY', 'MORNING', 'AFTERNOON'] as const;
export type Part = (typeof PARTS)[number];

/** What a booking takes: a part of the day, or by the half-hour what lies between two times of it. */
export const BOOKED_PARTS = [...PARTS, 'HOURS'] as const;
export type BookedPart = (typeof BOOKED_PARTS)[number];

/** Desks are taken by parts of the day, rooms and machines from one half-hour until another. */
export function isByTime(kind: ResourceKind): boolean {
  return kind === 'meeting_room' || kind === 'machine_time';
}

/** Who pays for a booking, in the order in which they are tried. */
export const FUNDINGS = ['SPONSOR_VOUCHER', 'VISA_QUOTA', 'PASS_UNITS', 'PAY_AS_YOU_GO'] as const;
export type Funding = (typeof FUNDINGS)[number];

/** Why a sponsor's voucher does not pay: the visit is none of the programme's business, or a limit is reached. */
export const VOUCHER_UNCONCERNED = [
  'OTHER_PLACE',
  'OTHER_TIME',
  'OTHER_COUNTRY',
  'ABOVE_PRICE_CEILING',
  'NOT_A_DESK',
] as const;
export const VOUCHER_LIMITS = [
  'PROGRAMME_NOT_OPEN',
  'NOT_CONFIRMED',
  'NO_VOUCHER_LEFT',
  'SPACE_CAP_REACHED',
  'WEEK_CAP_REACHED',
  'PERSON_CAP_REACHED',
  'FLOORS_KEPT_FREE',
  'NO_MISSION_ORDER',
] as const;
export const VOUCHER_REFUSALS = [...VOUCHER_UNCONCERNED, ...VOUCHER_LIMITS] as const;
export type VoucherLimit = (typeof VOUCHER_LIMITS)[number];
export type VoucherRefusal = (typeof VOUCHER_REFUSALS)[number];

/** What an agreement makes of a visit: nothing is owed, money is, or half-days are. */
export const MODES = ['GIFT', 'ACCRUAL_CASH', 'ACCRUAL_IN_KIND'] as const;
export type Mode = (typeof MODES)[number];

/** Why a space takes no new bookings. */
export const HOSTING_STOPS = ['CHARTER_LAPSED', 'SUSPENDED', 'LEAVING', 'CLOSING', 'LEFT'] as const;
export type HostingStop = (typeof HOSTING_STOPS)[number];
