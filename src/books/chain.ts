import { createHash } from 'node:crypto';
import type { Posting } from './posting.rules.js';

/** Everything an entry says. Whoever changes one of them, later, breaks the chain from there on. */
export type ChainedEntry = {
  readonly id: string;
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
  readonly postings: readonly Posting[];
};

/** The chain of a month begins with its name. */
export function chainStart(networkId: string, month: string): string {
  return sha256(`books/${networkId}/${month}`);
}

/** The hash of an entry binds it, its document and all entries before it in its month. */
export function entryHash(previous: string, entry: ChainedEntry): string {
  const postings = entry.postings.map(({ partyId, account, unit, minor }) =>
    [partyId, account, unit, minor.toString()].join('|'),
  );
  return sha256(
    JSON.stringify([
      previous,
      entry.id,
      entry.journal,
      entry.number,
      entry.day,
      entry.sourceKind,
      entry.sourceId,
      entry.sourceHash,
      entry.windowId,
      entry.reference,
      entry.label,
      entry.reason,
      entry.lateOf,
      entry.postedBy,
      postings,
    ]),
  );
}

/** A closed month binds the closed months before it. */
export function closedHead(
  before: string | null,
  period: { readonly month: string; readonly chainLength: number; readonly chainHead: string },
): string {
  return sha256(JSON.stringify([before, period.month, period.chainLength, period.chainHead]));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
