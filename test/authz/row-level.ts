import { ownerSql, tamperingSql } from '../support/app.js';
import { TWIN_ID } from './twin.js';

type Named = { readonly name: string };
type Read = (text: string) => Promise<{ readonly seen: number }[]>;

/** What shows nothing of anybody, whoever sees it. */
const NOBODYS = ['platform.inbox']; // which event each consumer has acted on: ids alone

/** Tables of ours that row-level security guards, and that not everybody may read. */
const GUARDED = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
    AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'readable')
  ORDER BY 1`;

let opened: readonly Named[] = [];

/** For a test alone: the second layer off, for everybody. */
export async function openAllTables(): Promise<void> {
  opened = await ownerSql<Named>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND c.relrowsecurity`,
  );
  await tamperingSql(opened.map(({ name }) => `ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY;`).join(''));
}

export async function closeAllTables(): Promise<void> {
  await tamperingSql(opened.map(({ name }) => `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY;`).join(''));
}

/**
 * What a transaction sees of the twin when it asks for everything: how many tables hold rows of the twin at all (seen by the
 * owner, the control), and which of them show any.
 */
export async function strangersRows(
  read: Read,
): Promise<{ readonly tables: number; readonly leaking: string[] }> {
  const leaking: string[] = [];
  let tables = 0;
  for (const { name } of await ownerSql<Named>(GUARDED)) {
    const count = `SELECT count(*)::int AS seen FROM ${name} t WHERE to_jsonb(t)::text ~ '${TWIN_ID}'`;
    const [all] = await ownerSql<{ seen: number }>(count);
    if (all!.seen === 0) continue;
    tables += 1;
    if ((await read(count))[0]!.seen > 0 && !NOBODYS.includes(name)) leaking.push(name);
  }
  return { tables, leaking };
}
