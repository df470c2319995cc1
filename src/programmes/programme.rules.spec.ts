import fc from 'fast-check';
import { Temporal } from '../kernel/time.js';
import { VOUCHER_UNCONCERNED } from '../kernel/words.js';
import { ALLOWANCE_YEARS, allowanceOf, allowanceYear, type AllowanceDay } from './allowance.rules.js';
import {
  capHalfDays,
  concentration,
  isLimit,
  mergeSmall,
  PERSONS_MIN,
  releasedAt,
  voucherRefusal,
  weekOf,
  type SponsoredVisit,
  type Uptake,
} from './programme.rules.js';

const day = (text: string) => Temporal.PlainDate.from(text);
const place = { capHalfDays: 160, floorHalfDays: 0, usedHalfDays: 0 };
const VISIT: SponsoredVisit = {
  day: day('2026-10-05'),
  halfDays: 2,
  isDesk: true,
  country: 'FR',
  hostDayMinor: 2000n,
  programme: {
    state: 'OPEN',
    startsOn: day('2026-09-01'),
    endsOn: day('2026-12-31'),
    countries: [],
    priceCeilingMinor: null,
    daysPerWeek: 2,
    daysPerPerson: null,
    needsMissionOrder: false,
  },
  place,
  others: [],
  totalHalfDays: 400,
  agent: { employerCountry: 'FR', daysPerWeek: 3, validUntil: day('2026-12-31') },
  vouchersLeft: 1,
  usedThisWeek: 0,
  usedInAll: 0,
  hasMissionOrder: false,
};
const rules = (over: Partial<SponsoredVisit['programme']>) => ({
  programme: { ...VISIT.programme, ...over },
});

describe('a voucher', () => {
  it('pays for an agent of the programme at one of its places', () => {
    expect(voucherRefusal(VISIT)).toBeNull();
  });

  it.each<[string, Partial<SponsoredVisit>]>([
    ['NOT_A_DESK', { isDesk: false }],
    ['OTHER_PLACE', { place: null }],
    ['OTHER_TIME', { day: day('2027-01-01') }],
    ['OTHER_TIME', { day: day('2026-08-31') }],
    ['OTHER_COUNTRY', rules({ countries: ['ES'] })],
    ['ABOVE_PRICE_CEILING', rules({ priceCeilingMinor: 1999n })],
    ['PROGRAMME_NOT_OPEN', rules({ state: 'PAUSED' })],
    ['NOT_CONFIRMED', { agent: null }],
    ['NOT_CONFIRMED', { agent: { ...VISIT.agent!, validUntil: day('2026-10-04') } }],
    ['NO_VOUCHER_LEFT', { vouchersLeft: 0 }],
    ['WEEK_CAP_REACHED', { usedThisWeek: 3 }],
    ['WEEK_CAP_REACHED', { usedThisWeek: 1, agent: { ...VISIT.agent!, daysPerWeek: 1 } }],
    ['PERSON_CAP_REACHED', { usedInAll: 19, ...rules({ daysPerPerson: 10 }) }],
    ['NO_MISSION_ORDER', { country: 'ES', ...rules({ needsMissionOrder: true }) }],
    ['SPACE_CAP_REACHED', { place: { ...place, usedHalfDays: 159 } }],
    ['FLOORS_KEPT_FREE', { totalHalfDays: 40, others: [{ ...place, floorHalfDays: 39 }] }],
  ])('is refused as %s', (because, over) => {
    expect(voucherRefusal({ ...VISIT, ...over })).toBe(because);
    expect(isLimit(because)).toBe(!(VOUCHER_UNCONCERNED as readonly string[]).includes(because));
  });

  it('pays at the very end of each limit', () => {
    const edges: Partial<SponsoredVisit>[] = [
      { usedThisWeek: 2 },
      { usedInAll: 18, ...rules({ daysPerPerson: 10 }) },
      { place: { ...place, usedHalfDays: 158 } },
      { totalHalfDays: 40, others: [{ ...place, floorHalfDays: 38 }] },
      { totalHalfDays: 2, place: { ...place, floorHalfDays: 2 }, others: [{ ...place, floorHalfDays: 38 }] },
      { country: 'ES', hasMissionOrder: true, ...rules({ needsMissionOrder: true }) },
      rules({ priceCeilingMinor: 2000n }),
    ];
    expect(edges.map((over) => voucherRefusal({ ...VISIT, ...over }))).toEqual(edges.map(() => null));
  });
});

