import { Injectable } from '@nestjs/common';
import { demand, type Actor } from '../identity/index.js';
import { Temporal } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import { FourEyes } from '../treasury/index.js';
import { lockBooks } from './book-writing.js';
import { BookProblems } from './books.problems.js';
import type { PeriodPage, PeriodView } from './books.schema.js';
import { closedHead } from './chain.js';
import { Postings } from './postings.service.js';

const CLEARING = namedScope('clearing');
type State = PeriodView['state'];

/** The months of a network's books. They close in their order, by two people, and none is ever opened again. */
@Injectable()
export class Periods {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly fourEyes: FourEyes,
    private readonly postings: Postings,
  ) {}

  list(actor: Actor, networkId: string): Promise<PeriodPage> {
    demand(actor, 'windows:read', { networkId });
    return this.db.read(CLEARING, async (on) => ({ items: await periodsOf(on, networkId), next: null }));
  }

  /** From now on only the treasurer's corrections; what comes late goes to the next month. */
  async softClose(actor: Actor, networkId: string, month: string): Promise<PeriodView> {
    demand(actor, 'windows:write', atNetwork(networkId));
    return this.db.tx(CLEARING, async (tx) => {
      await this.postings.post(tx, { networkId, windowId: null });
      const periods = await periodsOf(tx, networkId);
      const period = find(periods, month);
      if (period.state === 'CLOSED') throw closed(month);
      const earlier = periods.find((one) => one.month < month && one.state === 'OPEN');
      if (earlier) throw outOfOrder(earlier.month);
      this.demandOver(month);
      if (period.state === 'OPEN') await this.take(tx, networkId, period, { state: 'SOFT_CLOSED', actor });
      return find(await periodsOf(tx, networkId), month);
    });
  }

  /** For good. Two people have said yes to this month: act CLOSE_PERIOD, and the month as its subject. */
  async close(actor: Actor, networkId: string, month: string): Promise<PeriodView> {
    demand(actor, 'windows:write', atNetwork(networkId));
    return this.db.tx(CLEARING, async (tx) => {
      await lockBooks(tx, networkId);
      const periods = await periodsOf(tx, networkId);
      const period = find(periods, month);
      if (period.state === 'CLOSED') throw closed(month);
      const earlier = periods.find((one) => one.month < month && one.state !== 'CLOSED');
      if (earlier) throw outOfOrder(earlier.month);
      if (period.state === 'OPEN')
        throw BookProblems.notSoftClosed(`Soft-close ${month} first, and look at it once more.`);
      await this.fourEyes.demand(tx, { networkId, act: 'CLOSE_PERIOD', subject: month });
      await this.take(tx, networkId, period, { state: 'CLOSED', actor });
      return find(await periodsOf(tx, networkId), month);
    });
  }

  private async take(
    tx: Tx,
    networkId: string,
    period: PeriodView,
    to: { readonly state: State; readonly actor: Actor },
  ): Promise<void> {
    const day = `${period.month}-01`;
    const [before] = await sql<{ head: string }>(
      tx,
      `SELECT closed_head AS head FROM books.periods WHERE network_id = $1 AND month < $2 AND closed_head IS NOT NULL
       ORDER BY month DESC LIMIT 1`,
      [networkId, day],
    );
    const head = closedHead(before?.head ?? null, {
      month: period.month,
      chainLength: period.entries,
      chainHead: period.head,
    });
    await sql(
      tx,
      `UPDATE books.periods SET state = $3, closed_head = $4 WHERE network_id = $1 AND month = $2`,
      [networkId, day, to.state, to.state === 'CLOSED' ? head : null],
    );
    await sql(
      tx,
      `INSERT INTO books.period_steps (network_id, month, state, actor, taken_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $5)`,
      [networkId, day, to.state, to.actor.name, this.clock.now().toString()],
    );
  }

  private demandOver(month: string): void {
    const today = this.clock.now().toZonedDateTimeISO('UTC').toPlainDate();
    const next = Temporal.PlainDate.from(`${month}-01`).add({ months: 1 });
    if (Temporal.PlainDate.compare(today, next) < 0)
      throw BookProblems.periodNotOver(`${month} can be closed from ${next.toString()} on.`);
  }
}

/** The oldest first. */
export async function periodsOf(on: Reader, networkId: string): Promise<PeriodView[]> {
  const rows = await sql<
    Omit<PeriodView, 'steps'> & {
      steps: (Omit<PeriodView['steps'][number], 'takenAt'> & { takenAt: string })[];
    }
  >(
    on,
    `SELECT to_char(period.month, 'YYYY-MM') AS month, period.state, chain_length AS entries, chain_head AS head,
       closed_head AS "closedHead",
       coalesce(jsonb_agg(jsonb_build_object('state', step.state, 'actor', step.actor, 'takenAt', step.taken_at)
         ORDER BY step.taken_at, step.state DESC) FILTER (WHERE step.state IS NOT NULL), '[]') AS steps
     FROM books.periods period LEFT JOIN books.period_steps step USING (network_id, month)
     WHERE period.network_id = $1 GROUP BY period.network_id, period.month ORDER BY period.month`,
    [networkId],
  );
  return rows.map((row) => ({
    ...row,
    steps: row.steps.map((step) => ({ ...step, takenAt: Temporal.Instant.from(step.takenAt).toString() })),
  }));
}

function find(periods: readonly PeriodView[], month: string): PeriodView {
  const period = periods.find((one) => one.month === month);
  if (!period) throw BookProblems.periodNotFound(`Nothing was posted in ${month}: GET …/periods lists them.`);
  return period;
}

function closed(month: string) {
  return BookProblems.periodClosed(`${month} is closed for good. Correct in a later month.`, { month });
}

function outOfOrder(month: string) {
  return BookProblems.periodOutOfOrder(`${month} comes first.`, { month });
}

export function atNetwork(networkId: string) {
  return { organisationId: networkId, networkId };
}
