import { Injectable } from '@nestjs/common';
import { demandPerson, type Actor } from '../identity/index.js';
import { Problem } from '../kernel/problem.js';
import { dayAt, type PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, type Reader, type Tx } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks, type Scope } from '../platform/scope.js';
import { BookingActs } from './booking-acts.js';
import { BookingProblems } from './booking.problems.js';
import { bookedBefore, bookingOf, lockBooking, notFound } from './booking.queries.js';
import { feeOf, HORIZON_DAYS } from './booking.rules.js';
import type { PutChange } from './booking.schema.js';
import type { Booking, Fee } from './booking.js';
import { timeOf } from './day-parts.js';
import { dryRun } from './dry-run.js';
import { Offers, type Offer, type Wish } from './offers.js';

const DAYS_PER_WEEK = 7;

/** What would become of a booking: what it is given up for, and at what cost. */
export type Foreseen = { readonly old: Booking; readonly offer: Offer; readonly fee: Fee };

/** A guest's booking becomes another one, or comes back. */
@Injectable()
export class BookingChanges {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly offers: Offers,
    private readonly acts: BookingActs,
  ) {}

  /** One transaction gives up the old booking and takes the new one: the guest always has exactly one seat. */
  async change(actor: Actor, id: string, body: PutChange): Promise<Booking> {
    const { newBookingId, ...changes } = body;
    const personId = demandPerson(actor);
    const request = { id: newBookingId, personId, requestHash: requestHash({ changes: id, ...changes }) };
    const { old, known } = await this.db.read(actor.scope, async (on) => ({
      old: await ownBooking(on, id, personId),
      known: await bookedBefore(on, request),
    }));
    if (known) return known;
    const wish = wishOf(old, changes);
    const space = await this.offers.prepare(wish);
    return this.db.tx(withNetworks(actor.scope, old.hostNetworkId, space.networkId), async (tx) => {
      const locked = await lockBooking(tx, id);
      const before = await bookedBefore(tx, request); // its twin was faster
      if (before) return before;
      const foreseen = await this.giveUp(tx, locked, wish, actor.name);
      const { options: _explained, ...offer } = foreseen.offer;
      const order = {
        ...offer,
        ...request,
        hold: false,
        announce: true,
        stateBy: actor.name,
        changes: locked,
      };
      const booking = await this.acts.enter(tx, order);
      if (!booking) return this.acts.before(tx, order);
      await this.acts.moveSeat(tx, locked, booking);
      return booking;
    });
  }

  /** Both ends of a change, for the transaction that makes or foresees it. */
  async reach(actor: Actor, id: string, wish: Wish): Promise<Scope> {
    const old = await this.db.read(actor.scope, (on) => ownBooking(on, id, demandPerson(actor)));
    const space = await this.offers.prepare(wish);
    return withNetworks(actor.scope, old.hostNetworkId, space.networkId);
  }

  /** What a change would come to: `look` sees it as if it had been made. */
  foresee<Result>(
    tx: Tx,
    id: string,
    wish: Wish,
    look: (foreseen: Foreseen) => Promise<Result>,
  ): Promise<Result> {
    return dryRun(tx, async () => look(await this.giveUp(tx, await lockBooking(tx, id), wish, 'dry run')));
  }

  /** The guest's own cancellation, taken back within some minutes: the same booking on the same terms. */
  async restore(actor: Actor, id: string): Promise<Booking> {
    const personId = demandPerson(actor);
    const found = await this.db.read(actor.scope, (on) => ownBooking(on, id, personId));
    return this.db.tx(withNetworks(actor.scope, found.hostNetworkId), async (tx) => {
      const booking = await lockBooking(tx, id);
      return booking.state === 'RESERVED' ? booking : this.acts.restore(tx, booking, actor.name);
    });
  }

  /** The same pool and part again: the day itself if it was given up, else the next free one of the same weekday. */
  async rebooking(actor: Actor, id: string): Promise<Offer> {
    const old = await this.db.read(actor.scope, (on) => ownBooking(on, id, demandPerson(actor)));
    const today = dayAt(this.clock.now(), old.timeZone);
    for (const day of daysAgain(old, today)) {
      const offer = await this.offerOn(actor, { poolId: old.poolId, day, ...timeOf(old) });
      if (offer) return offer;
    }
    throw BookingProblems.noRebooking(
      'No seat is free there on that weekday. Search for another day or space.',
    );
  }

  private async offerOn(actor: Actor, wish: Wish): Promise<Offer | null> {
    try {
      const answer = await this.offers.ask(actor, wish, () => Promise.resolve(null));
      return 'offer' in answer ? answer.offer : null;
    } catch (error) {
      if (error instanceof Problem && ANOTHER_DAY_MAY_DO.includes(error.code)) return null;
      throw error;
    }
  }

  private async giveUp(tx: Tx, old: Booking, wish: Wish, by: string): Promise<Foreseen> {
    if (isSame(old, wish))
      throw BookingProblems.unchanged('That is what the booking is already. Choose another time or place.');
    const fee = feeOf(old, this.clock.now());
    await this.acts.giveUp(tx, old, { by, fee });
    const offer = await this.offers.within(tx, { ...wish, personId: old.personId, without: old });
    return { old, offer, fee };
  }
}

const ANOTHER_DAY_MAY_DO = ['booking.closed', 'booking.full', 'booking.past'];

function daysAgain({ day, state }: Booking, today: PlainDate): PlainDate[] {
  const isLive = state === 'PENDING' || state === 'RESERVED' || state === 'FULFILLED';
  const weeks = Array.from({ length: Math.ceil(HORIZON_DAYS / DAYS_PER_WEEK) }, (_, week) => week);
  const sinceDay = Math.max(0, today.since(day, { largestUnit: 'day' }).days);
  const first = day.add({ days: Math.ceil(sinceDay / DAYS_PER_WEEK) * DAYS_PER_WEEK });
  return weeks
    .map((week) => first.add({ days: week * DAYS_PER_WEEK }))
    .filter((candidate) => !(isLive && candidate.equals(day)))
    .filter((candidate) => today.until(candidate, { largestUnit: 'day' }).days <= HORIZON_DAYS);
}

function wishOf(old: Booking, changes: Omit<PutChange, 'newBookingId'>): Wish {
  const { part, from, until } = changes;
  const isTold = part !== undefined || from !== undefined;
  return {
    poolId: changes.poolId ?? old.poolId,
    day: changes.day ?? old.day,
    ...(isTold ? { part, from, until } : timeOf(old)),
  };
}

function isSame(old: Booking, { poolId, day, ...time }: Wish): boolean {
  const { part, from, until } = timeOf(old);
  const isSameTime = part === time.part && from === time.from && until === time.until;
  return old.poolId === poolId && old.day.equals(day) && isSameTime;
}

/** Staff move nobody: a guest's booking changes by the guest alone. */
async function ownBooking(on: Reader, id: string, personId: string): Promise<Booking> {
  const booking = await bookingOf(on, id);
  if (booking.personId !== personId) throw notFound(id);
  return booking;
}
