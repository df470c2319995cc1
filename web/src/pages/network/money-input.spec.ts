import { minorOf } from './money-input';

describe('an amount that was typed', () => {
  it('is the same with a point, a comma or neither, in the scale of its currency', () => {
    expect(['18', '18.0', '18,00', ' 18.00 '].map((text) => minorOf(text, 'EUR'))).toEqual([
      1800, 1800, 1800, 1800,
    ]);
    expect(minorOf('3.385', 'TND')).toBe(3385);
  });

  it('is none when it has too many decimals, a sign, or is no number', () => {
    expect(['18.001', '-18', '', 'ten', '1.2.3'].map((text) => minorOf(text, 'EUR'))).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
