import { Injectable } from '@nestjs/common';
import { Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { sql, type Tx } from '../platform/db.js';
import { Reviews } from '../review/index.js';
import { derivedId } from '../platform/derived-id.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { Outbox } from '../platform/outbox/outbox.js';
import type { NetworkRules } from '../treasury/index.js';
import { addDues, addOpenings, addServices, addShares, chargeAgain, takeCharges } from './charge.queries.js';
import {
  addClosure,
  addPairs,
  addPayments,
  addPositions,
  addVat,
  inBulk,
  issuers,
  planAgain,
  supersede,
  takeLines,
  type ClosingWindow,
} from './closing.queries.js';
import { PartyAccounts } from './party-accounts.js';
import { DocumentsDue, PaymentDue, WindowChanged } from './settlement.events.js';
import { WindowRates } from './window-rates.service.js';
import { windowPayments } from './window.queries.js';
import { WindowProblems } from './window.problems.js';
import { mayEndWith, periodEnd, type WindowState } from './window.rules.js';

type NewWindow = {
  readonly id: string;
  readonly networkId: string;
  readonly number: number;
  readonly fromDay: PlainDate;
  readonly requestHash: string;
};
type WindowKey = { readonly id: string; readonly networkId: string };
type Order = {
  readonly until: PlainDate | null;
  readonly actor: string;
  readonly rules: NetworkRules | null;
};

/**
 * Opens and closes windows, always in the scope `clearing`. A closing is one transaction that starts by
 * winning the window's state, so that two at once are one: the second finds it closed.
 */
@Injectable()
export class Closing {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly accounts: PartyAccounts,
    private readonly rates: WindowRates,
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
    await this.outbox.add(
      tx,
      WindowChanged,
      { windowId: window.id },
      { actor, networkIds: [window.networkId] },
    );
  }

  /** The first window of a network opens with its first record, at the start of that month. */
  async openWithFirstRecord(tx: Tx, networkId: string, day: PlainDate, actor: string): Promise<void> {
    const fromDay = day.with({ day: 1 });
    const id = derivedId(networkId, 'first window');
    await this.open(tx, { id, networkId, number: 1, fromDay, requestHash: requestHash({ id }) }, actor);
  }

  /** Takes what is due, and everything that follows from it, in one transaction. */
  async close(tx: Tx, window: WindowKey, { until, actor, rules }: Order): Promise<void> {
    const hash = requestHash({ until });
    const [won] = await sql<{ fromDay: string; number: number }>(
      tx,
      `UPDATE settlement.windows SET state = 'CLOSED' WHERE id = $1 AND state = 'OPEN'
       RETURNING from_day::text AS "fromDay", number`,
      [window.id],
    );
    if (!won) return demandSameClosure(tx, window.id, hash);
    const now = this.clock.now();
    const lastDay = lastDayOf(until, Temporal.PlainDate.from(won.fromDay), { now, rules });
    const closing = { ...window, fromDay: won.fromDay, now, actor };
    const untilText = lastDay?.toString() ?? null;
    await this.reviews.judge(tx, window.networkId);
    await takeLines(tx, closing, untilText, now);
    const collects = rules?.collects ?? false;
    const closure = { until: untilText, requestHash: hash, now, collects };
    const untilDay = await inBulk(tx, () => addClosure(tx, closing, closure));
    await this.calculate(tx, { ...closing, untilDay }, rules);
    await this.record(tx, window, 'CLOSED', actor);
    await this.openNext(tx, window, won.number, Temporal.PlainDate.from(untilDay), actor);
    await this.accounts.postWindow(tx, window);
    await this.announce(tx, window, actor);
  }

  /** From the lines to the payments: shares, dues and services, rates, positions, VAT, and the plan. */
  private async calculate(
    tx: Tx,
    closing: ClosingWindow & { readonly untilDay: string; readonly now: Instant; readonly actor: string },
    rules: NetworkRules | null,
  ): Promise<void> {
    await inBulk(tx, () => addShares(tx, closing));
    if (rules) await addDues(tx, closing, rules.yearlyDues);
    await addOpenings(tx, closing);
    await addServices(tx, closing);
    await takeCharges(tx, closing);
    await inBulk(tx, () => addPairs(tx, closing, closing));
    await this.rates.fix(tx, closing, rules?.clearanceUnit ?? null);
    await inBulk(tx, async () => {
      await addPositions(tx, closing, closing);
      await addVat(tx, closing, closing);
      await addPayments(tx, closing, closing.now);
    });
  }

  /** What is disputed by the call waits, and everything else falls due, each payment by an event of its own. */
  async callPayments(tx: Tx, window: WindowKey, actor: string): Promise<void> {
    const [waiting] = await sql(tx, 'SELECT FROM settlement.suspensions WHERE window_id = $1 LIMIT 1', [
      window.id,
    ]);
    if (waiting) await planAgain(tx, window, this.clock.now());
    const cause = { actor, networkIds: [window.networkId] };
    const due = (await windowPayments(tx, window.id)).map(({ id }) => ({ paymentId: id }));
    await this.outbox.addAll(tx, PaymentDue, due, cause);
  }

  /** By adding: transfers the other way, no payments, and every charge due again. */
  async undo(tx: Tx, window: WindowKey, actor: string): Promise<void> {
    const now = this.clock.now();
    await supersede(tx, window, now);
    await this.accounts.reverseWindow(tx, window);
    await this.accounts.release(tx, window);
    await chargeAgain(tx, window, { actor, now });
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

  /** One event per issuer: its documents are issued together. Half-days owed in kind are kept, not billed. */
  private async announce(tx: Tx, window: WindowKey, actor: string): Promise<void> {
    const cause = { actor, networkIds: [window.networkId] };
    const found = await inBulk(tx, () => issuers(tx, window.id));
    const due = found.map((issuerPartyId) => ({
      windowId: window.id,
      issuerPartyId,
    }));
    await this.outbox.addAll(tx, DocumentsDue, due, cause);
  }
}

/** Without rules a window ends when its treasurer says so; with them, at the end of its week or month. */
function lastDayOf(
  until: PlainDate | null,
  fromDay: PlainDate,
  { now, rules }: { readonly now: Instant; readonly rules: NetworkRules | null },
): PlainDate | null {
  const end = rules && periodEnd(fromDay, rules.cadence);
  const last = until ?? end;
  if (!until && end && !mayEndWith(end.add({ days: 1 }), fromDay, now))
    throw WindowProblems.notOver(`It ends on ${end.toString()}: close it on a later day.`, {
      untilDay: end.toString(),
    });
  const isTooLate = until && end && Temporal.PlainDate.compare(until, end) > 0;
  if (last && (isTooLate || !mayEndWith(last, fromDay, now)))
    throw WindowProblems.badUntil(`Give a day from ${fromDay.toString()} to today.`, {
      fromDay: fromDay.toString(),
    });
  return last;
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
