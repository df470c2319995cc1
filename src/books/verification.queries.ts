/** Where the books and what they came from could differ; each query names what does. */
import type { Unit } from '../kernel/money.js';
import { sql, type Reader } from '../platform/db.js';
import type { Difference } from './books.schema.js';
import { CHART, PARTY_ACCOUNTS } from './chart.js';

type Found = Omit<Difference, 'check'>;

export function unbalanced(on: Reader, networkId: string): Promise<Found[]> {
  return sql<Found>(
    on,
    `SELECT concat_ws(' ', 'entry', to_char(entry.month, 'YYYY-MM'), entry.journal, entry.number, sums.unit) AS subject,
       '0' AS expected, coalesce(sums.minor, 0)::text AS found
     FROM books.entries entry LEFT JOIN (
       SELECT entry_id, party_id, unit, sum(amount_minor) AS minor FROM books.postings
       WHERE network_id = $1 GROUP BY entry_id, party_id, unit) AS sums ON sums.entry_id = entry.id
     WHERE entry.network_id = $1 AND sums.minor IS DISTINCT FROM 0
     ORDER BY entry.month, entry.chain_no, sums.unit`,
    [networkId],
  );
}

export function gaps(on: Reader, networkId: string): Promise<Found[]> {
  return sql<Found>(
    on,
    `SELECT concat_ws(' ', 'series', to_char(coalesce(series.month, entries.month), 'YYYY-MM'),
         coalesce(series.journal, entries.journal)) AS subject,
       concat('1 to ', coalesce(last_number, 0)) AS expected,
       concat(coalesce(entries.n, 0), ' entries up to ', coalesce(entries.last, 0)) AS found
     FROM (SELECT * FROM books.series WHERE network_id = $1) AS series
     FULL JOIN (SELECT month, journal, count(*) AS n, max(number) AS last FROM books.entries
                WHERE network_id = $1 GROUP BY month, journal) AS entries USING (month, journal)
     WHERE (coalesce(entries.n, 0), coalesce(entries.last, 0))
       IS DISTINCT FROM (coalesce(last_number, 0)::bigint, coalesce(last_number, 0))
     ORDER BY 1`,
    [networkId],
  );
}

export function changedDocuments(on: Reader, networkId: string): Promise<Found[]> {
  return sql<Found>(
    on,
    `SELECT concat('document ', entry.reference) AS subject, entry.source_hash AS expected,
       coalesce(document.hash, 'nothing') AS found
     FROM books.entries entry LEFT JOIN billing.pub_document_facts document ON document.id = entry.source_id
     WHERE entry.network_id = $1 AND entry.source_kind = 'DOCUMENT'
       AND document.hash IS DISTINCT FROM entry.source_hash ORDER BY 1`,
    [networkId],
  );
}

/** What the entries of facts say that a party is owed (+) or owes (−): the sum over its party accounts. */
export type PartySum = {
  readonly partyId: string;
  readonly name: string;
  readonly unit: Unit;
  readonly minor: string;
};
export function partySums(on: Reader, networkId: string): Promise<PartySum[]> {
  return sql<PartySum>(
    on,
    `SELECT party.id AS "partyId", party.name, posting.unit, sum(amount_minor)::text AS minor
     FROM books.postings posting JOIN books.entries entry ON entry.id = posting.entry_id
     JOIN directory.pub_parties party ON party.id = posting.party_id
     WHERE posting.network_id = $1 AND posting.account = ANY ($2) AND entry.source_kind <> 'OPENING'
     GROUP BY party.id, party.name, posting.unit ORDER BY party.name, party.id, posting.unit`,
    [networkId, PARTY_ACCOUNTS],
  );
}

/** Everybody who may have an account with this network, and in which units: those of its positions. */
export function settledParties(
  on: Reader,
  networkId: string,
): Promise<{ partyId: string; name: string; unit: Unit }[]> {
  return sql(
    on,
    `SELECT DISTINCT party.id AS "partyId", party.name, unit.unit FROM (
       SELECT party_id, unit FROM settlement.pub_positions WHERE network_id = $1
       UNION SELECT party_id, conversion.unit FROM settlement.pub_positions position
       JOIN settlement.pub_conversions conversion ON conversion.window_id = position.window_id
       WHERE position.network_id = $1) AS unit
     JOIN directory.pub_parties party ON party.id = unit.party_id`,
    [networkId],
  );
}

