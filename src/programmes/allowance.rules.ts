/** The telework allowance of French public agents: so much per day, up to so much a year, as it stood in each year. */

export type AllowanceYear = {
  readonly from: number;
  readonly until: number | null;
  readonly dayMinor: bigint;
  readonly capMinor: bigint;
  readonly source: string;
};

/**
 * In euro cents. Article 3 of the decree sets the days and the place; the order of 26 August 2021 sets the amounts:
 * 2.50 and 220.00 at first, 2.88 and 253.44 since 1 January 2023; for 2024 alone the yearly cap was 282.24.
 */
export const ALLOWANCE_YEARS: readonly AllowanceYear[] = [
  {
    from: 2021,
    until: 2022,
    dayMinor: 250n,
    capMinor: 22_000n,
    source: 'Décret n° 2021-1123 et arrêté du 26 août 2021',
  },
  {
    from: 2023,
    until: 2023,
    dayMinor: 288n,
    capMinor: 25_344n,
    source: 'Arrêté du 23 novembre 2022 modifiant l’arrêté du 26 août 2021',
  },
  {
    from: 2024,
    until: 2024,
    dayMinor: 288n,
    capMinor: 28_224n,
    source: 'Plafond exceptionnel pour 2024 (98 jours)',
  },
  {
    from: 2025,
    until: null,
    dayMinor: 288n,
    capMinor: 25_344n,
    source: 'Arrêté du 23 novembre 2022 modifiant l’arrêté du 26 août 2021',
  },
];

export type AllowanceDay = {
  readonly day: string;
  readonly country: string;
  readonly halfDays: number;
  /** The employer pays for a canteen there: no allowance is due. */
  readonly hasSubsidisedCanteen: boolean;
};

export type Allowance = {
  readonly days: number;
  readonly paidDays: number;
  readonly canteenDays: number;
  readonly abroadDays: number;
  readonly minor: bigint;
  /** What the year's cap took away. */
  readonly cappedMinor: bigint;
};

export function allowanceYear(year: number): AllowanceYear | null {
  return ALLOWANCE_YEARS.find(({ from, until }) => from <= year && year <= (until ?? year)) ?? null;
}

/**
 * Of the days from `from` until `until`, of one year; those before them use up the cap first. Two half-days are a day,
 * and half a day is none: the allowance is per day of telework.
 */
export function allowanceOf(
  rate: AllowanceYear,
  days: readonly AllowanceDay[],
  period: { readonly from: string; readonly until: string; readonly isDueAbroad: boolean },
): Allowance {
  let paidSoFar = 0n;
  const sum = { days: 0, paidDays: 0, canteenDays: 0, abroadDays: 0, minor: 0n, cappedMinor: 0n };
  const whole = days.filter(({ halfDays }) => halfDays >= 2);
  for (const of of whole.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
    const isIn = period.from <= of.day && of.day <= period.until;
    const isDue = !of.hasSubsidisedCanteen && (of.country === 'FR' || period.isDueAbroad);
    const left = rate.capMinor - paidSoFar;
    const due = isDue ? rate.dayMinor : 0n;
    const paid = due < left ? due : left;
    paidSoFar += paid;
    if (!isIn) continue;
    sum.days += 1;
    sum.minor += paid;
    sum.cappedMinor += due - paid;
    if (paid > 0n) sum.paidDays += 1;
    if (of.hasSubsidisedCanteen) sum.canteenDays += 1;
    else if (!isDue) sum.abroadDays += 1;
  }
  return sum;
}
