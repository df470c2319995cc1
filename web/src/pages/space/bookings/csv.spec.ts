import fc from 'fast-check';
import { csvText } from './csv';

const body = (text: string) => text.slice(1, -2);

describe('a list for spreadsheets', () => {
  it.each([
    ['=HYPERLINK("https://example.org")', `"'=HYPERLINK(""https://example.org"")"`],
    ['+33 4 91', "'+33 4 91"],
    ['-1', "'-1"],
    ['@here', "'@here"],
    ['\tNour', "'\tNour"],
    ['Nour "N" Haddad', '"Nour ""N"" Haddad"'],
    ['Palermo, Kalsa', '"Palermo, Kalsa"'],
    ['2026-12-01', '2026-12-01'],
  ])('writes %s so that it stays text', (text, written) => {
    expect(body(csvText([[text]]))).toBe(written);
  });

  it('begins no cell with a formula, and says that it is UTF-8', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const written = csvText([[text]]);
        expect(written.codePointAt(0)).toBe(0xfeff);
        expect(body(written)).not.toMatch(/^"?[=+\-@\t\r]/);
      }),
    );
  });
});
