/** On which days a bank moves money. */
import { Temporal, type PlainDate } from '../kernel/time.js';

const SATURDAY = 6;

/** Days on which TARGET is closed besides weekends: ECB, long-term calendar since 2002. */
export function isTargetDay(day: PlainDate): boolean {
  if (day.dayOfWeek >= SATURDAY) return false;
  if (['01-01', '05-01', '12-25', '12-26'].includes(day.toString().slice(5))) return false;
  const fromEaster = day.since(easter(day.year), { largestUnit: 'day' }).days;
  const [goodFriday, easterMonday] = [-2, 1];
  return fromEaster !== goodFriday && fromEaster !== easterMonday;
}

/** The day itself for 0 when it is one; otherwise that many working days later. */
export function workingDaysAfter(
  day: PlainDate,
  count: number,
  isOpen: (day: PlainDate) => boolean,
): PlainDate {
  let found = day;
  for (let left = count; left > 0 || !isOpen(found);) {
    found = found.add({ days: 1 });
    if (isOpen(found)) left -= 1;
  }
  return found;
}

/** Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8). */
function easter(year: number): PlainDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const shift = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const sum = epact + weekday - 7 * shift + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(sum / 31), day: (sum % 31) + 1 });
}
