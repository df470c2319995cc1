import { instantFromDate, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { frozenTerms, stayOf } from '../bookings/index.js';
import type { BookedPart } from '../kernel/words.js';
import { STEPS } from './checkin.rules.js';
import type { NewVisit, Visit } from './visit.js';

type Stamp = Parameters<typeof instantFromDate>[0];
type Row = Omit<Visit, 'day' | 'startedAt' | 'closesAt' | 'sealsAt' | 'completedAt' | 'endsAt'> & {
  endsAt: Stamp | null;
  day: string;
  startedAt: Stamp;
  closesAt: Stamp;
  sealsAt: Stamp;
  completedAt: Stamp | null;
};

const COLUMNS = `
  visit.id, visit.booking_id AS "bookingId", visit.person_id AS "personId",
  visit.guest_first_name AS "guestFirstName", visit.space_id AS "spaceId",
  visit.host_network_id AS "hostNetworkId", visit.home_space_id AS "homeSpaceId",
  visit.home_network_id AS "homeNetworkId", visit.day, visit.part, visit.half_days AS "halfDays",
  visit.funding, visit.debtor_party_id AS "debtorPartyId", visit.terms, visit.state, visit.evidence,
  visit.started_at AS "startedAt", visit.closes_at AS "closesAt", visit.seals_at AS "sealsAt",
  visit.completed_at AS "completedAt", visit.invalid_reason AS "invalidReason",
  visit.minutes, visit.ends_at AS "endsAt", visit.over_minutes AS "overMinutes",
  host.name AS "spaceName", host.time_zone AS "timeZone", home.name AS "homeSpaceName"`;
const TABLES = `checkin.visits visit
  JOIN directory.pub_spaces host ON host.id = visit.space_id
  LEFT JOIN directory.pub_spaces home ON home.id = visit.home_space_id`;

async function select(on: Reader, conditions: string, values: unknown[]): Promise<Visit[]> {
  const rows = await sql<Row>(on, `SELECT ${COLUMNS} FROM ${TABLES} ${conditions}`, values);
  return rows.map((row) => ({
    ...row,
    terms: frozenTerms(row.terms),
    endsAt: row.endsAt && instantFromDate(row.endsAt),
    day: Temporal.PlainDate.from(row.day),
    startedAt: instantFromDate(row.startedAt),
    closesAt: instantFromDate(row.closesAt),
    sealsAt: instantFromDate(row.sealsAt),
    completedAt: row.completedAt && instantFromDate(row.completedAt),
  }));
}

export async function findVisit(on: Reader, id: string): Promise<Visit | null> {
  const [visit] = await select(on, 'WHERE visit.id = $1', [id]);
  return visit ?? null;
}

export function visitsOfDay(on: Reader, of: { spaceId: string; day: PlainDate }): Promise<Visit[]> {
  return select(on, 'WHERE visit.space_id = $1 AND visit.day = $2 ORDER BY visit.started_at, visit.id', [
    of.spaceId,
    of.day.toString(),
  ]);
}

/** Newest first; `after` is the last one of the page before. */
export function visitsOfPerson(
  on: Reader,
  personId: string,
  page: { after: string | undefined; limit: number },
): Promise<Visit[]> {
  return select(
    on,
    `WHERE visit.person_id = $1 AND ($2::uuid IS NULL OR (visit.started_at, visit.id) <
       (SELECT started_at, id FROM checkin.visits WHERE id = $2))
     ORDER BY visit.started_at DESC, visit.id DESC LIMIT $3`,
    [personId, page.after ?? null, page.limit],
  );
}

/** Is the person inside, here or anywhere else? */
export async function isInside(on: Reader, personId: string): Promise<boolean> {
  const [row] = await sql(on, `SELECT 1 FROM checkin.visits WHERE person_id = $1 AND state = 'ACTIVE'`, [
    personId,
  ]);
  return row !== undefined;
}

/** Where the person is inside: at a desk, in a room, or both. */
export function insideVisits(on: Reader, personId: string): Promise<{ spaceId: string; part: BookedPart }[]> {
  return sql(
    on,
    `SELECT space_id AS "spaceId", part FROM checkin.visits WHERE person_id = $1 AND state = 'ACTIVE'`,
    [personId],
  );
}

/** Ends the visit to a room, if the person is in one, at the latest when it was no longer theirs. */
export async function leaveRoom(tx: Tx, personId: string, at: Instant): Promise<void> {
  await sql(
    tx,
    `UPDATE checkin.visits SET state = $2, completed_at = least($4::timestamptz, ends_at), completed_by = 'door'
     WHERE person_id = $1 AND state = ANY ($3) AND part = 'HOURS'`,
    [personId, STEPS.complete.to, STEPS.complete.from, at.toString()],
  );
}

/** Refused by `visits_one_inside` when the person is inside somewhere. */
export async function insertVisit(tx: Tx, visit: NewVisit): Promise<void> {
  const { booking } = visit;
  await sql(
    tx,
    `INSERT INTO checkin.visits (id, booking_id, person_id, guest_first_name, space_id, host_network_id,
       home_space_id, home_network_id, day, part, half_days, funding, debtor_party_id, terms, state, evidence,
       started_at, closes_at, seals_at, completed_at, completed_by, created_at, minutes, ends_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::jsonb, $19, $15, $16, $17, $18, $20, $21, $16,
       $22, $23)`,
    [
      visit.id,
      booking.id,
      booking.personId,
      visit.guestFirstName,
      booking.spaceId,
      booking.hostNetworkId,
      booking.homeSpaceId,
      booking.homeNetworkId,
      booking.day.toString(),
      booking.part,
      booking.halfDays,
      booking.funding,
      booking.debtorPartyId,
      JSON.stringify(booking.terms),
      visit.evidence,
      visit.startedAt.toString(),
      visit.closesAt.toString(),
      visit.sealsAt.toString(),
      visit.completedAt ? STEPS.complete.to : STEPS.enter.to,
      visit.completedAt?.toString() ?? null,
      visit.completedAt ? 'system' : null,
      stayOf(booking).minutes,
      booking.endsAt.toString(),
    ],
  );
}

/** The guest comes back to where they were today; to a room while it is theirs. False when they were not. */
export async function enterAgain(
  tx: Tx,
  of: { personId: string; spaceId: string; day: PlainDate; closesAt: Instant; at: Instant },
): Promise<string | null> {
  const [visit] = await sql<{ id: string }>(
    tx,
    `UPDATE checkin.visits
        SET state = $4, completed_at = NULL, completed_by = NULL, closes_at = $6, over_minutes = 0
      WHERE state = ANY ($5) AND id = (
        SELECT id FROM checkin.visits WHERE person_id = $1 AND space_id = $2 AND day = $3 AND state = ANY ($5)
           AND (part <> 'HOURS' OR ends_at > $7) ORDER BY part = 'HOURS', started_at LIMIT 1)
      RETURNING id`,
    [
      of.personId,
      of.spaceId,
      of.day.toString(),
      STEPS.enter.to,
      STEPS.enter.from,
      of.closesAt.toString(),
      of.at.toString(),
    ],
  );
  return visit?.id ?? null;
}

/** False when the visit was not open. */
export async function completeVisit(
  tx: Tx,
  id: string,
  by: { at: Instant; name: string; overMinutes?: number },
): Promise<boolean> {
  const changed = await sql(
    tx,
    `UPDATE checkin.visits SET state = $2, completed_at = least($4::timestamptz, closes_at), completed_by = $5,
            over_minutes = $6
     WHERE id = $1 AND state = ANY ($3) RETURNING id`,
    [id, STEPS.complete.to, STEPS.complete.from, by.at.toString(), by.name, by.overMinutes ?? 0],
  );
  return changed.length === 1;
}

/** Visits whose hours are over; of one person, or of everybody in reach. */
export async function completeDue(tx: Tx, now: Instant, personId: string | null): Promise<number> {
  const completed = await sql(
    tx,
    `UPDATE checkin.visits SET state = $1, completed_at = closes_at, completed_by = 'system'
     WHERE state = ANY ($2) AND closes_at <= $3 AND ($4::uuid IS NULL OR person_id = $4) RETURNING id`,
    [STEPS.complete.to, STEPS.complete.from, now.toString(), personId],
  );
  return completed.length;
}

/** False when the visit was sealed or invalid before. */
export async function invalidateVisit(
  tx: Tx,
  id: string,
  by: { at: Instant; name: string; reason: string },
): Promise<boolean> {
  const changed = await sql(
    tx,
    `UPDATE checkin.visits SET state = $2, invalidated_at = $4, invalidated_by = $5, invalid_reason = $6
     WHERE id = $1 AND state = ANY ($3) RETURNING id`,
    [id, STEPS.invalidate.to, STEPS.invalidate.from, by.at.toString(), by.name, by.reason],
  );
  return changed.length === 1;
}

/** Locks what can be sealed; several sweeps may run, they skip each other's rows. */
export async function lockSealable(tx: Tx, now: Instant, limit: number): Promise<Visit[]> {
  return select(
    tx,
    `WHERE visit.state = ANY ($1) AND visit.seals_at <= $2 ORDER BY visit.seals_at, visit.id
     LIMIT $3 FOR UPDATE OF visit SKIP LOCKED`,
    [STEPS.seal.from, now.toString(), limit],
  );
}

export async function markSealed(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql(tx, 'UPDATE checkin.visits SET state = $2 WHERE id = ANY ($1)', [ids, STEPS.seal.to]);
}
