import { Injectable } from '@nestjs/common';
import { EARLY_MINUTES } from '../kernel/opening.js';
import type { Instant, PlainDate } from '../kernel/time.js';
import { Passes } from '../passes/index.js';
import { Clock } from '../platform/clock.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { requestHash } from '../platform/http/same-request.js';
import { BookingActs, unchangeable } from './booking-acts.js';
import { bookedBefore, bookingOf } from './booking.queries.js';
import { change } from './booking.writes.js';
import { isCredited } from './contest.queries.js';
import type { Booking } from './booking.js';
import type { WalkIn } from './bookings.service.js';
import { Entitlements } from './entitlements.js';
import { Offers } from './offers.js';
import { halfDaysOfPerson, takeHalfDays } from './person-days.js';
import { addSeat } from './seats.js';

/** Guests whom a door let in without a network, and tells of now: they were there, whatever has happened since. */
@Injectable()
export class LateArrivals {
  constructor(
    private readonly clock: Clock,
    private readonly entitlements: Entitlements,
    private readonly passes: Passes,
    private readonly offers: Offers,
    private readonly acts: BookingActs,
  ) {}

  /** The booking that waited for this guest on that day, also when it waited in vain; its row is locked. */
  async expected(
    tx: Tx,
    of: {
      readonly personId: string;
      readonly spaceId: string;
      readonly day: PlainDate;
      readonly at: Instant;
    },
  ): Promise<Booking | null> {
    const [row] = await sql<{ id: string }>(
      tx,
      `SELECT id FROM bookings.bookings
       WHERE person_id = $1 AND space_id = $2 AND day = $3 AND state IN ('PENDING', 'RESERVED', 'NO_SHOW')
       ORDER BY (starts_at - $5 * interval '1 minute' <= $4 AND $4 < ends_at) DESC, part = 'HOURS',
         state = 'NO_SHOW', starts_at, id LIMIT 1 FOR UPDATE`,
      [of.personId, of.spaceId, of.day.toString(), of.at.toString(), EARLY_MINUTES],
    );
    return row ? bookingOf(tx, row.id) : null;
  }

  /** What a no-show consumed is what the visit uses: it is never taken a second time. */
  async fulfil(tx: Tx, missed: Booking): Promise<Booking> {
    if (missed.state !== 'NO_SHOW') return this.acts.fulfil(tx, missed.id);
    const came = await change(tx, missed.id, 'comeLate', { by: 'door', at: this.clock.now() });
    if (!came) throw unchangeable(await bookingOf(tx, missed.id));
    await takeHalfDays(tx, came, this.clock.now());
    // A sponsor's voucher is not used up by not coming: it went back.
    const isUsedUp = (missed.fee?.halfDays ?? 0) > 0 && came.funding !== 'SPONSOR_VOUCHER';
    const isConsumed = isUsedUp && !(await isCredited(tx, missed.id));
    if (!isConsumed && came.funding !== 'PAY_AS_YOU_GO') await this.consume(tx, came.id);
    await addSeat(tx, came);
    return bookingOf(tx, came.id);
  }

  /** Half-days of that local day the person holds or has used, at all spaces together. */
  halfDaysUsed(on: Reader, personId: string, day: PlainDate): Promise<number> {
    return halfDaysOfPerson(on, personId, day);
  }

  /** As at a door that asks, with the terms of that day, but the seat is taken already. */
  async walkIn(tx: Tx, { id, ...wish }: WalkIn & { readonly since: Instant }): Promise<Booking> {
    const { personId, space, resourceKind, day, part, from, until } = wish;
    const hash = requestHash({ spaceId: space.id, resourceKind, day, part, from, until });
    const request = { id, personId, requestHash: hash };
    const before = await bookedBefore(tx, request);
    if (before) return before;
    const { options: _explained, ...offer } = await this.offers.atDoor(tx, wish);
    const atDoor = { hold: false, stateBy: 'door', announce: false };
    const booking = await this.acts.enter(tx, { ...offer, ...request, ...atDoor });
    if (!booking) return this.acts.before(tx, request);
    await addSeat(tx, booking);
    return booking;
  }

  /** The hold of the booking was given back when nobody came: what is used now is held anew. */
  private async consume(tx: Tx, id: string): Promise<void> {
    await sql(tx, 'UPDATE bookings.bookings SET reopened = reopened + 1 WHERE id = $1', [id]);
    const booking = await bookingOf(tx, id);
    await this.entitlements.hold(tx, booking, true);
    await this.entitlements.resolve(tx, booking, 'post');
    if (booking.passId) await this.passes.firstUse(tx, booking.passId);
  }
}
