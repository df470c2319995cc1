import type { QuoteView } from '@wire/bookings/booking.schema.js';
import { byFunding, planDays, totals } from './plan.rules';

const DAYS = ['2026-12-07', '2026-12-08', '2026-12-09', '2026-12-10', '2026-12-11'];
type Option = QuoteView['options'][number];

const option = (
  funding: Option['funding'],
  leftHalfDays: number | null,
  more: Partial<Option> = {},
): Option => ({
  funding,
  outcome: 'POSSIBLE',
  because: null,
  passId: null,
  programmeId: null,
  leftHalfDays,
  leftAfterHalfDays: null,
  sentence: '',
  ...more,
});
const pay = option('PAY_AS_YOU_GO', null);

function quotes(options: Option[], days = DAYS, unit: 'EUR' | 'TND' = 'EUR') {
  const price = { unit, minor: 2000 };
  return days.map((day) => ({
    id: day,
    day,
    part: 'DAY' as const,
    halfDays: 2,
    price,
    guestPrice: { unit, minor: 0 },
    options,
  }));
}
const fundings = (plan: ReturnType<typeof planDays>) => plan.map(({ funding }) => funding);

describe('several days at once', () => {
  it('take from the quota until it is used up, and the rest is paid: three free days of five', () => {
    const plan = planDays(quotes([option('VISA_QUOTA', 6), pay]));
    expect(fundings(plan)).toEqual([
      'VISA_QUOTA',
      'VISA_QUOTA',
      'VISA_QUOTA',
      'PAY_AS_YOU_GO',
      'PAY_AS_YOU_GO',
    ]);
    expect(totals(plan)).toEqual([{ unit: 'EUR', minor: 4000 }]); // two days of 20.00
    expect(byFunding(plan).map(({ funding, days }) => [funding, days.length])).toEqual([
      ['VISA_QUOTA', 3],
      ['PAY_AS_YOU_GO', 2],
    ]);
  });

  it('are planned in the order of the days, whatever the order of the quotes', () => {
    const plan = planDays(quotes([option('VISA_QUOTA', 2), pay]).toReversed());
    expect(plan.map(({ quote: { day } }) => day)).toEqual(DAYS);
    expect(fundings(plan)[0]).toBe('VISA_QUOTA');
  });

  it('leave a day unpaid where nothing is left, and never take from an option that was skipped', () => {
    const skipped = option('PASS_UNITS', 20, { outcome: 'SKIPPED', because: 'PASS_USED_UP' });
    expect(fundings(planDays(quotes([skipped, option('VISA_QUOTA', 3)], DAYS.slice(0, 2))))).toEqual([
      'VISA_QUOTA',
      null,
    ]);
  });

  it('keep currencies apart', () => {
    const plan = planDays([...quotes([pay], DAYS.slice(0, 1)), ...quotes([pay], DAYS.slice(1, 2), 'TND')]);
    expect(totals(plan)).toEqual([
      { unit: 'EUR', minor: 2000 },
      { unit: 'TND', minor: 2000 },
    ]);
  });
});
