import { readFxFile } from './fx-file.js';

const file = (...lines: string[]) => ['Date,USD,HRK', ...lines].join('\n');

describe('a file of reference rates', () => {
  it('keeps each rate as the text it is, and skips what is not available', () => {
    expect(readFxFile(file('2024-12-31,1.0390,N/A'))).toEqual({
      rows: [
        {
          line: 2,
          day: '2024-12-31',
          rates: [{ quote: 'USD', rate: '1.0390' }],
          notAvailable: 1,
          flag: null,
        },
      ],
      refused: [],
    });
  });

  it.each([
    ['2024-02-30,1,1', '"2024-02-30" is not a day'],
    ['31.12.2024,1,1', '"31.12.2024" is not a day'],
    ['2024-12-31,1', '1 rates for 2 currencies'],
    ['2024-12-31,-1,1', '"-1" is not a rate'],
    ['2024-12-31,0,1', '"0" is not a rate'],
    ['2024-12-31,abc,1', '"abc" is not a rate'],
  ])('refuses the row %s and goes on', (row, reason) => {
    const { rows, refused } = readFxFile(file(row, '2024-12-30,1,1'));
    expect(refused).toEqual([{ line: 2, reason }]);
    expect(rows).toHaveLength(1);
  });

  it('refuses a day that comes twice, and flags a weekend', () => {
    const { rows, refused } = readFxFile(file('2024-12-28,1,1', '2024-12-28,2,2'));
    expect(rows[0]!.flag).toMatch('weekends');
    expect(refused).toEqual([{ line: 3, reason: 'the day 2024-12-28 was read before' }]);
  });

  it('is refused whole when it has another header', () => {
    for (const text of ['a,b\n1,2', '{\n  "a": "b"', '']) expect(() => readFxFile(text)).toThrow(RangeError);
  });
});
