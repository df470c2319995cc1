import { Temporal, type PlainDate } from '../kernel/time.js';
import { sql, type Reader } from '../platform/db.js';
import type { PauseBy } from './product.rules.js';

export type StoredPause = {
  readonly fromDay: PlainDate;
  /** The first day on which the pass was good again. */
  readonly untilDay: PlainDate;
  readonly pausedBy: PauseBy;
};

/** Pauses that are over, by the pass they were of. */
export async function findPauses(
  on: Reader,
  passIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredPause[]>> {
  const rows = await sql<{ passId: string; first: string; next: string; pausedBy: PauseBy }>(
    on,
    `SELECT pass_id AS "passId", from_day::text AS first, until_day::text AS next, paused_by AS "pausedBy"
     FROM passes.pauses WHERE pass_id = ANY ($1::uuid[]) ORDER BY from_day`,
    [passIds],
  );
  const byPass = new Map<string, StoredPause[]>();
  for (const { passId, first, next, pausedBy } of rows) {
    const pause = {
      fromDay: Temporal.PlainDate.from(first),
      untilDay: Temporal.PlainDate.from(next),
      pausedBy,
    };
    byPass.set(passId, [...(byPass.get(passId) ?? []), pause]);
  }
  return byPass;
}
