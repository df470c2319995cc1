import type { TRAVEL_MODES } from './survey.schema.js';

/**
 * Grams of CO₂e per person and kilometre, as data with versions: a factor that changes is a new row with a later first
 * day, and what was computed keeps its own. Mode and scope without a row have no factor, and what would need it is missing.
 */
export type TravelMode = (typeof TRAVEL_MODES)[number];

type Factor = {
  readonly mode: TravelMode;
  /** null: anywhere. Rail depends on a country's electricity. */
  readonly country: string | null;
  readonly gramsPerKm: number;
  readonly source: string;
  /** The year in which the table was read. */
  readonly year: number;
  readonly validFrom: string;
};

const NGC = 'Nos Gestes Climat, transport table for 750 km (ADEME)';
const OWN_LEGS = 'No fuel is burnt on the way';
const factor = (
  mode: TravelMode,
  gramsPerKm: number,
  source = NGC,
  country: string | null = null,
): Factor => ({
  mode,
  country,
  gramsPerKm,
  source,
  year: 2026,
  validFrom: '2026-01-01',
});

export const FACTORS_VERSION = '2026.1';
export const FACTORS: readonly Factor[] = [
  factor('WALK', 0, OWN_LEGS),
  factor('BICYCLE', 0, OWN_LEGS),
  factor('PETROL_CAR', 217),
  factor('CARPOOL', 109),
  factor('ELECTRIC_CAR', 103),
  factor('COACH', 29.5),
  factor('TRAIN', 2.9, NGC, 'FR'),
  factor('FLIGHT', 259),
];

export const GREEN_MODES: readonly TravelMode[] = ['TRAIN', 'COACH', 'FERRY', 'CARPOOL'];

/** null: there is no factor for it, so nothing is said. */
export function gramsOf(mode: TravelMode, country: string, km: number): number | null {
  const found = FACTORS.find((one) => one.mode === mode && (one.country === null || one.country === country));
  return found ? found.gramsPerKm * km : null;
}
