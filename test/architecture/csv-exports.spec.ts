import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
  .map((file) => ({ module: file.split(path.sep)[0]!, text: readFileSync(path.join('src', file), 'utf8') }));
const WRITES_SAFELY = /from '(\.\.\/)+kernel\/csv\.js'|escape_formulas: true/;

/** Modules that send or store CSV, and those among them that let somebody else than the one writer make it. */
function unsafeModules(sources: readonly { module: string; text: string }[]): string[] {
  const sending = sources
    .filter(({ text }) => /['"]text\/csv|\.csv['`]/.test(text))
    .map(({ module }) => module);
  const safe = sources.filter(({ text }) => WRITES_SAFELY.test(text)).map(({ module }) => module);
  return [...new Set(sending)].filter((module) => !safe.includes(module));
}

it('each module that hands out CSV has the one writer make it, which defuses formulas', () => {
  expect(unsafeModules(SOURCES)).toEqual([]);
});

it('nobody else writes rows of comma-separated values, nor lets a library do so without that', () => {
  const careless = SOURCES.filter(
    ({ text }) => /csv-stringify/.test(text) && !/escape_formulas: true/.test(text),
  );
  expect(careless.map(({ module }) => module)).toEqual([]);
});

it('is noticed when a module writes its own', () => {
  const text = `reply.header('content-type', 'text/csv').send(rows.map((row) => row.join(',')).join('\\n'))`;
  expect(unsafeModules([{ module: 'careless', text }])).toEqual(['careless']);
});
