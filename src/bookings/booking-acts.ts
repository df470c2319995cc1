import { Injectable } from '@nestjs/common';
import { Temporal, type Instant } from '../kernel/time.js';
import { Passes } from '../passes/index.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/db.js';
import { Outbox, type EventType } from '../platform/outbox/outbox.js';
import { BookingProblems } from './booking.problems.js';
import { bookedBefore, bookingOf, idReused, lockDue } from './booking.queries.js';
import { awaitsHost, feeOf, undoUntil } from './booking.rules.js';
import { change, insertBooking } from './booking.writes.js';
import type { Booking, Fee, OfferedVisit } from './booking.js';
import {
  BookingCanceled,
  BookingExpired,
  BookingMissed,
  BookingRejected,
  BookingReplaced,
  BookingRequested,
  BookingReserved,
} from './bookings.events.js';
import { Entitlements, type Outcome } from './entitlements.js';
import { releaseHalfDays, takeHalfDays } from './person-days.js';
import { moveSeat, releaseSeat, takeSeat } from './seats.js';
import { answerBy } from './space-terms.js';

/** How long a seat is kept for somebody who has yet to confirm. */
const HOLD_MINUTES = 10;

export type Reservation = OfferedVisit & {
  readonly id: string;
  readonly requestHash: string;
  readonly stateBy: string;
  readonly hold: boolean;
  /** Whether others are told: a guest who stands at the door is not. */
  readonly announce: boolean;
  readonly quoteId?: string | null;
  readonly itineraryId?: string | null;
  /** The booking that becomes this one. */
  readonly changes?: Booking;
};

/**
 * What happens to a booking, each act within the caller's transaction. Everywhere in the same order: the booking,
 * the person's day, the ledger, the event, and last the seat, which is the only row that strangers wait for.
 */
@Injectable()
export class BookingActs {
  constructor(
    private readonly clock: Clock,
    private readonly entitlements: Entitlements,
    private readonly passes: Passes,
    private readonly outbox: Outbox,
  ) {}

  /** Reserved, or held until it is confirmed. A repeat gets what the first request made. */
  async take(tx: Tx, order: Reservation): Promise<Booking> {
    const booking = await this.enter(tx, order);
    if (!booking) return this.before(tx, order);
    await takeSeat(tx, booking);
    return booking;
  }

  /** Everything but the seat; null when the id is there already. */
  async enter(tx: Tx, { announce, hold, changes, ...order }: Reservation): Promise<Booking | null> {
    const now = this.clock.now();
    const { bookingMode, answerHours } = order.terms;
    const isAsked = announce && bookingMode === 'ON_REQUEST'; // whoever stands at the door has been answered
    const asked = isAsked && answerHours !== null ? answerBy(order, answerHours, now) : null;
    const heldUntil = asked ?? (hold ? now.add({ minutes: HOLD_MINUTES }) : null);
    const made = {
      ...order,
      state: heldUntil ? ('PENDING' as const) : ('RESERVED' as const),
      heldUntil,
      quoteId: order.quoteId ?? null,
      itineraryId: order.itineraryId ?? changes?.itineraryId ?? null,
      sequence: changes ? changes.sequence + 1 : 0,
      calendarUid: changes?.calendarUid ?? order.id,
      changedFrom: changes?.id ?? null,
    };
    const booking = await insertBooking(tx, made, now);
    if (!booking) return null;
    await takeHalfDays(tx, booking, now);
    await this.entitlements.hold(tx, booking);
    if (asked) await this.announce(tx, BookingRequested, booking);
    else if (announce && !hold) await this.announce(tx, BookingReserved, booking);
    return booking;
  }

  /** What an earlier, equal request made under this id. */
  async before(tx: Tx, order: Pick<Reservation, 'id' | 'personId' | 'requestHash'>): Promise<Booking> {
    const known = await bookedBefore(tx, order);
    if (!known) throw idReused(); // somebody else's, which this scope does not see
    return known;
  }

  /** Of a booking whose row is locked. */
  async confirm(tx: Tx, held: Booking, by: string): Promise<Booking> {
    if (held.state === 'RESERVED') return held;
    if (awaitsHost(held))
      throw BookingProblems.awaitsHost('The space answers this request. You will be told when it has.');
    const now = this.clock.now();
    const isHeld = held.heldUntil && Temporal.Instant.compare(now, held.heldUntil) < 0;
    const booking = isHeld ? await change(tx, held.id, 'confirm', { by, at: now }) : null;
    if (!booking)
      throw BookingProblems.notHeld(
        'The seat was kept until its time was over. Book again while there is one.',
      );
    await this.announce(tx, BookingReserved, booking);
    return booking;
  }

  /** By the host, of a request whose row is locked. */
  async accept(tx: Tx, asked: Booking, by: string): Promise<Booking> {
    const at = this.refuseLate(asked);
    const booking = await change(tx, asked.id, 'accept', { by, at });
    if (!booking) throw awaitsNoAnswer();
    await this.announce(tx, BookingReserved, booking);
    return booking;
  }

  async decline(tx: Tx, asked: Booking, by: string, reason: string): Promise<Booking> {
    const at = this.refuseLate(asked);
    const booking = await change(tx, asked.id, 'decline', { by, at, declineReason: reason });
    if (!booking) throw awaitsNoAnswer();
    await this.letGo(tx, booking, 'void', BookingRejected);
    return booking;
  }

