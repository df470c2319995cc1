import fc from 'fast-check';
import { Temporal } from '../kernel/time.js';
import { isPublicHoliday } from './holidays.js';
import {
  openDay,
  openingHoursFault,
  SLOTS_PER_DAY,
  type DayHours,
  type OpenDay,
} from './opening-hours.rules.js';

const PARIS = 'Europe/Paris';

function hours(weekly: string, more: Partial<DayHours> = {}): DayHours {
  return { weekly, holiday: false, exception: undefined, ...more };
}

/** The same rules on the day and on the day before, unless told otherwise. */
function openOn(day: string, today: DayHours, before = today, timeZone = PARIS): OpenDay {
  return openDay(Temporal.PlainDate.from(day), timeZone, before, today);
}

/** '09:00-18:00, 22:00-midnight' */
function written({ intervals }: OpenDay): string {
  return intervals
    .map(({ from, until }) => `${String(from).slice(0, 5)}-${until ? String(until).slice(0, 5) : 'midnight'}`)
    .join(', ');
}

function slotsWritten({ slots }: OpenDay): string {
  return slots.map((open) => (open ? '#' : '.')).join('');
}

describe('an open day', () => {
  it('follows the weekly hours', () => {
    // 2026-06-01 is a Monday
    const monday = openOn('2026-06-01', hours('Mo-Fr 09:00-12:30,13:30-18:00'));
    expect(written(monday)).toBe('09:00-12:30, 13:30-18:00');
    expect(slotsWritten(monday)).toBe('..................#######..#########............');
    expect(monday.closedBecause).toBeNull();
  });

  it('is closed because of the week, a holiday or an exception, and says which', () => {
    const weekly = 'Mo-Fr 09:00-18:00';
    expect(openOn('2026-06-06', hours(weekly)).closedBecause).toBe('weekly'); // a Saturday
    expect(openOn('2026-07-14', hours(weekly, { holiday: true })).closedBecause).toBe('holiday');
    expect(openOn('2026-06-01', hours(weekly, { exception: null })).closedBecause).toBe('exception');
  });

  it('lets an exception open a holiday', () => {
    const open = openOn(
      '2026-07-14',
      hours('Mo-Fr 09:00-18:00', { holiday: true, exception: '10:00-14:00' }),
    );
    expect(written(open)).toBe('10:00-14:00');
  });

  it('counts a half-hour only when it is open from beginning to end', () => {
    expect(slotsWritten(openOn('2026-06-01', hours('09:15-10:45')))).toBe(
      `${'.'.repeat(19)}##${'.'.repeat(27)}`,
    );
  });

  it('reads every form of round the clock', () => {
    for (const text of ['24/7', 'Mo-Su 00:00-24:00', '00:00-24:00']) {
      expect(written(openOn('2026-06-01', hours(text)))).toBe('00:00-midnight');
    }
  });
});

describe('a night', () => {
  it('ends after midnight, on the next day', () => {
    const night = hours('Fr 22:00-02:00');
    expect(written(openOn('2026-06-05', night))).toBe('22:00-midnight');
    expect(written(openOn('2026-06-06', night))).toBe('00:00-02:00');
    expect(written(openOn('2026-06-07', night))).toBe('');
  });

  it('belongs to the day it begins on: the closed day after it does not cut it', () => {
    const nightly = hours('Mo-Su 20:00-02:00');
    expect(written(openOn('2026-12-25', { ...nightly, holiday: true }, nightly))).toBe('00:00-02:00');
  });

  it('does not happen when the day it would begin on is closed', () => {
    const nightly = hours('Mo-Su 20:00-02:00');
    expect(written(openOn('2026-12-26', nightly, { ...nightly, holiday: true }))).toBe('20:00-midnight');
  });

  it('may come from an exception', () => {
    const day = hours('Mo-Fr 09:00-18:00');
    expect(written(openOn('2026-06-02', day, { ...day, exception: '18:00-26:00' }))).toBe(
      '00:00-02:00, 09:00-18:00',
    );
  });

  it('joins the morning it runs into', () => {
    expect(written(openOn('2026-06-03', hours('Mo-Su 08:00-12:00,20:00-09:00')))).toBe(
      '00:00-12:00, 20:00-midnight',
    );
  });
});

