import { readFileSync } from 'node:fs';

type Row = { id: string; page: string; file: string; title: string; state: string };

const ROW =
  /^\| (?<id>D\d+) \| .+? \| (?<page>–|`[^`]+`) \| (?<test>–|`(?<file>[^`]+)` › (?<title>.+?)) \| (?<state>answered|in part: .+|open: .+) \|$/;
const rows = readFileSync('docs/founding-document.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const found = ROW.exec(line)?.groups;
    return found ? [{ file: '', title: '', ...found } as Row] : [];
  });

it('every demand of 2018 has its line, in order', () => {
  expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 33 }, (_, index) => `D${index + 1}`));
});

it.each(rows.filter(({ file }) => file))('$id is held by a test of that name', ({ file, title }) => {
  expect(readFileSync(file, 'utf8')).toContain(`'${title}'`);
});

it.each(rows.filter(({ page }) => page !== '–'))('$id is answered on a page that exists', ({ page }) => {
  const last = page.replaceAll('`', '').replace(/^\/(me|space|desk)(?=\/)/, '');
  expect(readFileSync('web/src/app/router.tsx', 'utf8')).toContain(`path: '${last}'`);
});

it('what is said to be answered names its page and its test', () => {
  const bare = rows.filter(({ state, page, file }) => state === 'answered' && (page === '–' || !file));
  expect(bare).toEqual([]);
});
