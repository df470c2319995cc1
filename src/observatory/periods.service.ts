import { Injectable } from '@nestjs/common';
import { AccessProblems, demand, may, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, violates, type Reader } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { namedScope } from '../platform/scope.js';
import { ImpactPeriodProblems } from './observatory.problems.js';
import {
  periodHeads,
  periodRow,
  result,
  settlementInputs,
  stepsOf,
  type PeriodRow,
  type SettlementInput,
} from './period.queries.js';
import { quarterDays } from './quarter.rules.js';
import { reportOn } from './report.rules.js';
import type {
  ImpactPeriodPage,
  ImpactPeriodView,
  ImpactPeriodsQuery,
  PutImpactPeriod,
  Report,
} from './report.schema.js';

export const OBSERVING = namedScope('clearing');

/** Impact periods as those see them who open and read them; PeriodSteps moves them on. */
@Injectable()
export class Periods {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async put(actor: Actor, id: string, body: PutImpactPeriod): Promise<ImpactPeriodView> {
    const { networkId, publisherId, quarter, correctsId } = body;
    demandPublisher(actor, body);
    const hash = requestHash(body);
    const { fromDay, untilDay } = quarterDays(quarter);
    try {
      await this.db.tx(OBSERVING, async (tx) => {
        const version = correctsId === null ? 1 : await this.correctedVersion(tx, body);
        const [opened] = await sql(
          tx,
          `INSERT INTO observatory.impact_periods (id, network_id, publisher_id, quarter, version, corrects_id, state,
             from_day, until_day, request_hash, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, 'COLLECTING', $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING RETURNING id`,
          [
            id,
            networkId,
            publisherId,
            quarter,
            version,
            correctsId,
            fromDay.toString(),
            untilDay.toString(),
            hash,
            this.clock.now().toString(),
          ],
        );
        if (!opened) return demandSame(await periodRow(tx, id), hash);
        await sql(
          tx,
          `INSERT INTO observatory.steps (period_id, network_id, state, taken_by, created_at)
           VALUES ($1, $2, 'COLLECTING', $3, $4)`,
          [id, networkId, actor.name, this.clock.now().toString()],
        );
      });
    } catch (error) {
      if (violates(error, 'impact_periods_version') || violates(error, 'impact_periods_in_work'))
        throw ImpactPeriodProblems.exists('Go on with it, or correct the one that is published.', {
          quarter,
        });
      throw error;
    }
    return this.get(actor, id);
  }

  private async correctedVersion(on: Reader, body: PutImpactPeriod): Promise<number> {
    const corrected = await periodRow(on, body.correctsId!);
    const isSame = corrected?.quarter === body.quarter && corrected.network.id === body.networkId;
    if (!corrected || !isSame || !['PUBLISHED', 'CORRECTED'].includes(corrected.state))
      throw ImpactPeriodProblems.notCorrectable('Name the published version of this quarter.');
    return corrected.version + 1;
  }

  list(actor: Actor | null, { networkId }: ImpactPeriodsQuery): Promise<ImpactPeriodPage> {
    return this.db.read(OBSERVING, async (on) => ({
      items: await periodHeads(on, { networkId: networkId ?? null, inWorkOf: networksOf(actor) }),
      next: null,
    }));
  }

  get(actor: Actor | null, id: string, territory?: string): Promise<ImpactPeriodView> {
    return this.db.read(OBSERVING, async (on) => {
      const { requestHash: _hash, ...head } = await this.reach(on, actor, id);
      const report = await result<Report>(on, id, 'REPORT');
      return { ...head, steps: await stepsOf(on, id), report: report && reportOn(report, territory) };
    });
  }

  /** The report of a period that has one, for a file. */
  async report(actor: Actor | null, id: string): Promise<ImpactPeriodView & { report: Report }> {
    const { report, ...view } = await this.get(actor, id);
    if (!report) throw notFound();
    return { ...view, report };
  }

  /** What a researcher recomputes I-06 from. */
  extract(actor: Actor, id: string): Promise<SettlementInput[]> {
    return this.db.read(OBSERVING, async (on) => {
      const { network } = await this.reach(on, actor, id);
      demand(actor, 'impact:read', { networkId: network.id });
      return settlementInputs(on, id);
    });
  }

  /** Strangers reach what is published; whoever observes a network reaches all of it. */
  private async reach(on: Reader, actor: Actor | null, id: string): Promise<PeriodRow> {
    const row = await periodRow(on, id);
    const networks = networksOf(actor);
    const isPublic = row?.state === 'PUBLISHED' || row?.state === 'CORRECTED';
    if (!row || !(isPublic || networks === 'all' || networks.includes(row.network.id))) throw notFound();
    return row;
  }
}

/** An institution observes the network it is in, under its own name or the network's. */
export function demandPublisher(
  actor: Actor,
  { networkId, publisherId }: Pick<PutImpactPeriod, 'networkId' | 'publisherId'>,
): void {
  const at = { organisationId: publisherId, networkId };
  const mayPublish = actor.grants.some(
    (grant) =>
      grant.organisationKind !== 'operator' &&
      grant.networkIds.includes(networkId) &&
      (publisherId === networkId || publisherId === grant.organisationId) &&
      may({ ...actor, grants: [grant] }, 'impact:write', at),
  );
  if (!mayPublish)
    throw AccessProblems.denied('Impact periods are run by researchers and institutions of the network.');
}

function notFound() {
  return ImpactPeriodProblems.notFound('Check the id; there is no such period, or it is not published.');
}

function demandSame(row: PeriodRow | undefined, hash: string): void {
  if (row?.requestHash !== hash)
    throw RequestProblems.idReused('This id stands for another impact period: make a new id.');
}

function networksOf(actor: Actor | null): readonly string[] | 'all' {
  if (!actor) return [];
  if (actor.grants.some(({ role }) => role === 'platform_admin')) return 'all';
  return actor.scope.networks.filter((networkId) => may(actor, 'impact:read', { networkId }));
}
