import fc from 'fast-check';
import { Temporal, type PlainDate } from '../kernel/time.js';
import {
  carriedOver,
  CLASS_SIZE_MIN,
  COMMON_CLASS,
  lastDayOf,
  leftWithin,
  pausedDaysIn,
  pauseEnds,
  periodCount,
  periodOf,
  periodStart,
  shownClass,
} from './product.rules.js';

const day = (text: string) => Temporal.PlainDate.from(text);
const anyDay = fc.integer({ min: 0, max: 900 }).map((days) => day('2026-01-01').add({ days }));
const compare = (a: PlainDate, b: PlainDate) => Temporal.PlainDate.compare(a, b);

describe('a period', () => {
  it('begins on the day of the month of the purchase, or on the last one of a shorter month', () => {
    const bought = { validFrom: day('2026-01-31'), periodMonths: 1, periods: 12 };
    expect(periodStart(bought, 1).toString()).toBe('2026-02-28');
    expect(periodStart(bought, 2).toString()).toBe('2026-03-31'); // counted from the purchase, so no day is lost
    expect(periodOf(bought, day('2026-02-27'))).toBe(0);
    expect(periodOf(bought, day('2026-02-28'))).toBe(1);
  });

  it('is counted as long as it begins within the validity', () => {
    const year = { validFrom: day('2026-06-01'), validUntil: day('2027-05-31'), periodMonths: 1 };
    expect(periodCount(year)).toBe(12);
    expect(periodCount({ ...year, validUntil: day('2027-06-01') })).toBe(13);
    expect(periodCount({ ...year, periodMonths: null })).toBe(1);
  });

  it('holds every day of the pass, and only its own', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 700 }),
        (from, months, n) => {
          const pass = { validFrom: from, periodMonths: months, periods: 24 };
          const at = from.add({ days: n });
          const index = periodOf(pass, at);
          expect(compare(periodStart(pass, index), at)).toBeLessThanOrEqual(0);
          if (index < 23) expect(compare(at, periodStart(pass, index + 1))).toBeLessThan(0);
        },
      ),
    );
  });

  it('gives its rest to the next one by rule, one quota at most, and nothing gets lost on the way', () => {
    const natural = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(natural, natural, fc.boolean(), fc.boolean(), (left, quota, rollOver, isLast) => {
        const { carried, lapsed } = carriedOver(left, { quota, rollOver, isLast });
        expect(carried + lapsed).toBe(left);
        expect(carried).toBeLessThanOrEqual(quota);
        if (!rollOver || isLast) expect(carried).toBe(0);
      }),
    );
    expect(carriedOver(25, { quota: 20, rollOver: true, isLast: false })).toEqual({ carried: 20, lapsed: 5 });
  });
});

describe('a pause', () => {
  const pause = (from: string, until: string) => ({ fromDay: day(from), untilDay: day(until) });

  it('takes its days from the year they are in, and none when it is taken back on its day', () => {
    const overNewYear = [pause('2026-12-28', '2027-01-03')];
    expect(pausedDaysIn(2026, overNewYear)).toBe(4); // 28, 29, 30, 31
    expect(pausedDaysIn(2027, overNewYear)).toBe(2); // 1, 2
    expect(pausedDaysIn(2026, [pause('2026-05-01', '2026-05-01')])).toBe(0);
  });

  it('ends by itself when the days of the year are used up', () => {
    expect(pauseEnds(day('2026-06-01'), [], 30).toString()).toBe('2026-07-01');
    expect(pauseEnds(day('2026-06-01'), [pause('2026-01-01', '2026-01-21')], 30).toString()).toBe(
      '2026-06-11',
    );
    expect(pauseEnds(day('2026-06-01'), [], 0).toString()).toBe('2026-06-01');
  });

  it('never takes more than the allowance of a year', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 60 }), (from, allowed) => {
        const untilDay = pauseEnds(from, [], allowed);
        for (const year of [from.year, from.year + 1])
          expect(pausedDaysIn(year, [{ fromDay: from, untilDay }])).toBeLessThanOrEqual(allowed);
      }),
    );
  });

  it('moves the end of the pass on by its days, when the rule says so', () => {
    const pass = { validUntil: day('2026-06-30'), pausedOn: day('2026-06-10'), pauseExtends: true };
    expect(lastDayOf(pass, day('2026-06-10')).toString()).toBe('2026-06-30');
    expect(lastDayOf(pass, day('2026-06-17')).toString()).toBe('2026-07-07');
    expect(lastDayOf({ ...pass, pauseExtends: false }, day('2026-06-17')).toString()).toBe('2026-06-30');
    expect(lastDayOf({ ...pass, pausedOn: null }, day('2026-06-17')).toString()).toBe('2026-06-30');
  });
});

describe('a product class', () => {
  it('is said only when enough living passes share it', () => {
    expect(shownClass(7, CLASS_SIZE_MIN)).toBe(7);
    expect(shownClass(7, CLASS_SIZE_MIN - 1)).toBe(COMMON_CLASS);
  });
});

describe('a limit of a member', () => {
  it('gives no more than the team has, nor than the limit leaves', () => {
    const natural = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(natural, fc.option(natural), natural, (left, limit, taken) => {
        const within = leftWithin(left, limit, taken);
        expect(within).toBeGreaterThanOrEqual(0);
        expect(within).toBeLessThanOrEqual(left);
        if (limit !== null) expect(within).toBeLessThanOrEqual(Math.max(0, limit - taken));
      }),
    );
  });
});
