import { Injectable } from '@nestjs/common';
import { Directory, type Home, type Space } from '../directory/index.js';
import type { PlainDate } from '../kernel/time.js';
import { Passes, type UsablePass } from '../passes/index.js';
import type { Reader } from '../platform/db.js';
import { Reciprocity, type LimitedBy, type Terms } from '../reciprocity/index.js';
import { BookingProblems } from './booking.problems.js';
import { decideFunding, type FundingOption } from './booking.rules.js';
import type { ResourceKind } from '../kernel/words.js';

export type Visit = {
  readonly personId: string;
  readonly space: Space;
  readonly resourceKind: ResourceKind;
  readonly day: PlainDate;
  readonly halfDays: number;
  readonly preferPassId?: string | undefined;
};

export type Funded = {
  readonly homeSpaceId: string | null;
  readonly homeNetworkId: string;
  readonly terms: Terms;
  readonly options: readonly FundingOption[];
  readonly taken: FundingOption;
};

/** Who pays for a visit: asks directory, passes and reciprocity what is there, and decides. */
@Injectable()
export class VisitFunding {
  constructor(
    private readonly directory: Directory,
    private readonly reciprocity: Reciprocity,
    private readonly passes: Passes,
  ) {}

  async of(
    on: Reader,
    { personId, space, resourceKind, day, halfDays, preferPassId }: Visit,
  ): Promise<Funded> {
    const visit = { personId, hostSpace: space, day, resourceKind };
    const home = await this.directory.homeOf(on, personId, day);
    const passes = await this.passes.usable(on, visit);
    const homeNetworkId = homeNetworkOf(home, passes, preferPassId);
    const homeSpaceId = home?.spaceId ?? null;
    const terms = await this.reciprocity.terms(on, { ...visit, homeNetworkId, homeSpaceId });
    if (!terms) throw notInAgreement(resourceKind, day);
    const quotaOf = { personId, hostSpaceId: space.id, year: day.year, homeSpaceId, day };
    const quota = await this.reciprocity.quota(on, quotaOf, terms);
    const options = decideFunding({
      halfDays,
      hostSpaceId: space.id,
      home,
      leftOfQuota: quota.leftHalfDays,
      passes,
      preferPassId,
      homeNetworkId,
      rate: terms,
    });
    const taken = options.find(({ outcome }) => outcome === 'TAKEN');
    if (!taken) throw noFunding(options, quota.limitedBy);
    return { homeSpaceId, homeNetworkId, terms, options, taken };
  }
}

/** The home space's network, else the one that issued the pass. */
function homeNetworkOf(home: Home | null, passes: readonly UsablePass[], preferPassId?: string): string {
  const pass = passes.find(({ passId }) => passId === preferPassId) ?? passes[0];
  const networkId = home?.networkId ?? pass?.networkId;
  if (networkId) return networkId;
  throw BookingProblems.noHome(
    'You belong to no space on that day, and no pass of yours is valid there. Join a space, or get a pass.',
  );
}

function notInAgreement(resourceKind: ResourceKind, day: PlainDate) {
  return BookingProblems.notInAgreement(
    `No agreement between your network and this space covers ${resourceKind} on ${day.toString()}. Ask your space which hosts accept you.`,
  );
}

function noFunding(options: readonly FundingOption[], quotaLimitedBy: LimitedBy) {
  return BookingProblems.noFunding(
    'Neither a visa quota, a pass nor a payment covers this booking: see options.',
    {
      quotaLimitedBy,
      options: options.map(({ funding, because, leftHalfDays }) => ({ funding, because, leftHalfDays })),
    },
  );
}
