import type { Unit } from '../kernel/money.js';
import { sql, type Reader } from '../platform/db.js';
import { accountsByNumber } from './chart.js';
import type {
  AccountStatementPage,
  BookQuery,
  EntryView,
  JournalPage,
  JournalQuery,
  StatementQuery,
  TrialBalancePage,
} from './books.schema.js';

type Row = JournalPage['items'][number];
type Text<Item, Key extends keyof Item> = Omit<Item, Key> & Record<Key, string>;

const HEAD = `entry.id AS "entryId", to_char(entry.month, 'YYYY-MM') AS month, entry.journal, entry.number,
  entry.day::text AS day, jsonb_build_object('kind', entry.source_kind, 'id', entry.source_id) AS source,
  entry.window_id AS "windowId", entry.reference, entry.label, entry.reason,
  to_char(entry.late_of, 'YYYY-MM') AS "lateOf", entry.posted_by AS "postedBy"`;
const PARTY = `jsonb_build_object('id', party.id, 'name', party.name) AS party`;
const MONTHS = `($2::text IS NULL OR entry.month >= ($2 || '-01')::date)
  AND ($3::text IS NULL OR entry.month <= ($3 || '-01')::date)`;
const WHICH = `${MONTHS} AND ($4::text IS NULL OR posting.account = $4)
  AND ($5::uuid IS NULL OR posting.party_id = $5)`;

const labelOf = (number: string) => accountsByNumber.get(number)!.label;
/** Keys of a page travel as one text. */
const keyOf = (...parts: (string | number)[]) => parts.join('~');
const keysFrom = (after: string | undefined) => after?.split('~') ?? [];

/** Postings in the order they were chained: month, place in the chain, line. */
export async function journalPage(on: Reader, networkId: string, query: JournalQuery): Promise<JournalPage> {
  const [month, chainNo, line] = keysFrom(query.after);
  const rows = await sql<Omit<Row, 'accountLabel'> & { chainNo: number; amount: { minor: number } }>(
    on,
    `SELECT ${HEAD}, entry.chain_no AS "chainNo", posting.line, posting.account, ${PARTY},
       jsonb_build_object('unit', posting.unit, 'minor', posting.amount_minor) AS amount
     FROM books.entries entry JOIN books.postings posting ON posting.entry_id = entry.id
     JOIN directory.pub_parties party ON party.id = posting.party_id
     WHERE entry.network_id = $1 AND ${WHICH} AND ($6::text IS NULL OR entry.journal = $6)
       AND ($7::uuid IS NULL OR entry.window_id = $7) AND ($8::uuid IS NULL OR entry.source_id = $8)
       AND ($9::text IS NULL OR (entry.month, entry.chain_no, posting.line)
            > (($9 || '-01')::date, $10::int, $11::int))
     ORDER BY entry.month, entry.chain_no, posting.line LIMIT $12`,
    [
      networkId,
      query.from ?? null,
      query.until ?? null,
      query.account ?? null,
      query.partyId ?? null,
      query.journal ?? null,
      query.windowId ?? null,
      query.sourceId ?? null,
      month ?? null,
      chainNo ?? null,
      line ?? null,
      query.limit + 1,
    ],
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ chainNo: _chainNo, ...row }) => ({ ...row, accountLabel: labelOf(row.account) })),
    next: rows.length > query.limit && last ? keyOf(last.month, last.chainNo, last.line) : null,
  };
}

export async function trialBalance(
  on: Reader,
  networkId: string,
  query: BookQuery,
): Promise<TrialBalancePage> {
  type Sum = {
    account: string;
    unit: Unit;
    party: { id: string; name: string };
    debit: string;
    credit: string;
  };
  const [account, partyId, unit] = keysFrom(query.after);
  const rows = await sql<Sum>(
    on,
    `SELECT posting.account, posting.unit, ${PARTY},
       coalesce(sum(amount_minor) FILTER (WHERE amount_minor > 0), 0)::text AS debit,
       coalesce(-sum(amount_minor) FILTER (WHERE amount_minor < 0), 0)::text AS credit
     FROM books.postings posting JOIN books.entries entry ON entry.id = posting.entry_id
     JOIN directory.pub_parties party ON party.id = posting.party_id
     WHERE posting.network_id = $1 AND ${WHICH}
       AND ($6::text IS NULL OR (posting.account, posting.party_id, posting.unit) > ($6, $7::uuid, $8))
     GROUP BY posting.account, posting.party_id, posting.unit, party.id, party.name
     ORDER BY posting.account, posting.party_id, posting.unit LIMIT $9`,
    [
      networkId,
      query.from ?? null,
      query.until ?? null,
      query.account ?? null,
      query.partyId ?? null,
      account ?? null,
      partyId ?? null,
      unit ?? null,
      query.limit + 1,
    ],
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ debit, credit, ...sum }) => ({
      ...sum,
      label: labelOf(sum.account),
      debitMinor: Number(debit),
      creditMinor: Number(credit),
      balanceMinor: Number(BigInt(debit) - BigInt(credit)),
    })),
    next: rows.length > query.limit && last ? keyOf(last.account, last.party.id, last.unit) : null,
  };
}

