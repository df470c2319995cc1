import { Injectable } from '@nestjs/common';
import { amount, type Unit } from '../kernel/money.js';
import { Temporal, type PlainDate } from '../kernel/time.js';
import { Ledger } from '../ledger/index.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/db.js';
import { Reviews } from '../review/index.js';
import { derivedId } from '../platform/derived-id.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { addClosure, addPayments, addPositions, claims, takeLines, type Claim } from './closing.queries.js';
import { DocumentDue } from './settlement.events.js';
import { WindowProblems } from './window.problems.js';
import { mayEndWith, type WindowState } from './window.rules.js';

type NewWindow = {
  readonly id: string;
  readonly networkId: string;
  readonly number: number;
  readonly fromDay: PlainDate;
  readonly requestHash: string;
};
type WindowKey = { readonly id: string; readonly networkId: string };
type Order = { readonly until: PlainDate | null; readonly actor: string };

/**
 * Opens and closes windows, always in the scope `clearing`. A closing is one transaction that starts by
 * winning the window's state, so that two at once are one: the second finds it closed.
 */
@Injectable()
export class Closing {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly ledger: Ledger,
    private readonly reviews: Reviews,
  ) {}

  /** False when there is such a window already, or this network has an open one or this number. */
  async open(tx: Tx, window: NewWindow, actor: string): Promise<boolean> {
    const [opened] = await sql(
      tx,
      `INSERT INTO settlement.windows (id, network_id, number, state, from_day, request_hash, created_at)
       VALUES ($1, $2, $3, 'OPEN', $4, $5, $6) ON CONFLICT DO NOTHING RETURNING id`,
      [
        window.id,
        window.networkId,
        window.number,
        window.fromDay.toString(),
        window.requestHash,
        this.clock.now().toString(),
      ],
    );
    if (opened) await this.record(tx, window, 'OPEN', actor);
    return opened !== undefined;
  }

  /** The step is a fact with its author; the window's state is only where the steps have led. */
  async record(tx: Tx, window: WindowKey, state: WindowState, actor: string): Promise<void> {
    const now = this.clock.now().toString();
    await sql(
      tx,
      `INSERT INTO settlement.steps (window_id, network_id, state, actor, taken_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $5)`,
      [window.id, window.networkId, state, actor, now],
    );
  }

  /** The first window of a network opens with its first record, at the start of that month. */
  async openWithFirstRecord(tx: Tx, networkId: string, day: PlainDate, actor: string): Promise<void> {
    const fromDay = day.with({ day: 1 });
    const id = derivedId(networkId, 'first window');
    await this.open(tx, { id, networkId, number: 1, fromDay, requestHash: requestHash({ id }) }, actor);
  }

  async close(tx: Tx, window: WindowKey, { until, actor }: Order): Promise<void> {
    const hash = requestHash({ until });
    const [won] = await sql<{ fromDay: string; number: number }>(
      tx,
      `UPDATE settlement.windows SET state = 'CLOSED' WHERE id = $1 AND state = 'OPEN'
       RETURNING from_day::text AS "fromDay", number`,
      [window.id],
    );
    if (!won) return demandSameClosure(tx, window.id, hash);
    const now = this.clock.now();
    if (until && !mayEndWith(until, Temporal.PlainDate.from(won.fromDay), now)) {
      throw WindowProblems.badUntil(`Give a day from ${won.fromDay} to today.`, { fromDay: won.fromDay });
    }
    const closing = { ...window, fromDay: won.fromDay };
    const untilText = until?.toString() ?? null;
    await this.reviews.judge(tx, window.networkId);
    await takeLines(tx, closing, untilText, now);
    await addPositions(tx, closing, now);
    await addPayments(tx, closing, now);
    const untilDay = await addClosure(tx, closing, { until: untilText, requestHash: hash, now });
    await this.record(tx, window, 'CLOSED', actor);
    await this.openNext(tx, window, won.number, Temporal.PlainDate.from(untilDay), actor);
    const found = await claims(tx, window.id);
    await this.post(tx, window, found);
    await this.announce(tx, window, found, actor);
  }

  private async openNext(
    tx: Tx,
    window: WindowKey,
    number: number,
    untilDay: PlainDate,
    actor: string,
  ): Promise<void> {
    const id = derivedId(window.id, 'next');
    const next = {
      id,
      networkId: window.networkId,
      number: number + 1,
      fromDay: untilDay.add({ days: 1 }),
      requestHash: requestHash({ id }),
    };
    await this.open(tx, next, actor);
  }

  /** One transfer per claim: the debtor's account with this clearing network pays into the creditor's. */
  private async post(tx: Tx, window: WindowKey, found: readonly Claim[]): Promise<void> {
    for (const claim of found) {
      const [debit, credit] = await Promise.all(
        [claim.debtorPartyId, claim.creditorPartyId].map((partyId) =>
          this.account(tx, window.networkId, partyId, claim.unit),
        ),
      );
      await this.ledger.transfer(tx, {
        id: claim.transferId,
        debit: debit!,
        credit: credit!,
        amount: amount(claim.unit, BigInt(claim.minor)),
        reason: 'settlement.claim',
        groupId: window.id,
      });
    }
  }

  /** A party's account with a clearing network: what it is owed less what it owes, until payments bring it to zero. */
  async account(tx: Tx, networkId: string, partyId: string, unit: Unit): Promise<string> {
    const id = derivedId(networkId, `party/${partyId}/${unit}`);
    await this.ledger.open(tx, id, 'party', unit, 'none');
    return id;
  }

  /** Half-days owed in kind are kept, not billed. */
  private async announce(tx: Tx, window: WindowKey, found: readonly Claim[], actor: string): Promise<void> {
    const cause = { actor, networkIds: [window.networkId] };
    for (const claim of found.filter(({ clearing }) => clearing !== 'IN_KIND')) {
      const { documentId, debtorPartyId, creditorPartyId, unit } = claim;
      const due = { documentId, windowId: window.id, debtorPartyId, creditorPartyId, unit };
      await this.outbox.add(tx, DocumentDue, due, cause);
    }
  }
}

async function demandSameClosure(tx: Tx, windowId: string, hash: string): Promise<void> {
  const [closure] = await sql<{ hash: string }>(
    tx,
    'SELECT request_hash AS hash FROM settlement.closures WHERE window_id = $1',
    [windowId],
  );
  if (closure?.hash !== hash)
    throw RequestProblems.idReused('This window was closed with another last day, and stays as it was.');
}
