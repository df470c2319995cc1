import { instantFromDate, Temporal, type Instant, type PlainDate } from '../kernel/time.js';
import { sql, type Reader, type Tx } from '../platform/db.js';
import { ClosureProblems } from './proposal.problems.js';
import type { ProposalState } from './proposal.js';

type PgDate = Parameters<typeof instantFromDate>[0];

/** A space is closed on these days, whatever its hours say. */
export type Closure = {
  readonly id: string;
  readonly spaceId: string;
  readonly networkId: string;
  readonly fromDay: PlainDate;
  readonly untilDay: PlainDate | null;
  readonly reason: string;
  readonly announcedAt: Instant;
  readonly withdrawnAt: Instant | null;
};
type Row = Omit<Closure, 'fromDay' | 'untilDay' | 'announcedAt' | 'withdrawnAt'> & {
  fromDay: string;
  untilDay: string | null;
  announcedAt: PgDate;
  withdrawnAt: PgDate | null;
};

const COLUMNS = `id, space_id AS "spaceId", network_id AS "networkId", from_day::text AS "fromDay",
  until_day::text AS "untilDay", reason, created_at AS "announcedAt", withdrawn_at AS "withdrawnAt"`;

function fromRow(row: Row): Closure {
  return {
    ...row,
    fromDay: Temporal.PlainDate.from(row.fromDay),
    untilDay: row.untilDay === null ? null : Temporal.PlainDate.from(row.untilDay),
    announcedAt: instantFromDate(row.announcedAt),
    withdrawnAt: row.withdrawnAt && instantFromDate(row.withdrawnAt),
  };
}

export async function closureOf(on: Reader, id: string): Promise<Closure> {
  const [row] = await sql<Row>(on, `SELECT ${COLUMNS} FROM bookings.closures WHERE id = $1`, [id]);
  if (!row) throw ClosureProblems.notFound(`There is no closure ${id} of your space.`);
  return fromRow(row);
}

/** Newest first. */
export async function closuresOf(on: Reader, spaceId: string): Promise<Closure[]> {
  const query = `SELECT ${COLUMNS} FROM bookings.closures WHERE space_id = $1 ORDER BY id DESC LIMIT 100`;
  return (await sql<Row>(on, query, [spaceId])).map(fromRow);
}

type NewClosure = Omit<Closure, 'withdrawnAt'> & { readonly requestHash: string; readonly by: string };

/** false when the id is there already. */
export async function insertClosure(tx: Tx, closure: NewClosure): Promise<boolean> {
  const inserted = await sql(
    tx,
    `INSERT INTO bookings.closures (id, space_id, network_id, from_day, until_day, reason, request_hash,
       announced_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [
      closure.id,
      closure.spaceId,
      closure.networkId,
      closure.fromDay.toString(),
      closure.untilDay?.toString() ?? null,
      closure.reason,
      closure.requestHash,
      closure.by,
      closure.announcedAt.toString(),
    ],
  );
  return inserted.length === 1;
}

export async function isSameClosure(on: Reader, id: string, requestHash: string): Promise<boolean> {
  const query = 'SELECT FROM bookings.closures WHERE id = $1 AND request_hash = $2';
  return (await sql(on, query, [id, requestHash])).length === 1;
}

/** false when it was withdrawn before. */
export async function withdrawClosure(tx: Tx, id: string, by: string, at: Instant): Promise<boolean> {
  const withdrawn = await sql(
    tx,
    `UPDATE bookings.closures SET withdrawn_at = $2, withdrawn_by = $3
      WHERE id = $1 AND withdrawn_at IS NULL RETURNING id`,
    [id, at.toString(), by],
  );
  return withdrawn.length === 1;
}

export async function countsOf(
  on: Reader,
  closureId: string,
): Promise<Partial<Record<ProposalState, number>>> {
  const rows = await sql<{ state: ProposalState; count: number }>(
    on,
    'SELECT state, count(*)::int AS count FROM bookings.proposals WHERE closure_id = $1 GROUP BY state',
    [closureId],
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}
