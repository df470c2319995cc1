import fc from 'fast-check';

/** What does not belong where it stands, whatever the schema says. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e308,
  2 ** 53,
  '',
  'x'.repeat(20_000),
  '\u0000',
  '\uD800',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '9999999999999999999999',
  '2026-02-30',
  '00000000-0000-0000-0000-000000000000',
  [],
  {},
  [[[[[[[[]]]]]]]],
  { constructor: { prototype: { admin: true } } },
];

/** The same value with one place in it, however deep, replaced by something strange, taken away or added. */
export function oneBroken(value: unknown): fc.Arbitrary<unknown> {
  const places = placesIn(value);
  return fc
    .tuple(
      fc.constantFrom(...places),
      fc.constantFrom(...STRANGE),
      fc.constantFrom('replace', 'remove', 'add'),
    )
    .map(([place, strange, act]) => changed(value, place, { strange, act }));
}

type Place = readonly string[];

function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...at, name]))];
}

type Change = { readonly strange: unknown; readonly act: string };

function changed(value: unknown, [first, ...rest]: Place, change: Change): unknown {
  if (first === undefined) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return change.act === 'add' && isObject ? { ...value, unheardOf: change.strange } : change.strange;
  }
  if (Array.isArray(value))
    return value.map((inner, place) =>
      String(place) === first ? changed(inner, rest, change) : (inner as unknown),
    );
  const fields = value as Record<string, unknown>;
  if (change.act === 'remove' && rest.length === 0)
    return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== first));
  return { ...fields, [first]: changed(fields[first], rest, change) };
}

/** Bodies that are no request at all, with the type they claim to be. */
export const BROKEN_BODIES: readonly { readonly type: string; readonly body: string }[] = [
  { type: 'application/json', body: '' },
  { type: 'application/json', body: '{' },
  { type: 'application/json', body: 'null' },
  { type: 'application/json', body: '[]' },
  { type: 'application/json', body: '"text"' },
  { type: 'application/json', body: '{"__proto__":{"admin":true}}' },
  { type: 'application/json', body: `${'['.repeat(5_000)}${']'.repeat(5_000)}` },
  { type: 'application/json', body: '\u0000\u0001' },
  { type: 'application/json; charset=utf-7', body: '{}' },
  { type: 'text/plain', body: '{}' },
  { type: 'multipart/form-data', body: '--x' },
  { type: 'application/x-www-form-urlencoded', body: 'id=1' },
  { type: 'application/octet-stream', body: '\u00ff\u00fe' },
  { type: '', body: '{}' },
];

/** What somebody may put where an id belongs in an address. */
export const BROKEN_IDS: readonly string[] = [
  'null',
  '%00',
  '%E0%A4%A',
  '..%2f..%2fetc',
  "'%20OR%201=1--",
  '0'.repeat(1_000),
  '%F0%9F%92%BB',
  '00000000-0000-0000-0000-000000000000',
  '-1',
  '{id}',
];
