import fc from 'fast-check';
import { osmOf, osmOfDay, spansOfDay, weekOf, type Week } from './week';

const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const span = fc.record({ from: time, until: time });
const week: fc.Arbitrary<Week> = fc.array(fc.array(span, { maxLength: 3 }), { minLength: 7, maxLength: 7 });

describe('a week of opening hours', () => {
  it('comes back from its text as it went in', () => {
    fc.assert(fc.property(week, (one) => expect(weekOf(osmOf(one))).toEqual(one)));
  });

  it('of one day comes back as well', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 3 }), (one) => expect(spansOfDay(osmOfDay(one))).toEqual(one)),
    );
  });

  it.each([
    ['Mo-Fr 09:00-18:00', 'Mo-Fr 09:00-18:00'],
    ['Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-13:00', 'Mo-Fr 09:00-12:30,13:30-18:00; Sa 10:00-13:00'],
    ['24/7', '24/7'],
    ['09:00-18:00', 'Mo-Su 09:00-18:00'],
    ['Mo-Su 09:00-18:00; We off', 'Mo-Tu 09:00-18:00; Th-Su 09:00-18:00'],
    ['Sa-Mo 20:00-02:00', 'Mo 20:00-02:00; Sa-Su 20:00-02:00'],
    ['Mo,We 08:00-24:00', 'Mo 08:00-24:00; We 08:00-24:00'],
    ['Mo-Su off', 'Mo-Su off'],
  ])('reads %s', (text, again) => {
    expect(osmOf(weekOf(text)!)).toBe(again);
  });

  it.each([
    ['Mo-Fr 09:00-18:00; Aug off'],
    ['Mo[1] 10:00-12:00'],
    ['Mo-Fr 18:00-26:00'],
    ['week 1-10 Mo 09:00-12:00'],
    ['by appointment'],
    [''],
  ])('does not pretend to show %s', (text) => {
    expect(weekOf(text)).toBeNull();
  });
});
