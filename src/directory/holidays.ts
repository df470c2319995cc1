import Holidays from 'date-holidays';
import { Temporal, type PlainDate } from '../kernel/time.js';

/** NUTS 2 regions whose holidays differ from their country's, as the ISO 3166-2 codes the calendar knows. */
const SUBDIVISION_OF_NUTS2: Record<string, string> = {
  ES11: 'GA', ES12: 'AS', ES13: 'CB', ES21: 'PV', ES22: 'NC', ES23: 'RI', ES24: 'AR', ES30: 'MD',
  ES41: 'CL', ES42: 'CM', ES43: 'EX', ES51: 'CT', ES52: 'VC', ES53: 'IB', ES61: 'AN', ES62: 'MC',
  ES63: 'CE', ES64: 'ML', ES70: 'CN', ITH1: '32', FRY1: 'GP', FRY2: 'MQ', FRY3: 'GF', FRY4: 'RE', FRY5: 'YT',
}; // prettier-ignore
/** And NUTS 3 ones: Alsace and Moselle keep two more days than the rest of France. */
const SUBDIVISION_OF_NUTS3: Record<string, string> = { FRF11: '67', FRF12: '68', FRF33: '57' };

/** Kept, because a year's calendar takes milliseconds to make and never changes while we run. */
const calendars = new Map<string, ReadonlySet<string>>();

/** Is it a public holiday there? False also where no calendar is known. */
export function isPublicHoliday(country: string, territoryCode: string | null, day: PlainDate): boolean {
  return calendar(country, subdivision(country, territoryCode), day.year).has(day.toString());
}

/** The public holidays of a year, by name, in the order of their days. */
export function publicHolidays(
  { country, territoryCode }: { country: string; territoryCode: string | null },
  year: number,
  language: string,
): { day: string; name: string }[] {
  return new Holidays(country, subdivision(country, territoryCode))
    .getHolidays(year, language)
    .filter((holiday) => holiday.type === 'public')
    .flatMap(({ date, start, end, name }) =>
      daysFrom(date.slice(0, 10), end.getTime() - start.getTime()).map((day) => ({ day, name })),
    )
    .toSorted((a, b) => a.day.localeCompare(b.day));
}

function subdivision(country: string, territoryCode: string | null): string {
  if (!territoryCode) return '';
  if (territoryCode.startsWith(`${country}-`)) return territoryCode.slice(country.length + 1);
  return SUBDIVISION_OF_NUTS3[territoryCode] ?? SUBDIVISION_OF_NUTS2[territoryCode.slice(0, 4)] ?? '';
}

function calendar(country: string, state: string, year: number): ReadonlySet<string> {
  const key = `${country}/${state}/${year}`;
  const known = calendars.get(key);
  if (known) return known;
  const made = new Set(
    new Holidays(country, state)
      .getHolidays(year)
      .filter((holiday) => holiday.type === 'public')
      .flatMap(({ date, start, end }) => daysFrom(date.slice(0, 10), end.getTime() - start.getTime())),
  );
  calendars.set(key, made);
  return made;
}

const DAY_MS = 86_400_000;

function daysFrom(first: string, lengthMs: number): string[] {
  const day = Temporal.PlainDate.from(first);
  const days = Math.max(1, Math.round(lengthMs / DAY_MS));
  return Array.from({ length: days }, (_, index) => day.add({ days: index }).toString());
}
