import { ownerSql, tamperingSql } from '../support/app.js';

/** Stands in every sentence that somebody of the twin wrote: in an answer to anybody else it is a leak. */
export const CANARY = 'canary of another tenant';
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** How an id of the twin looks to the database: ours are of this century, theirs of a far one (UUIDv7 begins with the time). */
export const TWIN_ID = '"8[01][0-9a-f]{6}-[0-9a-f]{4}-7';
/** Words that people write, as columns call them; a column whose values a rule of its table names stays as it is. */
const WRITTEN = `name|title|notes?|text|body|subject|message|reason|comment|description|label|address|phone|reference|holder|purpose|work_email|detail|sentence`;

type Table = {
  readonly name: string;
  readonly columns: string[];
  readonly turned: string[];
  readonly written: string[];
};

/** The id that a row's twin bears. The twin of a twin is the row itself. */
export function twinOf(id: string): string {
  return (Number.parseInt(id.charAt(0), 16) ^ 8).toString(16) + id.slice(1);
}

export function uuidsIn(text: string): string[] {
  return text.match(UUID) ?? [];
}

/**
 * A second tenant beside the first: of each row that names anything by an id, a copy in which all ids are turned into
 * others. Whatever exists in one network exists in another one, in the same state, and nothing connects the two.
 */
export async function makeTwin(): Promise<void> {
  for (const table of await tables()) {
    const rows = await ownerSql<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${table.name} t`);
    const twins = rows.map(({ row }) => row).filter((row) => uuidsIn(row).length > 0);
    if (twins.length === 0) continue;
    const columns = table.columns.join(', ');
    const written = twins.map((row) => twinRow(row, table));
    await tamperingSql(
      `INSERT INTO ${table.name} (${columns}) SELECT ${columns}
       FROM unnest($1::text[]) AS one, jsonb_populate_record(NULL::${table.name}, one::jsonb) ON CONFLICT DO NOTHING`,
      [written],
    );
  }
}

function twinRow(row: string, { turned, written }: Table): string {
  let twin = row.replaceAll(UUID, twinOf);
  for (const column of turned)
    twin = twin.replace(
      field(column),
      (_all, before: string, text: string) => `${before}"${otherWord(text)}"`,
    );
  for (const column of written)
    twin = twin.replace(field(column), (_all, before: string) => `${before}"${CANARY}"`);
  return twin;
}

function field(column: string): RegExp {
  return new RegExp(`("${column}": )"((?:[^"\\\\]|\\\\.)*)"`);
}

/** As long as the word and of the same letters, so that the table's rules still hold; bytes stay bytes. */
function otherWord(word: string): string {
  const last = word.slice(-1);
  if (word.startsWith(String.raw`\\x`))
    return word.slice(0, -1) + (Number.parseInt(last, 16) ^ 8).toString(16);
  const next = { '9': '0', z: 'a', Z: 'A' }[last] ?? String.fromCodePoint(last.codePointAt(0)! + 1);
  return word.slice(0, -1) + next;
}

/** All of ours, with what can be written, what must differ although no id is in it, and what people wrote. */
function tables(): Promise<Table[]> {
  return ownerSql<Table>(
    `WITH fields AS (
       SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, a.attname, a.attnum, format_type(a.atttypid, NULL) AS type,
         a.attgenerated = '' AND a.attidentity = '' AS writable,
         a.atttypid = 'text'::regtype AND a.attname ~ '^(${WRITTEN})$'
           AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND a.attnum = ANY (k.conkey) AND k.contype <> 'n')
           AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND a.attnum = ANY (i.indkey))
           AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'readable') AS written
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'bullmq', 'public', 'demo')
     ), alone AS (
       SELECT i.indrelid, unnest(i.indkey::int2[]) AS attnum FROM pg_index i
       WHERE i.indisunique AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = i.indrelid
         AND a.attnum = ANY (i.indkey) AND a.atttypid = 'uuid'::regtype)
     )
     SELECT name, array_agg(quote_ident(attname)) FILTER (WHERE writable) AS columns,
       coalesce(array_agg(attname::text) FILTER (WHERE type IN ('text', 'bytea') AND EXISTS (SELECT FROM alone
         WHERE alone.indrelid = fields.oid AND alone.attnum = fields.attnum)), '{}') AS turned,
       coalesce(array_agg(attname::text) FILTER (WHERE written), '{}') AS written
     FROM fields GROUP BY oid, name ORDER BY name`,
  );
}