describe('daylight saving', () => {
  it('does not move opening hours on the days it begins and ends in Paris', () => {
    for (const day of ['2026-03-29', '2026-10-25']) {
      expect(written(openOn(day, hours('Su 09:00-18:00')))).toBe('09:00-18:00');
    }
  });

  it('closes the hour that does not happen in Paris, 02:00 to 03:00 on 29 March', () => {
    const open = openOn('2026-03-29', hours('24/7'));
    expect(written(open)).toBe('00:00-02:00, 03:00-midnight');
    expect(slotsWritten(open)).toBe(`####..${'#'.repeat(42)}`);
  });

  it('keeps one slot for the hour that happens twice', () => {
    expect(openOn('2026-10-25', hours('24/7')).slots.every(Boolean)).toBe(true);
  });

  it('closes the hour after midnight that does not happen in Cairo on 24 April', () => {
    const open = openOn('2026-04-24', hours('24/7'), undefined, 'Africa/Cairo');
    expect(written(open)).toBe('01:00-midnight');
    expect(slotsWritten(open)).toBe(`..${'#'.repeat(46)}`);
  });

  it('keeps Cairo whole on the day before and on the day it ends', () => {
    // The hour from 23:00 on 29 October happens twice there.
    for (const day of ['2026-04-23', '2026-10-29', '2026-10-30']) {
      expect(written(openOn(day, hours('24/7'), undefined, 'Africa/Cairo'))).toBe('00:00-midnight');
    }
  });
});

describe('properties', () => {
  const halfHour = fc.integer({ min: 0, max: 47 });
  const clock = (slot: number) =>
    `${String(Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 ? '30' : '00'}`;
  const ordinaryDay = fc
    .integer({ min: 0, max: 363 })
    .map((days) => Temporal.PlainDate.from('2026-01-02').add({ days }));

  it('a span on the half-hour grid opens exactly its half-hours, and spills the rest into the next day', () => {
    fc.assert(
      fc.property(halfHour, fc.integer({ min: 1, max: 47 }), ordinaryDay, (from, length, day) => {
        const until = from + length;
        const text = `${clock(from)}-${clock(until % 48)}`;
        const closed = hours(text, { exception: null });
        const first = openDay(day, 'Africa/Tunis', closed, hours(text));
        const next = openDay(day.add({ days: 1 }), 'Africa/Tunis', hours(text), closed);
        const open = [...first.slots, ...next.slots].flatMap((isOpen, slot) => (isOpen ? [slot] : []));
        expect(open).toEqual(Array.from({ length }, (_, index) => from + index));
      }),
      { numRuns: 60 },
    );
  });

  it('intervals are sorted, apart, and as long as the slots they open', () => {
    fc.assert(
      fc.property(
        ordinaryDay,
        fc.constantFrom('24/7', 'Mo-Fr 09:00-18:00', 'Mo-Su 20:00-02:00', 'Sa 22:00-11:00'),
        (day, text) => {
          const { intervals, slots } = openDay(day, PARIS, hours(text), hours(text));
          const minutes = intervals.map(
            ({ from, until }) => [minuteOf(from), until ? minuteOf(until) : 1440] as const,
          );
          const flat = minutes.flat();
          expect(flat).toEqual(flat.toSorted((a, b) => a - b));
          expect(new Set(flat).size).toBe(flat.length);
          const open = minutes.reduce((sum, [from, until]) => sum + until - from, 0);
          expect(slots).toHaveLength(SLOTS_PER_DAY);
          expect(slots.filter(Boolean)).toHaveLength(open / 30);
        },
      ),
      { numRuns: 60 },
    );
  });

  const minuteOf = (time: Temporal.PlainTime) => time.hour * 60 + time.minute;
});

describe('opening hours', () => {
  it.each([
    ['Mo-Fr 09:00-18:00; Sa 10:00-13:00'],
    ['24/7'],
    ['Fr 22:00-02:00'],
    ['Mo-Fr 09:00-18:00; Aug off'],
    ['Oct-Mar 09:00-17:00; Apr-Sep 08:00-19:00'],
  ])('may be %s', (text) => {
    expect(openingHoursFault(text)).toBeNull();
  });

  it.each([
    ['open when the owner is there', /OSM syntax/],
    ['Mo-Fr 09:00-', /OSM syntax/],
    ['', /OSM syntax/],
    ['Mo-Fr 09:00+', /needs an end/],
    ['Mo-Fr 09:00-18:00 "by appointment"', /condition/],
    ['Mo-Fr 09:00-18:00; PH off', /closesOnHolidays/],
    ['sunrise-sunset', /wall times only/],
  ])('may not be "%s"', (text, sentence) => {
    expect(openingHoursFault(text)).toMatch(sentence);
  });
});

describe('public holidays', () => {
  it.each([
    ['FR', 'FRL04', '2026-07-14', true],
    ['FR', 'FRL04', '2026-12-26', false],
    ['FR', 'FRF11', '2026-12-26', true], // Bas-Rhin keeps Saint Stephen's day
    ['ES', 'ES511', '2026-09-11', true], // Catalonia's
    ['ES', 'ES300', '2026-09-11', false],
    ['IT', null, '2026-06-02', true],
    ['TN', 'TN-11', '2026-03-20', true],
    ['GR', 'EL303', '2026-04-13', true], // Orthodox Easter Monday
    ['LB', null, '2026-11-22', false], // no calendar is known
  ])('%s %s %s: %s', (country, territory, day, expected) => {
    expect(isPublicHoliday(country, territory, Temporal.PlainDate.from(day))).toBe(expected);
  });
});
