import { instantFromDate, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { BookingProblems } from './booking.problems.js';
import type { BlockReason, BlockView } from './block.schema.js';

type Stamp = Parameters<typeof instantFromDate>[0];

export type Block = {
  readonly id: string;
  readonly requestHash: string;
  readonly spaceId: string;
  readonly spaceName: string;
  readonly timeZone: string;
  readonly hostNetworkId: string;
  readonly personId: string;
  readonly reason: BlockReason;
  readonly statement: string;
  readonly untilDay: PlainDate | null;
  readonly blockedBy: string;
  readonly createdAt: Instant;
  readonly isLifted: boolean;
  readonly appeal: BlockView['appeal'];
  readonly decision: BlockView['decision'];
};

const JSON_MOMENT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const SELECT = `
  SELECT block.id, block.request_hash AS "requestHash", block.space_id AS "spaceId", space.name AS "spaceName",
         space.time_zone AS "timeZone", block.host_network_id AS "hostNetworkId", block.person_id AS "personId",
         block.reason, block.statement, block.until_day::text AS "untilDay", block.blocked_by AS "blockedBy",
         block.created_at AS "createdAt",
         lift.block_id IS NOT NULL OR coalesce(decision.outcome = 'LIFTED', false) AS "isLifted",
         CASE WHEN appeal.block_id IS NOT NULL THEN jsonb_build_object('statement', appeal.statement,
           'createdAt', to_char(appeal.created_at AT TIME ZONE 'UTC', ${JSON_MOMENT})) END AS appeal,
         CASE WHEN decision.block_id IS NOT NULL THEN jsonb_build_object('outcome', decision.outcome,
           'statement', decision.statement,
           'createdAt', to_char(decision.created_at AT TIME ZONE 'UTC', ${JSON_MOMENT})) END AS decision
    FROM bookings.blocks block JOIN directory.pub_spaces space ON space.id = block.space_id
    LEFT JOIN bookings.block_lifts lift ON lift.block_id = block.id
    LEFT JOIN bookings.block_appeals appeal ON appeal.block_id = block.id
    LEFT JOIN bookings.block_decisions decision ON decision.block_id = block.id`;
const NEWEST_MAX = 100;

async function select(on: Reader, conditions: string, values: unknown[]): Promise<Block[]> {
  const rows = await sql<
    Omit<Block, 'untilDay' | 'createdAt'> & { untilDay: string | null; createdAt: Stamp }
  >(on, `${SELECT} ${conditions} ORDER BY block.id DESC LIMIT ${NEWEST_MAX}`, values);
  return rows.map((row) => ({
    ...row,
    untilDay: row.untilDay === null ? null : Temporal.PlainDate.from(row.untilDay),
    createdAt: instantFromDate(row.createdAt),
  }));
}

export async function findBlock(on: Reader, id: string): Promise<Block | null> {
  return (await select(on, 'WHERE block.id = $1', [id]))[0] ?? null;
}

export function blocksOfSpace(on: Reader, spaceId: string): Promise<Block[]> {
  return select(on, 'WHERE block.space_id = $1', [spaceId]);
}

export function blocksOfPerson(on: Reader, personId: string): Promise<Block[]> {
  return select(on, 'WHERE block.person_id = $1', [personId]);
}

/** Those that somebody appealed against, the undecided first. */
export async function appealsOfNetwork(on: Reader, networkId: string): Promise<Block[]> {
  const found = await select(on, 'WHERE block.host_network_id = $1 AND appeal.block_id IS NOT NULL', [
    networkId,
  ]);
  return found.toSorted((a, b) => Number(a.decision !== null) - Number(b.decision !== null));
}

type Coming = { readonly personId: string; readonly spaceId: string; readonly day: PlainDate };

/** The guest's own rows, or the space's, are in scope. */
export async function refuseBlocked(on: Reader, { personId, spaceId, day }: Coming): Promise<void> {
  const [block] = await sql<{ id: string }>(
    on,
    `SELECT block.id FROM bookings.blocks block
      WHERE block.person_id = $1 AND block.space_id = $2 AND (block.until_day IS NULL OR block.until_day >= $3)
        AND NOT EXISTS (SELECT FROM bookings.block_lifts lift WHERE lift.block_id = block.id)
        AND NOT EXISTS (SELECT FROM bookings.block_decisions decision
          WHERE decision.block_id = block.id AND decision.outcome = 'LIFTED') LIMIT 1`,
    [personId, spaceId, day.toString()],
  );
  if (!block) return;
  throw BookingProblems.blockedMember(
    'This space has blocked you. The reasons, and how to appeal, are in Escale under “You”, “Incidents”.',
    { blockId: block.id },
  );
}

export type NewBlock = Omit<
  Block,
  'spaceName' | 'timeZone' | 'createdAt' | 'isLifted' | 'appeal' | 'decision'
>;

export async function insertBlock(tx: Tx, block: NewBlock, at: Instant): Promise<boolean> {
  const inserted = await sql(
    tx,
    `INSERT INTO bookings.blocks (id, request_hash, space_id, host_network_id, person_id, reason, statement, until_day,
       blocked_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING
     RETURNING id`,
    [
      block.id,
      block.requestHash,
      block.spaceId,
      block.hostNetworkId,
      block.personId,
      block.reason,
      block.statement,
      block.untilDay?.toString() ?? null,
      block.blockedBy,
      at.toString(),
    ],
  );
  return inserted.length === 1;
}

type Row = {
  readonly table: 'block_appeals' | 'block_lifts' | 'block_decisions';
  readonly more: Record<string, string>;
};

/** One row per block and table: what is said once stays said. False when it was said before. */
export async function addToBlock(tx: Tx, block: Block, { table, more }: Row, at: Instant): Promise<boolean> {
  const columns = ['block_id', 'host_network_id', 'person_id', 'created_at', ...Object.keys(more)];
  const values = [block.id, block.hostNetworkId, block.personId, at.toString(), ...Object.values(more)];
  const places = values.map((_, index) => `$${index + 1}`).join(', ');
  const added = await sql(
    tx,
    `INSERT INTO bookings.${table} (${columns.join(', ')}) VALUES (${places})
     ON CONFLICT (block_id) DO NOTHING RETURNING block_id`,
    values,
  );
  return added.length === 1;
}

/** Was this person ever at this space, or about to come? A space may block only those. */
export async function isKnownTo(on: Reader, { personId, spaceId }: Omit<Coming, 'day'>): Promise<boolean> {
  const known = await sql(
    on,
    'SELECT FROM bookings.bookings WHERE person_id = $1 AND space_id = $2 LIMIT 1',
    [personId, spaceId],
  );
  return known.length > 0;
}

/** What they hold there from that day on. */
export function heldThere(on: Reader, { personId, spaceId, day }: Coming): Promise<{ id: string }[]> {
  return sql(
    on,
    `SELECT id FROM bookings.bookings WHERE person_id = $1 AND space_id = $2 AND day >= $3
        AND state IN ('PENDING', 'RESERVED') ORDER BY id`,
    [personId, spaceId, day.toString()],
  );
}
