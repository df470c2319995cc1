import type { Instant } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import { bookingOf } from './booking.queries.js';
import type { Booking } from './booking.js';

const SHOWN_MAX = 500;

type Around = { readonly since: Instant } & ({ readonly personId: string } | { readonly spaceId: string });

/** What was since then and all that comes, of one person or one space; also what was canceled. */
export async function bookingsAround(on: Reader, around: Around): Promise<Booking[]> {
  const column = 'personId' in around ? 'person_id' : 'space_id';
  const rows = await sql<{ id: string }>(
    on,
    `SELECT id FROM bookings.bookings WHERE ${column} = $1 AND ends_at > $2 ORDER BY starts_at, id LIMIT $3`,
    ['personId' in around ? around.personId : around.spaceId, around.since.toString(), SHOWN_MAX],
  );
  const bookings: Booking[] = [];
  for (const { id } of rows) bookings.push(await bookingOf(on, id));
  return bookings;
}
