import type { SchemeRules } from './grant-schemes.data.js';

export type GrantOf = {
  readonly country: string;
  readonly kilometres: number;
  readonly isGreen: boolean;
  /** Days of the stay: planned before it, attested after it. */
  readonly activityDays: number;
  /** Days of travel that were asked for. */
  readonly travelDays: number;
};

export type Grant = {
  readonly paidDays: number;
  readonly dayMinor: bigint;
  readonly daysMinor: bigint;
  readonly travelMinor: bigint;
  readonly totalMinor: bigint;
};

const PERCENT = 100n;
const NOTHING: Grant = { paidDays: 0, dayMinor: 0n, daysMinor: 0n, travelMinor: 0n, totalMinor: 0n };

/**
 * days × rate(country), in full up to a day and in part after it, plus what the distance gives, capped; half a cent
 * goes up. Who was never there is owed nothing, not even the way. null: the scheme has no rate for the country or
 * the distance.
 */
export function grantOf(rules: SchemeRules, stay: GrantOf): Grant | null {
  const dayMinor = rateOf(rules, stay.country);
  if (dayMinor === null || stay.kilometres > rules.kilometresMax) return null;
  if (stay.activityDays === 0) return { ...NOTHING, dayMinor };
  const travelDays = Math.min(stay.travelDays, stay.isGreen ? rules.greenTravelDaysMax : rules.travelDaysMax);
  const paidDays = stay.activityDays + travelDays;
  const fullDays = Math.min(paidDays, rules.fullDays);
  const daysMinor =
    BigInt(fullDays) * dayMinor +
    halfUp(BigInt(paidDays - fullDays) * dayMinor * rules.laterPercent, PERCENT);
  const band = rules.bands.findLast(({ kilometresMin }) => stay.kilometres >= kilometresMin)!;
  const travelMinor = stay.isGreen ? band.greenMinor : band.minor;
  const totalMinor = atMost(daysMinor + travelMinor, rules.capMinor);
  return { paidDays, dayMinor, daysMinor, travelMinor, totalMinor };
}

export function atMost(minor: bigint, cap: bigint | null): bigint {
  return cap !== null && minor > cap ? cap : minor;
}

/** What is paid before somebody leaves. */
export function firstInstalment(plannedMinor: bigint, percent: number): bigint {
  return halfUp(plannedMinor * BigInt(percent), PERCENT);
}

/** More than zero is owed to the participant, less is to be recovered. */
export function balanceOf(finalMinor: bigint, paidMinor: bigint): bigint {
  return finalMinor - paidMinor;
}

/** Of amounts that are not negative. */
export function halfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

function rateOf({ dayMinor }: SchemeRules, country: string): bigint | null {
  return typeof dayMinor === 'bigint' ? dayMinor : (dayMinor[country] ?? null);
}

const EARTH_RADIUS_KILOMETRES = 6371.0088;

type Point = { readonly lat: number; readonly lon: number };

/** Along the great circle (haversine), on a sphere of the Earth's mean radius. */
export function kilometresBetween(a: Point, b: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2;
  const chord = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lon, b.lon);
  return 2 * EARTH_RADIUS_KILOMETRES * Math.asin(Math.min(1, Math.sqrt(chord)));
}
