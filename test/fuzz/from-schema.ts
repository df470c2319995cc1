import fc from 'fast-check';

/** As much of JSON Schema as the contract uses. */
export type Schema = {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
};

/** What is known of the world: ids that exist, and the parts of the contract that refer to each other. */
export type Known = { readonly ids: readonly string[]; readonly parts: Readonly<Record<string, Schema>> };

const DAYS = [
  '2026-06-08',
  '2026-06-30',
  '2024-02-29',
  '1970-01-01',
  '0001-01-01',
  '9999-12-31',
  '2026-12-31',
];
const MOMENTS = [
  '2026-06-08T08:00:00Z',
  '1970-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2026-10-25T00:59:59.999Z',
];
const WORDS = [
  'Atelier',
  'مكتب',
  'a\u0301e\u0301',
  '👩🏽‍💻',
  '=1+1',
  '<b>x</b>',
  "'; DROP TABLE x; --",
  '\\',
  '%00',
  ' ',
];
/** Among them what a JSON number holds exactly at most, and the next one. */
const NUMBERS = [0, 1, -1, 100, 2_147_483_647, 2_147_483_648, 9_007_199_254_740_991, 0.1];

/** Values that the schema allows, those at its edges among them. */
export function valid(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  if (schema.$ref) return valid(known.parts[schema.$ref.split('/').at(-1)!] ?? {}, known);
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return fc.oneof(...either.map((one) => valid(one, known)));
  if (schema.allOf) return fc.tuple(...schema.allOf.map((one) => valid(one, known))).map(merged);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => valid({ ...schema, type }, known)));
  switch (schema.type) {
    case 'string':
      return text(schema, known);
    case 'integer':
    case 'number':
      return number(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return list(schema, known);
    case 'object':
      return object(schema, known);
    case undefined:
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function text({ format, pattern, minLength = 0, maxLength = 200 }: Schema, { ids }: Known) {
  if (format === 'uuid')
    return fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...ids) }, fc.uuid({ version: 7 }));
  if (format === 'date') return fc.constantFrom(...DAYS);
  if (format === 'date-time') return fc.constantFrom(...MOMENTS);
  if (format === 'email') return fc.emailAddress().map((address) => address.toLowerCase());
  if (pattern) return matching(pattern);
  const fits = WORDS.filter((word) => word.length >= minLength && word.length <= maxLength);
  const long = 'x'.repeat(Math.min(maxLength, 5_000));
  return fc.oneof(fc.constantFrom(long, ...fits), fc.string({ minLength, maxLength, size: 'small' }));
}

/** Patterns with classes that fast-check does not make are met by plain letters. */
function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'));
  } catch {
    return fc.constantFrom('Atelier', 'abc', 'مكتب');
  }
}

function number({ type, minimum = -9_007_199_254_740_991, maximum = 9_007_199_254_740_991 }: Schema) {
  const fits = NUMBERS.filter(
    (one) => one >= minimum && one <= maximum && (type === 'number' || Number.isInteger(one)),
  );
  return fc.constantFrom(minimum, maximum, ...fits);
}

function list({ items = {}, minItems = 0, maxItems = 3 }: Schema, known: Known) {
  const most = Math.max(minItems, Math.min(maxItems, 3));
  return fc.array(valid(items, known), { minLength: minItems, maxLength: most });
}

function object(schema: Schema, known: Known): fc.Arbitrary<Record<string, unknown>> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, valid(one, known)]),
  );
  if (Object.keys(fields).length > 0)
    return fc.record(fields, { requiredKeys: Object.keys(fields).filter((name) => required.includes(name)) });
  const names = (propertyNames ? valid(propertyNames, known) : fc.constantFrom('a', 'b')).map(String);
  const values =
    typeof additionalProperties === 'object' ? valid(additionalProperties, known) : fc.constant(1);
  return fc.dictionary(names, values, { maxKeys: 3 });
}

function merged(parts: readonly unknown[]): unknown {
  return Object.assign({}, ...(parts as object[])) as unknown;
}
