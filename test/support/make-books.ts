import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Postings } from '../../src/books/postings.service.js';
import { Verifications } from '../../src/books/verification.service.js';
import { ownerSql } from './app.js';
import { deliverEvents, type Clearing } from './make-settlement.js';

/** Hands on the events until there are none: documents come of one, and their entries of another. */
export async function deliverAll(app: NestFastifyApplication): Promise<void> {
  while ((await deliverEvents(app)).length > 0);
}

/** Every posting, as text: which account of whom, and how much. */
export async function postings(networkId: string): Promise<string[]> {
  const rows = await ownerSql<{ text: string }>(
    `SELECT concat_ws(' ', entry.source_kind, party.name, account, amount_minor, posting.unit) AS text
     FROM books.postings posting JOIN books.entries entry ON entry.id = entry_id
     JOIN directory.parties party ON party.id = party_id
     WHERE entry.network_id = $1 ORDER BY entry.source_kind, party.name, account, posting.unit, amount_minor`,
    [networkId],
  );
  return rows.map(({ text }) => text);
}

/** Debits less credits of an account of each party, where it is not zero. */
export async function balances(networkId: string, ...accounts: string[]): Promise<Record<string, number>> {
  const rows = await ownerSql<{ key: string; minor: string }>(
    `SELECT concat_ws(' ', account, party.name, posting.unit) AS key, sum(amount_minor)::text AS minor
     FROM books.postings posting JOIN directory.parties party ON party.id = party_id
     WHERE posting.network_id = $1 AND account = ANY ($2) GROUP BY 1 HAVING sum(amount_minor) <> 0 ORDER BY 1`,
    [networkId, accounts],
  );
  return Object.fromEntries(rows.map(({ key, minor }) => [key, Number(minor)]));
}

/** What a verification of this network tells. */
export async function differences(app: NestFastifyApplication, { networkId }: Pick<Clearing, 'networkId'>) {
  return (await app.get(Verifications).verify(networkId)).differences;
}

export function postAll(app: NestFastifyApplication): Promise<number> {
  return app.get(Postings).postAll();
}

/** Entries and postings without the numbers that the order of posting gives them. */
export async function wholeBook(networkId: string): Promise<unknown[]> {
  return ownerSql(
    `SELECT entry.id, entry.month::text, journal, day::text, source_kind, source_id, source_hash, reference, label,
       (SELECT jsonb_agg(jsonb_build_array(party_id, account, unit, amount_minor) ORDER BY line)
        FROM books.postings WHERE entry_id = entry.id) AS postings
     FROM books.entries entry WHERE network_id = $1 ORDER BY entry.id`,
    [networkId],
  );
}
