import { Injectable } from '@nestjs/common';
import { Directory, type Space } from '../directory/index.js';
import { AccessProblems, demand, demandPerson, may, type Actor } from '../identity/index.js';
import { Db, type Reader } from '../platform/db.js';
import { bookingOf, bookingsOfDay, bookingsOfPerson, notFound } from './booking.queries.js';
import type { BookingsQuery } from './booking.schema.js';
import type { Booking } from './booking.js';

/** Which bookings an actor may see or touch: one's own, and those of a space one works for. */
@Injectable()
export class KnownBookings {
  constructor(
    private readonly db: Db,
    private readonly directory: Directory,
  ) {}

  get(actor: Actor, id: string): Promise<Booking> {
    return this.db.read(actor.scope, (on) => this.find(on, actor, 'bookings:read', id));
  }

  /** Own bookings, or those of one day at one space. Newest first. */
  list(actor: Actor, { spaceId, day, after, limit }: BookingsQuery): Promise<Booking[]> {
    return this.db.read(actor.scope, async (on) => {
      const page = { after, limit };
      if (!spaceId || !day) return bookingsOfPerson(on, demandPerson(actor), page);
      demandStaff(actor, await this.directory.space(on, spaceId));
      return bookingsOfDay(on, { spaceId, day }, page);
    });
  }

  /** Any other booking is as if it were not there. */
  async find(
    on: Reader,
    actor: Actor,
    permission: 'bookings:read' | 'bookings:write',
    id: string,
  ): Promise<Booking> {
    const booking = await bookingOf(on, id);
    if (booking.personId === actor.personId) return booking;
    const { operatorId, networkId } = await this.directory.space(on, booking.spaceId);
    const worksThere = may(actor, permission, { organisationId: operatorId, networkId });
    if (!worksThere || isAnotherDoor(actor, booking.spaceId)) throw notFound(id);
    return booking;
  }
}

/** For those who work at the space, and its own doors. */
export function demandStaff(actor: Actor, { id, operatorId, networkId }: Space): void {
  demand(actor, 'bookings:read', { organisationId: operatorId, networkId });
  if (isAnotherDoor(actor, id)) throw AccessProblems.denied('A door reads the bookings of its own space.');
}

function isAnotherDoor(actor: Actor, spaceId: string): boolean {
  return actor.spaceId !== null && actor.spaceId !== spaceId;
}
