import { Injectable } from '@nestjs/common';
import { demandPerson, type Actor } from '../identity/index.js';
import type { Instant, PlainDate } from '../kernel/time.js';
import { Db, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { requestHash } from '../platform/http/same-request.js';
import { withNetworks, type Scope } from '../platform/scope.js';
import { refuseBlocked } from './block.queries.js';
import { BookingActs } from './booking-acts.js';
import {
  bookedBefore,
  bookingOf,
  lockAwaited,
  lockBooking,
  notFound,
  type Request,
} from './booking.queries.js';
import type { PutBooking, PutCancellation } from './booking.schema.js';
import type { Booking } from './booking.js';
import { KnownBookings } from './known-bookings.js';
import { halfDaysOfPerson } from './person-days.js';
import { Offers, type DoorWish, type Offer } from './offers.js';
import { Quotes } from './quotes.service.js';

/** A guest at the door without a booking. The door makes the id, so that a repeat finds the first one's booking. */
export type WalkIn = DoorWish & { readonly id: string };

@Injectable()
export class Bookings {
  constructor(
    private readonly db: Db,
    private readonly known: KnownBookings,
    private readonly offers: Offers,
    private readonly quotes: Quotes,
    private readonly acts: BookingActs,
  ) {}

  /** Repeats and most refusals end while asking for the offer, which locks nothing. */
  async put(actor: Actor, id: string, body: PutBooking): Promise<Booking> {
    const request = { id, personId: demandPerson(actor), requestHash: requestHash(body) };
    const answer = await this.answer(actor, body, request);
    if ('known' in answer) return answer.known;
    const quoteId = 'quoteId' in body ? body.quoteId : null;
    const { options: _explained, ...offer } = answer.offer;
    return this.db.tx(withNetworks(actor.scope, offer.hostNetworkId), (tx) =>
      this.acts.take(tx, {
        ...offer,
        ...request,
        quoteId,
        hold: body.hold,
        stateBy: actor.name,
        announce: true,
      }),
    );
  }

  /** Turns a held seat into a booking, within the minutes it is held for. */
  async confirm(actor: Actor, id: string): Promise<Booking> {
    const personId = demandPerson(actor);
    const { hostNetworkId } = await this.db.read(actor.scope, async (on) => {
      const booking = await bookingOf(on, id);
      if (booking.personId !== personId) throw notFound(id);
      return booking;
    });
    return this.db.tx(withNetworks(actor.scope, hostNetworkId), async (tx) =>
      this.acts.confirm(tx, await lockBooking(tx, id), actor.name),
    );
  }

  /** By the guest, or by the host's staff. */
  async cancel(actor: Actor, id: string, { reason }: PutCancellation): Promise<Booking> {
    const found = await this.db.read(actor.scope, (on) => this.known.find(on, actor, 'bookings:write', id));
    const by = { name: actor.name, isHost: found.personId !== actor.personId };
    return this.db.tx(inReachOf(actor, found), async (tx) => {
      const booking = await lockBooking(tx, id);
      if (booking.state !== 'CANCELED') return this.acts.cancel(tx, booking, by, reason);
      if (booking.cancelReason === reason) return booking;
      throw RequestProblems.idReused('The booking was canceled for another reason, which stays.');
    });
  }

  /** The booking that waits for this guest here today; its row is locked until the transaction ends. */
  arriving(
    tx: Tx,
    query: {
      readonly personId: string;
      readonly spaceId: string;
      readonly day: PlainDate;
      readonly at?: Instant;
    },
  ): Promise<Booking | null> {
    return lockAwaited(tx, query);
  }

  /**
   * Books a seat for a guest at the door, funded like any booking; of several passes the one shown comes first.
   * The transaction's scope must reach the guest (`person`) and the space's network.
   */
  async walkIn(tx: Tx, { id, ...wish }: WalkIn): Promise<Booking> {
    const { personId, space, resourceKind, day, part, from, until } = wish;
    const request = {
      id,
      personId,
      requestHash: requestHash({ spaceId: space.id, resourceKind, day, part, from, until }),
    };
    const before = await bookedBefore(tx, request);
    if (before) return before;
    const { options: _explained, ...offer } = await this.offers.atDoor(tx, wish);
    const atDoor = { quoteId: null, hold: false, stateBy: 'door', announce: false };
    return this.acts.take(tx, { ...offer, ...request, ...atDoor });
  }

  /** The guest is in: what was set aside is used, and a pass becomes active with its first use. */
  fulfil(tx: Tx, bookingId: string): Promise<Booking> {
    return this.acts.fulfil(tx, bookingId);
  }

  /** Whoever the space has blocked does not come in on a booking either. */
  refuseBlocked(
    on: Reader,
    query: { readonly personId: string; readonly spaceId: string; readonly day: PlainDate },
  ): Promise<void> {
    return refuseBlocked(on, query);
  }

  /** Half-days of that local day the person holds or has used, at all spaces together. */
  halfDaysUsed(on: Reader, personId: string, day: PlainDate): Promise<number> {
    return halfDaysOfPerson(on, personId, day);
  }

  private answer(
    actor: Actor,
    body: PutBooking,
    request: Request,
  ): Promise<{ known: Booking } | { offer: Offer }> {
    if (!('quoteId' in body)) return this.offers.ask(actor, body, (on) => bookedBefore(on, request));
    return this.db.read(actor.scope, async (on) => {
      const known = await bookedBefore(on, request);
      return known ? { known } : { offer: await this.quotes.accept(on, request.personId, body.quoteId) };
    });
  }
}

/** Staff act on what is the guest's: their day and their entitlements come into reach with the booking. */
export function inReachOf(actor: Actor, { hostNetworkId, personId }: Booking): Scope {
  return { ...withNetworks(actor.scope, hostNetworkId), person: personId };
}