export async function entryById(on: Reader, networkId: string, id: string): Promise<EntryView | undefined> {
  const [head] = await sql<Omit<EntryView, 'postings' | 'rates'>>(
    on,
    `SELECT ${HEAD}, entry.hash FROM books.entries entry WHERE entry.network_id = $1 AND entry.id = $2`,
    [networkId, id],
  );
  if (!head) return undefined;
  const postings = await sql<Omit<EntryView['postings'][number], 'accountLabel'>>(
    on,
    `SELECT line, account, ${PARTY}, jsonb_build_object('unit', posting.unit, 'minor', amount_minor) AS amount
     FROM books.postings posting JOIN directory.pub_parties party ON party.id = posting.party_id
     WHERE entry_id = $1 ORDER BY line`,
    [id],
  );
  const rates = await sql<EntryView['rates'][number]>(
    on,
    `SELECT unit, per_euro::text AS "perEuro", rate_day::text AS day, source FROM books.rates
     WHERE entry_id = $1 ORDER BY unit`,
    [id],
  );
  return {
    ...head,
    postings: postings.map((one) => ({ ...one, accountLabel: labelOf(one.account) })),
    rates,
  };
}

/** A party's postings on one account in one currency, each with the balance after it. */
export async function accountStatement(
  on: Reader,
  of: { readonly networkId: string; readonly account: string },
  query: StatementQuery,
): Promise<Omit<AccountStatementPage, 'party'>> {
  type Line = Text<AccountStatementPage['items'][number], 'amountMinor' | 'balanceMinor'> & {
    chainNo: number;
  };
  const [month, chainNo, line] = keysFrom(query.after);
  const rows = await sql<Line>(
    on,
    `SELECT * FROM (
       SELECT ${HEAD}, entry.chain_no AS "chainNo", entry.month AS key, posting.line,
         posting.amount_minor::text AS "amountMinor",
         (sum(posting.amount_minor) OVER (ORDER BY entry.month, entry.chain_no, posting.line))::text AS "balanceMinor"
       FROM books.postings posting JOIN books.entries entry ON entry.id = posting.entry_id
       WHERE posting.network_id = $1 AND ($3::text IS NULL OR entry.month <= ($3 || '-01')::date)
         AND posting.account = $4 AND posting.party_id = $5 AND posting.unit = $6) AS statement
     WHERE ($2::text IS NULL OR month >= $2)
       AND ($7::text IS NULL OR (key, "chainNo", line) > (($7 || '-01')::date, $8::int, $9::int))
     ORDER BY key, "chainNo", line LIMIT $10`,
    [
      of.networkId,
      query.from ?? null,
      query.until ?? null,
      of.account,
      query.partyId,
      query.unit,
      month ?? null,
      chainNo ?? null,
      line ?? null,
      query.limit + 1,
    ],
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const sums = await balances(on, of, query);
  return {
    account: of.account,
    label: labelOf(of.account),
    unit: query.unit,
    ...sums,
    items: page.map(({ chainNo: _chainNo, key: _key, ...row }: Line & { key?: string }) => ({
      ...row,
      amountMinor: Number(row.amountMinor),
      balanceMinor: Number(row.balanceMinor),
    })),
    next: rows.length > query.limit && last ? keyOf(last.month, last.chainNo, last.line) : null,
  };
}

async function balances(
  on: Reader,
  of: { readonly networkId: string; readonly account: string },
  query: StatementQuery,
): Promise<{ openingMinor: number; closingMinor: number }> {
  const [sums] = await sql<{ opening: string; closing: string }>(
    on,
    `SELECT coalesce(sum(amount_minor) FILTER (WHERE entry.month < ($2 || '-01')::date), 0)::text AS opening,
       coalesce(sum(amount_minor), 0)::text AS closing
     FROM books.postings posting JOIN books.entries entry ON entry.id = posting.entry_id
     WHERE posting.network_id = $1 AND ($3::text IS NULL OR entry.month <= ($3 || '-01')::date)
       AND posting.account = $4 AND posting.party_id = $5 AND posting.unit = $6`,
    [of.networkId, query.from ?? null, query.until ?? null, of.account, query.partyId, query.unit],
  );
  return { openingMinor: Number(sums!.opening), closingMinor: Number(sums!.closing) };
}
