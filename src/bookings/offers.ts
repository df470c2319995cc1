import { Injectable } from '@nestjs/common';
import { Directory, type Pool, type Space } from '../directory/index.js';
import { demandPerson, type Actor } from '../identity/index.js';
import { invariant } from '../kernel/problem.js';
import { priceOf } from '../kernel/tariff.js';
import { dayAt, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { tariffToWire } from '../kernel/wire.js';
import { Clock } from '../platform/clock.js';
import { Db, type Reader, type Tx } from '../platform/db.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import type { Terms } from '../reciprocity/index.js';
import { refuseBlocked } from './block.queries.js';
import { BookingProblems } from './booking.problems.js';
import { guestPriceOf, HORIZON_DAYS, isTooFarAhead, type FundingOption } from './booking.rules.js';
import type { FrozenTerms, OfferedVisit } from './booking.js';
import {
  halfDaysOf,
  rangeOfTime,
  slotStart,
  startedHalfDays,
  stayOf,
  type SlotRange,
  type Time,
} from './day-parts.js';
import { VisitFunding } from './funding.js';
import { PoolDays, type PoolDay } from './pool-days.js';
import { full, type Seat } from './seats.js';
import { cancelUntil, spaceTerms, type Stay } from './space-terms.js';
import type { SpaceTerms } from './space-terms.schema.js';
import { isByTime, type BookedPart, type ResourceKind } from '../kernel/words.js';

/** What somebody would like to book. */
export type Wish = Time & { readonly poolId: string; readonly day: PlainDate };

/** What somebody at the door would like: any pool of that kind. */
export type DoorWish = Time & {
  readonly personId: string;
  readonly space: Space;
  readonly resourceKind: ResourceKind;
  readonly day: PlainDate;
  readonly preferPassId?: string | undefined;
  /** The guest was let in then, and is told of now: whether there is a seat is no question any more. */
  readonly since?: Instant;
};

/** What is asked on behalf of a guest within a transaction. */
export type Within = Wish & {
  readonly personId: string;
  /** Counted as free: the guest's own, which is given up. */
  readonly without?: Seat;
  /** The seat is no question: it is kept for this guest, or waited for. */
  readonly evenIfFull?: boolean;
};

type PoolWish = Omit<DoorWish, 'resourceKind'> & { readonly pool: Pool } & Pick<
    Within,
    'without' | 'evenIfFull'
  >;
type TimeWish = Time &
  Pick<PoolWish, 'space' | 'pool' | 'day' | 'evenIfFull'> & {
    readonly since: Instant | undefined;
    readonly without: Seat | undefined;
  };

/** What could be booked, and how it came to be funded so. */
export type Offer = OfferedVisit & { readonly options: readonly FundingOption[] };

/** What a person could book, when exactly, on which terms and who would pay. */
@Injectable()
export class Offers {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly poolDays: PoolDays,
    private readonly funding: VisitFunding,
  ) {}

  /**
   * `known` is asked first: what an earlier, equal request made. Nothing is locked, so a refusal costs little; but
   * an equal request may have taken the last seat in between, so whoever is refused asks once more.
   */
  async ask<Known extends object>(
    actor: Actor,
    wish: Wish,
    known: (on: Reader) => Promise<Known | null>,
  ): Promise<{ known: Known } | { offer: Offer }> {
    const answer = await this.read(actor, wish, known).catch(async (refusal: unknown) => {
      const before = await this.db.read(actor.scope, known);
      if (before) return { known: before };
      throw refusal;
    });
    if (answer) return answer;
    await this.prepare(wish);
    return this.ask(actor, wish, known);
  }

  private read<Known extends object>(
    actor: Actor,
    wish: Wish,
    known: (on: Reader) => Promise<Known | null>,
  ): Promise<{ known: Known } | { offer: Offer } | null> {
    const personId = demandPerson(actor);
    return this.db.read(actor.scope, async (on) => {
      const before = await known(on);
      if (before) return { known: before };
      const offer = await this.findIn(on, { ...wish, personId });
      return offer && { offer };
    });
  }

  /** Seats of a day nobody asked for before are made in a transaction of their own, for which nobody waits. */
  async prepare({ poolId, day }: Pick<Wish, 'poolId' | 'day'>): Promise<Space> {
    const { space, pool, isMade } = await this.db.read(PUBLIC_SCOPE, async (on) => {
      const found = await this.directory.pool(on, poolId);
      return {
        pool: found,
        space: await this.directory.space(on, found.spaceId),
        isMade: (await this.poolDays.find(on, poolId, day)) !== null,
      };
    });
    if (isMade) return space;
    this.refuseDay(space, day);
    await this.db.tx(withNetworks(PUBLIC_SCOPE, space.networkId), (tx) =>
      this.poolDays.make(tx, space, [pool], [day]),
    );
    return space;
  }

  /** Within a transaction that has given up `without`, whose seat is counted as free. Its day is prepared. */
  async within(tx: Tx, wish: Within): Promise<Offer> {
    const offer = await this.findIn(tx, wish);
    invariant(offer !== null, 'a day that was prepared has its seats');
    return offer;
  }

  /** In the first pool of the kind that has a seat left. */
  async atDoor(tx: Tx, wish: DoorWish): Promise<Offer> {
    const { space, resourceKind, day } = wish;
    const unmade = await this.poolDays.unmade(tx, { spaceIds: [space.id], resourceKind, days: [day] });
    if (unmade.size > 0)
      await this.poolDays.make(tx, space, await this.poolsAt(tx, space, resourceKind), [day]);
    return this.offerAtDoor(tx, wish);
  }

  /** The seats of every pool of the kind, so that `offerAtDoor` finds them. */
  async prepareKind(space: Space, resourceKind: ResourceKind, day: PlainDate): Promise<void> {
    const wanted = { spaceIds: [space.id], resourceKind, days: [day] };
    const unmade = await this.db.read(PUBLIC_SCOPE, (on) => this.poolDays.unmade(on, wanted));
    if (unmade.size === 0 || isTooFarAhead(day, this.clock.now(), space.timeZone)) return;
    await this.db.tx(withNetworks(PUBLIC_SCOPE, space.networkId), async (tx) =>
      this.poolDays.make(tx, space, await this.poolsAt(tx, space, resourceKind), [day]),
    );
  }

  async offerAtDoor(on: Reader, wish: DoorWish): Promise<Offer> {
    const { space, resourceKind, day } = wish;
    const pools = await this.poolsAt(on, space, resourceKind);
    for (const pool of pools) {
      const poolDay = await this.poolDays.find(on, pool.id, day);
      const range = poolDay && rangeOfTime(wish, poolDay.parts);
      const isFull = range !== null && (await this.freeIn(on, { ...wish, pool }, poolDay!, range)) <= 0;
      const offer = isFull ? null : await this.find(on, { ...wish, pool });
      if (offer) return offer;
    }
    const overfull = wish.since && (await this.find(on, { ...wish, pool: pools[0]! }));
    if (overfull) return overfull;
    throw full(day);
  }

  private async poolsAt(on: Reader, space: Space, resourceKind: ResourceKind): Promise<Pool[]> {
    const pools = await this.directory.poolsOf(on, space.id);
    const ofKind = pools.filter((pool) => pool.resourceKind === resourceKind);
    if (ofKind.length > 0) return ofKind;
    throw BookingProblems.noPool(`The space has no ${resourceKind}. Ask for another kind.`);
  }

  /** An offer accepted later keeps its terms; only the time to think is counted from now. */
  renewed(offer: Offer): Offer {
    if (Temporal.Instant.compare(offer.endsAt, this.clock.now()) <= 0) throw past();
    const until = cancelUntil(offer, offer.terms, this.clock.now());
    return { ...offer, terms: { ...offer.terms, cancelUntil: until.toString() } };
  }

  /** A quote is older than what may have happened to its space. */
  async refuseStoppedAt(on: Reader, spaceId: string): Promise<void> {
    refuseStopped(await this.directory.space(on, spaceId));
  }

  private async findIn(on: Reader, { poolId, ...wish }: Within): Promise<Offer | null> {
    const pool = await this.directory.pool(on, poolId);
    return this.find(on, { ...wish, pool, space: await this.directory.space(on, pool.spaceId) });
  }

  /** null when the day's seats have yet to be made. */
  private async find(
    on: Reader,
    { space, pool, day, personId, preferPassId, since, without, ...asked }: PoolWish,
  ): Promise<Offer | null> {
    if (!since) this.refuseDay(space, day);
    if (!since) refuseStopped(space);
    await refuseBlocked(on, { personId, spaceId: space.id, day });
    const reserved = { poolId: pool.id, personId, day, timeZone: space.timeZone };
    if (!since) await this.funding.refuseReserved(on, reserved);
    const poolDay = await this.poolDays.find(on, pool.id, day, without);
    if (!poolDay) return null;
    const { resourceKind } = pool;
    const time = await this.timeOf(on, { space, pool, day, since, without, ...asked }, poolDay);
    const visit = { personId, space, resourceKind, day, halfDays: time.halfDays, preferPassId };
    const { taken, terms, homeSpaceId, homeNetworkId, options } = await this.funding.of(on, visit);
    const own = await spaceTerms(on, space.id);
    const price = priceOf(terms, stayOf(time));
    return {
      ...time,
      personId,
      spaceId: space.id,
      poolId: pool.id,
      resourceKind,
      day,
      timeZone: space.timeZone,
      homeSpaceId,
      homeNetworkId,
      hostNetworkId: space.networkId,
      funding: taken.funding,
      passId: taken.passId,
      programmeId: taken.programmeId,
      debtorPartyId: taken.debtorPartyId,
      terms: this.freeze(terms, own, { ...time, day, timeZone: space.timeZone }),
      price,
      guestPrice: guestPriceOf(price, taken.funding),
      options,
    };
  }

  private refuseDay(space: Space, day: PlainDate): void {
    if (Temporal.PlainDate.compare(day, dayAt(this.clock.now(), space.timeZone)) < 0) throw past();
    if (!isTooFarAhead(day, this.clock.now(), space.timeZone)) return;
    throw BookingProblems.tooFarAhead(`Bookings open ${HORIZON_DAYS} days ahead. Come back later.`, {
      horizonDays: HORIZON_DAYS,
    });
  }

  /** A room has no parts of the day: whoever asks for its morning takes the half-hours of it. */
  private async timeOf(on: Reader, wish: TimeWish, poolDay: PoolDay) {
    const { parts, closedBecause } = poolDay;
    const { space, pool, day, since, part, evenIfFull } = wish;
    const byTime = isByTime(pool.resourceKind);
    if (!byTime && part === undefined) throw byTheDay();
    const range = rangeOfTime(wish, parts);
    if (!range) throw closed(day, part ?? `${wish.from}–${wish.until}`, closedBecause);
    const startsAt = slotStart(day, range.from, space.timeZone);
    const endsAt = slotStart(day, range.to, space.timeZone);
    if (Temporal.Instant.compare(endsAt, since ?? this.clock.now()) <= 0) throw past();
    const isAsked = !since && !evenIfFull;
    if (isAsked && (await this.freeIn(on, wish, poolDay, range)) <= 0) throw full(day);
    const isPart = !byTime && part !== undefined;
    const booked: BookedPart = isPart ? part : 'HOURS';
    const halfDays = isPart ? halfDaysOf(part, parts) : startedHalfDays(range, parts);
    return { part: booked, halfDays, fromSlot: range.from, toSlot: range.to, startsAt, endsAt };
  }

  private freeIn(
    on: Reader,
    {
      pool,
      day,
      part,
      without,
    }: Pick<TimeWish, 'pool' | 'day' | 'part'> & { readonly without?: Seat | undefined },
    { free }: PoolDay,
    range: SlotRange,
  ): number | Promise<number> {
    if (part !== undefined) return free[part];
    const seat = { poolId: pool.id, day, fromSlot: range.from, toSlot: range.to };
    return this.poolDays.freeIn(on, seat, without);
  }

  private freeze(terms: Terms, own: SpaceTerms, stay: Stay): FrozenTerms {
    return {
      ...terms,
      ...own,
      tariff: tariffToWire(terms.unit, terms.tariff),
      cancelUntil: cancelUntil(stay, own, this.clock.now()).toString(),
      lateCancellation: own.noShow,
    };
  }
}

