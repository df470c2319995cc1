import { Injectable } from '@nestjs/common';
import { dayAt, Temporal, type PlainDate } from '../kernel/time.js';
import { Directory, type Space } from '../directory/index.js';
import { demandPerson, type Actor } from '../identity/index.js';
import { Clock } from '../platform/clock.js';
import { Db } from '../platform/db.js';
import type { TermsQuery, TermsView, VisaQuotaQuery, VisaQuotaView } from './agreement.schema.js';
import { AgreementProblems } from './reciprocity.problems.js';
import { rateViews } from './rate.views.js';
import { Reciprocity } from './reciprocity.service.js';

/** What anybody may ask before a journey. */
@Injectable()
export class PublishedTerms {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly reciprocity: Reciprocity,
    private readonly clock: Clock,
  ) {}

  find(
    actor: Actor,
    { homeNetworkId, hostSpaceId, resourceKind, day, homeSpaceId }: TermsQuery,
  ): Promise<TermsView> {
    return this.db.read(actor.scope, async (on) => {
      const hostSpace = await this.directory.space(on, hostSpaceId);
      const query = { homeNetworkId, hostSpace, resourceKind, day, homeSpaceId: homeSpaceId ?? null };
      const terms = await this.reciprocity.terms(on, query);
      if (!terms) throw noTerms(hostSpace);
      const { unit, tariff, ...facts } = terms;
      return { ...facts, ...rateViews({ unit, tariff }) };
    });
  }

  /** The actor's own, from the home they have today. */
  ownQuota(actor: Actor, { hostSpaceId, year, resourceKind }: VisaQuotaQuery): Promise<VisaQuotaView> {
    const personId = demandPerson(actor);
    return this.db.read(actor.scope, async (on) => {
      const hostSpace = await this.directory.space(on, hostSpaceId);
      const today = dayAt(this.clock.now(), hostSpace.timeZone);
      const home = await this.directory.homeOf(on, personId, today);
      const query = { hostSpace, resourceKind, day: dayWithin(year, today) };
      const from = home && { homeNetworkId: home.networkId, homeSpaceId: home.spaceId };
      const terms = from && (await this.reciprocity.terms(on, { ...from, ...query }));
      if (!terms) throw noTerms(hostSpace);
      const of = { personId, hostSpaceId, year, homeSpaceId: from.homeSpaceId, day: query.day };
      const { grantedHalfDays, leftHalfDays } = await this.reciprocity.quota(on, of, terms);
      return { hostSpaceId, year, grantedHalfDays, leftHalfDays };
    });
  }
}

/** Today; in another year, the day of it that is nearest. */
function dayWithin(year: number, today: PlainDate): PlainDate {
  if (year === today.year) return today;
  return year > today.year ? new Temporal.PlainDate(year, 1, 1) : new Temporal.PlainDate(year, 12, 31);
}

function noTerms(space: Space) {
  return AgreementProblems.noTerms(`No agreement in force covers a visit to ${space.name} on that day.`);
}
