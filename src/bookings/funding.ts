import { Injectable } from '@nestjs/common';
import { Directory, type Home, type Space } from '../directory/index.js';
import type { PlainDate } from '../kernel/time.js';
import { Passes, type UsablePass } from '../passes/index.js';
import {
  isLimit,
  ReservedPools,
  sponsorRefusal,
  Sponsorships,
  type ReservedWish,
  type Sponsorship,
} from '../programmes/index.js';
import { perHalfDay, priceOf } from '../kernel/tariff.js';
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
  readonly sponsorship: Sponsorship | null;
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
    private readonly sponsorships: Sponsorships,
    private readonly reserved: ReservedPools,
  ) {}

  /** Desks kept for public agents are theirs until they are released. */
  refuseReserved(on: Reader, wish: ReservedWish): Promise<void> {
    return this.reserved.refuse(on, wish);
  }

  async of(on: Reader, visit: Visit): Promise<Funded> {
    const { taken, ...explained } = await this.explain(on, visit);
    const { sponsorship } = explained;
    const isOwnMoney = taken === null || taken.funding === 'PAY_AS_YOU_GO';
    if (isOwnMoney && sponsorship && isLimit(sponsorship.because))
      throw sponsorRefusal(sponsorship.because, sponsorship.alternatives);
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
    const wish = { personId, space, resourceKind, day, halfDays, hostDay: null, foreseen: voucherOf(spent) };
    const held = await this.sponsorships.of(on, wish);
    const homeNetworkId = homeNetworkOf(home, passes, { preferPassId, sponsorNetworkId: held?.networkId });
    const homeSpaceId = home?.spaceId ?? null;
    const terms = await this.reciprocity.terms(on, { ...visit, homeNetworkId, homeSpaceId });
    if (!terms) throw notInAgreement(resourceKind, day);
    const hostDay = held && priceOf(terms, FULL_DAY);
    const sponsorship = held && (await this.sponsorships.of(on, { ...wish, hostDay }));
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
      sponsorship,
      isByTime: isByTime(resourceKind),
    });
    const taken = options.find(({ outcome }) => outcome === 'TAKEN') ?? null;
    const agreed =
      taken?.funding === 'SPONSOR_VOUCHER' && sponsorship ? sponsored(terms, sponsorship) : terms;
    const quotaLimitedBy = quota.limitedBy;
    return { homeSpaceId, homeNetworkId, terms: agreed, options, taken, quotaLimitedBy, sponsorship };
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

/** What hosts ask of others for a day, for the ceiling of a programme. */
const FULL_DAY = { halfDays: 2, minutes: 8 * 60 };

/** One price everywhere: what the programme pays for a day, whatever the host agreed with others. */
function sponsored(terms: Terms, { unit, dayPriceMinor }: Sponsorship): Terms {
  return { ...terms, mode: 'ACCRUAL_CASH', unit, tariff: perHalfDay(dayPriceMinor / 2n) };
}

function voucherOf(spent: Spent | undefined): Spent | undefined {
  return spent?.funding === 'SPONSOR_VOUCHER' ? spent : undefined;
}

/** The home space's network, else the one that issued the pass, or that runs the programme. */
function homeNetworkOf(
  home: Home | null,
  passes: readonly PassLeft[],
  or: { readonly preferPassId: string | undefined; readonly sponsorNetworkId: string | undefined },
): string {
  const { preferPassId, sponsorNetworkId } = or;
  const pass = passes.find(({ passId }) => passId === preferPassId) ?? passes[0];
  const networkId = home?.networkId ?? pass?.networkId ?? sponsorNetworkId;
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
