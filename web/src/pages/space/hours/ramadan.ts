import { Temporal, type PlainDate } from '@wire/kernel/time.js';

const RAMADAN = '9';
const DAYS_AHEAD = 370; // an Islamic year is 354 or 355 days
const NOON = '12:00';

/**
 * The Ramadan of that day, or the next one, by the Umm al-Qura calendar, first and last day. The moon may move
 * both by a day, and each country announces its own: a proposal to confirm, never a fact.
 */
export function nextRamadan(from: PlainDate): { first: string; last: string } {
  const month = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
    month: 'numeric',
    timeZone: 'UTC',
  });
  const isRamadan = (day: PlainDate) =>
    month.format(day.toZonedDateTime({ timeZone: 'UTC', plainTime: NOON }).epochMilliseconds) === RAMADAN;
  let first = from;
  for (let tried = 0; !isRamadan(first) && tried < DAYS_AHEAD; tried += 1) first = first.add({ days: 1 });
  while (isRamadan(first.subtract({ days: 1 }))) first = first.subtract({ days: 1 });
  let last = first;
  while (isRamadan(last.add({ days: 1 }))) last = last.add({ days: 1 });
  return { first: first.toString(), last: last.toString() };
}

export type Proposal = ReturnType<typeof nextRamadan>;

/** Whether a period begins at the proposal or a day beside it. */
export function isAbout({ first }: Proposal, fromDay: string): boolean {
  const { days } = Temporal.PlainDate.from(first).until(Temporal.PlainDate.from(fromDay));
  return Math.abs(days) <= 1;
}
