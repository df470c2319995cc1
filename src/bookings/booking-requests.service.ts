import { Injectable } from '@nestjs/common';
import { Directory } from '../directory/index.js';
import { demand, type Actor } from '../identity/index.js';
import { Db } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { PUBLIC_SCOPE } from '../platform/scope.js';
import { BookingActs } from './booking-acts.js';
import { BookingProblems } from './booking.problems.js';
import { bookingsAsked, lockBooking } from './booking.queries.js';
import type { PutDecline } from './booking.schema.js';
import type { Booking } from './booking.js';
import { inReachOf } from './bookings.service.js';
import { demandStaff, KnownBookings } from './known-bookings.js';
import { Search } from './search.service.js';
import type { SearchPage } from './search.schema.js';

/** How many other spaces are proposed. */
const ALTERNATIVES = 3;

/** A host's answers to those who ask for a seat, and what is left to those it cannot have. */
@Injectable()
export class BookingRequests {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
    private readonly known: KnownBookings,
    private readonly acts: BookingActs,
    private readonly search: Search,
  ) {}

  /** Those that await an answer, the most urgent first. */
  asked(actor: Actor, spaceId: string): Promise<Booking[]> {
    return this.db.read(actor.scope, async (on) => {
      demandStaff(actor, await this.directory.space(on, spaceId));
      return bookingsAsked(on, spaceId);
    });
  }

  async accept(actor: Actor, id: string): Promise<Booking> {
    const found = await this.asHost(actor, id);
    return this.db.tx(inReachOf(actor, found), async (tx) => {
      const booking = await lockBooking(tx, id);
      return booking.state === 'RESERVED' ? booking : this.acts.accept(tx, booking, actor.name);
    });
  }

  async decline(actor: Actor, id: string, { reason }: PutDecline): Promise<Booking> {
    const found = await this.asHost(actor, id);
    return this.db.tx(inReachOf(actor, found), async (tx) => {
      const booking = await lockBooking(tx, id);
      if (booking.state !== 'REJECTED') return this.acts.decline(tx, booking, actor.name, reason);
      if (booking.declineReason === reason) return booking;
      throw RequestProblems.idReused('The request was declined for another reason, which stays.');
    });
  }

  /** The nearest other spaces with a seat at the same time, for a guest whose host did not say yes. */
  async alternatives(actor: Actor, id: string): Promise<SearchPage> {
    const { state, spaceId, day, part, resourceKind } = await this.known.get(actor, id);
    if (state !== 'REJECTED' && state !== 'EXPIRED')
      throw BookingProblems.noNeed('Alternatives are for bookings that were declined or not answered.', {
        state,
      });
    const { lat, lon } = await this.db.read(PUBLIC_SCOPE, (on) => this.directory.space(on, spaceId));
    const wanted = {
      near: { lat, lon },
      days: [day],
      part: part === 'HOURS' ? ('DAY' as const) : part,
      resourceKind,
      fits: 'EVERY' as const,
      limit: ALTERNATIVES + 1,
    };
    const { items } = await this.search.find(actor, wanted);
    const others = items.filter((item) => item.spaceId !== spaceId).slice(0, ALTERNATIVES);
    return { items: others, next: null, notHosting: [] };
  }

  private async asHost(actor: Actor, id: string): Promise<Booking> {
    return this.db.read(actor.scope, async (on) => {
      const booking = await this.known.find(on, actor, 'bookings:write', id);
      const { operatorId, networkId } = await this.directory.space(on, booking.spaceId);
      demand(actor, 'bookings:write', { organisationId: operatorId, networkId });
      return booking;
    });
  }
}
