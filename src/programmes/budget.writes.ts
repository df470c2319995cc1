import { newId } from '../kernel/ids.js';
import type { Unit } from '../kernel/money.js';
import type { Instant } from '../kernel/time.js';
import { sql, violates, type Tx } from '../platform/db.js';
import { ProgrammeProblems } from './programme.problems.js';

export type EntryKind =
  | 'VOTED'
  | 'CARRIED_IN'
  | 'CARRIED_OUT'
  | 'COMMITTED'
  | 'RELEASED'
  | 'DELIVERED'
  | 'UNDONE'
  | 'PAID';

export type BudgetEntry = {
  readonly programmeId: string;
  readonly networkId: string;
  readonly kind: EntryKind;
  readonly unit: Unit;
  readonly voted?: bigint;
  readonly committed?: bigint;
  readonly delivered?: bigint;
  readonly paid?: bigint;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
};

/** The database adds it up, and refuses what would break voted ≥ committed ≥ delivered ≥ paid. */
export async function addEntry(tx: Tx, entry: BudgetEntry): Promise<void> {
  const { voted = 0n, committed = 0n, delivered = 0n, paid = 0n } = entry;
  try {
    await sql(
      tx,
      `INSERT INTO programmes.budget_entries (id, programme_id, network_id, kind, unit, voted_minor, committed_minor,
         delivered_minor, paid_minor, reason, made_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        newId(),
        entry.programmeId,
        entry.networkId,
        entry.kind,
        entry.unit,
        voted,
        committed,
        delivered,
        paid,
        entry.reason,
        entry.by,
        entry.at.toString(),
      ],
    );
  } catch (error) {
    if (!violates(error, 'columns_in_order')) throw error;
    throw ProgrammeProblems.overBudget(
      'No more can be committed than was voted, delivered than committed, or paid than delivered.',
    );
  }
}
