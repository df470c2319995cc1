import { Injectable } from '@nestjs/common';
import { Identity } from '../identity/index.js';
import { Db, sql } from '../platform/db.js';
import { namedScope } from '../platform/scope.js';
import type { Booking } from './booking.js';

/** As much of a guest as a host needs to greet them. */
export type Guest = { readonly firstName: string; readonly homeSpaceName: string | null };

@Injectable()
export class Guests {
  constructor(
    private readonly db: Db,
    private readonly identity: Identity,
  ) {}

  /** By booking. Only for whoever was found to be their host: the scope reaches every person. */
  of(bookings: readonly Booking[]): Promise<ReadonlyMap<string, Guest>> {
    return this.db.read(namedScope('identity'), async (on) => {
      const personIds = bookings.map(({ personId }) => personId);
      const firstNames = await this.identity.firstNames(on, personIds);
      const homes = await sql<{ id: string; name: string }>(
        on,
        'SELECT id, name FROM directory.pub_spaces WHERE id = ANY ($1)',
        [bookings.flatMap(({ homeSpaceId }) => homeSpaceId ?? [])],
      );
      const guests = new Map<string, Guest>();
      for (const { id, personId, homeSpaceId } of bookings) {
        const firstName = firstNames.get(personId);
        const homeSpaceName = homes.find((home) => home.id === homeSpaceId)?.name ?? null;
        if (firstName !== undefined) guests.set(id, { firstName, homeSpaceName });
      }
      return guests;
    });
  }
}
