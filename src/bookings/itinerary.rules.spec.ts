import { amount, type Unit } from '../kernel/money.js';
import { Temporal } from '../kernel/time.js';
import { inOrder, summaryOf } from './itinerary.rules.js';

type Line = Parameters<typeof summaryOf>[0][number];

const line = (
  day: string,
  { unit = 'EUR', ...changed }: Partial<Line> & { unit?: Unit; cancelUntil?: string; noShow?: string } = {},
): Line => {
  const { cancelUntil = '2026-12-01T08:00:00Z', noShow = 'FREE', ...fields } = changed;
  return {
    day: Temporal.PlainDate.from(day),
    poolId: 'pool',
    fromSlot: 18,
    halfDays: 2,
    funding: 'VISA_QUOTA',
    passId: null,
    terms: { cancelUntil, noShow } as Line['terms'],
    price: amount(unit, 2000),
    guestPrice: amount(unit, 500),
    ...fields,
  };
};

describe('several visits in one look', () => {
  it('adds what is of one unit, and never what is of two', () => {
    const lines = [line('2026-12-02'), line('2026-12-03', { unit: 'TND' }), line('2026-12-04')];
    expect(summaryOf(lines).totals).toEqual([
      { price: amount('EUR', 4000), guestPrice: amount('EUR', 1000) },
      { price: amount('TND', 2000), guestPrice: amount('TND', 500) },
    ]);
  });

  it('ends leaving for free with the visit that ends it first', () => {
    const lines = [
      line('2026-12-02', { cancelUntil: '2026-12-01T16:00:00Z' }),
      line('2026-12-03', { cancelUntil: '2026-12-01T08:00:00Z' }),
      line('2026-12-04', { cancelUntil: '2026-12-02T08:00:00Z' }),
    ];
    expect(summaryOf(lines).cancelUntil).toBe('2026-12-01T08:00:00Z');
    expect(summaryOf([]).cancelUntil).toBeNull();
  });

  it('says that leaving late costs something as soon as it does for one of them', () => {
    const free = line('2026-12-02');
    expect(summaryOf([free, free]).lateCancellation).toBe('FREE');
    expect(summaryOf([free, line('2026-12-03', { noShow: 'CONSUMED' })]).lateCancellation).toBe('CONSUMED');
  });

  it('names each entitlement once, with its days in the order given', () => {
    const pass = { funding: 'PASS_UNITS', passId: 'one' } as const;
    const lines = [
      line('2026-12-02'),
      line('2026-12-03', pass),
      line('2026-12-04', { halfDays: 1 }),
      line('2026-12-07', { ...pass, passId: 'two' }),
    ];
    expect(summaryOf(lines).entitlements).toEqual([
      { funding: 'VISA_QUOTA', passId: null, halfDays: 3, days: ['2026-12-02', '2026-12-04'] },
      { funding: 'PASS_UNITS', passId: 'one', halfDays: 2, days: ['2026-12-03'] },
      { funding: 'PASS_UNITS', passId: 'two', halfDays: 2, days: ['2026-12-07'] },
    ]);
  });
});

describe('the order in which they are taken', () => {
  const at = (day: string, poolId: string, time: object) => ({
    day: Temporal.PlainDate.from(day),
    poolId,
    ...time,
  });
  const wished = [
    at('2026-12-02', 'a', { part: 'DAY' }),
    at('2026-12-02', 'a', { part: 'MORNING' }),
    at('2026-12-02', 'a', { part: 'AFTERNOON' }),
    at('2026-12-02', 'a', { from: '09:00', until: '10:00' }),
    at('2026-12-02', 'a', { from: '14:00', until: '15:00' }),
    at('2026-12-02', 'b', { part: 'DAY' }),
    at('2026-12-03', 'a', { part: 'DAY' }),
  ] as unknown as Parameters<typeof inOrder>[0][number][];

  it('is by day, then by pool, then by part and hour, whatever order they are wished in', () => {
    expect(inOrder(wished.toReversed())).toEqual(wished);
    expect(inOrder([...wished.slice(3), ...wished.slice(0, 3)])).toEqual(wished);
  });
});
