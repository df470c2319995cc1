import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const { mayImport } = (await import(path.resolve('.dependency-cruiser.mjs'))) as {
  mayImport: Record<string, string[]>;
};
const modules = [...Object.keys(mayImport), 'platform'];
/** A module's schema bears its name, as SQL writes names. */
const schemaOf = (module: string) => module.replaceAll('-', '_');
const schemas = modules.map(schemaOf);

/** `schema.table` after the words that name a table in SQL. */
const TABLE = new RegExp(
  `\\b(?:FROM|JOIN|INTO|UPDATE|USING|TABLE|TRUNCATE|REFERENCES|LATERAL)\\s+(?:ONLY\\s+)?(${schemas.join('|')})\\.([a-z_]+)\\b(?!\\s*\\()`,
  'gi',
);

/** What a module's SQL names and may not: another schema's table, or a view of one that it may not import. */
function trespasses(module: string, source: string): string[] {
  return [...source.matchAll(TABLE)]
    .map(([, schema, name]) => ({ schema: schema!, name: name! }))
    .filter(({ schema, name }) => {
      if (schema === schemaOf(module)) return false;
      return !(mayImport[module]?.some((other) => schemaOf(other) === schema) && name.startsWith('pub_'));
    })
    .map(({ schema, name }) => `${module} names ${schema}.${name}`);
}

function sourcesOf(module: string): string[] {
  const folder = path.join('src', module);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
}

it.each(modules)('%s names its own tables, and published views of modules it may import', (module) => {
  expect(sourcesOf(module).flatMap((source) => trespasses(module, source))).toEqual([]);
});

it('is noticed when a module reaches into another one', () => {
  const reaches =
    'SELECT 1 FROM bookings.bookings JOIN passes.passes USING (id) JOIN directory.pub_spaces s ON true';
  expect(trespasses('bookings', reaches)).toEqual(['bookings names passes.passes']);
  expect(trespasses('passes', reaches)).toEqual(['passes names bookings.bookings']);
  expect(trespasses('bookings', 'UPDATE platform.outbox SET sent_at = now()')).toHaveLength(1);
  expect(trespasses('ledger', 'SELECT 1 FROM directory.pub_spaces')).toHaveLength(1);
});
