/**
 * Proves the pure decisions of the door: hours, moments, parts, prices, and words for every refusal.
 * Promise: a visit that never ends, is sealed at another hour of the clock change, or costs a cent more, turns this red.
 */
import fc from 'fast-check';
import { REFUSALS } from '../kernel/pass-code/esc1.js';
import { dayAt, Temporal } from '../kernel/time.js';
import { arrival, overMinutes, sealsAt, STEPS, walkInPart } from './checkin.rules.js';
import { closesAt, EARLY_MINUTES, refuseHours } from '../kernel/opening.js';
import { DOOR_REASONS, REASON_OF_REFUSAL } from './door-reasons.schema.js';
import { SENTENCES } from './door-reasons.js';

const day = (text: string) => Temporal.PlainDate.from(text);
const time = (text: string) => Temporal.PlainTime.from(text);
const hours = (...pairs: [string, string | null][]) =>
  pairs.map(([from, until]) => ({ from: time(from), until: until === null ? null : time(until) }));

/** Zones whose clocks change at 01:00 UTC, at midnight (a day without 00:00), by half an hour, or never. */
const zones = [
  'Europe/Paris',
  'Africa/Cairo',
  'Asia/Beirut',
  'Atlantic/Azores',
  'Africa/Tunis',
  'Africa/Casablanca',
];
const anyZone = fc.constantFrom(...zones);
const anyDay = fc.integer({ min: 0, max: 800 }).map((days) => day('2026-01-01').add({ days }));
const anyTime = fc.integer({ min: 0, max: 1439 }).map((minutes) => time('00:00').add({ minutes }));

/** A day's intervals in order, without overlap; the last may reach midnight. */
const anyIntervals = fc
  .tuple(fc.uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 2, maxLength: 6 }), fc.boolean())
  .map(([minutes, untilMidnight]) => {
    const sorted = minutes.toSorted((a, b) => a - b).map((minute) => time('00:00').add({ minutes: minute }));
    const pairs = sorted.flatMap((from, index) =>
      index % 2 === 0 && sorted[index + 1] ? [{ from, until: sorted[index + 1]! }] : [],
    );
    return untilMidnight ? [...pairs.slice(0, -1), { from: pairs.at(-1)!.from, until: null }] : pairs;
  });

describe('opening hours', () => {
  const lunchBreak = hours(['09:00', '13:00'], ['14:00', '18:00']);

  it.each([
    ['08:59', 'outside_hours'],
    ['09:00', null],
    ['12:59', null],
    ['13:00', 'outside_hours'],
    ['17:59', null],
    ['18:00', 'outside_hours'],
  ])('at %s: %s', (now, reason) => {
    expect(refuseHours(lunchBreak, time(now))).toBe(reason);
  });

  it('a day without hours is closed', () => {
    expect(refuseHours([], time('10:00'))).toBe('closed_today');
  });

  it('until midnight means until the day is over', () => {
    expect(refuseHours(hours(['20:00', null]), time('23:59:59'))).toBeNull();
  });
});

describe('the end of a visit', () => {
  it('is the end of the last hours of the day', () => {
    const open = hours(['09:00', '13:00'], ['14:00', '18:00']);
    expect(closesAt(open, day('2026-12-01'), 'Europe/Paris').toString()).toBe('2026-12-01T17:00:00Z');
  });

  it.each([
    ['a usual day', '2026-12-01', '2026-12-01T23:00:00Z'],
    ['the 23-hour day', '2026-03-29', '2026-03-29T22:00:00Z'],
    ['the 25-hour day', '2026-10-25', '2026-10-25T23:00:00Z'],
  ])('at midnight of %s', (_, text, end) => {
    expect(closesAt(hours(['09:00', null]), day(text), 'Europe/Paris').toString()).toBe(end);
  });

  it('lies within its own local day, in every zone and on every day of a clock change', () => {
    fc.assert(
      fc.property(anyIntervals, anyDay, anyZone, (intervals, on, zone) => {
        const lastMoment = closesAt(intervals, on, zone).subtract({ milliseconds: 1 });
        expect(dayAt(lastMoment, zone).toString()).toBe(on.toString());
      }),
    );
  });
});

describe('sealing', () => {
  it.each([
    ['a usual day', '2026-12-01', 'Europe/Paris', '2026-12-02T23:00:00Z'],
    ['the 23-hour day', '2026-03-29', 'Europe/Paris', '2026-03-30T22:00:00Z'],
    ['the 25-hour day', '2026-10-25', 'Europe/Paris', '2026-10-26T23:00:00Z'],
    ['the day before one that has no midnight', '2026-04-23', 'Africa/Cairo', '2026-04-24T22:00:00Z'],
  ])('of %s', (_, text, zone, moment) => {
    expect(sealsAt(day(text), zone).toString()).toBe(moment);
  });

  it('comes 24 hours after the last moment of the day, and never before the visit is over', () => {
    fc.assert(
      fc.property(anyIntervals, anyDay, anyZone, (intervals, on, zone) => {
        const sealed = sealsAt(on, zone);
        const nextDay = sealed.subtract({ hours: 24 });
        expect(dayAt(nextDay, zone).toString()).toBe(on.add({ days: 1 }).toString());
        expect(dayAt(nextDay.subtract({ milliseconds: 1 }), zone).toString()).toBe(on.toString());
        expect(Temporal.Instant.compare(closesAt(intervals, on, zone), sealed)).toBeLessThan(0);
      }),
    );
  });
});

