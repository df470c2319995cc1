import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import {
  declaredFigures,
  netting,
  spacesOf,
  surveyFigures,
  territoryPoints,
  timeToBePaid,
  visitTables,
  type Computed,
} from './compute.queries.js';
import { FACTORS, GREEN_MODES } from './factors.js';
import { ImpactPeriodProblems } from './observatory.problems.js';
import { earlierReport, periodRow, result, type PeriodRow } from './period.queries.js';
import { demandPublisher, OBSERVING } from './periods.service.js';
import { isOver, quarterDays } from './quarter.rules.js';
import { leaks, missingFamilies, reportOf } from './report.rules.js';
import type { PERIOD_STATES, PutImpactReview, Report } from './report.schema.js';
import { keepSettlement, snapshotHash, type Frozen } from './snapshot.queries.js';

type State = (typeof PERIOD_STATES)[number];
type Step = { readonly from: State; readonly to: State };
/** A quarter is one pass over its visits: longer than a request to a page may take. */
const STATEMENT_MS_MAX = 600_000;
const FACTORS_AS_JSON = JSON.stringify(FACTORS.map((row) => ({ ...row, country: row.country ?? '*' })));

/** COLLECTING → FROZEN → COMPUTED → DISCLOSURE_CHECKED → REVIEWED → PUBLISHED → CORRECTED, one step at a time. */
@Injectable()
export class PeriodSteps {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** From now on it looks at what was sealed until now, whatever comes later. */
  freeze(actor: Actor, id: string): Promise<void> {
    return this.take(actor, id, { from: 'COLLECTING', to: 'FROZEN' }, async (tx, period) => {
      const now = this.clock.now();
      if (!isOver(quarterDays(period.quarter), now))
        throw ImpactPeriodProblems.notEnded('Wait until its last visits are sealed.', {
          untilDay: period.untilDay,
        });
      const hash = await snapshotHash(tx, await frozenOf(tx, { ...period, frozenAt: now.toString() }));
      await sql(
        tx,
        `UPDATE observatory.impact_periods SET frozen_at = $2, snapshot_hash = $3, state = 'FROZEN' WHERE id = $1`,
        [id, now.toString(), hash],
      );
    });
  }

  compute(actor: Actor, id: string): Promise<void> {
    return this.take(actor, id, { from: 'FROZEN', to: 'COMPUTED' }, async (tx, period) => {
      const frozen = await frozenOf(tx, period);
      if ((await snapshotHash(tx, frozen)) !== period.snapshotHash)
        throw ImpactPeriodProblems.snapshotDiffers('Find out what changed it before you go on.');
      await keepSettlement(tx, frozen);
      await this.keep(tx, period, 'COMPUTED', await computed(tx, frozen));
    });
  }

  checkDisclosure(actor: Actor, id: string): Promise<void> {
    return this.take(actor, id, { from: 'COMPUTED', to: 'DISCLOSURE_CHECKED' }, async (tx, period) => {
      const content = (await result<Computed>(tx, id, 'COMPUTED'))!;
      await this.keep(tx, period, 'REPORT', reportOf(content, await earlierReport(tx, period)));
    });
  }

  review(actor: Actor, id: string, words: PutImpactReview): Promise<void> {
    return this.take(actor, id, { from: 'DISCLOSURE_CHECKED', to: 'REVIEWED' }, async () => {}, words);
  }

  /** Checked again: what leaves here cannot be called back. */
  publish(actor: Actor, id: string): Promise<void> {
    return this.take(actor, id, { from: 'REVIEWED', to: 'PUBLISHED' }, async (tx, period) => {
      const report = (await result<Report>(tx, id, 'REPORT'))!;
      const missing = missingFamilies(report);
      if (missing.length > 0)
        throw ImpactPeriodProblems.oneSided('Collect what is missing: answers, or what spaces declare.', {
          missing,
        });
      const content = (await result<Computed>(tx, id, 'COMPUTED'))!;
      const found = leaks(content, report, await earlierReport(tx, period));
      if (found.length > 0)
        throw ImpactPeriodProblems.discloses('Run the disclosure control in a new version.', { found });
      if (period.correctsId) await this.replace(tx, actor, period);
      const network = await shortId(tx, period.network.id);
      await sql(
        tx,
        `UPDATE observatory.impact_periods SET publication_ref = $2, state = 'PUBLISHED' WHERE id = $1`,
        [id, `escale:impact:${network}:${period.quarter}:v${period.version}`],
      );
    });
  }

