import { newId } from '../../src/kernel/ids.js';
import { ownerSql } from '../support/app.js';
import type { Principal } from './principals.js';
import { twinOf, uuidsIn } from './twin.js';

/** Whose the thing is that an id names, seen from whoever asks. */
export const SIDES = ['own', 'near', 'far', 'deleted', 'missing'] as const;
export type Side = (typeof SIDES)[number];

type Row = { readonly id: string; readonly text: string };

/** Whose rows mention everybody: being named beside somebody there makes nothing theirs. */
const HUBS = /^(identity|directory|platform)\./;

/** What there is of each table, and whose it is. Taken before the twin is made, so all of it is in one network. */
export class Targets {
  private readonly rows = new Map<string, readonly Row[]>();
  private readonly ownersOf = new Map<string, readonly string[]>();
  private readonly deleted = new Map<string, string>();

  private constructor(private readonly nouns: Readonly<Record<string, string>>) {}

  static async of(nouns: Readonly<Record<string, string>>): Promise<Targets> {
    const targets = new Targets(nouns);
    const tables = await ownerSql<{ name: string; id: string }>(
      `SELECT format('%s.%s', table_schema, table_name) AS name, column_name AS id FROM information_schema.columns
       WHERE column_name = 'id' AND data_type = 'uuid' AND table_schema NOT IN ('pg_catalog', 'bullmq')`,
    );
    for (const { name } of tables) {
      const rows = await ownerSql<Row>(
        `SELECT id::text, to_jsonb(t)::text AS text FROM ${name} t ORDER BY id LIMIT 400`,
      );
      targets.rows.set(name, rows);
      if (!HUBS.test(name)) for (const { id, text } of rows) targets.ownersOf.set(id, uuidsIn(text));
    }
    return targets;
  }

  /** The table a word of an address or a field's name stands for. */
  tableOf(noun: string): string | null {
    const named = this.nouns[noun];
    if (named !== undefined) return named || null;
    const plain = noun.replaceAll('-', '_');
    const found = [...this.rows.keys()].filter(
      (table) => table.endsWith(`.${plain}`) && !table.includes('.pub_'),
    );
    return found.length === 1 ? found[0]! : null;
  }

  remember(noun: string, deletedId: string): void {
    this.deleted.set(noun, deletedId);
  }

  /** Null when the world has no such thing. */
  idOf(noun: string, side: Side, who: Principal): string | null {
    if (side === 'missing') return newId();
    if (side === 'deleted') return this.deleted.get(noun) ?? null;
    const table = this.tableOf(noun) ?? '';
    if (table === 'directory.networks' && side !== 'near')
      return side === 'own' ? who.networkId : twinOf(who.networkId);
    const rows = this.rows.get(table) ?? [];
    const mine = rows
      .filter((row) => this.isOwn(row, who.own))
      .toSorted((a, b) => closeness(b, who) - closeness(a, who));
    if (side === 'near')
      return rows.find((row) => !mine.includes(row) && row.id !== this.deleted.get(noun))?.id ?? null;
    const own =
      mine.find(({ id }) => id !== this.deleted.get(noun)) ?? (who.own.length === 0 ? rows[0] : undefined);
    if (side === 'own') return own?.id ?? null;
    const far = own ?? rows[0];
    return far ? twinOf(far.id) : null;
  }

  private isOwn({ text }: Row, own: readonly string[]): boolean {
    const named = uuidsIn(text);
    return (
      named.some((id) => own.includes(id)) ||
      named.some((id) => this.ownersOf.get(id)?.some((owner) => own.includes(owner)))
    );
  }
}

/** What happens at one's own place or to oneself comes first: of a visit between two spaces, the host's side decides most. */
function closeness({ text }: Row, { own }: Principal): number {
  const [, at] = /"(?:host_)?space_id": "([^"]+)"/.exec(text) ?? [];
  const [, person] = /"person_id": "([^"]+)"/.exec(text) ?? [];
  return own.includes(at ?? '') || own.includes(person ?? '') ? 1 : 0;
}
