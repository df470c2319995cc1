import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { demand, type Actor } from '../identity/index.js';
import { Temporal } from '../kernel/time.js';
import { Ledger } from '../ledger/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { partyAccountId } from '../settlement/index.js';
import type { Difference, IntegrityView } from './books.schema.js';
import { chainStart, closedHead, entryHash } from './chain.js';
import { periodsOf } from './periods.service.js';
import {
  bankOff,
  changedDocuments,
  gaps,
  partySums,
  positionsOff,
  settledParties,
  storedEntries,
  unbalanced,
  type StoredEntry,
} from './verification.queries.js';

const CLEARING = namedScope('clearing');
const HOURS_BETWEEN = 24;
type Verified = { readonly entries: number; readonly head: string; readonly differences: Difference[] };

/** Recomputes the books from what they came from. Nothing is mended: what differs is told by name. */
@Injectable()
export class Verifications {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
  ) {}

  networks(): Promise<{ id: string; name: string }[]> {
    return this.db.read(CLEARING, (on) =>
      sql(
        on,
        `SELECT DISTINCT network.id, network.name FROM books.periods
         JOIN identity.pub_networks network ON network.id = network_id ORDER BY network.name, network.id`,
      ),
    );
  }

  /** Once a day by itself, so that nobody has to remember: returns how many books were verified. */
  async verifyDue(): Promise<number> {
    const before = this.clock.now().subtract({ hours: HOURS_BETWEEN });
    const due = await this.db.read(CLEARING, (on) =>
      sql<{ id: string }>(
        on,
        `SELECT DISTINCT network_id AS id FROM books.periods period WHERE NOT EXISTS (
           SELECT FROM books.verifications last WHERE last.network_id = period.network_id AND verified_at > $1)`,
        [before.toString()],
      ),
    );
    for (const { id } of due) await this.verify(id);
    return due.length;
  }

  /** And keeps what it found, for the integrity endpoint. */
  async verify(networkId: string): Promise<Verified> {
    const verified = await this.db.read(CLEARING, (on) => this.check(on, networkId));
    await this.db.tx(CLEARING, (tx) =>
      sql(
        tx,
        `INSERT INTO books.verifications (id, network_id, entry_count, head, differences, verified_at, created_at)
         VALUES ($1, $2, $3, $4, $5::jsonb, $6, $6)`,
        [
          newId(),
          networkId,
          verified.entries,
          verified.head,
          JSON.stringify(verified.differences),
          this.clock.now().toString(),
        ],
      ),
    );
    return verified;
  }

  /** Readable by the members of the network: nobody's amounts are in it unless something is wrong. */
  integrity(actor: Actor, networkId: string): Promise<IntegrityView> {
    demand(actor, 'windows:read', { networkId });
    return this.db.read(CLEARING, async (on) => ({
      networkId,
      periods: await periodsOf(on, networkId),
      lastVerification: await lastVerification(on, networkId),
    }));
  }

  private async check(on: Reader, networkId: string): Promise<Verified> {
    const named = (check: Difference['check'], found: Omit<Difference, 'check'>[]): Difference[] =>
      found.map((one) => ({ check, ...one }));
    const chain = await chainDifferences(on, networkId);
    return {
      entries: chain.entries,
      head: chain.head,
      differences: [
        ...named('entries_balance', await unbalanced(on, networkId)),
        ...named('numbers_without_gaps', await gaps(on, networkId)),
        ...named('chain_holds', chain.differences),
        ...named('documents_unchanged', await changedDocuments(on, networkId)),
        ...named('ledger_agrees', await this.ledgerOff(on, networkId)),
        ...named('positions_agree', await positionsOff(on, networkId)),
        ...named('bank_agrees', await bankOff(on, networkId)),
      ],
    };
  }

  /** The ledger of transfers keeps what a party is owed in one account: credits less debits. */
  private async ledgerOff(on: Reader, networkId: string): Promise<Omit<Difference, 'check'>[]> {
    const books = await partySums(on, networkId);
    const known = new Map(books.map((sum) => [`${sum.partyId} ${sum.unit}`, { ...sum }]));
    for (const party of await settledParties(on, networkId)) {
      const key = `${party.partyId} ${party.unit}`;
      if (!known.has(key)) known.set(key, { ...party, minor: '0' });
    }
    const sums = [...known.values()];
    const balances = await this.ledger.balances(
      on,
      sums.map(({ partyId, unit }) => partyAccountId(networkId, partyId, unit)),
    );
    return sums.flatMap(({ partyId, unit, name, minor }) => {
      const expected = balances.get(partyAccountId(networkId, partyId, unit)) ?? 0n;
      return BigInt(minor) === expected
        ? []
        : [{ subject: `party ${name} ${unit}`, expected: expected.toString(), found: minor }];
    });
  }
}

async function chainDifferences(
  on: Reader,
  networkId: string,
): Promise<{ entries: number; head: string; differences: Omit<Difference, 'check'>[] }> {
  const differences: Omit<Difference, 'check'>[] = [];
  const chains = new Map<string, { head: string; length: number }>();
  let entries = 0;
  for await (const entry of storedEntries(on, networkId)) {
    const chain = chains.get(entry.month) ?? { head: chainStart(networkId, entry.month), length: 0 };
    const expected = hashOf(chain.head, entry);
    if (entry.hash !== expected || entry.chainNo !== chain.length + 1)
      differences.push({
        subject: `entry ${entry.month.slice(0, 7)} ${entry.journal} ${entry.number}`,
        expected,
        found: entry.hash,
      });
    // Go on from what is stored, so that one change is told once.
    chains.set(entry.month, { head: entry.hash, length: entry.chainNo });
    entries += 1;
  }
  let before: string | null = null;
  for (const period of await periodsOf(on, networkId)) {
    const month = `${period.month}-01`;
    const chain = chains.get(month) ?? { head: chainStart(networkId, month), length: 0 };
    if (period.head !== chain.head || period.entries !== chain.length)
      differences.push({ subject: `period ${period.month}`, expected: chain.head, found: period.head });
    if (period.closedHead === null) continue;
    const { month: name, entries: chainLength, head: chainHead } = period;
    const expected = closedHead(before, { month: name, chainLength, chainHead });
    if (period.closedHead !== expected)
      differences.push({ subject: `closed period ${name}`, expected, found: period.closedHead });
    before = period.closedHead;
  }
  const heads = [...chains].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { head }]) => head);
  return { entries, head: heads.at(-1) ?? '', differences };
}

function hashOf(previous: string, { postings, ...entry }: StoredEntry): string {
  return entryHash(previous, {
    ...entry,
    postings: postings.map(([partyId, account, unit, minor]) => ({
      partyId,
      account,
      unit,
      minor: BigInt(minor),
    })),
  });
}

async function lastVerification(on: Reader, networkId: string): Promise<IntegrityView['lastVerification']> {
  const [row] = await sql<{ at: string; entries: number; head: string; differences: Difference[] }>(
    on,
    `SELECT to_char(verified_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, entry_count AS entries, head,
       differences
     FROM books.verifications WHERE network_id = $1 ORDER BY verified_at DESC, id DESC LIMIT 1`,
    [networkId],
  );
  if (!row) return null;
  const { at, ...found } = row;
  return {
    ...found,
    verifiedAt: Temporal.Instant.from(at).toString(),
    holds: found.differences.length === 0,
  };
}
