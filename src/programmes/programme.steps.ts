import type { Instant } from '../kernel/time.js';
import { sql, type Tx } from '../platform/db.js';
import { addEntry } from './budget.writes.js';
import { ProgrammeProblems } from './programme.problems.js';
import type { ProgrammeRow } from './programme.queries.js';
import { TRANSITIONS } from './programme.rules.js';
import type { ProgrammeAct, ProgrammeState } from './programme.schema.js';

export function demandStep({ state }: Pick<ProgrammeRow, 'state'>, act: ProgrammeAct): void {
  const { from } = TRANSITIONS[act];
  if (from.includes(state)) return;
  throw ProgrammeProblems.wrongState(
    `The programme is ${state}. This is possible when it is ${from.join(' or ')}.`,
    {
      state,
    },
  );
}

export async function enterState(
  tx: Tx,
  { id, into, by, at }: { id: string; into: ProgrammeState; by: string; at: Instant },
): Promise<void> {
  await sql(tx, 'UPDATE programmes.programmes SET state = $2, state_at = $3, state_by = $4 WHERE id = $1', [
    id,
    into,
    at.toString(),
    by,
  ]);
}

/** Vouchers that nobody has booked with end, and their money goes back to the pot. Gives how many, and how much. */
export async function endVouchers(
  tx: Tx,
  programme: Pick<ProgrammeRow, 'id' | 'networkId' | 'unit'>,
  {
    into,
    where,
    values = [],
    by,
    at,
  }: {
    readonly into: 'RELEASED' | 'EXPIRED' | 'CLAWED_BACK';
    readonly where: string;
    readonly values?: readonly unknown[];
    readonly by: string;
    readonly at: Instant;
  },
): Promise<{ vouchers: number; minor: bigint }> {
  const ended = await sql<{ minor: string }>(
    tx,
    `UPDATE programmes.vouchers SET state = $2, state_at = $3, state_by = $4
     WHERE programme_id = $1 AND state IN ('OFFERED', 'ACCEPTED') AND ${where} RETURNING day_price_minor AS minor`,
    [programme.id, into, at.toString(), by, ...values],
  );
  const minor = ended.reduce((sum, voucher) => sum + BigInt(voucher.minor), 0n);
  if (minor > 0n) {
    const { id: programmeId, networkId, unit } = programme;
    const reason = `${ended.length} vouchers ${into}`;
    await addEntry(tx, { programmeId, networkId, unit, kind: 'RELEASED', committed: -minor, reason, by, at });
  }
  return { vouchers: ended.length, minor };
}
