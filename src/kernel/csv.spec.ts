import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csv } from './csv.js';

describe('CSV', () => {
  it('reads back as it was written, whatever quotes, commas and line ends are in it', () => {
    const harmless = fc.string().filter((text) => !/^[=+\-@\t\r\n\0＝＋－＠]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constant('x'), harmless, harmless), { minLength: 1 }), (rows) => {
        expect(parse(csv(rows), { record_delimiter: '\r\n' })).toEqual(rows);
      }),
    );
  });

  it.each([
    '=1+1',
    '+1',
    '-1+2',
    '@SUM(A1)',
    '\t=1+1',
    '\0=1+1',
    '＝1+1',
    '＋1',
    '－1+2',
    '＠SUM(A1)',
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("https://evil.example";"x")',
    '\r=1+1',
    '\n=1+1',
  ])('does not let %j become a formula', (text) => {
    expect(parse(csv([['x', text]]), { record_delimiter: '\r\n' })).toEqual([['x', `'${text}`]]);
  });

  it('keeps a number below zero a number', () => {
    expect(csv([['-1.505602', '-7']])).toBe('-1.505602,-7\r\n');
  });
});
