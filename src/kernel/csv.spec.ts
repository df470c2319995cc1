import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csv } from './csv.js';

describe('CSV', () => {
  it('reads back as it was written, whatever quotes, commas and line ends are in it', () => {
    const harmless = fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constant('x'), harmless, harmless), { minLength: 1 }), (rows) => {
        expect(parse(csv(rows), { record_delimiter: '\r\n' })).toEqual(rows);
      }),
    );
  });

  it.each(['=1+1', '+1', '-1+2', '@SUM(A1)', '\tx'])('does not let %j become a formula', (text) => {
    expect(csv([[text]])).toBe(`'${text}\r\n`);
  });

  it('keeps a number below zero a number', () => {
    expect(csv([['-1.505602', '-7']])).toBe('-1.505602,-7\r\n');
  });
});
