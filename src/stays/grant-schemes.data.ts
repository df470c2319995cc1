import type { GrantScheme } from './stay.words.schema.js';

type Band = { readonly kilometresMin: number; readonly minor: bigint; readonly greenMinor: bigint };

/** How a grant is reckoned, in euro cents, with where that is written. */
export type SchemeRules = {
  /** Per paid day, by the country of the stay; a number holds for all countries. */
  readonly dayMinor: bigint | Readonly<Record<string, bigint>>;
  /** Days paid in full; the rest at `laterPercent`. */
  readonly fullDays: number;
  readonly laterPercent: bigint;
  readonly travelDaysMax: number;
  readonly greenTravelDaysMax: number;
  /** By the great-circle distance, the last one that is reached. */
  readonly bands: readonly Band[];
  readonly kilometresMax: number;
  readonly capMinor: bigint | null;
  /** For the host's closing public event; not part of the grant. */
  readonly hostEventMinor: bigint;
  readonly source: string;
};

const bands = (...rows: readonly [km: number, minor: bigint, greenMinor: bigint][]): Band[] =>
  rows.map(([kilometresMin, minor, greenMinor]) => ({ kilometresMin, minor, greenMinor }));

export const SCHEME_RULES: Readonly<Record<GrantScheme, SchemeRules>> = {
  ERASMUS_STAFF_2025: {
    dayMinor: { FR: 120_00n, IT: 120_00n, ES: 110_00n, GR: 110_00n, HR: 100_00n },
    fullDays: 14,
    laterPercent: 70n,
    travelDaysMax: 2,
    greenTravelDaysMax: 6,
    bands: bands(
      [0, 0n, 0n],
      [10, 28_00n, 56_00n],
      [100, 211_00n, 285_00n],
      [500, 309_00n, 417_00n],
      [2000, 395_00n, 535_00n],
      [3000, 580_00n, 785_00n],
    ),
    kilometresMax: 3999,
    capMinor: null,
    hostEventMinor: 0n,
    source:
      'Erasmus+ staff mobility, rates of 2025: day rate by country, 70 % from day 15, travel by distance band',
  },
  PEER_TO_PEER: {
    dayMinor: 165_00n,
    fullDays: Number.POSITIVE_INFINITY,
    laterPercent: 100n,
    travelDaysMax: 0,
    greenTravelDaysMax: 0,
    bands: bands([0, 350_00n, 350_00n]),
    kilometresMax: Number.POSITIVE_INFINITY,
    capMinor: 1_175_00n,
    hostEventMinor: 500_00n,
    source:
      'European Creative Hubs Network, peer-to-peer: 350 for travel, 165 a day, 1,175 at most; 500 for the host’s event',
  },
  NONE: {
    dayMinor: 0n,
    fullDays: Number.POSITIVE_INFINITY,
    laterPercent: 100n,
    travelDaysMax: 0,
    greenTravelDaysMax: 0,
    bands: bands([0, 0n, 0n]),
    kilometresMax: Number.POSITIVE_INFINITY,
    capMinor: null,
    hostEventMinor: 0n,
    source: 'No grant',
  },
};