describe('how money is spread', () => {
  it('gives one place 40 % of 200 days at most: 80', () => {
    expect(capHalfDays({ votedMinor: 360_000n, dayPriceMinor: 1800n }, 40)).toBe(160);
  });

  it('is between an even spread and all in one place', () => {
    const uses = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(uses, (days) => {
        const index = concentration(days);
        expect(index).toBeGreaterThanOrEqual(Math.floor(10_000 / days.length));
        expect(index).toBeLessThanOrEqual(10_000);
      }),
    );
    expect([concentration([]), concentration([7]), concentration([5, 5])]).toEqual([0, 10_000, 5000]);
  });

  it('never names a place with fewer than five persons, nor lets it be found by subtracting', () => {
    const uptakes = fc.array(
      fc.record({
        spaceId: fc.uuid(),
        name: fc.constant('x'),
        persons: fc.integer({ min: 1, max: 12 }),
        halfDays: fc.integer({ min: 1, max: 50 }),
        minor: fc.constant(900n),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(uptakes, (all: Uptake[]) => {
        const { places, merged } = mergeSmall(all);
        expect([...places, ...merged]).toHaveLength(all.length);
        for (const { persons } of places) expect(persons).toBeGreaterThanOrEqual(PERSONS_MIN);
        const isAlone = places.length > 0 && merged.length > 0;
        if (isAlone)
          expect(Math.max(...merged.map(({ persons }) => persons))).toBeGreaterThanOrEqual(PERSONS_MIN);
      }),
    );
  });
});

it('a week runs from Monday to Sunday', () => {
  const { from, until } = weekOf(day('2026-10-11'));
  expect([from.toString(), until.toString()]).toEqual(['2026-10-05', '2026-10-11']);
});

it('a reserved pool is released by the clock of its space, the day before', () => {
  const rule = { releaseDaysBefore: 1, releaseTime: '17:00' };
  expect(releasedAt(day('2026-10-06'), rule, 'Europe/Paris').toString()).toBe('2026-10-05T15:00:00Z');
});

describe('the telework allowance', () => {
  const days = (count: number, over: Partial<AllowanceDay> = {}): AllowanceDay[] =>
    Array.from({ length: count }, (_, index) => ({
      day: day('2026-01-01').add({ days: index }).toString(),
      country: 'FR',
      halfDays: 2,
      hasSubsidisedCanteen: false,
      ...over,
    }));
  const year = { from: '2026-01-01', until: '2026-12-31', isDueAbroad: false };
  const of2026 = allowanceYear(2026)!;

  it('is 63.36 € for 22 days: 22 × 2.88', () => {
    expect(allowanceOf(of2026, days(22), year)).toMatchObject({ days: 22, paidDays: 22, minor: 6336n });
  });

  it('ends with the 88th day: the 89th adds nothing', () => {
    expect(allowanceOf(of2026, days(88), year).minor).toBe(25_344n);
    expect(allowanceOf(of2026, days(89), year)).toMatchObject({
      minor: 25_344n,
      paidDays: 88,
      cappedMinor: 288n,
    });
  });

  it('counts what was paid earlier in the year against the cap', () => {
    const late = { ...year, from: '2026-03-30' }; // the 89th day of the year
    expect(allowanceOf(of2026, days(89), late)).toMatchObject({ days: 1, minor: 0n });
  });

  it('is not due where an employer pays for a canteen, for half a day, nor abroad unless the employer says so', () => {
    expect(allowanceOf(of2026, days(3, { hasSubsidisedCanteen: true }), year)).toMatchObject({
      canteenDays: 3,
      minor: 0n,
    });
    expect(allowanceOf(of2026, days(3, { halfDays: 1 }), year)).toMatchObject({ days: 0, minor: 0n });
    expect(allowanceOf(of2026, days(3, { country: 'ES' }), year)).toMatchObject({ abroadDays: 3, minor: 0n });
    const abroad = { ...year, isDueAbroad: true };
    expect(allowanceOf(of2026, days(3, { country: 'ES' }), abroad).minor).toBe(864n);
  });

  it('was 2.50 and 220.00 until 2022, and had a cap of 282.24 in 2024 alone', () => {
    const known = [2020, 2022, 2023, 2024, 2025].map((number) => allowanceYear(number));
    expect(known.map((rate) => rate && [rate.dayMinor, rate.capMinor])).toEqual([
      null,
      [250n, 22_000n],
      [288n, 25_344n],
      [288n, 28_224n],
      [288n, 25_344n],
    ]);
    for (const { source } of ALLOWANCE_YEARS) expect(source).not.toBe('');
  });

  it('never comes to more than the cap, however days and periods lie', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 }), (count) => {
        const halves = [
          { ...year, until: '2026-06-30' },
          { ...year, from: '2026-07-01' },
        ];
        const paid = halves.map((half) => allowanceOf(of2026, days(count), half).minor);
        expect(paid[0]! + paid[1]!).toBe(allowanceOf(of2026, days(count), year).minor);
        expect(paid[0]! + paid[1]!).toBeLessThanOrEqual(of2026.capMinor);
      }),
    );
  });
});