describe('a guest with a booking', () => {
  const booking = {
    startsAt: Temporal.Instant.from('2026-12-01T12:00:00Z'),
    endsAt: Temporal.Instant.from('2026-12-01T17:00:00Z'),
  };

  it.each([
    [-EARLY_MINUTES - 1, 'early'],
    [-EARLY_MINUTES, 'due'],
    [0, 'due'],
    [299, 'due'],
    [300, 'past'],
  ])('who comes %d minutes after its start is %s', (minutes, word) => {
    expect(arrival(booking, booking.startsAt.add({ minutes }))).toBe(word);
  });
});

describe('a guest without a booking', () => {
  it.each([
    ['in the morning takes the day', false, 0, undefined, 'DAY'],
    ['may ask for the morning alone', false, 0, 'MORNING', 'MORNING'],
    ['cannot take the afternoon in the morning', false, 0, 'AFTERNOON', 'too_early'],
    ['takes the afternoon when only that is left', true, 0, 'DAY', 'AFTERNOON'],
    ['after another half-day takes one more, whatever was asked', false, 1, 'DAY', 'MORNING'],
    ['after another half-day takes the afternoon', true, 1, undefined, 'AFTERNOON'],
    ['after a whole day takes nothing', true, 2, undefined, 'already_used_today'],
  ] as const)('%s', (_, isAfternoon, halfDaysUsed, asked, part) => {
    expect(walkInPart({ isAfternoon, halfDaysUsed, asked })).toBe(part);
  });

  it('never takes more than a day in all', () => {
    const anyPart = fc.constantFrom('DAY', 'MORNING', 'AFTERNOON', undefined);
    fc.assert(
      fc.property(fc.boolean(), fc.nat({ max: 4 }), anyPart, (isAfternoon, halfDaysUsed, asked) => {
        const taken = { DAY: 2, MORNING: 1, AFTERNOON: 1, already_used_today: 0, too_early: 0 };
        const part = walkInPart({ isAfternoon, halfDaysUsed, asked });
        if (taken[part] > 0) expect(halfDaysUsed + taken[part]).toBeLessThanOrEqual(2);
        if (halfDaysUsed >= 2) expect(part).toBe('already_used_today');
      }),
    );
  });
});

describe('the steps of a visit', () => {
  it('lead nowhere from SEALED and INVALID', () => {
    const left = Object.values(STEPS).flatMap((step): readonly string[] => step.from);
    expect(left).not.toContain('SEALED');
    expect(left).not.toContain('INVALID');
  });

  it('seal only what is over', () => {
    expect(STEPS.seal.from).toEqual(['COMPLETED']);
  });
});

describe('staying longer', () => {
  it.each([
    ['15:00:00', 0],
    ['14:00:00', 0],
    ['15:00:59', 0],
    ['15:10:30', 10],
    ['16:30:00', 90],
  ])('than until 15:00, seen at %s, is %i whole minutes', (left, minutes) => {
    const ends = Temporal.Instant.from('2026-06-01T15:00:00Z');
    expect(overMinutes(ends, Temporal.Instant.from(`2026-06-01T${left}Z`))).toBe(minutes);
  });
});

describe('a refusal', () => {
  it('of the pass code always has a reason of the closed list', () => {
    for (const refusal of REFUSALS) expect(DOOR_REASONS).toContain(REASON_OF_REFUSAL[refusal]);
    expect(Object.keys(REASON_OF_REFUSAL).toSorted()).toEqual([...REFUSALS].toSorted());
  });

  it('tells guest and host what can be done now: at least two sentences for each of the 31 reasons', () => {
    expect(DOOR_REASONS).toHaveLength(31);
    for (const reason of DOOR_REASONS) {
      const { guest, host } = SENTENCES[reason];
      for (const text of [guest, host]) expect(text).toMatch(/^[A-Z].+\. [A-Z].+\.$/);
      expect(guest).not.toBe(host);
    }
  });
});

it('a time of the day is open exactly when it lies in one of the intervals', () => {
  fc.assert(
    fc.property(anyIntervals, anyTime, (intervals, now) => {
      const inside = intervals.some(
        ({ from, until }) =>
          from.toString() <= now.toString() && (until === null || now.toString() < until.toString()),
      );
      expect(refuseHours(intervals, now)).toBe(inside ? null : 'outside_hours');
    }),
  );
});