  private refuseLate(asked: Booking): Instant {
    const now = this.clock.now();
    const inTime = asked.heldUntil && Temporal.Instant.compare(now, asked.heldUntil) < 0;
    if (!awaitsHost(asked) || !inTime) throw awaitsNoAnswer();
    return now;
  }

  /** The guest is there: what was set aside is used. */
  async fulfil(tx: Tx, id: string): Promise<Booking> {
    const booking = await change(tx, id, 'fulfil', { by: 'door', at: this.clock.now() });
    if (!booking) {
      const known = await bookingOf(tx, id);
      if (known.state === 'FULFILLED') return known;
      throw unchangeable(known);
    }
    await this.entitlements.resolve(tx, booking, 'post');
    if (booking.passId) await this.passes.firstUse(tx, booking.passId);
    return booking;
  }

  /** Free for the guest in time, and whenever it is the host who cancels. */
  async cancel(tx: Tx, of: Booking, by: { name: string; isHost: boolean }, reason: string): Promise<Booking> {
    const now = this.clock.now();
    const fee = by.isHost ? { halfDays: 0, amount: { ...of.guestPrice, minor: 0n } } : feeOf(of, now);
    const booking = await change(tx, of.id, 'cancel', { by: by.name, at: now, fee, reason });
    if (!booking) throw unchangeable(await bookingOf(tx, of.id));
    await this.letGo(tx, booking, fee.halfDays > 0 ? 'post' : 'void', BookingCanceled);
    return booking;
  }

  /** The host cannot serve, and the guest goes elsewhere: what was set aside comes back. */
  async replace(tx: Tx, of: Booking, by: string): Promise<void> {
    const booking = await change(tx, of.id, 'replace', { by, at: this.clock.now() });
    if (!booking) throw unchangeable(await bookingOf(tx, of.id));
    await this.letGo(tx, booking, 'void', BookingReplaced);
  }

  /**
   * A locked booking becomes another one, at the price of its own terms. Its seat stays taken until `moveSeat`, so
   * that there is no moment in which its guest has neither.
   */
  async giveUp(tx: Tx, of: Booking, { by, fee }: { by: string; fee: Fee }): Promise<Booking> {
    const booking = await change(tx, of.id, 'replace', { by, at: this.clock.now(), fee });
    if (!booking) throw unchangeable(await bookingOf(tx, of.id));
    await releaseHalfDays(tx, booking);
    await this.entitlements.resolve(tx, booking, fee.halfDays > 0 ? 'post' : 'void');
    await this.announce(tx, BookingReplaced, booking);
    return booking;
  }

  /** The seat of a booking that was replaced becomes that of its successor, or none does. */
  moveSeat(tx: Tx, from: Booking, to: Booking): Promise<void> {
    return moveSeat(tx, from, to);
  }

  /** A locked cancellation of the guest's is taken back: the same terms, if the seat is still there. */
  async restore(tx: Tx, canceled: Booking, by: string): Promise<Booking> {
    const now = this.clock.now();
    refuseRestoring(canceled, now);
    if (canceled.fee && canceled.fee.halfDays > 0)
      await this.entitlements.giveBack(tx, canceled, 'cancellation undone');
    const booking = await change(tx, canceled.id, 'restore', { by, at: now, reopens: true });
    if (!booking) throw unchangeable(await bookingOf(tx, canceled.id));
    await takeHalfDays(tx, booking, now);
    await this.entitlements.hold(tx, booking, true);
    await this.announce(tx, BookingReserved, booking);
    await takeSeat(tx, booking);
    return booking;
  }

  /** One booking whose time is over; false when there is none. */
  async settleOne(tx: Tx, due: 'expired' | 'missed'): Promise<boolean> {
    const now = this.clock.now();
    const found = await lockDue(tx, due, now);
    if (!found) return false;
    if (due === 'expired') {
      await change(tx, found.id, 'expire', { by: 'system', at: now });
      await this.letGo(tx, found, 'expire', BookingExpired);
      return true;
    }
    const fee = feeOf(found, now);
    await change(tx, found.id, 'miss', { by: 'system', at: now, fee });
    await this.letGo(tx, found, fee.halfDays > 0 ? 'post' : 'void', BookingMissed);
    return true;
  }

  private async letGo(tx: Tx, booking: Booking, outcome: Outcome, event: EventType): Promise<void> {
    await releaseHalfDays(tx, booking);
    await this.entitlements.resolve(tx, booking, outcome);
    await this.announce(tx, event, booking);
    await releaseSeat(tx, booking);
  }

  private announce(tx: Tx, event: EventType, { id, stateBy, hostNetworkId }: Booking): Promise<void> {
    return this.outbox.add(tx, event, { bookingId: id }, { actor: stateBy, networkIds: [hostNetworkId] });
  }
}

function refuseRestoring(canceled: Booking, now: Instant): void {
  const until = undoUntil(canceled);
  if (!until)
    throw BookingProblems.notUndoable(
      'Only a cancellation of your own, of a booking that was confirmed, can be undone. Book again instead.',
    );
  if (Temporal.Instant.compare(now, until) > 0)
    throw BookingProblems.undoTooLate('The time to undo is over. Book again instead.');
}

function awaitsNoAnswer() {
  return BookingProblems.awaitsNoAnswer('It was answered, left, or its time to be answered is over.');
}

export function unchangeable({ state }: Booking) {
  return BookingProblems.settled(`The booking is ${state}, and stays so. Make a new booking instead.`, {
    state,
  });
}