function closed(day: PlainDate, part: string, because: PoolDay['closedBecause']) {
  const reason = because ?? 'weekly';
  return BookingProblems.closed(
    `The space is closed on ${day.toString()} (${part}): ${WHY_CLOSED[reason]} Choose another time.`,
    { reason },
  );
}

const WHY_CLOSED = {
  weekly: 'it does not open then.',
  holiday: 'it is a public holiday.',
  exception: 'it has other hours on that day.',
} as const;

/** What was booked before stays; who was let in before is still a guest. */
function refuseStopped({ name, hostingStop }: Pick<Space, 'name' | 'hostingStop'>): void {
  if (!hostingStop) return;
  const { code, since } = hostingStop;
  throw BookingProblems.notHosting(
    `${name} takes no new bookings: ${WHY_STOPPED[code]} What was booked before stays. Choose another space.`,
    { reason: code, since },
  );
}

const WHY_STOPPED = {
  CHARTER_LAPSED: 'it has not signed the charter in force.',
  SUSPENDED: 'its network has suspended it.',
  LEAVING: 'it is leaving its network.',
  CLOSING: 'it is closing.',
  LEFT: 'it has left its network.',
} as const;

function past() {
  return BookingProblems.past('That part of the day is over at the space. Choose a later one.');
}

function byTheDay() {
  return BookingProblems.byTheDay('A desk is booked for the DAY, MORNING or AFTERNOON. Name the part.');
}
