/** How entries get into the books: their month, their numbers and their place in the chain, in one transaction. */
import { Temporal } from '../kernel/time.js';
import { sql, type Tx } from '../platform/db.js';
import { chainStart, entryHash, type ChainedEntry } from './chain.js';
import type { Journal } from './chart.js';

export type Draft = Omit<ChainedEntry, 'number' | 'lateOf'> & {
  readonly journal: Journal;
  /** Named by a correction, and kept to; everything else goes to the next open period when its own is closed. */
  readonly keepsMonth: boolean;
  readonly requestHash: string;
};
type Period = {
  readonly month: string;
  readonly state: 'OPEN' | 'SOFT_CLOSED' | 'CLOSED';
  readonly chainLength: number;
  readonly chainHead: string;
};
type Entry = ChainedEntry & {
  readonly month: string;
  readonly chainNo: number;
  readonly requestHash: string;
  readonly hash: string;
};

/** Whoever writes in a network's books, or closes one of their periods, does it one after the other. */
export async function lockBooks(tx: Tx, networkId: string): Promise<void> {
  await sql(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`books ${networkId}`]);
}

/** The caller holds the lock. */
export async function writeEntries(
  tx: Tx,
  networkId: string,
  drafts: readonly Draft[],
  now: string,
): Promise<void> {
  if (drafts.length === 0) return;
  const firstOpen = await firstOpenMonth(tx, networkId);
  const placed = drafts.map((draft) => ({ ...draft, ...place(draft, firstOpen) }));
  const periods = await openPeriods(tx, networkId, [...new Set(placed.map(({ month }) => month))], now);
  const numbers = await lastNumbers(tx, networkId, placed, now);
  const entries = placed.map((draft): Entry => {
    const key = `${draft.month} ${draft.journal}`;
    const number = (numbers.get(key) ?? 0) + 1;
    numbers.set(key, number);
    const period = periods.get(draft.month)!;
    const entry = { ...draft, number };
    const hash = entryHash(period.chainHead, entry);
    const chainNo = period.chainLength + 1;
    periods.set(draft.month, { ...period, chainLength: chainNo, chainHead: hash });
    return { ...entry, chainNo, hash };
  });
  await insertEntries(tx, networkId, entries, now);
  await insertPostings(tx, networkId, entries, now);
  await insertRates(
    tx,
    entries.map(({ id }) => id),
    now,
  );
  await sql(
    tx,
    `UPDATE books.series SET last_number = given.number
     FROM jsonb_to_recordset($2::jsonb) AS given (month date, journal text, number int)
     WHERE series.network_id = $1 AND series.month = given.month AND series.journal = given.journal`,
    [
      networkId,
      JSON.stringify(
        [...numbers].map(([key, number]) => {
          const [month, journal] = key.split(' ');
          return { month, journal, number };
        }),
      ),
    ],
  );
  await sql(
    tx,
    `UPDATE books.periods SET chain_length = given."chainLength", chain_head = given."chainHead"
     FROM jsonb_to_recordset($2::jsonb) AS given (month date, "chainLength" int, "chainHead" text)
     WHERE periods.network_id = $1 AND periods.month = given.month`,
    [networkId, JSON.stringify([...periods.values()])],
  );
}

function place(
  { day, keepsMonth }: Pick<Draft, 'day' | 'keepsMonth'>,
  firstOpen: string | null,
): { readonly month: string; readonly day: string; readonly lateOf: string | null } {
  const month = monthOf(day);
  return keepsMonth || firstOpen === null || month >= firstOpen
    ? { month, day, lateOf: null }
    : { month: firstOpen, day: firstOpen, lateOf: month };
}

export function monthOf(day: string): string {
  return `${day.slice(0, 'YYYY-MM'.length)}-01`;
}

/** The month after the last one that is not open any more. */
async function firstOpenMonth(tx: Tx, networkId: string): Promise<string | null> {
  const [last] = await sql<{ month: string | null }>(
    tx,
    `SELECT max(month)::text AS month FROM books.periods WHERE network_id = $1 AND state <> 'OPEN'`,
    [networkId],
  );
  return last?.month ? Temporal.PlainDate.from(last.month).add({ months: 1 }).toString() : null;
}

async function openPeriods(
  tx: Tx,
  networkId: string,
  months: readonly string[],
  now: string,
): Promise<Map<string, Period>> {
  await sql(
    tx,
    `INSERT INTO books.periods (network_id, month, state, chain_head, created_at)
     SELECT $1, month, 'OPEN', head, $3 FROM jsonb_to_recordset($2::jsonb) AS given (month date, head text)
     ON CONFLICT DO NOTHING`,
    [networkId, JSON.stringify(months.map((month) => ({ month, head: chainStart(networkId, month) }))), now],
  );
  const rows = await sql<Period>(
    tx,
    `SELECT month::text AS month, state, chain_length AS "chainLength", chain_head AS "chainHead"
     FROM books.periods WHERE network_id = $1 AND month = ANY ($2::date[]) ORDER BY month FOR UPDATE`,
    [networkId, months],
  );
  return new Map(rows.map((row) => [row.month, row]));
}

