/** Pieces of SQL that migrations share: who may touch a schema's tables, and which rows of them. */

/** The role the application runs as. It owns nothing and cannot bypass row-level security. */
export const APP_ROLE = 'escale_app';

type Owners = {
  /** Columns that name a network; a row is in reach when any of them is. */
  readonly networks?: readonly string[];
  /** The column that names the person a row belongs to. */
  readonly person?: string;
  /** Named scopes (src/platform/scope.ts) that reach every row. */
  readonly scopes?: readonly string[];
  /** Rows everybody may read, as a condition; `true` for all of them. */
  readonly readableWhen?: string;
};

/**
 * Row-level security for one table: a row is visible and writable when one of its owners is in the
 * transaction's scope. The sub-selects make PostgreSQL evaluate the scope once per query, not per row.
 */
export function ownedBy(table: string, { networks = [], person, scopes = [], readableWhen }: Owners): string {
  const conditions = [
    ...networks.map((column) => `${column} = ANY ((SELECT platform.scope_networks())::uuid[])`),
    ...(person ? [`${person} = (SELECT platform.scope_person())`] : []),
    ...(scopes.length > 0 ? [`(SELECT platform.scope_name()) IN (${quoted(scopes)})`] : []),
  ];
  const owned = conditions.join('\n      OR ');
  const readable = readableWhen
    ? `CREATE POLICY readable ON ${table} FOR SELECT USING (${readableWhen});`
    : '';
  return `
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY owned ON ${table} USING (${owned})
      WITH CHECK (${owned});
    ${readable}`;
}

/** What the application may do in a schema. Tables named in `fixed` can be read and added to, never changed. */
export function grantApp(schema: string, { fixed = [] }: { fixed?: readonly string[] } = {}): string {
  const revoked = fixed
    .map((table) => `REVOKE UPDATE, DELETE ON ${schema}.${table} FROM ${APP_ROLE};`)
    .join('\n    ');
  return `
    GRANT USAGE ON SCHEMA ${schema} TO ${APP_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${APP_ROLE};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${APP_ROLE};
    ${revoked}`;
}

/** A trigger that only refuses: correct by adding a row. */
export function appendOnly(table: string): string {
  return `
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${table}
      FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();`;
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
