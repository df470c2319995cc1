import { instantFromDate, type Instant } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { select } from './booking.rows.js';
import type { Booking } from './booking.js';
import type { Time } from './day-parts.js';

export type Request = { readonly id: string; readonly personId: string; readonly hash: string };
export type Refused = {
  readonly line: number;
  readonly wish: Time & { readonly id: string; readonly poolId: string; readonly day: string };
  readonly code: string;
  readonly detail: string;
};

/** False when it is there already: a twin waits here for the first one. */
export async function insertItinerary(
  tx: Tx,
  { id, personId, hash }: Request,
  { skipConflicts, now }: { skipConflicts: boolean; now: Instant },
): Promise<boolean> {
  const rows = await sql(
    tx,
    `INSERT INTO bookings.itineraries (id, person_id, request_hash, skip_conflicts, created_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [id, personId, hash, skipConflicts, now.toString()],
  );
  return rows.length > 0;
}

/** Whether this person's equal request made it before; another one's id is refused. */
export async function isItinerary(on: Reader, { id, personId, hash }: Request): Promise<boolean> {
  const [row] = await sql<{ isSame: boolean }>(
    on,
    'SELECT person_id = $2 AND request_hash = $3 AS "isSame" FROM bookings.itineraries WHERE id = $1',
    [id, personId, hash],
  );
  if (row && !row.isSame) throw idReused();
  return row !== undefined;
}

export function idReused() {
  return RequestProblems.idReused(
    'This id already stands for another itinerary. Make a new id for a new one.',
  );
}

export async function ownItinerary(on: Reader, id: string, personId: string): Promise<boolean> {
  const rows = await sql(on, 'SELECT id FROM bookings.itineraries WHERE (id, person_id) = ($1, $2)', [
    id,
    personId,
  ]);
  return rows.length > 0;
}

/** In the order in which seats are taken, which is also that of the days. */
export function bookingsOfItinerary(on: Reader, id: string): Promise<Booking[]> {
  return select(on, `WHERE itinerary_id = $1 AND state <> 'REPLACED' ORDER BY day, pool_id, from_slot`, [id]);
}

export function lockItinerary(tx: Tx, id: string): Promise<Booking[]> {
  return select(
    tx,
    `WHERE itinerary_id = $1 AND state <> 'REPLACED' ORDER BY day, pool_id, from_slot FOR UPDATE`,
    [id],
  );
}

export async function insertRefusals(
  tx: Tx,
  { id, personId }: Request,
  refused: readonly Refused[],
  now: Instant,
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO bookings.itinerary_refusals (itinerary_id, line, person_id, wish, code, detail, created_at)
     SELECT $1, made.line, $2, made.wish, made.code, made.detail, $4
       FROM jsonb_to_recordset($3::jsonb) AS made (line smallint, wish jsonb, code text, detail text)`,
    [id, personId, JSON.stringify(refused), now.toString()],
  );
}

export function refusalsOf(on: Reader, id: string): Promise<Refused[]> {
  return sql(
    on,
    'SELECT line, wish, code, detail FROM bookings.itinerary_refusals WHERE itinerary_id = $1 ORDER BY line',
    [id],
  );
}

export type StoredQuote<Line> = { readonly lines: readonly Line[]; readonly expiresAt: Instant };

export async function insertQuote(
  tx: Tx,
  { id, personId, hash }: Request,
  lines: readonly unknown[],
  { now, expiresAt }: { now: Instant; expiresAt: Instant },
): Promise<void> {
  await sql(
    tx,
    `INSERT INTO bookings.itinerary_quotes (id, person_id, request_hash, lines, expires_at, created_at)
     VALUES ($1, $2, $3, $4::jsonb, $5, $6) ON CONFLICT (id) DO NOTHING`,
    [id, personId, hash, JSON.stringify(lines), expiresAt.toString(), now.toString()],
  );
}

/** Of this person; with a hash, of this very request. */
export async function findQuote<Line>(
  on: Reader,
  { id, personId, hash }: Omit<Request, 'hash'> & { readonly hash?: string },
): Promise<StoredQuote<Line> | null> {
  const [row] = await sql<{
    lines: Line[];
    hash: string;
    expiresAt: Parameters<typeof instantFromDate>[0];
  }>(
    on,
    `SELECT lines, request_hash AS hash, expires_at AS "expiresAt" FROM bookings.itinerary_quotes
      WHERE (id, person_id) = ($1, $2)`,
    [id, personId],
  );
  if (!row) return null;
  if (hash !== undefined && row.hash !== hash)
    throw RequestProblems.idReused('This id already stands for another quote. Make a new id for a new one.');
  return { lines: row.lines, expiresAt: instantFromDate(row.expiresAt) };
}