/** A closed window's positions and VAT, against what was posted of its claims and documents. */
export function positionsOff(on: Reader, networkId: string): Promise<Found[]> {
  return sql<Found>(
    on,
    `WITH expected AS (
       SELECT window_id, party_id, unit, sum(minor) AS due FROM (
         SELECT window_id, party_id, unit, net_minor AS minor FROM settlement.pub_positions
         WHERE network_id = $1 AND window_state <> 'ABORTED'
         UNION ALL
         SELECT vat.window_id, side.party_id, vat.unit, side.minor FROM settlement.pub_vat vat
         JOIN settlement.pub_window_steps step ON step.window_id = vat.window_id AND step.state = 'CLOSED'
         CROSS JOIN LATERAL (VALUES
           (CASE vat.kind WHEN 'INVOICE' THEN issuer_party_id ELSE recipient_party_id END, vat.vat_minor),
           (CASE vat.kind WHEN 'INVOICE' THEN recipient_party_id ELSE issuer_party_id END, -vat.vat_minor))
           AS side (party_id, minor)
         WHERE vat.network_id = $1 AND NOT EXISTS (
           SELECT FROM settlement.pub_window_steps aborted
           WHERE aborted.window_id = vat.window_id AND aborted.state = 'ABORTED')) AS sides
       GROUP BY window_id, party_id, unit),
     found AS (
       SELECT entry.window_id, posting.party_id, posting.unit, sum(posting.amount_minor) AS posted
       FROM books.entries entry JOIN books.postings posting ON posting.entry_id = entry.id
       WHERE entry.network_id = $1 AND entry.source_kind IN ('DOCUMENT', 'WINDOW') AND posting.account = ANY ($2)
         AND NOT EXISTS (SELECT FROM settlement.pub_window_steps aborted
                         WHERE aborted.window_id = entry.window_id AND aborted.state = 'ABORTED')
       GROUP BY entry.window_id, posting.party_id, posting.unit)
     SELECT concat('window ', step.number, ' ', party.name, ' ', sums.unit) AS subject,
       coalesce(due, 0)::text AS expected, coalesce(posted, 0)::text AS found
     FROM (expected FULL JOIN found USING (window_id, party_id, unit)) AS sums
     JOIN settlement.pub_window_steps step ON step.window_id = sums.window_id AND step.state = 'CLOSED'
     JOIN directory.pub_parties party ON party.id = sums.party_id
     WHERE coalesce(due, 0) <> coalesce(posted, 0) ORDER BY 1`,
    [networkId, PARTY_ACCOUNTS],
  );
}

/** The bank account of the books is the bank's own; what is not matched, and what is on its way, likewise. */
export function bankOff(on: Reader, networkId: string): Promise<Found[]> {
  const { bank, unknownBank, inTransit } = CHART;
  return sql<Found>(
    on,
    `WITH expected AS (
       SELECT account, party_id, unit, sum(minor) AS due FROM (
         SELECT $2 AS account, party_id, unit, amount_minor AS minor FROM banking.pub_bank_lines WHERE network_id = $1
         UNION ALL
         SELECT $3, party_id, unit, -amount_minor FROM banking.pub_bank_lines WHERE network_id = $1
         UNION ALL
         SELECT $3, party_id, line_unit, sign * line_minor FROM banking.pub_matches
         WHERE network_id = $1 AND undone_at IS NULL
         UNION ALL
         SELECT $4, party_id, unit, -sign * amount_minor FROM banking.pub_matches
         WHERE network_id = $1 AND undone_at IS NULL
         UNION ALL
         SELECT $4, from_party_id, unit, -amount_minor FROM settlement.pub_executions WHERE network_id = $1
         UNION ALL
         SELECT $4, to_party_id, unit, amount_minor FROM settlement.pub_executions WHERE network_id = $1) AS sides
       GROUP BY account, party_id, unit),
     found AS (
       SELECT account, party_id, unit, sum(amount_minor) AS posted
       FROM books.postings posting JOIN books.entries entry ON entry.id = posting.entry_id
       WHERE posting.network_id = $1 AND account IN ($2, $3, $4) AND entry.source_kind <> 'OPENING'
       GROUP BY account, party_id, unit)
     SELECT concat('account ', sums.account, ' ', party.name, ' ', sums.unit) AS subject,
       coalesce(due, 0)::text AS expected, coalesce(posted, 0)::text AS found
     FROM (expected FULL JOIN found USING (account, party_id, unit)) AS sums
     JOIN directory.pub_parties party ON party.id = sums.party_id
     WHERE coalesce(due, 0) <> coalesce(posted, 0) ORDER BY 1`,
    [networkId, bank.number, unknownBank.number, inTransit.number],
  );
}

export type StoredEntry = {
  readonly id: string;
  readonly month: string;
  readonly chainNo: number;
  readonly journal: string;
  readonly number: number;
  readonly day: string;
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly sourceHash: string | null;
  readonly windowId: string | null;
  readonly reference: string;
  readonly label: string;
  readonly reason: string | null;
  readonly lateOf: string | null;
  readonly postedBy: string;
  readonly hash: string;
  readonly postings: readonly (readonly [string, string, Unit, string])[];
};
const PAGE_SIZE = 1_000;

/** Every entry with its postings, in the order of the chain. */
export async function* storedEntries(on: Reader, networkId: string): AsyncGenerator<StoredEntry> {
  let after: readonly [string, number] = ['0001-01-01', 0];
  for (;;) {
    const rows = await sql<StoredEntry>(
      on,
      `SELECT id, month::text AS month, chain_no AS "chainNo", journal, number, day::text AS day,
         source_kind AS "sourceKind", source_id AS "sourceId", source_hash AS "sourceHash", window_id AS "windowId",
         reference, label, reason, late_of::text AS "lateOf", posted_by AS "postedBy", hash,
         (SELECT coalesce(jsonb_agg(jsonb_build_array(party_id, account, unit, amount_minor::text) ORDER BY line), '[]')
          FROM books.postings WHERE entry_id = entry.id) AS postings
       FROM books.entries entry
       WHERE network_id = $1 AND (month, chain_no) > ($2::date, $3) ORDER BY month, chain_no LIMIT $4`,
      [networkId, ...after, PAGE_SIZE],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_SIZE) return;
    after = [last.month, last.chainNo];
  }
}