  /** The old version is kept, and says that there is a newer one. */
  private async replace(tx: Tx, actor: Actor, { correctsId, network }: PeriodRow): Promise<void> {
    const [replaced] = await sql(
      tx,
      `UPDATE observatory.impact_periods SET state = 'CORRECTED' WHERE id = $1 AND state = 'PUBLISHED' RETURNING id`,
      [correctsId],
    );
    if (!replaced) throw ImpactPeriodProblems.notCorrectable('The version it corrects is no more in force.');
    await this.step(tx, actor, { periodId: correctsId!, networkId: network.id, state: 'CORRECTED' });
  }

  /** The same step twice is done once. */
  private async take(
    actor: Actor,
    id: string,
    { from, to }: Step,
    act: (tx: Tx, period: PeriodRow) => Promise<void>,
    words?: PutImpactReview,
  ): Promise<void> {
    await this.db.tx(OBSERVING, async (tx) => {
      await sql(tx, `SELECT set_config('statement_timeout', $1, true)`, [String(STATEMENT_MS_MAX)]);
      await sql(tx, 'SELECT id FROM observatory.impact_periods WHERE id = $1 FOR UPDATE', [id]);
      const period = await periodRow(tx, id);
      if (!period) throw ImpactPeriodProblems.notFound('Check the id; your networks have no such period.');
      demandPublisher(actor, { networkId: period.network.id, publisherId: period.publisher.id });
      if (period.state === to) return;
      if (period.state !== from)
        throw ImpactPeriodProblems.wrongState(`It is ${period.state}, and this step begins at ${from}.`, {
          state: period.state,
        });
      await act(tx, period);
      await sql(tx, 'UPDATE observatory.impact_periods SET state = $2 WHERE id = $1', [id, to]);
      await this.step(tx, actor, { periodId: id, networkId: period.network.id, state: to }, words);
    });
  }

  private async step(
    tx: Tx,
    actor: Actor,
    { periodId, networkId, state }: { periodId: string; networkId: string; state: State },
    words?: PutImpactReview,
  ): Promise<void> {
    await sql(
      tx,
      `INSERT INTO observatory.steps (period_id, network_id, state, taken_by, note, limits, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        periodId,
        networkId,
        state,
        actor.name,
        words?.note ?? null,
        words?.limits ?? null,
        this.clock.now().toString(),
      ],
    );
  }

  private async keep(tx: Tx, period: PeriodRow, kind: 'COMPUTED' | 'REPORT', content: object): Promise<void> {
    await sql(
      tx,
      `INSERT INTO observatory.results (period_id, network_id, kind, content, hash, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        period.id,
        period.network.id,
        kind,
        JSON.stringify(content),
        requestHash(content),
        this.clock.now().toString(),
      ],
    );
  }
}

async function frozenOf(on: Reader, period: PeriodRow): Promise<Frozen> {
  const before = period.correctsId ? await periodRow(on, period.correctsId) : undefined;
  return {
    periodId: period.id,
    networkId: period.network.id,
    fromDay: period.fromDay,
    untilDay: period.untilDay,
    frozenAt: period.frozenAt!,
    quarter: period.quarter,
    before: before?.frozenAt ?? null,
  };
}

async function computed(on: Reader, frozen: Frozen): Promise<Computed> {
  const visits = await visitTables(on, frozen);
  const codes = [...new Set(visits.flows.flatMap(({ home, host }) => [home, host]))];
  return {
    visits,
    answers: await surveyFigures(on, frozen, { factors: FACTORS_AS_JSON, green: GREEN_MODES }),
    declared: await declaredFigures(on, frozen),
    netting: await netting(on, frozen.periodId),
    paid: await timeToBePaid(on, frozen),
    spaces: await spacesOf(on, frozen.networkId),
    territories: await territoryPoints(on, codes),
  };
}

async function shortId(on: Reader, networkId: string): Promise<string> {
  const [network] = await sql<{ shortId: string }>(
    on,
    'SELECT short_id AS "shortId" FROM directory.pub_networks WHERE id = $1',
    [networkId],
  );
  return network!.shortId;
}
