import { Temporal, type Instant, type PlainDate } from '../kernel/time.js';

/** Records are sealed a day after their day, by the clock of the westernmost zone we know at the latest. */
const SEALING_DAYS = 2;

export type Quarter = { readonly fromDay: PlainDate; readonly untilDay: PlainDate };

/** `2026-Q1`: 1 January to 31 March. */
export function quarterDays(quarter: string): Quarter {
  const year = Number(quarter.slice(0, 4));
  const month = (Number(quarter.slice(6)) - 1) * 3 + 1;
  const fromDay = Temporal.PlainDate.from({ year, month, day: 1 });
  return { fromDay, untilDay: fromDay.add({ months: 3 }).subtract({ days: 1 }) };
}

/** All its visits had the time to be sealed. */
export function isOver({ untilDay }: Quarter, now: Instant): boolean {
  const sealed = untilDay.add({ days: 1 + SEALING_DAYS }).toZonedDateTime('UTC');
  return Temporal.Instant.compare(now, sealed.toInstant()) >= 0;
}
