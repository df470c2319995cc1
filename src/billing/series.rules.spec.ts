import fc from 'fast-check';
import { documentNumber, seriesPrefix } from './series.rules.js';

const PARTY = '019a0000-0000-7000-8000-00000000beef';

describe('the prefix of a series', () => {
  it.each([
    ['MRS', 'MRS'],
    ['Atelier du Vieux-Port', 'ADVP'],
    ['Móra', 'MORA'],
    ['Dar el Bhira', 'DEB'],
    ['فضاء البحيرة', 'BEEF'],
  ])('of %s is %s', (name, prefix) => {
    expect(seriesPrefix(name, PARTY)).toBe(prefix);
  });

  it('is one to four capital letters or digits, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(seriesPrefix(name, PARTY)).toMatch(/^[A-Z0-9]{1,4}$/);
      }),
    );
  });
});

it('a number names issuer, year and place in the series', () => {
  expect(documentNumber('MRS', 2026, 1)).toBe('MRS-2026-000001');
  expect(documentNumber('MRS', 2026, 1_234_567)).toBe('MRS-2026-1234567');
});
