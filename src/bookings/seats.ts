/** Taking, moving and releasing a seat: the only rows of a booking that strangers wait for. */
import type { PlainDate } from '../kernel/time.js';
import { sql, type Tx } from '../platform/db.js';
import { BookingProblems } from './booking.problems.js';
import { keepForWaiting } from './wait-seats.js';

export type Seat = {
  readonly poolId: string;
  readonly day: PlainDate;
  readonly fromSlot: number;
  readonly toSlot: number;
};

/** The only contended row of a booking, so this runs last in its transaction. */
export async function takeSeat(tx: Tx, { poolId, day, fromSlot, toSlot }: Seat): Promise<void> {
  const taken = await sql(
    tx,
    `UPDATE bookings.pool_days SET taken = bookings.seats_plus(taken, capacity, $3, $4, 1)
      WHERE (pool_id, day) = ($1, $2) AND bookings.seats_plus(taken, capacity, $3, $4, 1) IS NOT NULL
      RETURNING pool_id`,
    [poolId, day.toString(), fromSlot, toSlot],
  );
  if (taken.length === 0) throw full(day);
}

/** For somebody who was let in by a door that could not ask: beyond what is offered, the day is short. */
export async function addSeat(tx: Tx, { poolId, day, fromSlot, toSlot }: Seat): Promise<void> {
  await sql(
    tx,
    `UPDATE bookings.pool_days
        SET taken = bookings.seats_plus(taken, array_fill(32767::smallint, ARRAY[48]), $3, $4, 1),
            capacity = bookings.seats_kept(capacity,
              bookings.seats_plus(taken, array_fill(32767::smallint, ARRAY[48]), $3, $4, 1))
      WHERE (pool_id, day) = ($1, $2)`,
    [poolId, day.toString(), fromSlot, toSlot],
  );
}

/**
 * A seat that the space no longer offers is not offered again. Whoever waits for it has it before anybody else can:
 * its row stays locked until the transaction ends.
 */
export async function releaseSeat(tx: Tx, seat: Seat): Promise<void> {
  await giveUpSeat(tx, seat);
  await keepForWaiting(tx, seat);
}

async function giveUpSeat(tx: Tx, { poolId, day, fromSlot, toSlot }: Seat): Promise<void> {
  await sql(
    tx,
    `UPDATE bookings.pool_days
        SET taken = bookings.seats_plus(taken, capacity, $3, $4, -1),
            capacity = bookings.seats_kept(offered, bookings.seats_plus(taken, capacity, $3, $4, -1))
      WHERE (pool_id, day) = ($1, $2)`,
    [poolId, day.toString(), fromSlot, toSlot],
  );
}

/**
 * Both or nothing. Two pool days are written in one order for everybody, so that two who swap do not wait for each
 * other; within one pool day it is a single update, in which a guest may keep what was theirs already.
 */
export async function moveSeat(tx: Tx, from: Seat, to: Seat): Promise<void> {
  const isSameRow = from.poolId === to.poolId && from.day.equals(to.day);
  if (!isSameRow && isBefore(from, to)) {
    await giveUpSeat(tx, from);
    await takeSeat(tx, to);
    return keepForWaiting(tx, from); // only once both rows are locked: whoever waits may wait at both
  }
  if (!isSameRow) {
    await takeSeat(tx, to);
    return releaseSeat(tx, from);
  }
  const moved = await sql(
    tx,
    `UPDATE bookings.pool_days SET taken = ${MOVED}, capacity = bookings.seats_kept(offered, ${MOVED})
      WHERE (pool_id, day) = ($1, $2) AND ${MOVED} IS NOT NULL
      RETURNING pool_id`,
    [to.poolId, to.day.toString(), from.fromSlot, from.toSlot, to.fromSlot, to.toSlot],
  );
  if (moved.length === 0) throw full(to.day);
  await keepForWaiting(tx, from);
}

const MOVED = 'bookings.seats_plus(bookings.seats_plus(taken, capacity, $3, $4, -1), capacity, $5, $6, 1)';

function isBefore(a: Seat, b: Seat): boolean {
  const [first, second] = [`${a.day.toString()} ${a.poolId}`, `${b.day.toString()} ${b.poolId}`];
  return first < second;
}

export function full(day: PlainDate) {
  return BookingProblems.full(`No seat is left on ${day.toString()}. Choose another part, day or space.`, {
    day: day.toString(),
  });
}
