import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Tx } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { namedScope } from '../platform/scope.js';
import { lockBooks, writeEntries, type Draft } from './book-writing.js';
import { pendingFacts } from './fact.queries.js';
import type { Fact } from './facts.js';
import { journalOf, postingsOf } from './posting.rules.js';

const CLEARING = namedScope('clearing');
type Of = { readonly networkId: string; readonly windowId: string | null };

/**
 * Turns facts into entries. An entry's id follows from its fact, and the fact is looked for again under the lock of
 * the books: whoever posts, however often and in whatever order, the same entries come of it.
 */
@Injectable()
export class Postings {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** Scope `clearing`: everything that no entry says yet. Returns how many entries were added. */
  async post(tx: Tx, of: Of): Promise<number> {
    await lockBooks(tx, of.networkId);
    let posted = 0;
    for (;;) {
      const drafts = (await pendingFacts(tx, of)).map(draftOf).filter(({ postings }) => postings.length > 0);
      await writeEntries(tx, of.networkId, drafts, this.clock.now().toString());
      posted += drafts.length;
      if (drafts.length === 0) return posted;
    }
  }

  /** Every network in a transaction of its own: for the sweep, and for facts older than the books. */
  async postAll(): Promise<number> {
    const networks = await this.db.read(CLEARING, (on) =>
      sql<{ id: string }>(
        on,
        `SELECT network_id AS id FROM settlement.pub_window_steps WHERE state = 'CLOSED'
         UNION SELECT network_id FROM banking.pub_bank_lines ORDER BY id`,
      ),
    );
    let posted = 0;
    for (const { id: networkId } of networks)
      posted += await this.db.tx(CLEARING, (tx) => this.post(tx, { networkId, windowId: null }));
    return posted;
  }
}

function draftOf(fact: Fact): Draft {
  const { sourceId, windowId, day, reference, label, sourceHash, kind } = fact;
  return {
    id: derivedId(sourceId, `books/${kind}`),
    journal: journalOf(fact),
    sourceKind: kind,
    sourceId,
    sourceHash,
    windowId,
    day,
    reference,
    label,
    reason: null,
    postedBy: 'system',
    postings: postingsOf(fact),
    keepsMonth: false,
    requestHash: '',
  };
}
