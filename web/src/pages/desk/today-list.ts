import { Temporal } from '@wire/kernel/time.js';

interface OfGuest {
  readonly guest: { readonly firstName: string } | null;
}

/** By the beginning of the first name, accents and case aside. */
export function searched<Item extends OfGuest>(items: readonly Item[], wanted: string): Item[] {
  const start = folded(wanted);
  return items.filter(({ guest }) => folded(guest?.firstName ?? '').startsWith(start));
}

function folded(text: string): string {
  return text.trim().normalize('NFD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();
}

/** Wall time at the space of a moment of this device. */
export function clockOf(atMs: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(atMs))
    .toZonedDateTimeISO(timeZone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });
}
