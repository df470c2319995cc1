import { Injectable } from '@nestjs/common';
import { amount } from '../kernel/money.js';
import { priceOf } from '../kernel/tariff.js';
import type { Part } from '../kernel/words.js';
import { Passes } from '../passes/index.js';
import { Clock } from '../platform/clock.js';
import { sql, violates, type Tx } from '../platform/db.js';
import { unchangeable } from './booking-acts.js';
import { BookingProblems } from './booking.problems.js';
import { bookingOf, lockBooking } from './booking.queries.js';
import { guestPriceOf } from './booking.rules.js';
import { change } from './booking.writes.js';
import type { Booking } from './booking.js';
import { halfDaysOf, rangeOf, slotStart, stayOf } from './day-parts.js';
import { Entitlements } from './entitlements.js';
import { thaw } from './frozen-offer.js';
import { releaseHalfDays, takeHalfDays } from './person-days.js';
import { PoolDays } from './pool-days.js';
import { moveSeat, releaseSeat } from './seats.js';

type By = { readonly name: string; readonly reason: string };

/**
 * What the door made of a booking, put right. Nothing posted is edited: it goes back by a transfer of its own, and
 * what is used anew is held anew.
 */
@Injectable()
export class BookingCorrections {
  constructor(
    private readonly clock: Clock,
    private readonly entitlements: Entitlements,
    private readonly passes: Passes,
    private readonly poolDays: PoolDays,
  ) {}

  /** The guest was not let in after all: the booking waits for them as before, its entitlement is set aside again. */
  async reopen(tx: Tx, id: string, { name }: By): Promise<Booking> {
    const fulfilled = await lockBooking(tx, id);
    await this.entitlements.giveBack(tx, fulfilled, 'visit undone');
    const reopened = await again(tx, id);
    try {
      const booking = await change(tx, id, 'reopen', { by: name, at: this.clock.now() });
      if (!booking) throw unchangeable(await bookingOf(tx, id));
      await this.entitlements.hold(tx, reopened);
      return booking;
    } catch (error) {
      if (!violates(error, 'one_place_at_a_time') && !violates(error, 'one_house_at_a_time')) throw error;
      throw BookingProblems.overlap('The guest has booked another place at that time since.');
    }
  }

  /** There was no visit, and there will be none: everything comes back, and the seat is free. */
  async takeBack(tx: Tx, id: string, { name, reason }: By): Promise<Booking> {
    const fulfilled = await lockBooking(tx, id);
    const fee = { halfDays: 0, amount: amount(fulfilled.guestPrice.unit, 0) };
    const booking = await change(tx, id, 'takeBack', { by: name, at: this.clock.now(), fee, reason });
    if (!booking) throw unchangeable(await bookingOf(tx, id));
    await releaseHalfDays(tx, booking);
    await this.entitlements.giveBack(tx, booking, 'visit taken back');
    await releaseSeat(tx, booking);
    return booking;
  }

  /** The guest was there for another part of the day: what was used goes back, and the other part is used instead. */
  async recut(tx: Tx, id: string, part: Part): Promise<Booking> {
    const before = await lockBooking(tx, id);
    if (before.state !== 'FULFILLED') throw unchangeable(before);
    if (before.part === 'HOURS') throw byTime();
    if (before.part === part) return before;
    await releaseHalfDays(tx, before);
    await this.entitlements.giveBack(tx, before, 'visit corrected');
    const booking = await this.rewrite(tx, before, part);
    await takeHalfDays(tx, booking, this.clock.now());
    await this.entitlements.hold(tx, booking);
    await this.entitlements.resolve(tx, booking, 'post');
    if (booking.passId) await this.passes.firstUse(tx, booking.passId);
    await moveSeat(tx, before, booking);
    return booking;
  }

  private async rewrite(tx: Tx, before: Booking, part: Part): Promise<Booking> {
    const { id, poolId, day, timeZone, terms, funding } = before;
    const poolDay = await this.poolDays.find(tx, poolId, day);
    const range = poolDay && rangeOf(part, poolDay.parts);
    if (!range) throw BookingProblems.closed('The space is closed in that part of the day.');
    const halfDays = halfDaysOf(part, poolDay.parts);
    const stay = stayOf({ halfDays, fromSlot: range.from, toSlot: range.to });
    const price = priceOf(thaw(terms), stay);
    const { minor: guestMinor } = guestPriceOf(price, funding);
    await sql(
      tx,
      `UPDATE bookings.bookings SET part = $2, half_days = $3, from_slot = $4, to_slot = $5, starts_at = $6,
              ends_at = $7, price_minor = $8, guest_price_minor = $9 WHERE id = $1`,
      [
        id,
        part,
        halfDays,
        range.from,
        range.to,
        slotStart(day, range.from, timeZone).toString(),
        slotStart(day, range.to, timeZone).toString(),
        price.minor,
        guestMinor,
      ],
    );
    return again(tx, id);
  }
}

function byTime() {
  return BookingProblems.byTime('Take the visit to a room back as a whole, or leave it as it is.');
}

/** The next hold of this booking is another one. */
async function again(tx: Tx, id: string): Promise<Booking> {
  await sql(tx, 'UPDATE bookings.bookings SET reopened = reopened + 1 WHERE id = $1', [id]);
  return bookingOf(tx, id);
}