/** The series is locked before its next number is read: a transaction that dies takes its numbers back with it. */
async function lastNumbers(
  tx: Tx,
  networkId: string,
  placed: readonly { readonly month: string; readonly journal: string }[],
  now: string,
): Promise<Map<string, number>> {
  const keys = [...new Set(placed.map(({ month, journal }) => `${month} ${journal}`))];
  await sql(
    tx,
    `INSERT INTO books.series (network_id, month, journal, created_at)
     SELECT $1, split_part(key, ' ', 1)::date, split_part(key, ' ', 2), $3 FROM unnest($2::text[]) AS key
     ON CONFLICT DO NOTHING`,
    [networkId, keys, now],
  );
  const rows = await sql<{ key: string; last: number }>(
    tx,
    `SELECT month || ' ' || journal AS key, last_number AS last FROM books.series
     WHERE network_id = $1 AND month || ' ' || journal = ANY ($2) ORDER BY month, journal FOR UPDATE`,
    [networkId, keys],
  );
  return new Map(rows.map(({ key, last }) => [key, last]));
}

async function insertEntries(
  tx: Tx,
  networkId: string,
  entries: readonly Entry[],
  now: string,
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO books.entries (id, network_id, month, journal, number, chain_no, day, source_kind, source_id,
       source_hash, window_id, reference, label, reason, late_of, posted_by, request_hash, hash, created_at)
     SELECT id, $1, month, journal, number, "chainNo", day, "sourceKind", "sourceId", "sourceHash", "windowId",
       reference, label, reason, "lateOf", "postedBy", "requestHash", hash, $3
     FROM jsonb_to_recordset($2::jsonb) AS given (id uuid, month date, journal text, number int, "chainNo" int, day date,
       "sourceKind" text, "sourceId" uuid, "sourceHash" text, "windowId" uuid, reference text, label text, reason text,
       "lateOf" date, "postedBy" text, "requestHash" text, hash text)`,
    [networkId, JSON.stringify(entries.map(({ postings: _postings, ...entry }) => entry)), now],
  );
}

async function insertPostings(
  tx: Tx,
  networkId: string,
  entries: readonly Entry[],
  now: string,
): Promise<void> {
  const rows = entries.flatMap(({ id, postings }) =>
    postings.map((posting, at) => ({
      ...posting,
      entryId: id,
      line: at + 1,
      minor: posting.minor.toString(),
    })),
  );
  await sql(
    tx,
    `INSERT INTO books.postings (entry_id, line, network_id, party_id, account, unit, amount_minor, created_at)
     SELECT "entryId", line, $1, "partyId", account, unit, minor, $3
     FROM jsonb_to_recordset($2::jsonb) AS given ("entryId" uuid, line int, "partyId" uuid, account text, unit text,
       minor bigint)`,
    [networkId, JSON.stringify(rows), now],
  );
}

/**
 * What a foreign currency was worth: at the rate by the end of the window, so that what is billed and what is paid meet;
 * else the last one by the day, the network's own before the imported one. Without any, none is made up.
 */
async function insertRates(tx: Tx, entryIds: readonly string[], now: string): Promise<void> {
  await sql(
    tx,
    `INSERT INTO books.rates (entry_id, network_id, unit, per_euro, rate_day, source, created_at)
     SELECT entry.id, entry.network_id, foreign_unit.unit, found.rate, found.rate_day, found.source, $2
     FROM (SELECT DISTINCT entry_id, unit FROM books.postings
           WHERE entry_id = ANY ($1) AND unit NOT IN ('EUR', 'HALF_DAY')) AS foreign_unit
     JOIN books.entries entry ON entry.id = foreign_unit.entry_id
     CROSS JOIN LATERAL (
       SELECT rate, rate_day, source FROM (
         SELECT fixed.rate, fixed.rate_day, fixed.source, 1 AS rank
         FROM settlement.closing_rate(entry.window_id, foreign_unit.unit) AS fixed
         UNION ALL
         SELECT own.rate, own.day, own.source, 2 FROM treasury.pub_exchange_rates own
         WHERE own.network_id = entry.network_id AND own.quote = foreign_unit.unit AND own.day <= entry.day
         UNION ALL
         SELECT imported.rate, imported.day, imported.source, 3 FROM settlement.pub_fx_rates imported
         WHERE imported.quote = foreign_unit.unit AND imported.day <= entry.day) AS rates
       ORDER BY least(rank, 2), rate_day DESC, rank LIMIT 1) AS found`,
    [entryIds, now],
  );
}
