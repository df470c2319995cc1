import type { Unit } from '../kernel/money.js';
import type { PlainTime } from '../kernel/time.js';
import type { HostingStop, ResourceKind } from '../kernel/words.js';

export const SETTLEMENT_PROFILES = ['NETTING_ALLOWED', 'GROSS_ONLY', 'IN_KIND_ONLY'] as const;
export type SettlementProfile = (typeof SETTLEMENT_PROFILES)[number];

export type Space = {
  readonly id: string;
  readonly networkId: string;
  readonly operatorId: string;
  readonly name: string;
  readonly city: string;
  readonly country: string;
  readonly timeZone: string;
  readonly territoryCode: string | null;
  readonly lat: number;
  readonly lon: number;
  /** In OSM syntax, in the space's own zone. */
  readonly openingHours: string;
  readonly closesOnHolidays: boolean;
  /** The wall time between morning and afternoon. */
  readonly halfDayBoundary: PlainTime;
  readonly unit: Unit;
  readonly visibility: 'public' | 'hidden';
  /** Why it takes no new bookings; what was booked before stays. */
  readonly hostingStop: { readonly code: HostingStop; readonly since: string } | null;
};

export type Pool = {
  readonly id: string;
  readonly spaceId: string;
  readonly networkId: string;
  readonly resourceKind: ResourceKind;
  readonly name: string;
  readonly capacity: number;
  /** The first day it offers no seat any more. */
  readonly retiredFrom: string | null;
};

/** A space, a network or a sponsor, as somebody who may owe or be owed. */
export type Party = {
  readonly id: string;
  readonly kind: 'space' | 'network' | 'institution';
  readonly networkId: string;
  readonly name: string;
  readonly country: string;
  readonly unit: Unit;
  readonly settlementProfile: SettlementProfile;
};

export type Home = { readonly spaceId: string; readonly networkId: string };
