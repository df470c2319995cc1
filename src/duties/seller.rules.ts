import { Temporal, type PlainDate } from '../kernel/time.js';

/** What a seller declares; null is what is not declared yet. */
export type SellerProfile = {
  readonly isPublicBody: boolean;
  readonly legalName: string | null;
  readonly street: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly tin: string | null;
  readonly tinCountry: string | null;
  readonly vatNumber: string | null;
  readonly registrationNumber: string | null;
  readonly account: string | null;
  readonly properties: readonly Property[];
};

/** Each property that is let is reported with its address (Directive 2011/16/EU, Annex V, section III.B). */
export type Property = {
  readonly spaceId: string;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly country: string;
  readonly landRegistration: string | null;
};

/** Without a VAT number or a registration number a seller may still be whole: not everybody has them. */
const NEEDED = [
  'legalName',
  'street',
  'postcode',
  'city',
  'country',
  'tin',
  'tinCountry',
  'account',
] as const satisfies (keyof SellerProfile)[];

/** What has to be asked for: fields by their name, properties by `property:` and their space. */
export function missingOf(profile: SellerProfile | null, spaceIds: readonly string[]): string[] {
  const fields = NEEDED.filter((field) => !profile?.[field]);
  const properties = spaceIds.filter((id) => !profile?.properties.some(({ spaceId }) => spaceId === id));
  return [...fields, ...properties.map((id) => `property:${id}`)];
}

export type Exclusion = 'PUBLIC_BODY' | 'OUTSIDE_UNION';

/**
 * Public bodies are excluded sellers; whoever neither resides nor lets in the Union is none to report. There is no
 * floor: the thirty sales and 2,000 euros that relieve sellers of goods are not for whoever lets property.
 */
export function exclusionOf(
  profile: SellerProfile | null,
  countries: readonly string[],
  union: ReadonlySet<string>,
): Exclusion | null {
  if (profile?.isPublicBody) return 'PUBLIC_BODY';
  return countries.some((country) => union.has(country)) ? null : 'OUTSIDE_UNION';
}

/** Days after the first supply: the request, and two reminders. */
export const LETTER_DAYS = [14, 44, 59] as const;
/** After two reminders, and never before sixty days have gone since the request (Annex V, section IV.A(2)). */
export const RESTRICTION_DAYS = LETTER_DAYS[0] + 60;

export type Step = { readonly is: 'LETTER'; readonly number: number } | { readonly is: 'RESTRICTION' } | null;

/** What falls due for a seller whose data are not whole. Letters are sent one after the other, whatever was missed. */
export function dueStep(
  firstSupplyDay: PlainDate,
  letters: { readonly sent: number; readonly requestedOn: PlainDate | null },
  today: PlainDate,
): Step {
  const days = firstSupplyDay.until(today).days;
  const next = LETTER_DAYS[letters.sent];
  if (next !== undefined) return days >= next ? { is: 'LETTER', number: letters.sent + 1 } : null;
  const asked = letters.requestedOn ?? today;
  const isLongEnough = asked.until(today).days >= RESTRICTION_DAYS - LETTER_DAYS[0];
  return isLongEnough ? { is: 'RESTRICTION' } : null;
}

/** The next 31 January after the year. */
export function reportDueDay(year: number): PlainDate {
  return Temporal.PlainDate.from({ year: year + 1, month: 1, day: 31 });
}

/** Amounts of the report are whole units: rounded half away from zero. */
export function wholeUnits(minor: bigint, scale: number): bigint {
  const unit = 10n ** BigInt(scale);
  const sign = minor < 0n ? -1n : 1n;
  return sign * ((sign * minor * 2n + unit) / (2n * unit));
}
