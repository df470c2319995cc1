import fc from 'fast-check';
import { Temporal } from '../kernel/time.js';
import { halfDaysOf, partsOf, rangeOf, slotStart, SLOTS_PER_DAY } from './day-parts.js';
import { PARTS } from '../kernel/words.js';

const openSlots = fc.array(fc.boolean(), { minLength: SLOTS_PER_DAY, maxLength: SLOTS_PER_DAY });
const boundary = fc
  .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
  .map((time) => Temporal.PlainTime.from(time));
const open = (from: number, to: number) =>
  Array.from({ length: SLOTS_PER_DAY }, (_, slot) => slot >= from && slot < to);
const at = (time: string) => Temporal.PlainTime.from(time);

describe('the parts of a day', () => {
  it('cover every open half-hour exactly once, and the whole day covers both', () => {
    fc.assert(
      fc.property(openSlots, boundary, (slots, split) => {
        const parts = partsOf(slots, split);
        const covers = (part: (typeof PARTS)[number], slot: number) => {
          const range = rangeOf(part, parts);
          return range !== null && slot >= range.from && slot < range.to;
        };
        slots.forEach((isOpen, slot) => {
          if (!isOpen) return;
          expect(Number(covers('MORNING', slot)) + Number(covers('AFTERNOON', slot))).toBe(1);
          expect(covers('DAY', slot)).toBe(true);
        });
      }),
    );
  });

  it('do not meet: who has the morning never keeps somebody from the afternoon', () => {
    fc.assert(
      fc.property(openSlots, boundary, (slots, split) => {
        const { morning, afternoon } = partsOf(slots, split);
        if (morning && afternoon) expect(morning.to).toBeLessThanOrEqual(afternoon.from);
      }),
    );
  });

  it('are all closed on a closed day', () => {
    const parts = partsOf(open(0, 0), at('13:00'));
    expect(PARTS.map((part) => rangeOf(part, parts))).toEqual([null, null, null]);
  });

  it('keep a break: the whole day runs through it, the parts end and begin at it', () => {
    // 09:00–12:00 and 14:00–18:00
    const slots = open(18, 36).map((isOpen, slot) => isOpen && !(slot >= 24 && slot < 28));
    const parts = partsOf(slots, at('13:00'));
    expect(parts).toEqual({ morning: { from: 18, to: 24 }, afternoon: { from: 28, to: 36 } });
    expect(rangeOf('DAY', parts)).toEqual({ from: 18, to: 36 });
  });

  it('count two half-days for a day, and one where the space opens for half of it', () => {
    const whole = partsOf(open(18, 36), at('13:00'));
    const saturday = partsOf(open(18, 26), at('13:00'));
    expect([halfDaysOf('DAY', whole), halfDaysOf('MORNING', whole), halfDaysOf('AFTERNOON', whole)]).toEqual([
      2, 1, 1,
    ]);
    expect(halfDaysOf('DAY', saturday)).toBe(1);
    expect(rangeOf('DAY', saturday)).toEqual({ from: 18, to: 26 });
  });

  it('leave a half-hour that the boundary cuts to the morning', () => {
    expect(partsOf(open(18, 36), at('13:15')).morning).toEqual({ from: 18, to: 27 });
  });
});

describe('when a half-hour begins', () => {
  const zones = fc.constantFrom('Europe/Paris', 'Africa/Cairo', 'Africa/Tunis', 'Asia/Beirut', 'Asia/Gaza');
  const days = fc
    .integer({ min: 0, max: 730 })
    .map((offset) => Temporal.PlainDate.from('2026-01-01').add({ days: offset }));

  it('never goes back within a day, whatever the clocks do', () => {
    fc.assert(
      fc.property(days, zones, (day, zone) => {
        const starts = Array.from({ length: SLOTS_PER_DAY + 1 }, (_, slot) => slotStart(day, slot, zone));
        starts.slice(1).forEach((start, index) => {
          expect(Temporal.Instant.compare(start, starts[index]!)).toBeGreaterThanOrEqual(0);
        });
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    // Spring forward at 02:00: 09:00 is UTC+1 the day before and UTC+2 from then on.
    ['Europe/Paris', '2026-03-28', 18, '2026-03-28T08:00:00Z'],
    ['Europe/Paris', '2026-03-29', 18, '2026-03-29T07:00:00Z'],
    ['Europe/Paris', '2026-03-29', 5, '2026-03-29T01:00:00Z'], // 02:30 does not exist: the jump
    // Back at 03:00: 02:30 happens twice, the first one counts.
    ['Europe/Paris', '2026-10-25', 5, '2026-10-25T00:30:00Z'],
    ['Europe/Paris', '2026-10-25', 18, '2026-10-25T08:00:00Z'],
    // Cairo loses its midnight on the last Friday of April and repeats 23:00 on the last Thursday of October.
    ['Africa/Cairo', '2026-04-23', 48, '2026-04-23T22:00:00Z'],
    ['Africa/Cairo', '2026-04-24', 0, '2026-04-23T22:00:00Z'],
    ['Africa/Cairo', '2026-10-29', 48, '2026-10-29T22:00:00Z'],
  ])('%s on %s, number %i: %s', (zone, day, slot, moment) => {
    expect(slotStart(Temporal.PlainDate.from(day), slot, zone).toString()).toBe(moment);
  });

  it('makes the short day 23 hours and the long one 25', () => {
    const hours = (day: string) => {
      const date = Temporal.PlainDate.from(day);
      return slotStart(date, 0, 'Europe/Paris')
        .until(slotStart(date, 48, 'Europe/Paris'))
        .total('hours');
    };
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-06-01')]).toEqual([23, 25, 24]);
  });
});
