import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import type { Amount } from '../kernel/money.js';
import { priceOf } from '../kernel/tariff.js';
import { Problem } from '../kernel/problem.js';
import type { PlainDate } from '../kernel/time.js';
import { isByTime, type BookedPart, type ResourceKind } from '../kernel/words.js';
import { Clock } from '../platform/clock.js';
import type { Reader } from '../platform/db.js';
import { guestPriceOf, isTooFarAhead, type FundingOption } from './booking.rules.js';
import type { Booking, OfferedVisit } from './booking.js';
import { halfDaysOf, partsOf, rangeOfTime, startedHalfDays, stayOf, timeOf, type Time } from './day-parts.js';
import { VisitFunding, type Spent } from './funding.js';
import type { Offer } from './offers.js';

/** How far the next open day is looked for. */
const NEXT_DAYS_MAX = 14;

export type NextDay = {
  readonly day: PlainDate;
  readonly part: BookedPart;
  readonly fromSlot: number;
  readonly toSlot: number;
  readonly halfDays: number;
  readonly options: readonly FundingOption[];
  /** null when nothing would pay. */
  readonly taken: FundingOption | null;
  readonly price: Amount | null;
  readonly guestPrice: Amount | null;
};

type From = Time & {
  readonly personId: string;
  readonly space: Space;
  readonly resourceKind: ResourceKind;
  readonly day: PlainDate;
};

/** What comes after: before somebody asks for the next day, it is known who would pay for it. */
@Injectable()
export class Foresight {
  constructor(
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly funding: VisitFunding,
  ) {}

  /** Of a booking that is made: its own terms, and what the entitlements looked like before it. */
  async asBooked(on: Reader, booking: Booking, space: Space): Promise<Offer> {
    const visit = { ...booking, space, preferPassId: booking.passId ?? undefined };
    const { options } = await this.funding.explain(on, visit, { ...booking, halfDays: -booking.halfDays });
    return { ...booking, options };
  }

  /** Of an offer that would be taken first. */
  async afterOffer(on: Reader, offer: OfferedVisit): Promise<NextDay | null> {
    const { personId, resourceKind, day, spaceId } = offer;
    const space = await this.directory.space(on, spaceId);
    return this.after(on, { personId, resourceKind, day, space, ...timeOf(offer) }, offer);
  }

  /** The next day the space is open in that part, whether a seat is left or not; null when there is none soon. */
  async after(on: Reader, from: From, spent?: Spent): Promise<NextDay | null> {
    const { space, resourceKind, personId, part } = from;
    const first = from.day.add({ days: 1 });
    const days = await this.directory.openDays(on, space, first, NEXT_DAYS_MAX);
    const open = days
      .flatMap(({ day, slots }) => {
        const parts = partsOf(slots, space.halfDayBoundary);
        const range = rangeOfTime(from, parts);
        return range ? [{ day, parts, range }] : [];
      })
      .at(0);
    if (!open || isTooFarAhead(open.day, this.clock.now(), space.timeZone)) return null;
    const { parts, range } = open;
    const isPart = part !== undefined && !isByTime(resourceKind);
    const halfDays = isPart ? halfDaysOf(part, parts) : startedHalfDays(range, parts);
    const time = {
      part: isPart ? part : ('HOURS' as const),
      fromSlot: range.from,
      toSlot: range.to,
      halfDays,
    };
    const visit = { personId, space, resourceKind, day: open.day, halfDays };
    try {
      const { options, taken, terms } = await this.funding.explain(on, visit, spent);
      const price = taken && priceOf(terms, stayOf(time));
      const guestPrice = price && taken && guestPriceOf(price, taken.funding);
      return { day: open.day, ...time, options, taken, price, guestPrice };
    } catch (error) {
      if (error instanceof Problem) return null; // no agreement, or no home, on that day
      throw error;
    }
  }
}
