import { Inject, Injectable } from '@nestjs/common';
import { Directory, Spaces } from '../directory/index.js';
import { CONFIG, type Config } from '../platform/config.js';
import type { Reader } from '../platform/db.js';
import type { Booking } from './booking.js';
import { calendarText, type CalendarEntry } from './calendar.js';

/** What a guest needs at the door, in the space's own words. */
type Arrival = {
  readonly space: string;
  readonly city: string;
  readonly askFor: string | null;
  readonly lines: readonly string[];
};

/** Bookings as a calendar shows them. */
@Injectable()
export class CalendarEntries {
  constructor(
    private readonly directory: Directory,
    private readonly spaces: Spaces,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Of one guest: where to go and how to get in. */
  async ofGuest(on: Reader, bookings: readonly Booking[]): Promise<string> {
    const entries: CalendarEntry[] = [];
    for (const booking of bookings) {
      const { space, city, lines } = await this.arrival(on, booking.spaceId);
      const about = { title: `${space}, ${city}`, description: lines.join('\n') };
      entries.push(await this.entry(on, booking, about));
    }
    return calendarText(entries, 'Escale');
  }

  /** Of one space: that a desk is taken, and nothing of who sits there. */
  async ofSpace(on: Reader, bookings: readonly Booking[], name: string): Promise<string> {
    const entries: CalendarEntry[] = [];
    for (const booking of bookings) {
      const pool = await this.directory.pool(on, booking.poolId);
      entries.push(await this.entry(on, booking, { title: pool.name, description: '' }));
    }
    return calendarText(entries, name);
  }

  async arrival(on: Reader, spaceId: string): Promise<Arrival> {
    const space = await this.directory.space(on, spaceId);
    const { profile } = await this.spaces.view(on, space);
    const { door, bell, floor, lift, phone, contactName } = profile.gettingIn;
    const askFor = contactName?.trim().split(/\s+/)[0] ?? null;
    const lines = [door, bell, floor, lift, phone].filter((line) => line !== null);
    return { space: space.name, city: space.city, askFor, lines };
  }

  /** Where a page of the web is, for mails and calendars. */
  address(page: string): string {
    const { PUBLIC_URL, HOST, PORT } = this.config;
    return new URL(page, PUBLIC_URL ?? `http://${HOST}:${PORT}`).href;
  }

  private async entry(
    on: Reader,
    booking: Booking,
    about: { readonly title: string; readonly description: string },
  ): Promise<CalendarEntry> {
    const { name, city, country, lat, lon } = await this.directory.space(on, booking.spaceId);
    const { id, state, startsAt, endsAt, timeZone, bookedAt, stateAt } = booking;
    const when = { id, state, startsAt, endsAt, timeZone, bookedAt, stateAt };
    const url = this.address(`me/bookings/${id}`);
    return { ...when, ...about, place: `${name}, ${city}, ${country}`, lat, lon, url };
  }
}
