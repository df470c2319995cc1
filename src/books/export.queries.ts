import type { Unit } from '../kernel/money.js';
import { sql, type Reader } from '../platform/db.js';

/** An entry as the exports write it. */
export type ExportedEntry = {
  readonly id: string;
  readonly month: string;
  readonly journal: string;
  readonly number: number;
  readonly day: string;
  readonly postedDay: string;
  readonly reference: string;
  readonly label: string;
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly postings: readonly ExportedPosting[];
  /** Units of a currency for one euro, as decimal text. */
  readonly rates: Readonly<Record<string, string>>;
};
export type ExportedPosting = {
  readonly partyId: string;
  readonly party: string;
  readonly account: string;
  readonly unit: Unit;
  readonly minor: bigint;
};
type Which = { readonly networkId: string; readonly partyId: string | null };
type Row = Omit<ExportedEntry, 'postings'> & {
  readonly postings: readonly (Omit<ExportedPosting, 'minor'> & { readonly minor: string })[];
};

/**
 * In the order of journals and numbers. For one party, its postings alone: each entry balances for each party. Its own
 * numbers then count its entries, and never change, because a month only ever grows at its end.
 */
export async function exportedEntries(on: Reader, which: Which): Promise<ExportedEntry[]> {
  const rows = await sql<Row>(
    on,
    `SELECT entry.id, to_char(entry.month, 'YYYY-MM') AS month, entry.journal,
       CASE WHEN $2::uuid IS NULL THEN entry.number
         ELSE row_number() OVER (PARTITION BY entry.month, entry.journal ORDER BY entry.number) END::int AS number,
       entry.day::text AS day, (entry.created_at AT TIME ZONE 'UTC')::date::text AS "postedDay", entry.reference,
       entry.label, entry.source_kind AS "sourceKind", entry.source_id AS "sourceId", posted.postings,
       (SELECT coalesce(jsonb_object_agg(unit, per_euro::text), '{}') FROM books.rates
        WHERE entry_id = entry.id) AS rates
     FROM books.entries entry
     CROSS JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_object('partyId', party.id, 'party', party.name, 'account', account,
         'unit', posting.unit, 'minor', amount_minor::text) ORDER BY line) AS postings
       FROM books.postings posting JOIN directory.pub_parties party ON party.id = posting.party_id
       WHERE posting.entry_id = entry.id AND ($2::uuid IS NULL OR posting.party_id = $2)) AS posted
     WHERE entry.network_id = $1 AND posted.postings IS NOT NULL
     ORDER BY entry.month, entry.journal, entry.number`,
    [which.networkId, which.partyId],
  );
  return rows.map((row) => ({
    ...row,
    postings: row.postings.map((posting) => ({ ...posting, minor: BigInt(posting.minor) })),
  }));
}
