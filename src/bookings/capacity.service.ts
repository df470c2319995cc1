import { Injectable } from '@nestjs/common';
import { Directory, type Pool, type Space } from '../directory/index.js';
import { demand, type Actor } from '../identity/index.js';
import { dayAt, instantFromDate, Temporal, type PlainDate } from '../kernel/time.js';
import { Clock } from '../platform/clock.js';
import { Db, sql, type Reader, type Tx } from '../platform/db.js';
import { RequestProblems } from '../platform/http/request-problems.js';
import { PUBLIC_SCOPE, withNetworks } from '../platform/scope.js';
import { demandStaff } from './known-bookings.js';
import { SeatBlockProblems } from './office.problems.js';
import type {
  CapacityDay,
  CapacityPage,
  PoolDaysQuery,
  PoolLoadPage,
  PutSeatBlock,
  SeatBlockView,
} from './office.schema.js';
import { groupedBy, PoolDays } from './pool-days.js';

type Moment = Parameters<typeof instantFromDate>[0];
type BlockRow = Omit<SeatBlockView, 'createdAt' | 'liftedAt'> & {
  createdAt: Moment;
  liftedAt: Moment | null;
};

/** A pool's seats day by day for those who run it, and seats they keep back. */
@Injectable()
export class Capacity {
  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
    private readonly directory: Directory,
    private readonly poolDays: PoolDays,
  ) {}

  async days(actor: Actor, poolId: string, { from, days }: PoolDaysQuery): Promise<CapacityPage> {
    const { pool, space } = await this.find(poolId);
    demandStaff(actor, space);
    const wanted = Array.from({ length: days }, (_, index) => from.add({ days: index }));
    await this.makeDays(space, pool, wanted);
    return this.db.read(actor.scope, async (on) => {
      const rows = await sql<Omit<CapacityDay, 'blocks'>>(
        on,
        `SELECT day::text AS day, closed_because AS "closedBecause", offered, taken FROM bookings.pool_days
          WHERE pool_id = $1 AND day = ANY ($2::date[]) ORDER BY day`,
        [poolId, wanted.map(String)],
      );
      const blocks = groupedBy(await blocksOf(on, poolId, wanted), ({ day }) => day);
      const items = rows.map((row) => ({ ...row, blocks: blocks.get(row.day) ?? [] }));
      return { items, next: null };
    });
  }

  /** What stands in the way of a smaller or an ended pool. */
  async load(actor: Actor, poolId: string): Promise<PoolLoadPage> {
    const { space } = await this.find(poolId);
    demandStaff(actor, space);
    const today = dayAt(this.clock.now(), space.timeZone).toString();
    return this.db.read(actor.scope, async (on) => ({
      items: await sql<PoolLoadPage['items'][number]>(on, LOAD, [poolId, today]),
      next: null,
    }));
  }

  /** Only free seats can be kept back: nobody who booked is turned away by it. */
  async block(actor: Actor, id: string, body: PutSeatBlock): Promise<SeatBlockView> {
    const { pool, space } = await this.find(body.poolId);
    demand(actor, 'spaces:write', { organisationId: space.operatorId, networkId: space.networkId });
    const day = body.day.toString();
    return this.db.tx(withNetworks(actor.scope, space.networkId), async (tx) => {
      await this.poolDays.lock(tx, space.id);
      const inserted = await sql(
        tx,
        `INSERT INTO bookings.seat_blocks (id, pool_id, network_id, day, seats, reason, written_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING RETURNING id`,
        [id, pool.id, space.networkId, day, body.seats, body.reason, actor.name, this.clock.now().toString()],
      );
      const stored = await blockOf(tx, id);
      const isSame =
        stored?.poolId === pool.id &&
        stored.day === day &&
        stored.seats === body.seats &&
        stored.reason === body.reason;
      if (!stored || !isSame) throw RequestProblems.idReused('Use a new id for other seats.');
      if (inserted.length === 1) await this.remakeDay(tx, { space, pool, day: body.day });
      return stored;
    });
  }

  /** The seats are offered again. Lifting twice is lifting once. */
  async lift(actor: Actor, id: string): Promise<SeatBlockView> {
    const known = await this.db.read(PUBLIC_SCOPE, (on) => blockOf(on, id));
    if (!known) throw SeatBlockProblems.notFound(`There is no block of seats ${id}.`);
    const { pool, space } = await this.find(known.poolId);
    demand(actor, 'spaces:write', { organisationId: space.operatorId, networkId: space.networkId });
    return this.db.tx(withNetworks(actor.scope, space.networkId), async (tx) => {
      await this.poolDays.lock(tx, space.id);
      await sql(
        tx,
        'UPDATE bookings.seat_blocks SET lifted_at = $2, lifted_by = $3 WHERE id = $1 AND lifted_at IS NULL',
        [id, this.clock.now().toString(), actor.name],
      );
      await this.poolDays.remakeDay(tx, space, pool, Temporal.PlainDate.from(known.day));
      return (await blockOf(tx, id))!;
    });
  }

  private async remakeDay(
    tx: Tx,
    { space, pool, day }: { space: Space; pool: Pool; day: PlainDate },
  ): Promise<void> {
    await this.poolDays.remakeDay(tx, space, pool, day);
    const [made] = await sql<{ isShort: boolean; isOver: boolean }>(
      tx,
      `SELECT is_short AS "isShort", $3 < (SELECT sum(seats) FROM bookings.seat_blocks
          WHERE (pool_id, day) = ($1, $2) AND lifted_at IS NULL) AS "isOver"
         FROM bookings.pool_days WHERE (pool_id, day) = ($1, $2)`,
      [pool.id, day.toString(), pool.capacity],
    );
    if (made!.isShort || made!.isOver)
      throw SeatBlockProblems.notFree('Fewer seats are free on that day. Keep back no more than those.', {
        day: day.toString(),
      });
  }

  private async makeDays(space: Space, pool: Pool, days: readonly PlainDate[]): Promise<void> {
    await this.db.tx(withNetworks(PUBLIC_SCOPE, space.networkId), async (tx) => {
      const made = await sql<{ day: string }>(
        tx,
        'SELECT day::text AS day FROM bookings.pool_days WHERE pool_id = $1 AND day = ANY ($2::date[])',
        [pool.id, days.map(String)],
      );
      const known = new Set(made.map(({ day }) => day));
      const unmade = days.filter((day) => !known.has(day.toString()));
      if (unmade.length > 0) await this.poolDays.make(tx, space, [pool], unmade);
    });
  }

  private find(poolId: string): Promise<{ pool: Pool; space: Space }> {
    return this.db.read(PUBLIC_SCOPE, async (on) => {
      const pool = await this.directory.pool(on, poolId);
      return { pool, space: await this.directory.space(on, pool.spaceId) };
    });
  }
}

