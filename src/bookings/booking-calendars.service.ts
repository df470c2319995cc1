import { Injectable } from '@nestjs/common';
import type { Actor } from '../identity/index.js';
import { Db } from '../platform/db.js';
import { CalendarEntries } from './calendar-entries.js';
import { KnownBookings } from './known-bookings.js';

/** One booking as a file for a calendar. */
@Injectable()
export class BookingCalendars {
  constructor(
    private readonly db: Db,
    private readonly known: KnownBookings,
    private readonly entries: CalendarEntries,
  ) {}

  ofBooking(actor: Actor, bookingId: string): Promise<string> {
    return this.db.read(actor.scope, async (on) =>
      this.entries.ofGuest(on, [await this.known.find(on, actor, 'bookings:read', bookingId)]),
    );
  }
}
