import fc from 'fast-check';
import { Temporal } from '../kernel/time.js';
import { isTargetDay, workingDaysAfter } from './working-days.rules.js';

const day = (text: string) => Temporal.PlainDate.from(text);

describe('a day on which euros move', () => {
  it.each([
    '2026-01-01',
    '2026-04-03',
    '2026-04-06',
    '2026-05-01',
    '2026-12-25',
    '2027-03-26',
    '2027-03-29',
    '2026-12-05',
  ])('%s is none', (text) => {
    expect(isTargetDay(day(text))).toBe(false);
  });
  it.each(['2026-04-02', '2026-04-07', '2026-07-14', '2026-11-11', '2026-12-24'])('%s is one', (text) => {
    expect(isTargetDay(day(text))).toBe(true);
  });

  it('comes 251 to 258 times in a year', () => {
    for (let year = 2020; year < 2040; year += 1) {
      const days = Array.from({ length: 365 }, (_, index) => day(`${year}-01-01`).add({ days: index }));
      const open = days.filter(isTargetDay).length;
      expect([year, open >= 251 && open <= 258]).toEqual([year, true]);
    }
  });
});

it('working days are counted over weekends and holidays, and end on one', () => {
  expect(workingDaysAfter(day('2026-12-23'), 5, isTargetDay).toString()).toBe('2026-12-31');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 12 }), (offset, count) => {
      const from = day('2026-01-01').add({ days: offset });
      const until = workingDaysAfter(from, count, isTargetDay);
      expect(isTargetDay(until)).toBe(true);
      let counted = 0;
      for (
        let each = from.add({ days: 1 });
        Temporal.PlainDate.compare(each, until) <= 0;
        each = each.add({ days: 1 })
      )
        if (isTargetDay(each)) counted += 1;
      expect(counted).toBe(isTargetDay(from) || count > 0 ? count : 1);
    }),
  );
});