const LOAD = `
  SELECT made.day::text AS day, max(slot.taken)::int AS taken,
         (SELECT count(*)::int FROM bookings.bookings booking WHERE booking.pool_id = $1
             AND booking.day = made.day AND state IN ('PENDING', 'RESERVED', 'FULFILLED')) AS bookings
    FROM bookings.pool_days made CROSS JOIN LATERAL unnest(made.taken) AS slot (taken)
   WHERE made.pool_id = $1 AND made.day >= $2 GROUP BY made.day HAVING max(slot.taken) > 0 ORDER BY made.day`;

const SELECT_BLOCK = `
  SELECT id, pool_id AS "poolId", day::text AS day, seats, reason, created_at AS "createdAt",
         lifted_at AS "liftedAt" FROM bookings.seat_blocks`;

async function blockOf(on: Reader, id: string): Promise<SeatBlockView | null> {
  const [row] = await sql<BlockRow>(on, `${SELECT_BLOCK} WHERE id = $1`, [id]);
  return row ? blockView(row) : null;
}

async function blocksOf(on: Reader, poolId: string, days: readonly PlainDate[]): Promise<SeatBlockView[]> {
  const rows = await sql<BlockRow>(
    on,
    `${SELECT_BLOCK} WHERE pool_id = $1 AND day = ANY ($2::date[]) AND lifted_at IS NULL ORDER BY id`,
    [poolId, days.map(String)],
  );
  return rows.map(blockView);
}

function blockView(row: BlockRow): SeatBlockView {
  return {
    ...row,
    createdAt: instantFromDate(row.createdAt).toString(),
    liftedAt: row.liftedAt && instantFromDate(row.liftedAt).toString(),
  };
}
