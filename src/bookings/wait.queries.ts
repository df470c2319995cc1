import { instantFromDate, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { sql, violates, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { BookingProblems } from './booking.problems.js';
import { WaitProblems } from './wait.problems.js';
import type { LinePage } from './wait.schema.js';
import type { Wait, WaitState } from './wait.js';

/** How many are listed. */
const PAGE = 100;

type PgDate = Parameters<typeof instantFromDate>[0];
type Row = Omit<Wait, 'day' | 'endsAt' | 'stateAt' | 'answerBy' | 'kept' | 'createdAt'> & {
  day: string;
  endsAt: PgDate;
  stateAt: PgDate;
  answerBy: PgDate | null;
  createdAt: PgDate;
  keptPoolId: string | null;
  fromSlot: number | null;
  toSlot: number | null;
};

const COLUMNS = `
  id, person_id AS "personId", home_network_id AS "homeNetworkId", space_id AS "spaceId",
  host_network_id AS "hostNetworkId", resource_kind AS "resourceKind", pool_id AS "poolId", day::text AS day, part,
  ends_at AS "endsAt", state, state_at AS "stateAt", answer_by AS "answerBy", skipped_because AS "skippedBecause",
  kept_pool_id AS "keptPoolId", kept_from_slot AS "fromSlot", kept_to_slot AS "toSlot", booking_id AS "bookingId",
  created_at AS "createdAt"`;

function fromRow({ keptPoolId, fromSlot, toSlot, ...row }: Row): Wait {
  const day = Temporal.PlainDate.from(row.day);
  return {
    ...row,
    day,
    endsAt: instantFromDate(row.endsAt),
    stateAt: instantFromDate(row.stateAt),
    answerBy: row.answerBy && instantFromDate(row.answerBy),
    createdAt: instantFromDate(row.createdAt),
    kept:
      keptPoolId === null || fromSlot === null || toSlot === null
        ? null
        : { poolId: keptPoolId, day, fromSlot, toSlot },
  };
}

async function select(on: Reader, rest: string, values: unknown[]): Promise<Wait[]> {
  return (await sql<Row>(on, `SELECT ${COLUMNS} FROM bookings.waits ${rest}`, values)).map(fromRow);
}

export async function waitOf(on: Reader, id: string): Promise<Wait> {
  const [wait] = await select(on, 'WHERE id = $1', [id]);
  if (!wait) throw waitNotFound(id);
  return wait;
}

export async function lockWait(tx: Tx, id: string): Promise<Wait> {
  const [wait] = await select(tx, 'WHERE id = $1 FOR UPDATE', [id]);
  if (!wait) throw waitNotFound(id);
  return wait;
}

export function waitNotFound(id: string) {
  return WaitProblems.notFound(`There is no wait ${id} of yours.`);
}

/** Newest first. */
export function waitsOfPerson(on: Reader, personId: string): Promise<Wait[]> {
  return select(on, `WHERE person_id = $1 ORDER BY id DESC LIMIT ${PAGE}`, [personId]);
}

/** What falls due: kept seats to tell of, offers nobody answered, days that passed. First come, first served. */
export function dueWaits(on: Reader, now: Instant, limit: number): Promise<Wait[]> {
  return select(
    on,
    `WHERE state = 'KEPT' OR (state = 'OFFERED' AND answer_by <= $1) OR (state = 'WAITING' AND ends_at <= $1)
      ORDER BY place LIMIT $2`,
    [now.toString(), limit],
  );
}

type Asked = { readonly id: string; readonly personId: string; readonly requestHash: string };

/** What an earlier request of this person made under this id; another request's id is refused. */
export async function waitedBefore(on: Reader, asked: Asked): Promise<Wait | null> {
  const [row] = await sql<Row & { requestHash: string }>(
    on,
    `SELECT ${COLUMNS}, request_hash AS "requestHash" FROM bookings.waits WHERE id = $1`,
    [asked.id],
  );
  if (!row) return null;
  const { requestHash, ...wait } = row;
  if (wait.personId !== asked.personId || requestHash !== asked.requestHash) throw idReused();
  return fromRow(wait);
}

export function idReused() {
  return RequestProblems.idReused('This id already stands for another wait. Make a new id for a new one.');
}

/** Nobody books or leaves a seat there until the transaction ends. Returns whether one is free of that part. */
export async function lockSeats(
  tx: Tx,
  { poolIds, day, part }: { readonly poolIds: readonly string[] } & Pick<Wait, 'day' | 'part'>,
): Promise<boolean> {
  const values = [poolIds, day.toString()];
  await sql(
    tx,
    `SELECT FROM bookings.pool_days WHERE pool_id = ANY ($1) AND day = $2 ORDER BY day, pool_id FOR UPDATE`,
    values,
  );
  const [row] = await sql<{ isFree: boolean }>(
    tx,
    `SELECT bool_or(coalesce(${FREE[part]}, 0) > 0) AS "isFree" FROM bookings.pub_free_seats
      WHERE pool_id = ANY ($1) AND day = $2`,
    values,
  );
  return row?.isFree ?? false;
}

const FREE = { DAY: 'day_free', MORNING: 'morning_free', AFTERNOON: 'afternoon_free' } as const;

export type NewWait = Asked &
  Pick<
    Wait,
    'homeNetworkId' | 'spaceId' | 'hostNetworkId' | 'resourceKind' | 'poolId' | 'day' | 'part' | 'endsAt'
  >;

/** null when the id is there already. */
export async function insertWait(tx: Tx, wait: NewWait, now: Instant): Promise<Wait | null> {
  try {
    const [row] = await sql<Row>(
      tx,
      `INSERT INTO bookings.waits (id, request_hash, person_id, home_network_id, space_id, host_network_id,
         resource_kind, pool_id, day, part, ends_at, state, state_at, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'WAITING', $12, $12)
       ON CONFLICT (id) DO NOTHING RETURNING ${COLUMNS}`,
      [
        wait.id,
        wait.requestHash,
        wait.personId,
        wait.homeNetworkId,
        wait.spaceId,
        wait.hostNetworkId,
        wait.resourceKind,
        wait.poolId,
        wait.day.toString(),
        wait.part,
        wait.endsAt.toString(),
        now.toString(),
      ],
    );
    return row ? fromRow(row) : null;
  } catch (error) {
    if (!violates(error, 'one_wait_per_day')) throw error;
    throw WaitProblems.already('You are in line there for that day. Leave that line first to join another.');
  }
}

/** Whoever has a booking there on that day waits for none. */
export async function refuseBooked(
  on: Reader,
  { personId, spaceId, day }: Pick<Wait, 'personId' | 'spaceId' | 'day'>,
): Promise<void> {
  const booked = await sql(
    on,
    `SELECT FROM bookings.bookings WHERE person_id = $1 AND space_id = $2 AND day = $3
        AND state IN ('PENDING', 'RESERVED', 'FULFILLED')`,
    [personId, spaceId, day.toString()],
  );
  if (booked.length > 0)
    throw BookingProblems.samePlace('You hold a booking there on that day. Change it, or cancel it first.');
}

type Turn = {
  readonly from: readonly WaitState[];
  readonly into: WaitState;
  readonly at: Instant;
  readonly answerBy?: Instant;
  readonly skippedBecause?: string;
  readonly bookingId?: string;
};

/** null when it is in none of those states any more: whoever was faster has decided. */
export async function turnWait(tx: Tx, id: string, turn: Turn): Promise<Wait | null> {
  const [row] = await sql<Row>(
    tx,
    `UPDATE bookings.waits SET state = $3, state_at = $4, answer_by = coalesce($5, answer_by), skipped_because = $6,
            booking_id = $7 WHERE id = $1 AND state = ANY ($2) RETURNING ${COLUMNS}`,
    [
      id,
      turn.from,
      turn.into,
      turn.at.toString(),
      turn.answerBy?.toString() ?? null,
      turn.skippedBecause ?? null,
      turn.bookingId ?? null,
    ],
  );
  return row ? fromRow(row) : null;
}

/** How many in line want what this one wants and came before, and itself. Needs the hosts' networks in scope. */
export async function positionsOf(on: Reader, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; position: number }>(
    on,
    `SELECT own.id, 1 + (SELECT count(*)::int FROM bookings.waits ahead
        WHERE ahead.space_id = own.space_id AND ahead.day = own.day AND ahead.state = 'WAITING'
          AND ahead.resource_kind = own.resource_kind AND ahead.place < own.place
          AND coalesce(ahead.pool_id = own.pool_id, true)
          AND (ahead.part = own.part OR 'DAY' IN (ahead.part, own.part))) AS position
       FROM bookings.waits own WHERE own.id = ANY ($1) AND own.state = 'WAITING'`,
    [ids],
  );
  return new Map(rows.map(({ id, position }) => [id, position]));
}

export function lineAt(
  on: Reader,
  spaceId: string,
  { from, days }: { readonly from: PlainDate; readonly days: number },
): Promise<LinePage['items']> {
  return sql<LinePage['items'][number]>(
    on,
    `SELECT day::text AS day, resource_kind AS "resourceKind", pool_id AS "poolId", part,
            count(*) FILTER (WHERE state = 'WAITING')::int AS waiting,
            count(*) FILTER (WHERE state <> 'WAITING')::int AS offered
       FROM bookings.waits WHERE space_id = $1 AND day >= $2 AND day < $3
        AND state IN ('WAITING', 'KEPT', 'OFFERED')
      GROUP BY day, resource_kind, pool_id, part ORDER BY day, resource_kind, pool_id, part`,
    [spaceId, from.toString(), from.add({ days }).toString()],
  );
}
