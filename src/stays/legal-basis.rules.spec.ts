import fc from 'fast-check';
import { Temporal } from '../kernel/time.js';
import {
  breachOf,
  daysBetween,
  documentsNeeded,
  mostDaysWith,
  needsPublicHost,
  rulesOf,
  type Request,
  type Span,
} from './legal-basis.rules.js';
import { LEGAL_BASES } from './stay.words.schema.js';

const day = (text: string) => Temporal.PlainDate.from(text);
const span = (from: string, until: string, days: number): Span => ({
  from: day(from),
  until: day(until),
  days,
});
const FR = rulesOf('FR_IMMERSION_PRO', day('2026-09-14'))!;
const claire: Request = {
  span: span('2026-09-14', '2026-09-18', 5),
  today: day('2026-06-02'),
  employerCountry: 'FR',
  isEarlyAgreed: false,
  others: [],
  earlierDays: 0,
};
const breach = (changes: Partial<Request>, rules = FR) =>
  breachOf(rules, { ...claire, ...changes })?.kind ?? null;

describe('the French immersion', () => {
  it('is asked for three months before, or earlier when both have agreed', () => {
    expect(breach({})).toBeNull();
    expect(breach({ today: day('2026-06-14') })).toBeNull();
    expect(breach({ today: day('2026-06-15') })).toBe('NOTICE');
    expect(breach({ today: day('2026-06-15'), isEarlyAgreed: true })).toBeNull();
  });

  it('has two to ten working days', () => {
    expect(breach({ span: span('2026-09-14', '2026-09-18', 1) })).toBe('DAYS');
    expect(breach({ span: span('2026-09-14', '2026-09-25', 10) })).toBeNull();
    expect(breach({ span: span('2026-09-14', '2026-09-28', 11) })).toBe('DAYS');
    expect(breach({ span: span('2026-09-18', '2026-09-20', 2) })).toBe('DAYS'); // Friday to Sunday: one working day
  });

  it('comes to twenty days in 36 months, with what was spent elsewhere', () => {
    const earlier = span('2025-03-03', '2025-03-14', 10);
    expect(breach({ others: [earlier], earlierDays: 5 })).toBeNull();
    expect(breach({ others: [earlier], earlierDays: 6 })).toBe('TOTAL');
    expect(breach({ others: [span('2023-09-11', '2023-09-18', 10), earlier], earlierDays: 5 })).toBeNull();
    expect(breach({ others: [span('2023-09-11', '2023-09-19', 10), earlier], earlierDays: 5 })).toBe('TOTAL');
  });

  it('is for employers in France, since it is law', () => {
    expect(breach({ employerCountry: 'ES' })).toBe('COUNTRY');
    expect(rulesOf('FR_IMMERSION_PRO', day('2022-07-24'))).toBeNull();
  });

  it('wants a public body as the legal host; so does every stay in an institution', () => {
    expect(needsPublicHost(FR, 'INSTITUTION_TO_SPACE')).toBe(true);
    const other = rulesOf('OTHER', day('2026-09-14'))!;
    expect(needsPublicHost(other, 'INSTITUTION_TO_SPACE')).toBe(false);
    expect(needsPublicHost(other, 'SPACE_TO_INSTITUTION')).toBe(true);
  });
});

describe('every legal basis', () => {
  it('telework in a third place has three days a week at most', () => {
    const telework = rulesOf('TELEWORK_THIRD_PLACE', day('2026-09-14'))!;
    expect(breach({ span: span('2026-09-14', '2026-09-18', 3) }, telework)).toBeNull();
    expect(breach({ span: span('2026-09-14', '2026-09-18', 4) }, telework)).toBe('DAYS');
    expect(breach({ span: span('2026-09-14', '2026-09-25', 6) }, telework)).toBeNull();
  });

  it.each(LEGAL_BASES)('%s names its source and has a rule today', (basis) => {
    expect(rulesOf(basis, day('2026-11-25'))?.source).not.toBe('');
  });
});

describe('the days within months', () => {
  const anySpan = fc
    .record({ start: fc.integer({ min: 0, max: 3000 }), days: fc.integer({ min: 1, max: 10 }) })
    .map(({ start, days }): Span => {
      const from = day('2020-01-01').add({ days: start });
      return { from, until: from.add({ days: days - 1 }), days };
    });

  it('never depend on the order, never fall with one stay more, and are at least those of the stay itself', () => {
    fc.assert(
      fc.property(anySpan, fc.array(anySpan, { maxLength: 12 }), anySpan, (stay, others, one) => {
        const most = mostDaysWith(stay, others, 36);
        expect(mostDaysWith(stay, others.toReversed(), 36)).toBe(most);
        expect(mostDaysWith(stay, [...others, one], 36)).toBeGreaterThanOrEqual(most);
        expect(most).toBeGreaterThanOrEqual(stay.days);
        expect(most).toBeLessThanOrEqual(others.reduce((sum, { days }) => sum + days, stay.days));
      }),
    );
  });

  it('are five working days in a week, and both ends count', () => {
    expect(daysBetween(span('2026-09-14', '2026-09-20', 0), true)).toBe(5);
    expect(daysBetween(span('2026-09-14', '2026-09-14', 0), false)).toBe(1);
  });
});

describe('the checklist', () => {
  const kinds = (status: 'CIVIL_SERVANT' | 'SELF_EMPLOYED', from: string, to: string) =>
    documentsNeeded({ status, employerCountry: from, stayCountry: to }).map(({ kind }) => kind);

  it('asks a French civil servant in Spain for a mission order and an A1, each on its ground', () => {
    const needed = documentsNeeded({ status: 'CIVIL_SERVANT', employerCountry: 'FR', stayCountry: 'ES' });
    expect(needed.map(({ kind }) => kind)).toEqual(['MISSION_ORDER', 'A1']);
    expect(needed[1]!.ground).toContain('11(3)(b)');
    const [own] = documentsNeeded({ status: 'SELF_EMPLOYED', employerCountry: 'GR', stayCountry: 'FR' });
    expect(own).toMatchObject({ kind: 'A1', ground: expect.stringContaining('12(2)') });
  });

  it('asks for a bilateral certificate beyond the coordination, and for a letter where a visa is usual', () => {
    expect(kinds('CIVIL_SERVANT', 'FR', 'FR')).toEqual(['MISSION_ORDER']);
    expect(kinds('SELF_EMPLOYED', 'FR', 'TN')).toEqual(['BILATERAL_CERTIFICATE', 'HEALTH_COVER']);
    expect(kinds('SELF_EMPLOYED', 'TN', 'FR')).toEqual([
      'BILATERAL_CERTIFICATE',
      'HEALTH_COVER',
      'VISA_LETTER',
    ]);
  });
});
