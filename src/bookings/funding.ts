import { Injectable } from '@nestjs/common';
import { Directory, type Home, type Space } from '../directory/index.js';
import type { PlainDate } from '../kernel/time.js';
import { Passes, type UsablePass } from '../passes/index.js';
import type { Reader } from '../platform/db.js';
import { Reciprocity, type LimitedBy, type Terms } from '../reciprocity/index.js';
import { BookingProblems } from './booking.problems.js';
import { decideFunding, type FundingOption } from './booking.rules.js';
import { isByTime, type Funding, type ResourceKind } from '../kernel/words.js';

export type Visit = {
  readonly personId: string;
  readonly space: Space;
  readonly resourceKind: ResourceKind;
  readonly day: PlainDate;
  readonly halfDays: number;
  readonly preferPassId?: string | undefined;
};

/** Who would pay, and why not the others; `taken` is null when nothing pays. */
export type Explained = {
  readonly homeSpaceId: string | null;
  readonly homeNetworkId: string;
  readonly terms: Terms;
  readonly options: readonly FundingOption[];
  readonly taken: FundingOption | null;
  readonly quotaLimitedBy: LimitedBy;
};
export type Funded = Explained & { readonly taken: FundingOption };

/** Half-days that are spoken for besides what the ledger knows; with less than none, what a booking holds counts as free. */
export type Spent = {
  readonly funding: Funding;
  readonly passId: string | null;
  readonly debtorPartyId: string | null;
  readonly day: PlainDate;
  readonly halfDays: number;
};

/** Who pays for a visit: asks directory, passes and reciprocity what is there, and decides. */
@Injectable()
export class VisitFunding {
  constructor(
    private readonly directory: Directory,
    private readonly reciprocity: Reciprocity,
    private readonly passes: Passes,
  ) {}

  async of(on: Reader, visit: Visit): Promise<Funded> {
    const { taken, ...explained } = await this.explain(on, visit);
    if (!taken) throw noFunding(explained.options, explained.quotaLimitedBy);
    return { ...explained, taken };
  }

  async explain(
    on: Reader,
    { personId, space, resourceKind, day, halfDays, preferPassId }: Visit,
    spent?: Spent,
  ): Promise<Explained> {
    const visit = { personId, hostSpace: space, day, resourceKind };
    const home = await this.directory.homeOf(on, personId, day);
    const ofPass = spent?.passId
      ? { passId: spent.passId, day: spent.day, halfDays: spent.halfDays }
      : undefined;
    const passes = withBooked(await this.passes.usable(on, { ...visit, foreseen: ofPass }), spent);
    const homeNetworkId = homeNetworkOf(home, passes, preferPassId);
    const homeSpaceId = home?.spaceId ?? null;
    const terms = await this.reciprocity.terms(on, { ...visit, homeNetworkId, homeSpaceId });
    if (!terms) throw notInAgreement(resourceKind, day);
    const foreseen = spent?.funding === 'VISA_QUOTA' ? spent : undefined;
    const quotaOf = { personId, hostSpaceId: space.id, year: day.year, homeSpaceId, day, foreseen };
    const quota = await this.reciprocity.quota(on, quotaOf, terms);
    const options = decideFunding({
      halfDays,
      hostSpaceId: space.id,
      home,
      leftOfQuota: quota.leftHalfDays,
      passes,
      preferPassId,
      homeNetworkId,
      mode: terms.mode,
      isByTime: isByTime(resourceKind),
    });
    const taken = options.find(({ outcome }) => outcome === 'TAKEN') ?? null;
    return { homeSpaceId, homeNetworkId, terms, options, taken, quotaLimitedBy: quota.limitedBy };
  }
}

type PassLeft = Pick<UsablePass, 'passId' | 'networkId' | 'leftHalfDays'>;

/** A pass that a booking has used up is no longer usable, but it is what that booking was funded by. */
function withBooked(passes: readonly PassLeft[], spent: Spent | undefined): PassLeft[] {
  const { passId, debtorPartyId: networkId, halfDays = 0 } = spent ?? {};
  const isKnown = passes.some((pass) => pass.passId === passId);
  if (!passId || !networkId || isKnown || halfDays >= 0) return [...passes];
  return [...passes, { passId, networkId, leftHalfDays: -halfDays }];
}

/** The home space's network, else the one that issued the pass. */
function homeNetworkOf(home: Home | null, passes: readonly PassLeft[], preferPassId?: string): string {
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
