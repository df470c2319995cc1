import { gramsOf, type TravelMode } from './factors.js';

export type Way = { readonly km: number; readonly mode: TravelMode };
export type Travel = {
  readonly wouldHaveGoneToOffice: boolean;
  readonly country: string;
  readonly office: Way | null;
  readonly space: Way | null;
  readonly trip: Way | null;
};
export type Footprint = {
  readonly avoidedKm: { readonly gross: number; readonly net: number } | null;
  readonly commuteChangeGrams: number | null;
  readonly tripGrams: number | null;
};

/**
 * I-27 to I-29 of one visit. Without the counterfactual "to my office" nothing was avoided, and nothing is claimed;
 * a space further away than the office is a negative saving.
 */
export function footprint({ wouldHaveGoneToOffice, country, office, space, trip }: Travel): Footprint {
  const grams = trip && gramsOf(trip.mode, country, trip.km);
  const tripGrams = grams === null ? null : round(grams);
  if (!wouldHaveGoneToOffice || !office || !space)
    return { avoidedKm: null, commuteChangeGrams: null, tripGrams };
  const net = round(2 * office.km - 2 * space.km);
  const [to, instead] = [
    gramsOf(space.mode, country, 2 * space.km),
    gramsOf(office.mode, country, 2 * office.km),
  ];
  return {
    avoidedKm: { gross: Math.max(0, net), net },
    commuteChangeGrams: to === null || instead === null ? null : round(to - instead),
    tripGrams,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
